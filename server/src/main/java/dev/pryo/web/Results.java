package dev.pryo.web;

import dev.pryo.analysis.Analysis;
import dev.pryo.analysis.Analysis.Check;
import dev.pryo.analysis.Analysis.Decision;
import dev.pryo.analysis.Say;
import dev.pryo.analysis.Statistics.Comparison;
import dev.pryo.event.Source;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Plan;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// An analysis as its page shows it: the conclusion first, then health, people, pictures and words.
public record Results(
    Analysis analysis,
    List<People> people,
    Forest forest,
    List<Picture> pictures,
    List<Check> checks,
    List<Reading> readings) {
  // drawn by the page itself, as the forest and the people of each segment
  private static final Set<String> SHOWN_OTHERWISE = Set.of("lift", "progress");

  /// The people of a segment.
  ///
  /// @param planned null without a plan
  public record People(int index, String name, long users, @Nullable Long planned, String share) {}

  /// A fixed-horizon reading of one comparison, which is not for deciding early.
  public record Reading(String goal, String segment, String lift, String range, String p) {}

  static Results of(Analysis analysis, Experiment experiment, JsonMapper mapper) {
    return new Results(
        analysis,
        people(analysis, experiment),
        Forest.of(analysis, experiment),
        analysis.plots().stream()
            .filter(plot -> !SHOWN_OTHERWISE.contains(plot.id()))
            .map(plot -> Picture.of(plot, mapper))
            .toList(),
        analysis.checks().stream().sorted(Comparator.comparing(Check::status).reversed()).toList(),
        analysis.statistics().comparisons().stream().map(Results::reading).toList());
  }

  private static List<People> people(Analysis analysis, Experiment experiment) {
    Plan plan = experiment.plan();
    Long planned = plan.nPlanned();
    return analysis.rawData().segments().stream()
        .map(segment -> {
          int index = Forest.index(experiment, segment.segment());
          BigDecimal share = experiment.segments().get(index).trafficPercentage();
          return new People(
              index,
              experiment.segments().get(index).name(),
              segment.users(),
              planned == null ? null : part(planned, share),
              share.stripTrailingZeros().toPlainString() + " %");
        })
        .toList();
  }

  private static long part(long planned, BigDecimal share) {
    return BigDecimal.valueOf(planned)
        .multiply(share)
        .divide(BigDecimal.valueOf(100), 0, RoundingMode.HALF_UP)
        .longValue();
  }

  private static Reading reading(Comparison of) {
    List<Double> interval = of.interval();
    Double lift = of.relativeLift();
    Double p = of.pValue();
    return new Reading(
        of.goalName(),
        of.segmentName(),
        lift == null ? "–" : Texts.gain(lift),
        interval == null
            ? "–"
            : "%s to %s".formatted(Texts.gain(interval.getFirst()), Texts.gain(interval.getLast())),
        p == null ? "–" : p < 0.001 ? "< 0.001" : String.format(java.util.Locale.UK, "%.3f", p));
  }

  /// A fact with its place on the page.
  public record Origin(Analysis.Fact fact, String anchor) {
    /// What is said of it: the number, and its interval where it has one.
    public String number() {
      List<Double> interval = fact.interval();
      return interval == null || !fact.unit().equals("fraction")
          ? fact.text()
          : "%s (%s)".formatted(fact.text(), Say.range(interval));
    }
  }

  public List<Origin> facts() {
    List<Origin> all = new ArrayList<>();
    for (Analysis.Fact fact : analysis.facts()) {
      all.add(new Origin(fact, "fact-" + all.size()));
    }
    return all;
  }

  /// Those of these ids.
  public List<Origin> facts(List<String> ids) {
    return facts().stream().filter(origin -> ids.contains(origin.fact().id())).toList();
  }

  public boolean pending() {
    return analysis.words() == Analysis.Words.PENDING;
  }

  /// Whose words they are.
  public String words() {
    return switch (analysis.words()) {
      case OFF -> "Words by Pryo's own rules, numbers by the statistics.";
      case PENDING ->
          "A language model is putting this into words. Until then these are Pryo's own.";
      case READY ->
          "Words by %s, each held against the numbers; numbers and verdict by the statistics."
              .formatted(analysis.writtenBy());
      case FAILED ->
          "Words by Pryo's own rules, because a language model's did not come or did not fit the numbers.";
    };
  }

  public boolean simulated() {
    return analysis.source() == Source.SIMULATED;
  }

  /// Whether the numbers answer the question, so that deciding comes next.
  public boolean settled() {
    return analysis.verdict().decision() != Decision.KEEP_RUNNING && valid();
  }

  public boolean valid() {
    return analysis.verdict().decision() != Decision.INVALID;
  }

  public String tone() {
    return switch (analysis.verdict().decision()) {
      case SHIP -> "good";
      case KEEP_CONTROL -> "warn";
      case INVALID -> "bad";
      case KEEP_RUNNING, INCONCLUSIVE -> "calm";
    };
  }

  public String chip() {
    return switch (analysis.verdict().decision()) {
      case SHIP -> "✓ You can stop now";
      case KEEP_CONTROL -> "▲ You can stop now";
      case INVALID -> "✕ Not valid";
      case KEEP_RUNNING -> "Can I stop now?";
      case INCONCLUSIVE -> "You can stop";
    };
  }

  /// What the summary adds to the verdict's sentence.
  public String details() {
    return analysis
        .summary()
        .replaceFirst("^Simulated data\\. ", "")
        .replace(analysis.verdict().sentence(), "")
        .strip();
  }

  /// The check's colour and sign.
  public static String sign(Check check) {
    return switch (check.status()) {
      case PASS -> "✓";
      case WARN -> "▲";
      case FAIL -> "✕";
    };
  }

  public static String tone(Check check) {
    return switch (check.status()) {
      case PASS -> "tick";
      case WARN -> "tri";
      case FAIL -> "cross";
    };
  }

  /// A check's name in words that people use.
  public static String name(Check check) {
    return switch (check.id()) {
      case "sample_ratio" -> "Split";
      case "exposures" -> "People arriving";
      case "sample_size" -> "Enough people";
      case "goal_tracking" -> "Goals arriving";
      case "goal_without_exposure" -> "Goals outside";
      case "multiple_exposure" -> "Saw two segments";
      case "assignment_mismatch" -> "Shown as given";
      case "bots" -> "Crawlers";
      case "duplicates" -> "Events' ids";
      case "exposure_without_client" -> "Sent by the tag";
      case "stale_client" -> "Version of the tag";
      case "clock_skew" -> "Clocks";
      case "effect_not_stable" -> "Lasting";
      case "novelty" -> "First days";
      case "outliers" -> "Single people";
      default -> Texts.check(check.id());
    };
  }
}
