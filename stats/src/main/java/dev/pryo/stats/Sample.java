package dev.pryo.stats;

/// Sums over units that add: samples of days, shards or segments merge into one, in any order,
/// before a mean or a variance is formed.
public sealed interface Sample {

  /// How many units.
  double n();

  /// The arm of the summed units.
  Result<Moments> moments();

  /// Units that converted or did not.
  record Conversions(double n, double conversions) implements Sample {

    public Conversions plus(Conversions other) {
      return new Conversions(n + other.n, conversions + other.conversions);
    }

    @Override
    public Result<Moments> moments() {
      return Moments.ofConversions(n, conversions);
    }
  }

  /// Units with a value each: the sum of the values and of their squares.
  record Values(double n, DoubleDouble sum, DoubleDouble sumOfSquares) implements Sample {

    public static final Values NONE = new Values(0, DoubleDouble.ZERO, DoubleDouble.ZERO);

    /// From sums made elsewhere, such as in a database.
    public static Values of(double n, double sum, double sumOfSquares) {
      return new Values(n, DoubleDouble.of(sum), DoubleDouble.of(sumOfSquares));
    }

    /// One more unit; its square is added without rounding.
    public Values with(double value) {
      return new Values(
          n + 1, sum.plus(value), sumOfSquares.plus(DoubleDouble.product(value, value)));
    }

    public Values plus(Values other) {
      return new Values(n + other.n, sum.plus(other.sum), sumOfSquares.plus(other.sumOfSquares));
    }

    @Override
    public Result<Moments> moments() {
      return Moments.of(n, sum, sumOfSquares);
    }
  }
}
