package dev.pryo.stats;

/// The ranges of arguments, one question each. NaN is outside every range.
final class Inputs {

  private Inputs() {}

  /// A whole number, zero or more.
  static boolean isCount(double n) {
    return Double.isFinite(n) && n >= 0 && n == Math.rint(n);
  }

  /// A whole number, one or more.
  static boolean isPositiveCount(double n) {
    return isCount(n) && n >= 1;
  }

  static boolean isPositive(double x) {
    return Double.isFinite(x) && x > 0;
  }

  /// A variance, a standard error, a margin.
  static boolean isNonNegative(double x) {
    return Double.isFinite(x) && x >= 0;
  }

  /// A level, a power, a credibility, the order of a quantile.
  static boolean isInsideUnit(double p) {
    return p > 0 && p < 1;
  }

  static boolean isProbability(double p) {
    return p >= 0 && p <= 1;
  }

  /// A level that leaves room on the given side.
  static boolean isLevel(double alpha, Side side) {
    return isInsideUnit(alpha) && (!side.oneSided() || alpha < 0.5);
  }

  /// A covariance that its two variances allow, up to rounding.
  static boolean isCovariance(double cov, double varianceX, double varianceY) {
    double limit = Math.sqrt(varianceX) * Math.sqrt(varianceY);
    return Double.isFinite(cov) && Math.abs(cov) <= limit * (1 + 1e-9);
  }

  static boolean allFinite(double... values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /// Whether a result left the range of doubles on the way, so that it has no meaning.
  static boolean anyNaN(double... values) {
    for (double value : values) {
      if (Double.isNaN(value)) {
        return true;
      }
    }
    return false;
  }
}
