package dev.pryo.stats;

import static dev.pryo.stats.StatsError.INSUFFICIENT_DATA;
import static dev.pryo.stats.StatsError.INVALID_INPUT;

/// Two shares: the pooled score test, and for the difference Newcombe's interval, which combines
/// the two Wilson intervals (Newcombe 1998, "Interval estimation for the difference between
/// independent proportions", method 10; Wilson 1927). Fixed horizon: not peek-safe. Test and
/// interval are not dual, so near the level they may disagree.
public record TwoProportions(
    double pA,
    double pB,
    double diff,
    double z,
    double p,
    Interval interval,
    Interval wilsonA,
    Interval wilsonB) {

  /// x of n units converted in each arm.
  public static Result<TwoProportions> of(
      double xA, double nA, double xB, double nB, double alpha) {
    if (!isShare(xA, nA) || !isShare(xB, nB) || !Inputs.isInsideUnit(alpha)) {
      return Result.failed(INVALID_INPUT);
    }
    if (nA == 0 || nB == 0) {
      return Result.failed(INSUFFICIENT_DATA);
    }
    double crossed = DoubleDouble.product(xB, nA).minus(DoubleDouble.product(xA, nB)).value();
    double diff = crossed / nA / nB;
    double x = xA + xB;
    double n = nA + nB;
    double spread = Math.sqrt(x * ((n - x) / n)) * Math.sqrt(nA) * Math.sqrt(nB);
    double z = spread == 0 ? 0 : crossed / spread;
    double quantile = Normal.isf(0.5 * alpha);
    Wilson a = Wilson.of(xA, nA, quantile);
    Wilson b = Wilson.of(xB, nB, quantile);
    Interval interval =
        new Interval(
            diff - Math.hypot(b.below(), a.above()), diff + Math.hypot(b.above(), a.below()));
    if (Inputs.anyNaN(z, interval.lower(), interval.upper())) {
      return Result.failed(INVALID_INPUT);
    }
    return Result.ok(
        new TwoProportions(
            xA / nA,
            xB / nB,
            diff,
            z,
            Math.min(1, 2 * Normal.sf(Math.abs(z))),
            interval,
            a.interval(),
            b.interval()));
  }

  private static boolean isShare(double x, double n) {
    return Inputs.isCount(x) && Inputs.isCount(n) && x <= n;
  }

  /// Wilson's interval, and how far it reaches below and above the observed share.
  private record Wilson(Interval interval, double below, double above) {

    static Wilson of(double x, double n, double z) {
      double square = z * z;
      double larger = x + 0.5 * square + root(x, n, z);
      double lower = x / n * (x / larger);
      double upper = x == n ? 1 : larger / (n + square);
      double below = x == 0 ? 0 : reach(x, n, z);
      double above = x == n ? 0 : reach(n - x, n, z);
      return new Wilson(new Interval(lower, upper), below, above);
    }

    /// Half the distance of the roots of (n + z²) p² − (2x + z²) p + x²/n, times n + z²; the lower
    /// limit is taken from the product of the roots.
    private static double root(double x, double n, double z) {
      return z * Math.sqrt(x * ((n - x) / n) + 0.25 * z * z);
    }

    /// x/n less the lower limit.
    private static double reach(double x, double n, double z) {
      return (z * z * (x / n - 0.5) + root(x, n, z)) / (n + z * z);
    }
  }
}
