package dev.pryo.stats;

import static dev.pryo.stats.StatsError.INVALID_INPUT;
import static dev.pryo.stats.StatsError.ZERO_DENOMINATOR;
import static dev.pryo.stats.StatsError.ZERO_VARIANCE;

/// The relative change (B − A)/|A|, so that a rise from −10 to −5 is +50 %: its estimate, the
/// interval by the delta method, and Fieller's interval (Fieller 1954), which stays right where the
/// control's mean is uncertain. `fieller` is unbounded where the control's mean may be zero.
public record Relative(double uplift, double deltaSe, Interval delta, Interval fieller) {

  /// `varA`, `varB` are squared standard errors of the means, `cov` is their covariance.
  public static Result<Relative> of(
      double meanA, double meanB, double varA, double varB, double cov, double crit) {
    if (!Inputs.allFinite(meanA, meanB)
        || !Inputs.isNonNegative(varA)
        || !Inputs.isNonNegative(varB)
        || !Inputs.isCovariance(cov, varA, varB)
        || !Inputs.isPositive(crit)) {
      return Result.failed(INVALID_INPUT);
    }
    if (varA == 0 && varB == 0) {
      return Result.failed(ZERO_VARIANCE);
    }
    if (meanA == 0) {
      return Result.failed(ZERO_DENOMINATOR);
    }
    DoubleDouble size = DoubleDouble.of(Math.abs(meanA));
    DoubleDouble change = DoubleDouble.sum(meanB, -meanA).dividedBy(size);
    double uplift = change.value();
    double se = deltaSe(Math.signum(meanA), size, change, varA, varB, cov);
    Interval delta = Interval.around(uplift, crit * se);
    Interval fieller = Fieller.uplift(meanA, meanB, varA, varB, cov, crit);
    return Inputs.allFinite(uplift, delta.lower(), delta.upper())
        ? Result.ok(new Relative(uplift, se, delta, fieller))
        : Result.failed(INVALID_INPUT);
  }

  /// √(V − 2uC + u² v_A) / M, that is of v_B + (1 + u s)² v_A − 2 (1 + u s) cov, in units of |A|.
  private static double deltaSe(
      double sign, DoubleDouble size, DoubleDouble change, double varA, double varB, double cov) {
    DoubleDouble weight = DoubleDouble.of(1).plus(change.times(sign));
    DoubleDouble a = DoubleDouble.of(varA).dividedBy(size).dividedBy(size);
    DoubleDouble b = DoubleDouble.of(varB).dividedBy(size).dividedBy(size);
    DoubleDouble c = DoubleDouble.of(cov).dividedBy(size).dividedBy(size);
    DoubleDouble variance = a.times(weight).times(weight).plus(b).minus(c.times(weight).times(2));
    return Math.sqrt(Math.max(0, variance.value()));
  }
}
