package dev.pryo.stats;

/// What remains of a variance when something is explained.
final class Residual {

  private static final double NOTHING = 1e-12;

  private Residual() {}

  /// The sum of the terms, or 0 where it is less than 1e-12 of the positive ones and so only
  /// rounding.
  static double of(DoubleDouble... terms) {
    DoubleDouble sum = DoubleDouble.ZERO;
    double positive = 0;
    for (DoubleDouble term : terms) {
      sum = sum.plus(term);
      positive += Math.max(0, term.value());
    }
    return sum.value() < NOTHING * positive ? 0 : sum.value();
  }
}
