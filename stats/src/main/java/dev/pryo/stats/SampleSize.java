package dev.pryo.stats;

import static dev.pryo.stats.StatsError.INVALID_INPUT;
import static dev.pryo.stats.StatsError.ZERO_VARIANCE;

import java.util.OptionalDouble;

/// How many units a fixed-horizon test needs to find a difference of `delta` (the normal formula,
/// see Lehr 1992 and any text on sample size). [PairPlan] goes on from it to sequential looks.
///
/// `days` is there when daily visitors are given.
public record SampleSize(double exactA, double nA, double nB, double total, OptionalDouble days) {

  /// What is asked: a difference, a level, a power, units of B per unit of A, one or two sides, and
  /// visitors a day of both arms together if known.
  public record Question(
      double delta,
      double alpha,
      double power,
      double ratio,
      double sides,
      OptionalDouble dailyUsers) {

    /// Two-sided, equal arms.
    public static Question of(double delta, double alpha, double power) {
      return new Question(delta, alpha, power, 1, 2, OptionalDouble.empty());
    }

    private boolean isValid() {
      return Double.isFinite(delta)
          && delta != 0
          && Inputs.isInsideUnit(alpha)
          && Inputs.isInsideUnit(power)
          && Inputs.isPositive(ratio)
          && (sides == 1 || sides == 2)
          && (dailyUsers.isEmpty() || Inputs.isPositive(dailyUsers.getAsDouble()));
    }

    private double quantiles() {
      return Normal.isf(alpha / sides) + Normal.ppf(power);
    }
  }

  /// For means with the given variances per unit.
  public static Result<SampleSize> ofMeans(double varA, double varB, Question question) {
    if (!Inputs.isNonNegative(varA) || !Inputs.isNonNegative(varB) || !question.isValid()) {
      return Result.failed(INVALID_INPUT);
    }
    double quantiles = question.quantiles();
    if (!(quantiles > 0)) {
      return Result.failed(INVALID_INPUT);
    }
    if (varA == 0 && varB == 0) {
      return Result.failed(ZERO_VARIANCE);
    }
    double perDelta =
        quantiles / question.delta * Precise.rootOfMeans(varA, 1, varB, question.ratio);
    double exact = perDelta * perDelta;
    double nA = Math.ceil(exact);
    double nB = Math.ceil(question.ratio * exact);
    double total = nA + nB;
    if (!Double.isFinite(total)) {
      return Result.failed(INVALID_INPUT);
    }
    OptionalDouble days =
        question.dailyUsers.isPresent()
            ? OptionalDouble.of(Math.ceil(total / question.dailyUsers.getAsDouble()))
            : OptionalDouble.empty();
    return Result.ok(new SampleSize(exact, nA, nB, total, days));
  }

  /// For a share that is `share` in A and `share + delta` in B.
  public static Result<SampleSize> ofShares(double share, Question question) {
    double other = share + question.delta;
    if (!Inputs.isProbability(share) || !Inputs.isProbability(other)) {
      return Result.failed(INVALID_INPUT);
    }
    return ofMeans(share * (1 - share), other * (1 - other), question);
  }
}
