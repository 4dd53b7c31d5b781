package dev.pryo.stats;

/// The regularized incomplete beta function I_x(a, b), the distribution function of Beta(a, b).
final class IncompleteBeta {

  private IncompleteBeta() {}

  /// a B(a, b) I_x(a, b) / (x^a (1 − x)^b) by the continued fraction DLMF 8.17.22, good below the
  /// mean.
  static double fraction(double a, double b, double x) {
    double c = 1;
    double d = lentz(1 - (a + b) * x / (a + 1));
    d = 1 / d;
    double value = d;
    for (double m = 1; m < 1e5; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / lentz(1 + even * d);
      c = lentz(1 + even / c);
      value *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / lentz(1 + odd * d);
      c = lentz(1 + odd / c);
      double step = d * c;
      value *= step;
      if (Math.abs(step - 1) < 1e-16) {
        break;
      }
    }
    return value;
  }

  /// Modified Lentz evaluation replaces a vanishing divisor (Thompson and Barnett 1986).
  private static double lentz(double divisor) {
    return Math.abs(divisor) < 1e-300 ? 1e-300 : divisor;
  }
}
