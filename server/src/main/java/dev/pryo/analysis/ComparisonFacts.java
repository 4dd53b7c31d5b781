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
    sureness();
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
    once();
    bayesian();
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

  /// The usual fixed-length reading, which decides nothing.
  private void once() {
    Double p = of.pValue();
    List<Double> interval = of.interval();
    String how =
        "stats: %s, which holds for a single look at the planned end and decides nothing"
            .formatted(of.fixedMethod());
    if (p != null) {
      add(Facts.once("p", of), p, "probability", Say.probability(p), how, null);
    }
    if (interval != null) {
      ends("once", interval, how + "; %s end of the interval of the lift");
    }
  }

  /// What a Bayesian would say, which decides nothing.
  private void bayesian() {
    Statistics.Bayesian reading = of.bayesian();
    if (reading == null) {
      return;
    }
    String how = "stats: %s; not peek-safe, and decides nothing".formatted(BayesReading.how(of));
    double chance = reading.chanceToWin();
    add(
        Facts.bayesian("chance", of),
        chance,
        "fraction",
        Say.chance(chance),
        "The probability that the test is better by the goal's direction, " + how,
        null);
    double loss = reading.expectedLoss();
    add(
        Facts.bayesian("loss", of),
        loss,
        "fraction",
        Say.percent(loss),
        "What shipping the test loses on average, as a part of the control's value, " + how,
        null);
    ends(
        "bayes",
        reading.interval(),
        "stats: bayes_normal; %s end of the credible interval of the lift, from its normal"
            + " posterior by the delta method under a flat prior; not peek-safe, and decides"
            + " nothing");
  }

  private void ends(String what, List<Double> interval, String how) {
    double low = interval.getFirst();
    double high = interval.getLast();
    add(Facts.end(what, "low", of), low, "fraction", Say.signed(low), how.formatted("lower"), null);
    add(
        Facts.end(what, "high", of),
        high,
        "fraction",
        Say.signed(high),
        how.formatted("upper"),
        null);
  }

  private void sureness() {
    if (of.alwaysValid().interval() != null || of.alwaysValid().differenceInterval() != null) {
      double level = 1 - of.alwaysValid().level();
      add(
          Facts.sureness(of),
          level,
          "fraction",
          Say.chance(level),
          of.role() == Goal.Role.GUARDRAIL
              ? "1 − the plan's alpha: how sure this comparison's intervals are at all looks"
                  + " together"
              : "1 − the level that Holm's correction gives: how sure this comparison's intervals"
                  + " are at all looks together",
          null);
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
