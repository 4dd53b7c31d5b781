package dev.pryo.stats;

import static dev.pryo.stats.StatsError.INSUFFICIENT_DATA;
import static dev.pryo.stats.StatsError.INVALID_INPUT;
import static dev.pryo.stats.StatsError.ZERO_VARIANCE;

/// The difference of means with less noise: what a value from before the exposure predicts is taken
/// away (Deng, Xu, Kohavi and Walker 2013, "Improving the sensitivity of online controlled
/// experiments by utilizing pre-experiment data").
///
/// `a` and `b` hold adjusted means and residual variances; `varianceReduction` is the share of the
/// squared standard error that vanished, negative where the adjustment hurt.
public record Cuped(double theta, Moments a, Moments b, double varianceReduction, Welch welch) {

  /// Means, variances and covariance of the metric y and the covariate x over units.
  public record Arm(double n, double meanY, double varY, double meanX, double varX, double cov) {

    private boolean isValid() {
      return Inputs.isCount(n)
          && Inputs.allFinite(meanY, meanX)
          && Inputs.isNonNegative(varY)
          && Inputs.isNonNegative(varX)
          && Inputs.isCovariance(cov, varY, varX);
    }

    /// The mean moved by theta · `apart`, the distance of the arm's covariate from the pooled one.
    private Moments adjusted(DoubleDouble theta, DoubleDouble apart) {
      double mean = DoubleDouble.of(meanY).minus(theta.times(apart)).value();
      DoubleDouble cross = theta.times(cov).times(-2);
      DoubleDouble square = theta.times(varX).times(theta);
      return new Moments(n, mean, Residual.of(DoubleDouble.of(varY), cross, square));
    }
  }

  /// The arms after adjustment, before any test.
  public record Adjustment(double theta, double diff, Moments a, Moments b) {}

  public static Result<Cuped> of(Arm a, Arm b, double alpha) {
    if (!Inputs.isInsideUnit(alpha)) {
      return Result.failed(INVALID_INPUT);
    }
    return adjust(a, b).then(adjustment -> test(a, b, adjustment, alpha));
  }

  public static Result<Adjustment> adjust(Arm a, Arm b) {
    if (!a.isValid() || !b.isValid()) {
      return Result.failed(INVALID_INPUT);
    }
    if (a.n < 3 || b.n < 3) {
      return Result.failed(INSUFFICIENT_DATA);
    }
    DoubleDouble theta = theta(a, b);
    DoubleDouble apart = DoubleDouble.sum(b.meanX, -a.meanX);
    double n = a.n + b.n;
    Moments adjustedA = a.adjusted(theta, apart.times(-b.n).dividedBy(n));
    Moments adjustedB = b.adjusted(theta, apart.times(a.n).dividedBy(n));
    double diff = DoubleDouble.sum(b.meanY, -a.meanY).minus(theta.times(apart)).value();
    return adjustedA.isValid() && adjustedB.isValid()
        ? Result.ok(new Adjustment(theta.value(), diff, adjustedA, adjustedB))
        : Result.failed(INVALID_INPUT);
  }

  private static Result<Cuped> test(Arm a, Arm b, Adjustment adjusted, double alpha) {
    double se = Precise.rootOfMeans(adjusted.a.var(), a.n, adjusted.b.var(), b.n);
    if (se == 0) {
      return Result.failed(ZERO_VARIANCE);
    }
    double df = Welch.degreesOfFreedom(adjusted.a, a.n - 1, adjusted.b, b.n - 1);
    double kept = se / Precise.rootOfMeans(a.varY, a.n, b.varY, b.n);
    double reduction = (1 - kept) * (1 + kept);
    return Welch.of(adjusted.diff, se, adjusted.diff / se, df, alpha)
        .map(welch -> new Cuped(adjusted.theta, adjusted.a, adjusted.b, reduction, welch));
  }

  /// The pooled slope within arms; 0 where the covariate does not vary.
  private static DoubleDouble theta(Arm a, Arm b) {
    DoubleDouble scatter = within(a, a.varX, b, b.varX);
    return scatter.value() == 0 ? DoubleDouble.ZERO : within(a, a.cov, b, b.cov).dividedBy(scatter);
  }

  /// ((n_A − 1) u + (n_B − 1) v) / (n_A + n_B − 2).
  private static DoubleDouble within(Arm a, double u, Arm b, double v) {
    double df = a.n - 1 + (b.n - 1);
    return DoubleDouble.of(a.n - 1)
        .dividedBy(df)
        .times(u)
        .plus(DoubleDouble.of(b.n - 1).dividedBy(df).times(v));
  }
}
