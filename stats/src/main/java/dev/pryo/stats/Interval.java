package dev.pryo.stats;

/// A closed interval; an end without a bound is infinite.
public record Interval(double lower, double upper) {

  /// The whole line: nothing is excluded.
  public static final Interval UNBOUNDED =
      new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /// `center` ± `reach`.
  static Interval around(double center, double reach) {
    return new Interval(center - reach, center + reach);
  }

  /// The values not refuted by a test on that side: one end is infinite for a one-sided test.
  static Interval around(double center, double reach, Side side) {
    return switch (side) {
      case TWO -> around(center, reach);
      case GREATER -> new Interval(center - reach, Double.POSITIVE_INFINITY);
      case LESS -> new Interval(Double.NEGATIVE_INFINITY, center + reach);
    };
  }

  /// The smallest interval that holds both.
  Interval hull(Interval other) {
    return new Interval(Math.min(lower, other.lower), Math.max(upper, other.upper));
  }

  public boolean contains(double value) {
    return lower <= value && value <= upper;
  }

  /// Whether both ends are finite.
  public boolean bounded() {
    return Double.isFinite(lower) && Double.isFinite(upper);
  }
}
