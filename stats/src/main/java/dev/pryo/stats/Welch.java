package dev.pryo.stats;

import static dev.pryo.stats.StatsError.INSUFFICIENT_DATA;
import static dev.pryo.stats.StatsError.INVALID_INPUT;
import static dev.pryo.stats.StatsError.ZERO_VARIANCE;

/// The t-test for two means with unequal variances (Welch 1947, "The generalization of 'Student's'
/// problem when several different population variances are involved"). Fixed horizon: not
/// peek-safe.
///
/// `p` is two-sided, `pGreater` is P(T ≥ t), `interval` holds the difference at level 1 − alpha and
/// reaches `crit` standard errors.
public record Welch(
    double diff,
    double se,
    double t,
    double df,
    double p,
    double pGreater,
    double pLess,
    double crit,
    Interval interval) {

  /// Tests B − A against zero.
  public static Result<Welch> of(Moments a, Moments b, double alpha) {
    return of(a, b, alpha, 0);
  }

  /// Tests B − A against `nullDiff`.
  public static Result<Welch> of(Moments a, Moments b, double alpha, double nullDiff) {
    if (!a.isValid() || !b.isValid() || !Inputs.isInsideUnit(alpha) || !Double.isFinite(nullDiff)) {
      return Result.failed(INVALID_INPUT);
    }
    if (a.n() < 2 || b.n() < 2) {
      return Result.failed(INSUFFICIENT_DATA);
    }
    if (a.var() == 0 && b.var() == 0) {
      return Result.failed(ZERO_VARIANCE);
    }
    DoubleDouble diff = DoubleDouble.sum(b.mean(), -a.mean());
    double se = Precise.rootOfMeans(a.var(), a.n(), b.var(), b.n());
    double t = diff.plus(-nullDiff).value() / se;
    return of(diff.value(), se, t, degreesOfFreedom(a, a.n() - 1, b, b.n() - 1), alpha);
  }

  /// The test of a difference whose standard error has `df` degrees of freedom.
  static Result<Welch> of(double diff, double se, double t, double df, double alpha) {
    double tail = StudentT.sf(Math.abs(t), df);
    double other = 1 - tail;
    double crit = StudentT.isf(0.5 * alpha, df);
    Interval interval = Interval.around(diff, crit * se);
    if (Inputs.anyNaN(diff, t, interval.lower(), interval.upper())) {
      return Result.failed(INVALID_INPUT);
    }
    return Result.ok(
        new Welch(
            diff,
            se,
            t,
            df,
            Math.min(1, 2 * tail),
            t >= 0 ? tail : other,
            t >= 0 ? other : tail,
            crit,
            interval));
  }

  /// Satterthwaite's degrees of freedom of v_A/n_A + v_B/n_B, through the share of each arm so that
  /// no square of a variance is formed.
  static double degreesOfFreedom(Moments a, double dfA, Moments b, double dfB) {
    double larger = Math.max(a.var(), b.var());
    int exponent = Math.getExponent(larger);
    double partA = Math.scalb(a.var(), -exponent) / a.n();
    double partB = Math.scalb(b.var(), -exponent) / b.n();
    double shareA = partA / (partA + partB);
    double shareB = partB / (partA + partB);
    return 1 / (shareA * shareA / dfA + shareB * shareB / dfB);
  }
}
