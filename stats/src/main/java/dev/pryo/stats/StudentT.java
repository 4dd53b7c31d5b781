package dev.pryo.stats;

/// Student's distribution for any positive real number of degrees of freedom.
final class StudentT {

  /// Coefficients d₀, d₁, … of the expansion for many degrees of freedom with b = ½: DiDonato and
  /// Morris 1992, "Algorithm 708: significant digit computation of the incomplete beta function
  /// ratios", BGRAT.
  private static final double[] GRAT = gratCoefficients(18);

  /// From here on the distribution is normal to all digits.
  private static final double NORMAL_DEGREES = 1e18;

  private static final double LOG_SQRT_2_PI = Math.log(Normal.SQRT_2_PI);

  private StudentT() {}

  private static double[] gratCoefficients(int count) {
    double b = 0.5;
    double[] inverseFactorial = new double[count];
    double[] d = new double[count];
    inverseFactorial[0] = 1;
    d[0] = 1;
    for (int n = 1; n < count; n++) {
      inverseFactorial[n] = inverseFactorial[n - 1] / (2 * n * (2 * n + 1.0));
      double sum = 0;
      for (int m = 1; m < n; m++) {
        sum += (m * b - n) * inverseFactorial[m] * d[n - m];
      }
      d[n] = (b - 1) * inverseFactorial[n] + sum / n;
    }
    return d;
  }

  static double density(double t, double df) {
    return Math.exp(logDensity(t, df));
  }

  private static double logDensity(double t, double df) {
    double normalizer = GammaFunctions.logHalfRatio(0.5 * df) - LOG_SQRT_2_PI;
    return normalizer - 0.5 * (df + 1) * Precise.log1pSquare(t / Math.sqrt(df));
  }

  /// P(T ≥ t).
  static double sf(double t, double df) {
    if (df > NORMAL_DEGREES) {
      return Normal.sf(t);
    }
    if (t < 0) {
      return 1 - sf(-t, df);
    }
    if (t == Double.POSITIVE_INFINITY) {
      return 0;
    }
    return t * t < 3 ? 0.5 - center(t, df) : Math.exp(logSf(t, df));
  }

  /// ln P(T ≥ t) for t > 0.
  private static double logSf(double t, double df) {
    if (t * t < 3) {
      return Math.log(0.5 - center(t, df));
    }
    double logX = -Precise.log1pSquare(t / Math.sqrt(df));
    return df >= 30 && logX > -0.35 ? manyDegrees(df, logX) : fraction(t, df, logX);
  }

  /// P(0 ≤ T ≤ t) for moderate t: all terms are positive (DLMF 8.17.8).
  static double center(double t, double df) {
    double x = t * t / (df + t * t);
    double term = 1;
    double sum = 1;
    for (int k = 1; k < 100_000 && term > 1e-17 * sum; k++) {
      term *= x * (df - 1 + 2 * k) / (2 * k + 1);
      sum += term;
    }
    return t * density(t, df) * sum;
  }

  /// ln ½ I_x(df/2, ½) by BGRAT; with b = ½ its incomplete gamma function is erfc.
  private static double manyDegrees(double df, double logX) {
    double a = 0.5 * df;
    double shifted = a - 0.25;
    double z = -shifted * logX;
    double perStep = 0.25 / (shifted * shifted);
    double logSquare = 0.25 * logX * logX;
    double weight = Math.sqrt(z / Math.PI);
    double j = Normal.erfcx(Math.sqrt(z));
    double sum = j;
    double b = 0.5;
    for (int n = 1; n < GRAT.length; n++) {
      j = (b * (b + 1) * j + (z + b + 1) * weight) * perStep;
      double term = GRAT[n] * j;
      sum += term;
      if (Math.abs(term) < 1e-17 * sum) {
        break;
      }
      b += 2;
      weight *= logSquare;
    }
    double scale = 0.5 * Math.sqrt(a / shifted) * sum;
    return GammaFunctions.logHalfRatio(a) - z + Math.log(scale);
  }

  /// ln ½ I_x(df/2, ½) by the continued fraction DLMF 8.17.22.
  private static double fraction(double t, double df, double logX) {
    double fraction = IncompleteBeta.fraction(0.5 * df, 0.5, Math.exp(logX));
    return logDensity(t, df) + Math.log(t) + Math.log(fraction / df);
  }

  /// The t with P(T ≥ t) = q, for 0 ≤ q < 1.
  static double isf(double q, double df) {
    if (df > NORMAL_DEGREES || q == 0) {
      return Normal.isf(q);
    }
    if (q > 0.5) {
      return -isf(1 - q, df);
    }
    double offset = 0.5 - q;
    return offset <= center(1, df) ? fromCenter(offset, df) : upperPoint(q, df);
  }

  /// The t with P(T ≤ t) = p, for 0 < p < 1.
  static double ppf(double p, double df) {
    if (df > NORMAL_DEGREES) {
      return Normal.ppf(p);
    }
    double offset = Math.abs(p - 0.5);
    if (offset <= center(1, df)) {
      return Math.copySign(fromCenter(offset, df), p - 0.5);
    }
    return p < 0.5 ? -upperPoint(p, df) : upperPoint(1 - p, df);
  }

  /// Newton's method from below on a concave function.
  private static double fromCenter(double offset, double df) {
    double t = offset / density(0, df);
    for (int i = 0; i < 50; i++) {
      double step = (offset - center(t, df)) / density(t, df);
      t += step;
      if (!(Math.abs(step) > 1e-15 * t)) {
        break;
      }
    }
    return t;
  }

  /// Newton's method on ln P(T ≥ e^v), which is concave in v, from the leading term of the normal
  /// approximation of Hill 1970 ("Algorithm 396: Student's t-quantiles").
  private static double upperPoint(double q, double df) {
    double log = Math.log(q);
    double z = Normal.isf(q);
    double start = df > 1 ? Math.sqrt(df * Math.expm1(z * z / (df - 0.5))) : Math.pow(q, -1 / df);
    double v = Math.log(Math.min(start, 1e300));
    for (int i = 0; i < 100; i++) {
      double t = Math.exp(v);
      double logTail = logSf(t, df);
      double step = (logTail - log) * Math.exp(logTail - v - logDensity(t, df));
      v += step;
      if (!(Math.abs(step) > 1e-14) || v > 709) {
        break;
      }
    }
    return Math.exp(v);
  }
}
