package dev.pryo.stats;

import static dev.pryo.stats.StatsError.INVALID_INPUT;

import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/// Whether events come at different rates, from the split of the events alone: given their number,
/// B's share is binomial whatever the traffic. Exact at any n and allocation, so it suits rare
/// events. A Dirichlet mixture as in Lindon and Malek 2022 (arXiv 2011.03567): peek-safe.
///
/// `uplift` estimates rate B / rate A − 1 and is absent without events in A; `interval` holds it at
/// every look at once.
public record RateSequential(
    double logBayesFactor, double p, OptionalDouble uplift, Interval interval) {

  public static final double DEFAULT_CONCENTRATION = 1_000;

  /// `eventsA`, `eventsB` with allocation weights of the arms, which need not add to one.
  public static Result<RateSequential> of(
      double eventsA,
      double eventsB,
      double weightA,
      double weightB,
      double concentration,
      double alpha) {
    if (!Inputs.isCount(eventsA)
        || !Inputs.isCount(eventsB)
        || !Inputs.isPositive(weightA)
        || !Inputs.isPositive(weightB)
        || !Inputs.isPositive(concentration)
        || !Inputs.isInsideUnit(alpha)) {
      return Result.failed(INVALID_INPUT);
    }
    double[] counts = {eventsA, eventsB};
    double[] weights = {weightA, weightB};
    DirichletMixture mixture = new DirichletMixture(counts, weights, concentration);
    double log = mixture.logBayesFactor();
    double allowed = -Math.log(alpha) - mixture.logBayesFactorAtObserved();
    Interval interval = interval(eventsA, eventsB, weightA / weightB, allowed);
    OptionalDouble uplift =
        eventsA == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(uplift(eventsA, eventsB, weightA, weightB));
    if (Inputs.anyNaN(log, interval.lower(), interval.upper(), uplift.orElse(0))) {
      return Result.failed(INVALID_INPUT);
    }
    return Result.ok(new RateSequential(log, Math.min(1, Math.exp(-log)), uplift, interval));
  }

  private static double uplift(double eventsA, double eventsB, double weightA, double weightB) {
    double larger = Math.max(weightA, weightB);
    DoubleDouble scaledB = DoubleDouble.product(eventsB, weightA / larger);
    DoubleDouble scaledA = DoubleDouble.product(eventsA, weightB / larger);
    return scaledB.minus(scaledA).dividedBy(scaledA).value();
  }

  /// The shares θ of B with n KL(x_B/n, θ) < `allowed`, as uplift θ/(1 − θ) · w_A/w_B − 1.
  private static Interval interval(
      double eventsA, double eventsB, double weightRatio, double allowed) {
    double n = eventsA + eventsB;
    if (n == 0) {
      return new Interval(-1, Double.POSITIVE_INFINITY);
    }
    double perEvent = allowed / n;
    if (eventsA == 0) {
      return new Interval(weightRatio / Math.expm1(perEvent) - 1, Double.POSITIVE_INFINITY);
    }
    if (eventsB == 0) {
      return new Interval(-1, weightRatio * Math.expm1(perEvent) - 1);
    }
    // θ is the observed share moved by s on the logit scale; KL is then a cumulant of s
    IncompleteBeta.Point observed = new IncompleteBeta.Point(eventsB / n, eventsA / n);
    double odds = eventsB / eventsA * weightRatio;
    double up = distance(s -> Bernoulli.cumulant(s, observed), perEvent, observed);
    double down = distance(s -> Bernoulli.cumulant(-s, observed), perEvent, observed);
    return new Interval(odds * Math.exp(-down) - 1, odds * Math.exp(up) - 1);
  }

  /// The s > 0 at which a convex function that rises from 0 reaches `goal`.
  private static double distance(
      DoubleUnaryOperator convex, double goal, IncompleteBeta.Point observed) {
    double high = Math.sqrt(2 * goal / (observed.x() * observed.complement()));
    while (convex.applyAsDouble(high) < goal) {
      high *= 2;
    }
    double low = 0;
    for (int i = 0; i < 2000; i++) {
      double middle = 0.5 * (low + high);
      if (middle <= low || middle >= high) {
        break;
      }
      if (convex.applyAsDouble(middle) < goal) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
