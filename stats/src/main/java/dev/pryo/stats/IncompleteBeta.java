package dev.pryo.stats;

/// The regularized incomplete beta function I_x(a, b), the distribution function of Beta(a, b).
///
/// A tail is the density of the logit times a ratio like Mills': a continued fraction (DLMF
/// 8.17.22) where it keeps its digits, otherwise quadrature of the density relative to its value at
/// x, so that nothing cancels at 10¹² counts. The density is written in deviances (Loader 2000).
final class IncompleteBeta {

  /// The continued fraction loses as many digits as a is times larger than b, and takes about √(a +
  /// b) steps.
  private static final double FRACTION_LIMIT = 100_000;

  private static final double FRACTION_SKEW = 1_000;
  private static final double SMALL_SHAPE = 30;

  private IncompleteBeta() {}

  /// I_x(a, b).
  static double cdf(double x, double a, double b) {
    if (x <= 0) {
      return 0;
    }
    return x >= 1 ? 1 : lower(new Point(x, 1 - x), a, b);
  }

  /// A point of (0, 1) and its complement, both with full relative precision.
  record Point(double x, double complement) {

    static Point ofLogit(double y) {
      return new Point(1 / (1 + Math.exp(-y)), 1 / (1 + Math.exp(y)));
    }

    Point mirrored() {
      return new Point(complement, x);
    }

    /// (1 − x) a − x b, positive below the mean a / (a + b): from the smaller of x and 1 − x, since
    /// the larger is rounded.
    double belowMean(double a, double b) {
      DoubleDouble n = DoubleDouble.sum(a, b);
      return x <= 0.5
          ? DoubleDouble.of(a).minus(n.times(x)).value()
          : n.times(complement).minus(DoubleDouble.of(b)).value();
    }
  }

  /// P(X ≤ x).
  static double lower(Point at, double a, double b) {
    return at.belowMean(a, b) >= 0
        ? Math.exp(logTail(at, a, b))
        : 1 - Math.exp(logTail(at.mirrored(), b, a));
  }

  /// ln P(X ≤ x).
  static double logLower(Point at, double a, double b) {
    return at.belowMean(a, b) >= 0
        ? logTail(at, a, b)
        : Math.log1p(-Math.exp(logTail(at.mirrored(), b, a)));
  }

  private static double logTail(Point at, double a, double b) {
    return logDensity(at, a, b) + Math.log(tailRatio(at, a, b));
  }

  /// The logarithm of x^a (1 − x)^b / B(a, b), the density of ln(X / (1 − X)).
  static double logDensity(Point at, double a, double b) {
    double n = a + b;
    double excess = -at.belowMean(a, b);
    double fit = logRelative(at.x, excess, a, n) + logRelative(at.complement, -excess, b, n);
    double scale = 0.5 * (Math.log(a / n) + Math.log(b) - Math.log(2 * Math.PI));
    double stirling =
        GammaFunctions.stirlingError(n)
            - GammaFunctions.stirlingError(a)
            - GammaFunctions.stirlingError(b);
    return fit + scale + stirling;
  }

  /// a ln(x n / a) − excess, where x n = a + excess.
  private static double logRelative(double x, double excess, double a, double n) {
    double d = excess / a;
    return Math.abs(d) < 0.5
        ? a * Precise.log1pMinus(d)
        : a * (Math.log(x) + Math.log(n / a)) - excess;
  }

  /// I_x(a, b) / logit density, for x at most the mean.
  private static double tailRatio(Point at, double a, double b) {
    if ((a + b < FRACTION_LIMIT && a < FRACTION_SKEW * b) || (a < SMALL_SHAPE && a < b)) {
      return fraction(a, b, at.x) / a;
    }
    double n = a + b;
    double slope = Math.max(0, at.belowMean(a, b));
    double curvature = n * at.x * at.complement;
    double scale = 1 / (slope + Math.sqrt(curvature));
    return GaussLegendre.decay(s -> slope * s + n * Bernoulli.cumulant(-s, at), scale);
  }

  /// The logit of the point below which Beta(a, b) has the chance p ≤ ½: Newton's method on the
  /// logarithm of the chance, which is concave in the logit.
  static double lowerLogit(double p, double a, double b) {
    double log = Math.log(p);
    double power = powerLogit(log, a, b);
    if (power < -700) {
      return power;
    }
    double center = Math.log(a) - Math.log(b);
    double y = a < 1 ? Math.min(center, power) : center + Normal.ppf(p) * Math.sqrt(1 / a + 1 / b);
    for (int i = 0; i < 200; i++) {
      Point at = Point.ofLogit(Math.max(-700, y));
      double logTail = logLower(at, a, b);
      double step = (log - logTail) * Math.exp(logTail - logDensity(at, a, b));
      y += step;
      if (!(Math.abs(step) > 1e-15 * Math.max(1e-3, Math.abs(y)))) {
        break;
      }
    }
    return y;
  }

  /// The logit at which x^a / (a B(a, b)) reaches the chance, exact where x is negligible beside 1.
  private static double powerLogit(double logChance, double a, double b) {
    double beta =
        GammaFunctions.logGamma(a) + GammaFunctions.logGamma(b) - GammaFunctions.logGamma(a + b);
    return (logChance + Math.log(a) + beta) / a;
  }

  /// The p-quantile of Beta(a, b).
  static double quantile(double p, double a, double b) {
    return p <= 0.5
        ? Point.ofLogit(lowerLogit(p, a, b)).x()
        : Point.ofLogit(-lowerLogit(1 - p, b, a)).x();
  }

  /// a B(a, b) I_x(a, b) / (x^a (1 − x)^b) by the continued fraction DLMF 8.17.22, good below the
  /// mean.
  static double fraction(double a, double b, double x) {
    double c = 1;
    double d = 1 / nonZero(1 - (a + b) * x / (a + 1));
    double value = d;
    for (double m = 1; m < 1e5; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / nonZero(1 + even * d);
      c = nonZero(1 + even / c);
      value *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / nonZero(1 + odd * d);
      c = nonZero(1 + odd / c);
      double step = d * c;
      value *= step;
      if (!(Math.abs(step - 1) > 3e-16)) {
        break;
      }
    }
    return value;
  }

  /// Modified Lentz evaluation replaces a vanishing divisor (Thompson and Barnett 1986).
  private static double nonZero(double divisor) {
    return Math.abs(divisor) < 1e-300 ? 1e-300 : divisor;
  }
}
