package dev.pryo.stats;

import static dev.pryo.stats.StatsError.INVALID_INPUT;
import static dev.pryo.stats.StatsError.ZERO_VARIANCE;

import java.util.OptionalDouble;

/// The effect as a posterior: normal estimate, normal or flat prior (conjugate; any text, such as
/// Gelman et al. 2013, "Bayesian Data Analysis", 2.5). For display: not peek-safe, decides nothing.
///
/// `lossTreatment` is what is expected to be lost by shipping B where it is worse, `lossControl` by
/// keeping A where B is better.
public record BayesNormal(
    double mean,
    double sd,
    double chanceToWin,
    Interval interval,
    double lossTreatment,
    double lossControl) {

  /// Beyond this many standard deviations the other sign has no chance that a double can hold.
  private static final double CERTAIN = 40;

  /// What is believed of effects beforehand; flat without `sd`.
  public record Prior(double mean, OptionalDouble sd) {
    public static final Prior FLAT = new Prior(0, OptionalDouble.empty());

    public static Prior normal(double mean, double sd) {
      return new Prior(mean, OptionalDouble.of(sd));
    }

    private boolean isValid() {
      return Double.isFinite(mean) && (sd.isEmpty() || Inputs.isPositive(sd.getAsDouble()));
    }
  }

  /// `credibility` is the chance that the interval holds the effect.
  public static Result<BayesNormal> of(double diff, double se, Prior prior, double credibility) {
    if (!Double.isFinite(diff)
        || !Inputs.isNonNegative(se)
        || !prior.isValid()
        || !Inputs.isInsideUnit(credibility)) {
      return Result.failed(INVALID_INPUT);
    }
    if (se == 0) {
      return Result.failed(ZERO_VARIANCE);
    }
    double mean = diff;
    double sd = se;
    if (prior.sd.isPresent()) {
      double priorSd = prior.sd.getAsDouble();
      double both = Math.hypot(priorSd, se);
      mean = weighted(diff, priorSd, prior.mean, se, Math.getExponent(both));
      sd = se * (priorSd / both);
    }
    double h = mean / sd;
    double z = Normal.isf(0.5 * (1 - credibility));
    Interval interval = Interval.around(mean, z * sd);
    return Inputs.anyNaN(h, interval.lower(), interval.upper()) || !Double.isFinite(mean)
        ? Result.failed(INVALID_INPUT)
        : Result.ok(
            new BayesNormal(mean, sd, Normal.cdf(h), interval, loss(mean, sd), loss(-mean, sd)));
  }

  /// (x u² + y v²) / (u² + v²), which may cancel; u and v are scaled against overflow.
  private static double weighted(double x, double u, double y, double v, int exponent) {
    double scaledU = Math.scalb(u, -exponent);
    double scaledV = Math.scalb(v, -exponent);
    DoubleDouble weightX = DoubleDouble.product(scaledU, scaledU);
    DoubleDouble weightY = DoubleDouble.product(scaledV, scaledV);
    return weightX.times(x).plus(weightY.times(y)).dividedBy(weightX.plus(weightY)).value();
  }

  /// E[max(0, −X)] of a normal X, that is sd (φ(h) − h Φ̄(h)) with h = mean / sd.
  private static double loss(double mean, double sd) {
    double h = mean / sd;
    if (Math.abs(h) > CERTAIN) {
      return Math.max(0, -mean);
    }
    double density = Normal.density(h);
    return sd * (h > 0 ? density * (1 - h * Normal.mills(h)) : density - h * Normal.sf(h));
  }
}
