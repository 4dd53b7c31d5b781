package dev.pryo.analysis;

import dev.pryo.experiment.Condition;
import dev.pryo.experiment.Goal;

/// What a goal leaves out, its filter and its cap, as a fact says it behind how it came about.
final class Limits {

  private Limits() {}

  /// Of a number that is made of people's values.
  static String ofValues(Goal goal) {
    return ofEvents(goal) + cap(goal);
  }

  /// Of a number that is made of events, whatever their values.
  static String ofEvents(Goal goal) {
    if (goal.filter().isEmpty()) {
      return "";
    }
    String conditions = Condition.words(goal.filter());
    return goal.denominator() == null
        ? "; only events count where " + conditions
        : "; of its own events only those count where " + conditions;
  }

  private static String cap(Goal goal) {
    Double quantile = goal.capQuantile();
    return quantile == null
        ? ""
        : "; a person's value counts as at most the %s quantile of all people's that are not zero"
            .formatted(Say.percent(quantile));
  }
}
