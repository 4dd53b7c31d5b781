package dev.pryo.stats;

import static dev.pryo.stats.StatsError.INSUFFICIENT_DATA;
import static dev.pryo.stats.StatsError.INVALID_INPUT;
import static dev.pryo.stats.StatsError.ZERO_DENOMINATOR;

/// A ratio of two means per unit, such as revenue per session with visitors as units, by the delta
/// method (Deng, Knoblich and Lu 2018, "Applying the delta method in metric analytics"): each
/// unit's numerator less the ratio times its denominator takes the place of its value.
///
/// `a` and `b` hold the ratio as mean and the variance per unit; `welch` tests their difference.
public record Ratio(Moments a, Moments b, Welch welch) {

  /// Means, variances and covariance of numerator and denominator over units.
  public record Arm(
      double n, double meanNum, double meanDen, double varNum, double varDen, double cov) {

    /// The ratio with its variance per unit: an arm like that of a plain mean.
    public Result<Moments> perUnit() {
      if (!isValid()) {
        return Result.failed(INVALID_INPUT);
      }
      if (n < 2) {
        return Result.failed(INSUFFICIENT_DATA);
      }
      if (meanDen == 0) {
        return Result.failed(ZERO_DENOMINATOR);
      }
      Moments linear = linearized();
      return linear.isValid() ? Result.ok(linear) : Result.failed(INVALID_INPUT);
    }

    private boolean isValid() {
      return Inputs.isCount(n)
          && Inputs.allFinite(meanNum, meanDen)
          && Inputs.isNonNegative(varNum)
          && Inputs.isNonNegative(varDen)
          && Inputs.isCovariance(cov, varNum, varDen);
    }

    /// (v_num − 2R cov + R² v_den) / mean_den².
    private Moments linearized() {
      DoubleDouble ratio = DoubleDouble.of(meanNum).dividedBy(meanDen);
      DoubleDouble num = perSquare(varNum);
      DoubleDouble den = perSquare(varDen).times(ratio).times(ratio);
      DoubleDouble cross = perSquare(cov).times(ratio).times(-2);
      return new Moments(n, ratio.value(), Residual.of(num, den, cross));
    }

    private DoubleDouble perSquare(double variance) {
      return DoubleDouble.of(variance).dividedBy(meanDen).dividedBy(meanDen);
    }
  }

  public static Result<Ratio> of(Arm a, Arm b, double alpha) {
    if (!a.isValid() || !b.isValid() || !Inputs.isInsideUnit(alpha)) {
      return Result.failed(INVALID_INPUT);
    }
    if (a.n < 2 || b.n < 2) {
      return Result.failed(INSUFFICIENT_DATA);
    }
    if (a.meanDen == 0 || b.meanDen == 0) {
      return Result.failed(ZERO_DENOMINATOR);
    }
    Moments linearA = a.linearized();
    Moments linearB = b.linearized();
    return Welch.of(linearA, linearB, alpha).map(welch -> new Ratio(linearA, linearB, welch));
  }
}
