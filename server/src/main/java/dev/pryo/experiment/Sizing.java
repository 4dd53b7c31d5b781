package dev.pryo.experiment;

import dev.pryo.stats.HorizonPlan;
import dev.pryo.stats.PairPlan;
import dev.pryo.stats.Result;
import dev.pryo.stats.SampleSize;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// How many people an experiment needs to notice an effect, and which effect so many people show:
/// the one place where a plan gets its size, whoever asks.
///
/// @param mean the control's value today, not 0
/// @param variance of one person's value; not asked for a share
/// @param share whether the value is a share of people, whose variance follows from the share
/// @param weights of the segments in any unit, the control first
public record Sizing(
    double mean,
    double variance,
    boolean share,
    Goal.Direction direction,
    List<Double> weights,
    double alpha,
    double power) {
  private static final double SMALLEST = 1e-4;
  private static final double LARGEST = 10;

  /// Visitors of all segments together, until each test can be told from the control: the largest
  /// of what the pairs need. Empty where no number of people is enough, or the lift takes a share
  /// out of 0 to 1.
  ///
  /// @param lift a fraction of the mean, towards what is wanted
  public OptionalLong people(double lift) {
    return looks().toOptional().map(looks -> people(lift, looks)).orElse(OptionalLong.empty());
  }

  /// What looks without end cost, the same for every size.
  private Result<HorizonPlan> looks() {
    return HorizonPlan.of(alpha, power, 1);
  }

  private OptionalLong people(double lift, HorizonPlan looks) {
    double control = weights.getFirst();
    double most = 0;
    for (double test : weights.subList(1, weights.size())) {
      if (control > 0 && test > 0) {
        if (!(pair(lift, test / control, looks) instanceof Result.Ok<PairPlan>(PairPlan plan))) {
          return OptionalLong.empty();
        }
        most = Math.max(most, Math.ceil(plan.planned() * total() / (control + test)));
      }
    }
    return most > 0 && most < Long.MAX_VALUE ? OptionalLong.of((long) most) : OptionalLong.empty();
  }

  private Result<PairPlan> pair(double lift, double ratio, HorizonPlan looks) {
    double delta = Math.abs(mean) * (direction == Goal.Direction.INCREASE ? lift : -lift);
    var question = new SampleSize.Question(delta, alpha, power, ratio, 2, OptionalDouble.empty());
    return share
        ? PairPlan.ofShares(mean, question, looks)
        : PairPlan.ofMeans(variance, variance, question, looks);
  }

  private double total() {
    return weights.stream().mapToDouble(Double::doubleValue).sum();
  }

  /// The smallest lift that so many people show, by bisection: the more people, the smaller. Empty
  /// where even the largest that is possible needs more.
  public OptionalDouble smallestLift(double people) {
    return looks()
        .toOptional()
        .map(looks -> smallestLift(people, looks))
        .orElse(OptionalDouble.empty());
  }

  private OptionalDouble smallestLift(double people, HorizonPlan looks) {
    double low = SMALLEST;
    double high = SMALLEST;
    while (high < LARGEST && !isEnough(high, people, looks)) {
      low = high;
      high = Math.min(LARGEST, high * 1.25);
    }
    if (!isEnough(high, people, looks)) {
      return OptionalDouble.empty();
    }
    for (int i = 0; i < 40 && high - low > 1e-6; i++) {
      double middle = (low + high) / 2;
      if (isEnough(middle, people, looks)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return OptionalDouble.of(high);
  }

  private boolean isEnough(double lift, double people, HorizonPlan looks) {
    OptionalLong needed = people(lift, looks);
    return needed.isPresent() && needed.getAsLong() <= people;
  }
}
