package dev.pryo.stats;

/// Why a method has no answer, in the order in which the reasons are looked for.
public enum StatsError {
  /// A number is not finite, a count is not whole, or an argument lies outside its range.
  INVALID_INPUT("invalid_input"),
  /// Too few units for a variance.
  INSUFFICIENT_DATA("insufficient_data"),
  /// A mean that has to be divided by is zero.
  ZERO_DENOMINATOR("zero_denominator"),
  /// Neither arm varies, so there is no standard error.
  ZERO_VARIANCE("zero_variance");

  private final String wireName;

  StatsError(String wireName) {
    this.wireName = wireName;
  }

  /// The name in files and over HTTP.
  public String wireName() {
    return wireName;
  }
}
