package dev.pryo.stats;

/// Which differences count against the null hypothesis.
public enum Side {
  /// Both directions.
  TWO,
  /// The treatment is larger.
  GREATER,
  /// The treatment is smaller.
  LESS;

  /// The distance of `z` from zero in the direction that counts.
  double outward(double z) {
    return switch (this) {
      case TWO -> Math.abs(z);
      case GREATER -> z;
      case LESS -> -z;
    };
  }

  boolean oneSided() {
    return this != TWO;
  }
}
