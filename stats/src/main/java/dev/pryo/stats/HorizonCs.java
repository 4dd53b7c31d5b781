package dev.pryo.stats;

import static dev.pryo.stats.StatsError.INSUFFICIENT_DATA;
import static dev.pryo.stats.StatsError.INVALID_INPUT;
import static dev.pryo.stats.StatsError.ZERO_VARIANCE;

/// Pryo's default sequential test: 0.9 of the level for the largest value that the standardised sum
/// reaches up to the planned n (Brownian boundary, Siegmund 1985), 0.1 for a mixture (see
/// [MixtureCs]) that also holds beyond. By the union bound it is valid at every n: peek-safe.
///
/// `t` is the fraction of the plan, `crit` the bound for |z| at this n. Only for metrics whose
/// values are final when a unit enters; a metric that keeps growing needs [MixtureCs].
public record HorizonCs(
    double t, double pHorizon, double pMixture, double p, double crit, Interval interval) {

  private static final double HORIZON_SHARE = 0.9;
  private static final double MIXTURE_SHARE = 0.1;

  /// Two-sided against zero.
  public static Result<HorizonCs> of(
      double diff, double se, double n, double planned, double alpha) {
    return of(diff, se, n, planned, alpha, 0, Side.TWO);
  }

  public static Result<HorizonCs> of(
      double diff, double se, double n, double planned, double alpha, double nullDiff, Side side) {
    if (!Inputs.allFinite(diff, nullDiff)
        || !Inputs.isNonNegative(se)
        || !Inputs.isCount(n)
        || !Inputs.isPositiveCount(planned)
        || !Inputs.isLevel(alpha, side)) {
      return Result.failed(INVALID_INPUT);
    }
    if (n < 2) {
      return Result.failed(INSUFFICIENT_DATA);
    }
    if (se == 0) {
      return Result.failed(ZERO_VARIANCE);
    }
    double t = n / planned;
    double z = (diff - nullDiff) / se;
    double logLevel = Math.log(MIXTURE_SHARE) + Math.log(alpha);
    double phi = MixtureCs.phi(n, planned, logLevel, side);
    double pHorizon = horizon(side.outward(z), t, side);
    double pMixture = MixtureCs.p(MixtureCs.logE(z, phi, side));
    double p = Math.min(1, Math.min(pHorizon / HORIZON_SHARE, pMixture / MIXTURE_SHARE));
    double crit = Math.min(horizonCrit(alpha, t, side), MixtureCs.crit(phi, logLevel, side));
    Interval interval = Interval.around(diff, crit * se, side);
    return Inputs.anyNaN(z, p, interval.lower(), interval.upper())
        ? Result.failed(INVALID_INPUT)
        : Result.ok(new HorizonCs(t, pHorizon, pMixture, p, crit, interval));
  }

  private static double horizon(double outward, double t, Side side) {
    if (t > 1 || outward <= 0) {
      return 1;
    }
    double reached = outward * Math.sqrt(t);
    return side.oneSided() ? 2 * Normal.sf(reached) : BrownianSup.sf(reached);
  }

  /// The bound for |z| at another level, with the mixture that belongs to `alpha`: p ≤ `level`
  /// exactly when |z| reaches it, where p is that of `alpha`.
  static double critAt(double level, double n, double planned, double alpha) {
    double phi = MixtureCs.phi(n, planned, Math.log(MIXTURE_SHARE) + Math.log(alpha), Side.TWO);
    double logLevel = Math.log(MIXTURE_SHARE) + Math.log(level);
    return Math.min(
        horizonCrit(level, n / planned, Side.TWO), MixtureCs.crit(phi, logLevel, Side.TWO));
  }

  private static double horizonCrit(double alpha, double t, Side side) {
    return t > 1 ? Double.POSITIVE_INFINITY : boundary(alpha, side) / Math.sqrt(t);
  }

  /// The constant boundary for the sum at 0.9 of the level.
  static double boundary(double alpha, Side side) {
    double level = HORIZON_SHARE * alpha;
    return side.oneSided() ? Normal.isf(0.5 * level) : BrownianSup.isf(level);
  }
}
