package dev.pryo.analysis;

import dev.pryo.analysis.Analysis.Fact;
import dev.pryo.analysis.Statistics.Comparison;
import dev.pryo.experiment.Goal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The facts of one goal in one test segment against the control.
final class ComparisonFacts {
  private final Comparison of;
  private final Goal goal;
  private final List<Fact> facts = new ArrayList<>();

  ComparisonFacts(Comparison of, Goal goal) {
    this.of = of;
    this.goal = goal;
  }

  List<Fact> all() {
    change();
    difference();
    Double narrowed = of.varianceReduction();
    if (narrowed != null) {
      add(
          Facts.narrowed(of),
          narrowed,
          "fraction",
          Say.signed(narrowed),
          "stats: RegressionAdjusted; 1 − (standard error with history ÷ without)²"
              + Limits.ofValues(goal),
          null);
    }
    Double p = of.alwaysValid().pValue();
    if (p != null) {
      add(Facts.p(of), p, "probability", Say.probability(p), tested(), null);
    }
    return List.copyOf(facts);
  }

  private void change() {
    Double lift = of.relativeLift();
    Double gain = of.gain();
    List<Double> gains = of.gainInterval();
    if (lift != null) {
      fraction(Facts.lift(of), lift, "(test − control) ÷ |control|", of.alwaysValid().interval());
    }
    if (gain != null && of.direction() == Goal.Direction.DECREASE) {
      fraction(Facts.gain(of), gain, "−lift, because fewer is better", gains);
    }
    if (gains != null && of.role() == Goal.Role.PRIMARY) {
      double most = VerdictWords.ceiling(gains.getLast());
      add(
          Facts.most(of),
          most,
          "fraction",
          Say.percent(most),
          "The upper end of the gain's interval, rounded up" + Limits.ofValues(goal),
          null);
    }
  }

  private void difference() {
    Double difference = of.difference();
    if (difference != null) {
      boolean share = of.kind() == Goal.Kind.CONVERSION;
      List<Double> interval = of.alwaysValid().differenceInterval();
      add(
          Facts.difference(of),
          difference,
          share ? "fraction" : "value",
          share ? points(difference) : Say.value(difference),
          how("test − control", interval),
          interval);
    }
  }

  /// A difference of two percentages is no percentage.
  private static String points(double difference) {
    return Say.signed(difference).replace("%", "percentage points");
  }

  private void fraction(String id, double value, String formula, @Nullable List<Double> interval) {
    add(id, value, "fraction", Say.signed(value), how(formula, interval), interval);
  }

  private void add(
      String id,
      double value,
      String unit,
      String text,
      String how,
      @Nullable List<Double> interval) {
    facts.add(new Fact(id, value, unit, text, how, of.segment(), Facts.measure(of), interval));
  }

  private String how(String formula, @Nullable List<Double> interval) {
    String values =
        of.estimator() == Statistics.Estimator.REGRESSION_ADJUSTED
            ? "means adjusted for history"
            : "value.%s.…".formatted(Facts.measure(of));
    String made = "%s, of %s%s".formatted(formula, values, Limits.ofValues(goal));
    return interval == null
        ? made
        : "%s; interval by stats: %s, which holds at every look".formatted(made, method());
  }

  private String tested() {
    return "stats: the least always-valid p-value of all looks so far, by %s; %s%s"
        .formatted(
            method(),
            of.role() == Goal.Role.GUARDRAIL
                ? "a guardrail is judged by its margin instead"
                : "held against the level that Holm's correction gives, "
                    + Say.probability(of.alwaysValid().level()),
            Limits.ofValues(goal));
  }

  private String method() {
    String decides = of.alwaysValid().method();
    String named = decides == null ? "an earlier look" : decides;
    return of.estimator() == Statistics.Estimator.MEAN
        ? named
        : "%s, %s".formatted(of.estimator().wireName(), named);
  }
}
