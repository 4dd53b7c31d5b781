package dev.pryo.stats;

import static dev.pryo.stats.StatsError.INSUFFICIENT_DATA;
import static dev.pryo.stats.StatsError.INVALID_INPUT;
import static dev.pryo.stats.StatsError.ZERO_VARIANCE;

/// The larger of two standard errors of B − A: that of unequal variances, and that of the random
/// assignment itself under no effect, whose variance pools both arms around the common mean (the
/// variance of a permutation test). With unequal allocation and rare or skewed values the first
/// alone makes errors several times too often.
///
/// `factor` is `se / seUnpooled`, at least 1.
public record RobustSe(double diff, double seUnpooled, double sePooled, double se, double factor) {

  public static Result<RobustSe> of(Moments a, Moments b) {
    if (!a.isValid() || !b.isValid()) {
      return Result.failed(INVALID_INPUT);
    }
    if (a.n() < 2 || b.n() < 2) {
      return Result.failed(INSUFFICIENT_DATA);
    }
    if (a.var() == 0 && b.var() == 0) {
      return Result.failed(ZERO_VARIANCE);
    }
    double diff = b.mean() - a.mean();
    double unpooled = Precise.rootOfMeans(a.var(), a.n(), b.var(), b.n());
    double n = a.n() + b.n();
    double within =
        Precise.rootOfMeans(
            a.var(), pooledUnits(a.n(), b.n(), n), b.var(), pooledUnits(b.n(), a.n(), n));
    double pooled = Math.hypot(within, diff / Math.sqrt(n - 1));
    double se = Math.max(unpooled, pooled);
    double factor = se / unpooled;
    return Double.isFinite(diff) && Double.isFinite(factor)
        ? Result.ok(new RobustSe(diff, unpooled, pooled, se, factor))
        : Result.failed(INVALID_INPUT);
  }

  /// By how much an arm's variance is divided in the pooled variance of the difference: (own − 1) n
  /// / (own · other · (n − 1)) of it remains.
  static double pooledUnits(double own, double other, double n) {
    return own / (own - 1) * (other / n) * (n - 1);
  }
}
