package dev.pryo.analysis;

import dev.pryo.analysis.Analysis.Check;
import dev.pryo.analysis.Analysis.Fact;
import dev.pryo.analysis.Analysis.Insight;
import dev.pryo.analysis.Analysis.Severity;
import dev.pryo.analysis.Statistics.Call;
import dev.pryo.analysis.Statistics.Comparison;
import dev.pryo.experiment.Goal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Three to six things worth knowing, in Pryo's own sentences.
final class Insights {
  private static final int MOST = 6;

  private final Look look;
  private final Statistics statistics;
  private final List<Check> checks;
  private final List<Fact> facts;

  private Insights(Look look, Statistics statistics, List<Check> checks, List<Fact> facts) {
    this.look = look;
    this.statistics = statistics;
    this.checks = checks;
    this.facts = facts;
  }

  static List<Insight> of(Look look, Statistics statistics, List<Check> checks, List<Fact> facts) {
    Insights insights = new Insights(look, statistics, checks, facts);
    return SplitCheck.isBroken(checks)
        ? List.of(insights.health(), insights.people(), insights.withheld())
        : insights.all();
  }

  private List<Insight> all() {
    List<Insight> ranked =
        Stream.of(Goal.Role.PRIMARY, Goal.Role.GUARDRAIL, Goal.Role.SECONDARY)
            .flatMap(role ->
                statistics.comparisons().stream()
                    .filter(comparison -> comparison.role() == role)
                    .sorted(Comparator.comparing(comparison -> loudness(comparison.call()))))
            .map(this::comparison)
            .limit(MOST - 2)
            .toList();
    List<Insight> all = new ArrayList<>(ranked);
    all.add(people());
    all.add(health());
    if (all.size() < 3) {
      all.add(noGoal());
    }
    return List.copyOf(all);
  }

  private static int loudness(Call call) {
    return switch (call) {
      case HARMED -> 0;
      case BETTER, WORSE, UNSTABLE -> 1;
      case NOT_SETTLED, SAFE -> 2;
      case NO_DATA, WITHHELD -> 3;
    };
  }

  private Insight comparison(Comparison of) {
    return new Insight(title(of), text(of), severity(of.call()), behind(of));
  }

  private String title(Comparison of) {
    String goal = Say.quoted(of.goalName());
    return switch (of.call()) {
      case BETTER, WORSE -> "%s %s".formatted(of.segmentName(), VerdictWords.effect(of));
      case HARMED -> "%s goes beyond the limit of %s".formatted(of.segmentName(), goal);
      case SAFE -> "%s keeps %s within its limit".formatted(of.segmentName(), goal);
      case UNSTABLE -> "The effect of %s on %s is not stable".formatted(of.segmentName(), goal);
      case NOT_SETTLED -> "%s: not settled for %s".formatted(goal, of.segmentName());
      case NO_DATA -> "%s: nothing to compare for %s yet".formatted(goal, of.segmentName());
      case WITHHELD -> "%s: no result is given for %s".formatted(goal, of.segmentName());
    };
  }

  private String text(Comparison of) {
    String counted = counted(of) + how(of);
    List<Double> interval = of.alwaysValid().interval();
    String note = of.note();
    if (note != null) {
      return (of.call() == Call.NO_DATA ? "" : counted + " ") + note;
    }
    return interval == null ? counted : counted + " " + VerdictWords.truth(of);
  }

  /// By which method the change was made, where it is more than the difference of what was counted.
  private static String how(Comparison of) {
    Double narrowed = of.varianceReduction();
    return switch (of.estimator()) {
      case MEAN -> "";
      case RATIO -> " Compared as a ratio, by the delta method.";
      case REGRESSION_ADJUSTED ->
          " The change is adjusted for what the same people did in the %d days before%s."
              .formatted(
                  Goal.HISTORY.toDays(),
                  narrowed == null || narrowed <= 0
                      ? ""
                      : ", which takes away %s of the noise".formatted(Say.percent(narrowed)));
    };
  }

  /// `1,038 of 19,772 people with Test 1, 888 of 19,764 with Control.`
  private String counted(Comparison of) {
    return "%s with %s, %s with %s."
        .formatted(
            arm(of, of.segment(), of.test()),
            of.segmentName(),
            arm(of, look.control().key(), of.control()),
            look.control().name());
  }

  private String arm(Comparison of, String segment, Statistics.Arm arm) {
    if (of.kind() == Goal.Kind.CONVERSION) {
      String id = Facts.converted(of, segment);
      long converted =
          facts.stream()
              .filter(fact -> fact.id().equals(id))
              .mapToLong(fact -> (long) fact.value())
              .findFirst()
              .orElse(0);
      return "%s of %s".formatted(Say.count(converted), Say.people(arm.n()));
    }
    Double mean = arm.mean();
    return mean == null ? "nobody" : Say.value(mean) + " " + of.unit();
  }

  private static Severity severity(Call call) {
    return switch (call) {
      case BETTER, SAFE -> Severity.GOOD;
      case WORSE, HARMED -> Severity.BAD;
      case UNSTABLE -> Severity.WARNING;
      case NOT_SETTLED, NO_DATA, WITHHELD -> Severity.INFO;
    };
  }

  private List<String> behind(Comparison of) {
    List<String> ids = new ArrayList<>(Facts.behind(facts, List.of(of)));
    ids.addAll(Facts.counted(facts, of));
    return ids.stream().distinct().toList();
  }

  private Insight people() {
    Long planned = look.planned();
    String each =
        Say.list(
            look.segments().stream()
                .map(segment ->
                    "%s in %s"
                        .formatted(
                            Say.count(look.users(look.segments().indexOf(segment))),
                            segment.name()))
                .toList());
    String plan = planned == null ? "" : " %s were planned for.".formatted(Say.people(planned));
    String[] ids =
        Stream.concat(
                Stream.of(Facts.EXPOSED, Facts.PLANNED),
                look.segments().stream().map(segment -> Facts.users(segment.key())))
            .toArray(String[]::new);
    return new Insight(
        look.exposed() == 0
            ? "Nobody has taken part yet"
            : "%s took part".formatted(Say.people(look.exposed())),
        each + "." + plan,
        Severity.INFO,
        Facts.present(facts, ids));
  }

  private Insight health() {
    List<Check> open = Checks.notPassed(checks);
    if (open.isEmpty()) {
      return new Insight(
          "The numbers are sound",
          "All %d checks pass.".formatted(checks.size()),
          Severity.GOOD,
          Facts.present(facts, Facts.EXPOSED, Facts.SPLIT, Facts.CHECKS));
    }
    boolean broken = SplitCheck.isBroken(checks);
    return new Insight(
        broken ? "The split is broken" : "Worth a look before you rely on it",
        broken
            ? checks.getFirst().detail()
            : String.join(" ", open.stream().map(Check::detail).limit(2).toList()),
        broken ? Severity.BAD : Severity.WARNING,
        Stream.concat(
                Facts.present(facts, Facts.EXPOSED, Facts.SPLIT).stream(),
                (broken ? List.of(checks.getFirst()) : open)
                    .stream().flatMap(check -> check.facts().stream()))
            .distinct()
            .toList());
  }

  private Insight withheld() {
    return new Insight(
        "No result is given",
        "With a broken split the segments differ in more than their version, so that no comparison means anything.",
        Severity.WARNING,
        Facts.present(facts, Facts.SPLIT));
  }

  private Insight noGoal() {
    return new Insight(
        "Nothing is measured",
        "This experiment has no goal to compare: add one, and start again.",
        Severity.WARNING,
        Facts.present(facts, Facts.EXPOSED));
  }
}
