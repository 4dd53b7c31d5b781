package dev.pryo.stats;

/// The logarithm of the gamma function and what is built on it.
final class GammaFunctions {

  private static final double LOG_SQRT_2_PI = 0.5 * Math.log(2 * Math.PI);
  private static final double QUADRATURE = 200;
  private static final double EULER = 0.57721566490153286061;

  /// Bernoulli terms B₂ₖ / (2k (2k − 1)) of Stirling's series (Abramowitz and Stegun 6.1.41).
  private static final double[] STIRLING = {
    1.0 / 12,
    -1.0 / 360,
    1.0 / 1260,
    -1.0 / 1680,
    1.0 / 1188,
    -691.0 / 360360,
    1.0 / 156,
    -3617.0 / 122400,
    43867.0 / 244188,
  };

  /// ζ(k) − 1 for k = 2 … 60.
  private static final double[] ZETA_MINUS_1 = zetaMinusOne();

  private GammaFunctions() {}

  /// By summation to 20 and the Euler–Maclaurin remainder (Abramowitz and Stegun 23.2).
  private static double[] zetaMinusOne() {
    double[] zeta = new double[59];
    for (int i = 0; i < zeta.length; i++) {
      double k = i + 2.0;
      double n = 20;
      double tail = Math.pow(n, 1 - k) / (k - 1) - 0.5 * Math.pow(n, -k);
      double rising = k * Math.pow(n, -k - 1);
      tail += rising / 12;
      rising *= (k + 1) * (k + 2) / (n * n);
      tail -= rising / 720;
      rising *= (k + 3) * (k + 4) / (n * n);
      tail += rising / 30240;
      rising *= (k + 5) * (k + 6) / (n * n);
      tail -= rising / 1209600;
      double sum = tail;
      for (double m = n; m >= 2; m--) {
        sum += Math.pow(m, -k);
      }
      zeta[i] = sum;
    }
    return zeta;
  }

  /// ln Γ(x) for x > 0.
  static double logGamma(double x) {
    if (x >= 10) {
      return (x - 0.5) * Math.log(x) - x + LOG_SQRT_2_PI + stirlingSeries(x);
    }
    if (x < 0.5) {
      return logGammaNearTwo(x) - Math.log1p(x) - Math.log(x);
    }
    if (x < 1.5) {
      return logGammaNearTwo(x - 1) - Math.log1p(x - 1);
    }
    double product = 1;
    double rest = x;
    while (rest > 2.5) {
      rest -= 1;
      product *= rest;
    }
    return logGammaNearTwo(rest - 2) + Math.log(product);
  }

  /// ln Γ(2 + d) for |d| ≤ ½ by its Taylor series (Abramowitz and Stegun 6.1.33).
  private static double logGammaNearTwo(double d) {
    double sum = 0;
    double power = d * d;
    for (int k = 2; k <= 60; k++) {
      double term = power * ZETA_MINUS_1[k - 2] / k;
      sum += term;
      if (Math.abs(term) <= 1e-18 * Math.abs(sum)) {
        break;
      }
      power *= -d;
    }
    return (1 - EULER) * d + sum;
  }

  /// μ(x) = ln Γ(x) − [(x − ½) ln x − x + ½ ln 2π], what Stirling's formula leaves out.
  static double stirlingError(double x) {
    if (x >= 10) {
      return stirlingSeries(x);
    }
    return logGamma(x) - (x - 0.5) * Math.log(x) + x - LOG_SQRT_2_PI;
  }

  private static double stirlingSeries(double x) {
    double inverse = 1 / x;
    double square = inverse * inverse;
    double sum = 0;
    for (int k = STIRLING.length - 1; k >= 0; k--) {
      sum = STIRLING[k] + square * sum;
    }
    return sum * inverse;
  }

  /// ln [Γ(a + ½) / (Γ(a) √a)], which vanishes for large a.
  static double logHalfRatio(double a) {
    if (a < 10) {
      return logGamma(a + 0.5) - logGamma(a) - 0.5 * Math.log(a);
    }
    return a * Precise.log1pMinus(0.5 / a) + stirlingSeries(a + 0.5) - stirlingSeries(a);
  }

  /// P(χ² ≥ x) with `df` degrees of freedom.
  static double chiSquareSf(double x, double df) {
    if (x <= 0) {
      return 1;
    }
    return x == Double.POSITIVE_INFINITY ? 0 : upperRegularized(0.5 * df, 0.5 * x);
  }

  /// Q(a, x) = Γ(a, x) / Γ(a): the series 6.5.29 of Abramowitz and Stegun below the mean,
  /// Legendre's continued fraction 6.5.31 above, and quadrature for large a.
  private static double upperRegularized(double a, double x) {
    double density = density(a, x);
    if (density == 0) {
      return x < a ? 1 : 0;
    }
    if (a >= QUADRATURE) {
      return x < a ? 1 - density * below(a, x) : density * above(a, x);
    }
    return x < a + 1 ? 1 - density * series(a, x) : density * fraction(a, x);
  }

  /// P(a, x) / density: the density of ln X falls like e^{−(a − x) s − x (e^{−s} − 1 + s)} below x.
  private static double below(double a, double x) {
    return GaussLegendre.decay(
        s -> (a - x) * s + x * Precise.expm1Minus(-s), 1 / (a - x + Math.sqrt(a)));
  }

  private static double above(double a, double x) {
    return GaussLegendre.decay(
        s -> (x - a) * s + x * Precise.expm1Minus(s), 1 / (x - a + Math.sqrt(a)));
  }

  /// x^a e^{−x} / Γ(a), the density of ln X; relative to the mode where a is large.
  private static double density(double a, double x) {
    if (a < 10) {
      return Math.exp(a * Math.log(x) - x - logGamma(a));
    }
    double exponent = a * Precise.log1pMinus((x - a) / a) - stirlingSeries(a);
    return Math.sqrt(a / (2 * Math.PI)) * Math.exp(exponent);
  }

  private static double series(double a, double x) {
    double term = 1 / a;
    double sum = term;
    for (double n = a + 1; term > 1e-17 * sum; n++) {
      term *= x / n;
      sum += term;
    }
    return sum;
  }

  /// Modified Lentz evaluation (Thompson and Barnett 1986).
  private static double fraction(double a, double x) {
    double b = x + 1 - a;
    double c = 1e300;
    double d = 1 / b;
    double value = d;
    for (double i = 1; i < 1e7; i++) {
      double numerator = -i * (i - a);
      b += 2;
      d = 1 / (numerator * d + b);
      c = b + numerator / c;
      double step = c * d;
      value *= step;
      if (!(Math.abs(step - 1) > 3e-16)) {
        break;
      }
    }
    return value;
  }
}
