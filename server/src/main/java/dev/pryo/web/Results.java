package dev.pryo.web;

import dev.pryo.analysis.Analysis;
import dev.pryo.analysis.Analysis.Check;
import dev.pryo.analysis.Analysis.Decision;
import dev.pryo.analysis.Facts;
import dev.pryo.analysis.Say;
import dev.pryo.analysis.Statistics;
import dev.pryo.analysis.Statistics.Bayesian;
import dev.pryo.analysis.Statistics.Comparison;
import dev.pryo.event.Source;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Plan;
import dev.pryo.experiment.Stage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// An analysis as its page shows it: the conclusion first, then health, people, pictures and words.
///
/// @param ended nobody is assigned any more
public record Results(
    Analysis analysis,
    boolean ended,
    List<People> people,
    Forest forest,
    List<Picture> pictures,
    List<Check> checks,
    List<Reading> readings) {
  // drawn by the page itself, as the forest and the people of each segment
  private static final Set<String> SHOWN_OTHERWISE = Set.of("lift", "progress");

  // the beginnings of the ids of facts that nobody counted
  private static final Set<String> SET =
      Set.of("plan", "planned", "weight", "margin", "cap", "window", "history", "checks");

  /// The people of a segment.
  ///
  /// @param key the segment's
  /// @param planned null without a plan
  public record People(int index, String key, String name, long users, @Nullable Long planned) {}

  /// What other schools say of one comparison, which is not for deciding early.
  ///
  /// @param chance of being better, by Bayes
  public record Reading(
      String goal, String segment, Cited lift, Cited low, Cited high, Cited p, Cited chance) {}

  static Results of(Analysis analysis, Experiment experiment, JsonMapper mapper) {
    return new Results(
        analysis,
        experiment.stage() instanceof Stage.Finished,
        people(analysis, experiment),
        Forest.of(analysis, experiment),
        analysis.plots().stream()
            .filter(plot -> !SHOWN_OTHERWISE.contains(plot.id()))
            .map(plot -> Picture.of(plot, mapper))
            .toList(),
        analysis.checks().stream().sorted(Comparator.comparing(Check::status).reversed()).toList(),
        analysis.statistics().comparisons().stream().map(of -> reading(analysis, of)).toList());
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
              segment.segment(),
              experiment.segments().get(index).name(),
              segment.users(),
              planned == null ? null : part(planned, share));
        })
        .toList();
  }

  private static long part(long planned, BigDecimal share) {
    return BigDecimal.valueOf(planned)
        .multiply(share)
        .divide(BigDecimal.valueOf(100), 0, RoundingMode.HALF_UP)
        .longValue();
  }

  private static Reading reading(Analysis analysis, Comparison of) {
    List<Double> interval = of.interval();
    Double p = of.pValue();
    Bayesian bayesian = of.bayesian();
    return new Reading(
        of.goalName(),
        of.segmentName(),
        Cited.of(analysis, gain(of.relativeLift()), Facts.lift(of)),
        Cited.of(
            analysis,
            gain(interval == null ? null : interval.getFirst()),
            Facts.end("once", "low", of)),
        Cited.of(
            analysis,
            gain(interval == null ? null : interval.getLast()),
            Facts.end("once", "high", of)),
        Cited.of(
            analysis,
            p == null ? "–" : p < 0.001 ? "< 0.001" : String.format(Locale.UK, "%.3f", p),
            Facts.once("p", of)),
        Cited.of(
            analysis,
            bayesian == null ? "–" : Say.chance(bayesian.chanceToWin()),
            Facts.bayesian("chance", of)));
  }

  private static String gain(@Nullable Double change) {
    return change == null ? "–" : Texts.gain(change);
  }

  /// A fact with its place on the page.
  public record Origin(Analysis.Fact fact, String anchor) {
    /// What is said of it: the number, and its interval where it has one.
    public String number() {
      return fact.text() + Say.interval(fact);
    }

    /// Whether it comes from events, and not from what was set.
    public boolean counted() {
      String id = fact.id();
      return !id.equals("split.alarm") && !SET.contains(id.substring(0, id.indexOf('.')));
    }
  }

  public List<Origin> facts() {
    List<Origin> all = new ArrayList<>();
    for (Analysis.Fact fact : analysis.facts()) {
      all.add(new Origin(fact, Cited.anchor(all.size())));
    }
    return all;
  }

  /// The name of the events behind a fact, for an address: of its goal, or of exposures.
  public String event(Analysis.Fact fact) {
    String measure = fact.measure();
    String name =
        analysis.statistics().comparisons().stream()
            .filter(of -> Facts.measure(of).equals(measure))
            .map(Comparison::goal)
            .findFirst()
            .orElse("$exposure");
    return URLEncoder.encode(name, StandardCharsets.UTF_8);
  }

  /// A number with its fact.
  public Cited cited(String text, String factId) {
    return Cited.of(analysis, text, factId);
  }

  /// How the numbers were tested, in a line: the level, and among how many comparisons it is
  /// shared.
  public String method() {
    Statistics statistics = analysis.statistics();
    int shared = statistics.comparisonsCorrected();
    return "always valid at %s%s"
        .formatted(
            Texts.size(1 - statistics.alpha()),
            shared > 1 ? ", shared by %d comparisons (Holm)".formatted(shared) : "");
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
      case SHIP -> ended ? "✓ Decided" : "✓ You can stop now";
      case KEEP_CONTROL -> ended ? "▲ Decided" : "▲ You can stop now";
      case INVALID -> "✕ Not valid";
      case KEEP_RUNNING -> ended ? "Ended early" : "Can I stop now?";
      case INCONCLUSIVE -> ended ? "Not decided" : "You can stop";
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
