package dev.pryo.analysis;

import dev.pryo.analysis.Analysis.Check;
import dev.pryo.analysis.Analysis.Fact;
import dev.pryo.experiment.Condition;
import dev.pryo.experiment.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Names every number that a sentence may use: `users.test1`, `lift.purchase.conversion.test1`.
/// What they are is in [FactList].
public final class Facts {
  public static final String EXPOSED = "users.total";
  public static final String PLANNED = "plan.people";
  static final String EACH = "plan.people_per_segment";
  static final String FRACTION = "progress.fraction";
  public static final String DAYS_LEFT = "progress.days_left";
  static final String EXPECTED = "progress.expected";
  static final String DAYS_NEEDED = "progress.days_needed";
  static final String LIFT_SHOWN = "progress.lift_shown";
  static final String MAX_DAYS = "plan.max_days";
  static final String EXPOSURE = "plan.exposure";
  static final String SPLIT = "split.p";
  static final String ALARM = "split.alarm";
  static final String CHECKS = "checks.total";
  static final String HISTORY = "history.days";

  private static final String CONTROL = "control";

  private Facts() {}

  public static String users(String segment) {
    return "users." + segment;
  }

  static String share(String segment) {
    return "share." + segment;
  }

  static String weight(String segment) {
    return "weight." + segment;
  }

  /// How many of the planned people are a segment's.
  public static String planned(String segment) {
    return "planned." + segment;
  }

  /// The goal's value in a segment: a share of people, a mean per person, or a ratio.
  public static String value(Statistics.Comparison of, String segment) {
    return id("value", of, segment);
  }

  static String converted(Statistics.Comparison of, String segment) {
    return id("people", of, segment);
  }

  /// The people of a segment who count for the goal, where its window leaves some out.
  static String mature(Statistics.Comparison of, String segment) {
    return id("mature", of, segment);
  }

  public static String lift(Statistics.Comparison of) {
    return id("lift", of);
  }

  /// The lift in the direction that is wanted, where fewer is better.
  static String gain(Statistics.Comparison of) {
    return id("gain", of);
  }

  /// The upper end of the gain, rounded up.
  static String most(Statistics.Comparison of) {
    return id("most", of);
  }

  public static String difference(Statistics.Comparison of) {
    return id("difference", of);
  }

  public static String p(Statistics.Comparison of) {
    return id("p", of);
  }

  /// A number of the fixed-length reading: `p`.
  public static String once(String what, Statistics.Comparison of) {
    return id("once." + what, of);
  }

  /// A number of the Bayesian reading: `chance` or `loss`.
  public static String bayesian(String what, Statistics.Comparison of) {
    return id("bayes." + what, of);
  }

  /// The end of an interval that is not always valid.
  public static String end(String reading, String which, Statistics.Comparison of) {
    return id(reading + "." + which, of);
  }

  /// How sure the comparison's intervals are.
  public static String sureness(Statistics.Comparison of) {
    return id("sureness", of);
  }

  /// How much noise history took away.
  static String narrowed(Statistics.Comparison of) {
    return id("variance_reduction", of);
  }

  public static String margin(Statistics.Comparison of) {
    return "margin." + measure(of);
  }

  private static String window(Statistics.Comparison of) {
    return "window." + measure(of);
  }

  private static String id(String what, Statistics.Comparison of) {
    return id(what, of, of.segment());
  }

  /// `lift.purchase.sum.test1`, and of a ratio `lift.paid.ratio.order.count.test1`.
  private static String id(String what, Statistics.Comparison of, String segment) {
    return "%s.%s.%s".formatted(what, measure(of), segment);
  }

  /// `mean.purchase.sum`.
  static String measure(String what, Goal of) {
    return what + "." + measure(of);
  }

  static String measure(
      String what,
      String event,
      Goal.Kind kind,
      Goal.@Nullable Denominator by,
      List<Condition> filter) {
    return what + "." + measure(event, kind, by, filter);
  }

  /// What facts call a goal: `purchase.sum`, a ratio `paid.ratio.order.count`, and one with a
  /// filter `purchase.sum.device.eq.phone`.
  public static String measure(Goal of) {
    return measure(of.event(), of.kind(), of.denominator(), of.filter());
  }

  /// What facts call the goal that is compared.
  public static String measure(Statistics.Comparison of) {
    return measure(of.goal(), of.kind(), of.denominator(), of.filter());
  }

  static String measure(
      String event, Goal.Kind kind, Goal.@Nullable Denominator by, List<Condition> filter) {
    String measure = "%s.%s".formatted(event, name(kind));
    if (by != null) {
      measure = "%s.%s.%s".formatted(measure, by.event(), name(by.kind()));
    }
    return filter.isEmpty() ? measure : "%s.%s".formatted(measure, Condition.key(filter));
  }

  private static String name(Goal.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /// Whether the fact is of a reading that holds for a single look, which nothing may rest on.
  public static boolean isAside(Fact fact) {
    return fact.id().startsWith("once.") || fact.id().startsWith("bayes.");
  }

  /// The ids of those that exist, in this order.
  static List<String> present(List<Fact> facts, String... ids) {
    List<String> known = facts.stream().map(Fact::id).toList();
    return Stream.of(ids).filter(known::contains).distinct().toList();
  }

  /// The ids behind a sentence about these comparisons.
  static List<String> behind(List<Fact> facts, List<Statistics.Comparison> comparisons) {
    return comparisons.stream()
        .flatMap(of ->
            (of.relativeLift() == null
                    ? present(
                        facts,
                        difference(of),
                        p(of),
                        value(of, of.segment()),
                        value(of, CONTROL),
                        margin(of))
                    : present(facts, lift(of), p(of), margin(of)))
                .stream())
        .distinct()
        .toList();
  }

  /// The ids behind a sentence about what is still possible.
  static List<String> open(List<Fact> facts, List<Statistics.Comparison> comparisons) {
    List<String> ids = new ArrayList<>(behind(facts, comparisons));
    for (Statistics.Comparison of : comparisons) {
      ids.addAll(present(facts, gain(of), most(of)));
    }
    ids.addAll(present(facts, EXPOSED, PLANNED, DAYS_LEFT));
    return ids.stream().distinct().toList();
  }

  /// The ids behind how a comparison came about: who counted, with which value, how noise was taken
  /// away.
  static List<String> counted(List<Fact> facts, Statistics.Comparison of) {
    List<String> ids = new ArrayList<>(present(facts, sureness(of), narrowed(of), window(of)));
    if (of.estimator() == Statistics.Estimator.REGRESSION_ADJUSTED) {
      ids.addAll(present(facts, HISTORY));
    }
    for (String segment : List.of(of.segment(), CONTROL)) {
      boolean share = of.kind() == Goal.Kind.CONVERSION;
      ids.addAll(
          present(
              facts,
              share ? converted(of, segment) : value(of, segment),
              mature(of, segment),
              users(segment)));
    }
    return List.copyOf(ids);
  }

  /// The check with its facts: those whose ids begin with its own, and what everybody knows of.
  static Check checked(List<Fact> facts, Check check) {
    List<String> beginnings =
        switch (check.id()) {
          case "sample_ratio" ->
              List.of(
                  "users.",
                  "share.",
                  "weight.",
                  "split.",
                  "assignment_mismatch.",
                  "bots.",
                  "goal_without_exposure.");
          case "sample_size" -> List.of(EXPOSED, PLANNED, FRACTION);
          case "exposures" -> List.of(EXPOSED);
          default -> List.of(check.id() + ".");
        };
    List<String> ids = new ArrayList<>(check.facts());
    facts.stream()
        .map(Fact::id)
        .filter(id -> beginnings.stream().anyMatch(id::startsWith))
        .forEach(ids::add);
    return new Check(check.id(), check.status(), check.detail(), ids.stream().distinct().toList());
  }
}
