package dev.pryo.stats;

/// Differences that cancel when written plainly, computed without loss.
final class Precise {

  private Precise() {}

  /// ln(1 + x) − x, by its power series near zero.
  static double log1pMinus(double x) {
    if (Math.abs(x) > 0.1) {
      return Math.log1p(x) - x;
    }
    double sum = 0;
    double power = x * x;
    for (int k = 2; k < 20; k++) {
      sum -= power / k;
      power *= -x;
    }
    return sum;
  }

  /// e^x − 1 − x, by its power series near zero.
  static double expm1Minus(double x) {
    if (Math.abs(x) > 0.5) {
      return Math.expm1(x) - x;
    }
    double sum = 0;
    double term = x;
    for (int k = 2; k < 18; k++) {
      term *= x / k;
      sum += term;
    }
    return sum;
  }

  /// h(d) = (1 + d) ln(1 + d) − d for d ≥ −1, the deviance of a count that is 1 + d times its
  /// expectation (Loader 2000, "Fast and accurate computation of binomial probabilities").
  static double deviance(double d) {
    if (d <= -1) {
      return 1;
    }
    if (Math.abs(d) > 0.1) {
      return (1 + d) * Math.log1p(d) - d;
    }
    double sum = 0;
    double power = d * d;
    for (int k = 2; k < 20; k++) {
      sum += power / (k * (k - 1.0));
      power *= -d;
    }
    return sum;
  }

  /// ln(1 + r²), also where r² overflows.
  static double log1pSquare(double r) {
    double size = Math.abs(r);
    return size < 1e100 ? Math.log1p(size * size) : 2 * Math.log(size);
  }

  /// √(x / m + y / n) of non-negative x and y of any magnitude.
  static double rootOfMeans(double x, double m, double y, double n) {
    double larger = Math.max(x, y);
    if (larger == 0) {
      return 0;
    }
    int half = Math.getExponent(larger) / 2;
    double scaled = Math.scalb(x, -2 * half) / m + Math.scalb(y, -2 * half) / n;
    return Math.scalb(Math.sqrt(scaled), half);
  }
}
