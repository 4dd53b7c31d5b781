package dev.pryo.stats;

import static dev.pryo.stats.StatsError.INSUFFICIENT_DATA;
import static dev.pryo.stats.StatsError.INVALID_INPUT;
import static dev.pryo.stats.StatsError.ZERO_VARIANCE;

/// A confidence sequence from a normal mixture over effects (Robbins 1970, "Statistical methods
/// related to the law of the iterated logarithm"; Johari et al. 2017, "Peeking at A/B tests";
/// asymptotically for any metric: Waudby-Smith et al. 2024, arXiv 2103.06476). It needs no plan and
/// holds at every n at once: peek-safe.
///
/// `phi` is the ratio of the mixture's variance to the estimate's, `logE` the log of the e-value.
public record MixtureCs(double phi, double crit, double logE, double p, Interval interval) {

  /// Where the mixture is narrowest when nothing is planned.
  public static final double DEFAULT_OPTIMUM = 10_000;

  /// How wide the mixture is.
  public sealed interface Width {
    /// The mixture under which the interval is narrowest at `n` units.
    record NarrowestAt(double n) implements Width {}

    /// Effects with standard deviation `tau`.
    record Effects(double tau) implements Width {}
  }

  /// Two-sided against zero, narrowest at `optimum` units.
  public static Result<MixtureCs> of(
      double diff, double se, double n, double alpha, double optimum) {
    return of(diff, se, n, alpha, new Width.NarrowestAt(optimum), 0, Side.TWO);
  }

  public static Result<MixtureCs> of(
      double diff, double se, double n, double alpha, Width width, double nullDiff, Side side) {
    boolean valid =
        Inputs.allFinite(diff, nullDiff)
            && Inputs.isNonNegative(se)
            && Inputs.isCount(n)
            && Inputs.isLevel(alpha, side)
            && switch (width) {
              case Width.NarrowestAt(double optimum) -> Inputs.isPositive(optimum);
              case Width.Effects(double tau) -> Inputs.isPositive(tau);
            };
    if (!valid) {
      return Result.failed(INVALID_INPUT);
    }
    if (n < 2) {
      return Result.failed(INSUFFICIENT_DATA);
    }
    if (se == 0) {
      return Result.failed(ZERO_VARIANCE);
    }
    double logAlpha = Math.log(alpha);
    double phi =
        switch (width) {
          case Width.NarrowestAt(double optimum) -> phi(n, optimum, logAlpha, side);
          case Width.Effects(double tau) -> (tau / se) * (tau / se);
        };
    double logE = logE((diff - nullDiff) / se, phi, side);
    double crit = crit(phi, logAlpha, side);
    Interval interval = Interval.around(diff, crit * se, side);
    return Double.isFinite(phi) && !Inputs.anyNaN(logE, interval.lower(), interval.upper())
        ? Result.ok(new MixtureCs(phi, crit, logE, p(logE), interval))
        : Result.failed(INVALID_INPUT);
  }

  /// φ of the mixture that is narrowest at `optimum`: n (x − 1) / optimum with x − ln x = 1 − 2 ln
  /// α, where a one-sided test takes 2α for α.
  static double phi(double n, double optimum, double logAlpha, Side side) {
    double level = side.oneSided() ? logAlpha + Math.log(2) : logAlpha;
    return n * (excess(-2 * level) / optimum);
  }

  /// The w > 0 with w − ln(1 + w) = u, by Newton's method from the upper bound of Chatzigeorgiou
  /// 2013 ("Bounds on the Lambert function and their application to the outage analysis of user
  /// cooperation").
  private static double excess(double u) {
    double w = u + Math.sqrt(2 * u);
    for (int i = 0; i < 50; i++) {
      double step = (u + Precise.log1pMinus(w)) * (1 + w) / w;
      w += step;
      if (!(Math.abs(step) > 1e-15 * w)) {
        break;
      }
    }
    return w;
  }

  static double logE(double z, double phi, Side side) {
    double o = side.outward(z);
    if (side == Side.TWO) {
      return 0.5 * o * (o * shrink(phi)) - 0.5 * Math.log1p(phi);
    }
    double y = o * Math.sqrt(shrink(phi));
    return oneSidedLog(y) - 0.5 * Math.log1p(phi);
  }

  /// φ / (1 + φ).
  private static double shrink(double phi) {
    return phi / (1 + phi);
  }

  /// y²/2 + ln 2Φ(y) = ln e^{y²/2} erfc(−y/√2).
  private static double oneSidedLog(double y) {
    if (y < 0) {
      return Math.log(Normal.erfcx(-y / Normal.SQRT_2));
    }
    double half = y < 1 ? Math.log1p(2 * Normal.center(y)) : logTwice(y);
    return 0.5 * y * y + half;
  }

  private static double logTwice(double y) {
    return Math.log(2) + Math.log1p(-Normal.sf(y));
  }

  /// The |z| at which ln e reaches −ln α.
  static double crit(double phi, double logAlpha, Side side) {
    if (side == Side.TWO) {
      return Math.sqrt((1 + 1 / phi) * (Math.log1p(phi) - 2 * logAlpha));
    }
    double goal = 0.5 * Math.log1p(phi) - logAlpha;
    double y = Math.sqrt(2 * goal);
    for (int i = 0; i < 50; i++) {
      double step = (goal - oneSidedLog(y)) / (y + Normal.density(y) / Normal.cdf(y));
      y += step;
      if (!(Math.abs(step) > 1e-15 * y)) {
        break;
      }
    }
    return y * Math.sqrt(1 + 1 / phi);
  }

  /// The bound for |z| at another level, with the mixture that belongs to `alpha`.
  static double critAt(double level, double n, double optimum, double alpha) {
    return crit(phi(n, optimum, Math.log(alpha), Side.TWO), Math.log(level), Side.TWO);
  }

  static double p(double logE) {
    return Math.min(1, Math.exp(-logE));
  }
}
