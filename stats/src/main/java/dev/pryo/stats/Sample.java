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

  /// Units with two values each: numerator x and denominator y of a ratio, or a metric x with its
  /// covariate y.
  record Pairs(
      double n,
      DoubleDouble sumX,
      DoubleDouble sumY,
      DoubleDouble sumXX,
      DoubleDouble sumYY,
      DoubleDouble sumXY)
      implements Sample {

    public static final Pairs NONE =
        new Pairs(
            0,
            DoubleDouble.ZERO,
            DoubleDouble.ZERO,
            DoubleDouble.ZERO,
            DoubleDouble.ZERO,
            DoubleDouble.ZERO);

    /// From sums made elsewhere, such as in a database.
    public static Pairs of(
        double n, double sumX, double sumY, double sumXX, double sumYY, double sumXY) {
      return new Pairs(
          n,
          DoubleDouble.of(sumX),
          DoubleDouble.of(sumY),
          DoubleDouble.of(sumXX),
          DoubleDouble.of(sumYY),
          DoubleDouble.of(sumXY));
    }

    /// One more unit.
    public Pairs with(double x, double y) {
      return new Pairs(
          n + 1,
          sumX.plus(x),
          sumY.plus(y),
          sumXX.plus(DoubleDouble.product(x, x)),
          sumYY.plus(DoubleDouble.product(y, y)),
          sumXY.plus(DoubleDouble.product(x, y)));
    }

    public Pairs plus(Pairs other) {
      return new Pairs(
          n + other.n,
          sumX.plus(other.sumX),
          sumY.plus(other.sumY),
          sumXX.plus(other.sumXX),
          sumYY.plus(other.sumYY),
          sumXY.plus(other.sumXY));
    }

    /// The arm of x alone.
    @Override
    public Result<Moments> moments() {
      return Moments.of(n, sumX, sumXX);
    }

    /// x over y.
    public Result<Ratio.Arm> ratio() {
      return moments()
          .then(x ->
              Moments.of(n, sumY, sumYY)
                  .map(y ->
                      new Ratio.Arm(
                          n, x.mean(), y.mean(), x.var(), y.var(), covariance(x.var(), y.var()))));
    }

    /// x with covariate y.
    public Result<Cuped.Arm> cuped() {
      return ratio()
          .map(arm ->
              new Cuped.Arm(
                  n, arm.meanNum(), arm.varNum(), arm.meanDen(), arm.varDen(), arm.cov()));
    }

    /// x with covariate y, for regression.
    public Result<RegressionAdjusted.Arm> adjusted() {
      return ratio()
          .map(arm ->
              new RegressionAdjusted.Arm(
                  n,
                  arm.meanNum(),
                  arm.varNum(),
                  new double[] {arm.meanDen()},
                  new double[] {arm.cov()},
                  new double[][] {{arm.varDen()}}));
    }

    /// What lies beyond the bound of Cauchy and Schwarz by no more than 1e-9 √(Σx² Σy²) counts as
    /// rounding of the sums, as a variance below zero does.
    private double covariance(double varX, double varY) {
      double made = sumXY.minus(sumX.times(sumY).dividedBy(n)).value() / (n - 1);
      double most = Math.sqrt(varX) * Math.sqrt(varY);
      double rounding = 1e-9 * (Math.sqrt(sumXX.value()) * Math.sqrt(sumYY.value()) / (n - 1));
      return Math.abs(made) <= most + rounding ? Math.clamp(made, -most, most) : made;
    }
  }
}
