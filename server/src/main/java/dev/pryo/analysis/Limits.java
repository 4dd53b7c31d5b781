package dev.pryo.analysis;

import dev.pryo.experiment.Condition;
import dev.pryo.experiment.Goal;
import java.util.Optional;

/// What a goal leaves out, its filter and its cap, as a fact says it behind how it came about.
public final class Limits {
  private static final String BEHIND = "; ";

  private Limits() {}

  /// What a number of this goal leaves out, in words; empty where it leaves out nothing.
  public static Optional<String> told(Goal goal) {
    return Optional.of(ofValues(goal))
        .filter(limits -> !limits.isEmpty())
        .map(limits -> limits.substring(BEHIND.length()));
  }

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
        ? BEHIND + "only events count where " + conditions
        : BEHIND + "of its own events only those count where " + conditions;
  }

  private static String cap(Goal goal) {
    Double quantile = goal.capQuantile();
    return quantile == null
        ? ""
        : BEHIND
            + "a person's value counts as at most the %s quantile of all people's that are not zero"
                .formatted(Say.percent(quantile));
  }
}
