package dev.pryo.stats;

import static dev.pryo.stats.StatsError.INSUFFICIENT_DATA;
import static dev.pryo.stats.StatsError.INVALID_INPUT;
import static dev.pryo.stats.StatsError.ZERO_VARIANCE;

/// What a fixed-horizon two-sided test of a given size can find: its power against `delta`, and the
/// effect `mde` that it finds with the target power (normal approximation, as in R's `power.t.test`
/// for large samples and statsmodels' `NormalIndPower`).
public record Power(double se, double power, double mde) {

  /// Variances per unit and units of each arm.
  public record Size(double varA, double varB, double nA, double nB) {}

  public static Result<Power> of(Size size, double delta, double alpha, double targetPower) {
    if (!Inputs.isNonNegative(size.varA)
        || !Inputs.isNonNegative(size.varB)
        || !Inputs.isCount(size.nA)
        || !Inputs.isCount(size.nB)
        || !Double.isFinite(delta)
        || !Inputs.isInsideUnit(alpha)
        || !Inputs.isInsideUnit(targetPower)) {
      return Result.failed(INVALID_INPUT);
    }
    if (size.nA < 2 || size.nB < 2) {
      return Result.failed(INSUFFICIENT_DATA);
    }
    if (size.varA == 0 && size.varB == 0) {
      return Result.failed(ZERO_VARIANCE);
    }
    double se = Precise.rootOfMeans(size.varA, size.nA, size.varB, size.nB);
    double z = Normal.isf(0.5 * alpha);
    double shift = delta / se;
    double power = Normal.sf(z - shift) + Normal.sf(z + shift);
    double mde = (z + Normal.ppf(targetPower)) * se;
    return Inputs.anyNaN(power, mde)
        ? Result.failed(INVALID_INPUT)
        : Result.ok(new Power(se, power, mde));
  }
}
