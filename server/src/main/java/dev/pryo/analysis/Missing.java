package dev.pryo.analysis;

import dev.pryo.analysis.GoalTests.Pair;
import dev.pryo.event.Totals.GoalTotal;
import dev.pryo.experiment.Goal;
import dev.pryo.stats.Comparison;
import dev.pryo.stats.Result;
import dev.pryo.stats.StatsError;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Says why a number is not there.
final class Missing {

  private Missing() {}

  /// The sentence, or null where all numbers are there.
  static @Nullable String note(Look look, Pair pair, @Nullable Comparison made) {
    if (made == null) {
      return whyNone(look, pair);
    }
    String control = look.control().name();
    if (made.uplift().isEmpty()) {
      return "There is no change in percent, because the value of %s is zero in %s: read the difference instead."
          .formatted(Say.quoted(pair.goal().name()), control);
    }
    if (!made.anytime().relative().bounded()) {
      return "The value of %s in %s is still too near to zero to bound the change in percent: read the difference instead."
          .formatted(Say.quoted(pair.goal().name()), control);
    }
    return null;
  }

  private static String whyNone(Look look, Pair pair) {
    String few = tooFew(look, pair, 0, pair.control());
    if (few == null) {
      few = tooFew(look, pair, pair.segmentIndex(), pair.test());
    }
    if (few != null) {
      return few;
    }
    StatsError error =
        pair.made() instanceof Result.Failed<Comparison>(StatsError reason)
            ? reason
            : StatsError.INVALID_INPUT;
    return switch (error) {
      case ZERO_VARIANCE -> constant(pair);
      case ZERO_DENOMINATOR -> nothingToDivideBy(look, pair);
      case INVALID_INPUT, INSUFFICIENT_DATA -> tooLarge(pair);
    };
  }

  private static String tooLarge(Pair pair) {
    return "The values of %s are too large to be added up: check what the site sends as value."
        .formatted(Say.quoted(pair.goal().name()));
  }

  private static @Nullable String tooFew(Look look, Pair pair, int index, GoalTotal total) {
    if (total.mature() >= 2) {
      return null;
    }
    String name = look.segments().get(index).name();
    Integer hours = pair.goal().windowHours();
    if (hours != null && look.users(index) > total.mature()) {
      return "Only %s of %s have been in it for %d hours: a comparison needs two."
          .formatted(Say.people(total.mature()), name, hours);
    }
    return total.mature() == 0
        ? "Nobody has seen %s yet.".formatted(name)
        : "Only one person has seen %s: a comparison needs two.".formatted(name);
  }

  private static String nothingToDivideBy(Look look, Pair pair) {
    boolean control = sum(pair.control()) == 0;
    GoalTotal total = control ? pair.control() : pair.test();
    String segment = look.segments().get(control ? 0 : pair.segmentIndex()).name();
    String by = Say.quoted(Objects.requireNonNull(pair.goal().denominator()).event());
    return total.second() == null || total.second().sumOfSquares() == 0
        ? "There is no %s in %s yet, so there is nothing to divide by.".formatted(by, segment)
        : "The values of %s add up to zero in %s, so there is nothing to divide by."
            .formatted(by, segment);
  }

  private static double sum(GoalTotal total) {
    return total.second() == null ? 0 : total.second().sum();
  }

  private static String constant(Pair pair) {
    String goal = Say.quoted(pair.goal().name());
    if (pair.control().converted() == 0 && pair.test().converted() == 0) {
      return "There is no %s yet in either segment.".formatted(goal);
    }
    if (pair.goal().kind() == Goal.Kind.RATIO) {
      return "%s is the same for everybody in a segment: there is no chance in it to measure a change against."
          .formatted(goal);
    }
    if (pair.goal().kind() == Goal.Kind.CONVERSION) {
      return "Everybody in a segment did the same for %s: there is no chance in it to measure a change against."
          .formatted(goal);
    }
    return "Everybody in a segment has the same value of %s: there is no chance in it to measure a change against."
        .formatted(goal);
  }
}
