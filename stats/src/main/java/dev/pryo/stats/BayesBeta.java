package dev.pryo.stats;

import static dev.pryo.stats.StatsError.INVALID_INPUT;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/// Conversion rates as posteriors: a Beta prior shared by all arms, binomial data (conjugate; any
/// text, such as Gelman et al. 2013, "Bayesian Data Analysis", 2.4). Integrals by quadrature on the
/// logit scale, none by simulation. For display: not peek-safe, decides nothing.
///
/// `beatsControl` has one entry per arm after the first.
public record BayesBeta(List<Posterior> arms, List<Double> beatsControl) {

  /// `conversions` of `n` units.
  public record Arm(double conversions, double n) {

    private boolean isValid() {
      return Inputs.isCount(n) && Inputs.isCount(conversions) && conversions <= n;
    }
  }

  public record Prior(double a, double b) {
    public static final Prior UNIFORM = new Prior(1, 1);
  }

  /// An arm's posterior mean and equal-tailed interval, the chance that it has the highest rate,
  /// and the rate expected to be lost by choosing it.
  public record Posterior(double mean, Interval interval, double best, double expectedLoss) {

    private boolean isDefined() {
      return !Inputs.anyNaN(mean, interval.lower(), interval.upper(), best, expectedLoss);
    }
  }

  /// The first arm is the control.
  public static Result<BayesBeta> of(List<Arm> arms, Prior prior, double credibility) {
    if (arms.size() < 2
        || !arms.stream().allMatch(Arm::isValid)
        || !Inputs.isPositive(prior.a)
        || !Inputs.isPositive(prior.b)
        || !Inputs.isInsideUnit(credibility)) {
      return Result.failed(INVALID_INPUT);
    }
    double tail = 0.5 * (1 - credibility);
    List<Beta> betas =
        arms.stream()
            .map(arm -> new Beta(prior.a + arm.conversions, prior.b + (arm.n - arm.conversions)))
            .toList();
    List<Posterior> posteriors = new ArrayList<>();
    List<Double> beatsControl = new ArrayList<>();
    for (int k = 0; k < betas.size(); k++) {
      Beta own = betas.get(k);
      List<Beta> others = new ArrayList<>(betas);
      others.remove(k);
      posteriors.add(
          new Posterior(own.mean(), own.interval(tail), best(own, others), loss(own, others)));
      if (k > 0) {
        beatsControl.add(best(own, betas.subList(0, 1)));
      }
    }
    return posteriors.stream().allMatch(Posterior::isDefined)
        ? Result.ok(new BayesBeta(List.copyOf(posteriors), List.copyOf(beatsControl)))
        : Result.failed(INVALID_INPUT);
  }

  /// P(own > all others) = ∫ f Π F.
  private static double best(Beta own, List<Beta> others) {
    DoubleUnaryOperator log =
        y -> {
          IncompleteBeta.Point at = IncompleteBeta.Point.ofLogit(y);
          return own.logDensity(at) + logAllBelow(others, at);
        };
    Peak peak = Peak.of(log, own.center(), own.spread());
    double chance =
        Math.exp(peak.height)
            * GaussLegendre.adaptive(
                y -> Math.exp(log.applyAsDouble(y) - peak.height),
                peak.from,
                peak.to,
                4,
                tolerance(own));
    return Math.min(
        1, chance); // what quadrature adds in the last digit is no chance; a NaN stays one
  }

  /// E[max of all − own] = ∫ F_own (1 − Π F_others) dx. The integrand lies between the largest and
  /// the sum of its pairwise versions, which are log-concave on the logit scale and give the range.
  private static double loss(Beta own, List<Beta> others) {
    List<Peak> peaks = new ArrayList<>();
    for (Beta other : others) {
      DoubleUnaryOperator pair =
          y -> {
            IncompleteBeta.Point at = IncompleteBeta.Point.ofLogit(y);
            return own.logBelow(at) + other.logAbove(at) + logSlope(at);
          };
      peaks.add(Peak.of(pair, other.center(), other.spread()));
    }
    double height = peaks.stream().mapToDouble(Peak::height).max().orElseThrow();
    double from = peaks.stream().mapToDouble(Peak::from).min().orElseThrow();
    double to = peaks.stream().mapToDouble(Peak::to).max().orElseThrow();
    DoubleUnaryOperator scaled =
        y -> {
          IncompleteBeta.Point at = IncompleteBeta.Point.ofLogit(y);
          double above = Math.log(-Math.expm1(logAllBelow(others, at)));
          return Math.exp(own.logBelow(at) + above + logSlope(at) - height);
        };
    return Math.exp(height) * GaussLegendre.adaptive(scaled, from, to, 8, tolerance(own));
  }

  /// The density's own rounding grows with the root of the units.
  private static double tolerance(Beta own) {
    return 1e-11 + 1e-15 * Math.sqrt(own.a + own.b);
  }

  private static double logAllBelow(List<Beta> arms, IncompleteBeta.Point at) {
    double sum = 0;
    for (Beta arm : arms) {
      sum += arm.logBelow(at);
    }
    return sum;
  }

  /// ln x (1 − x), the change of the rate with its logit.
  private static double logSlope(IncompleteBeta.Point at) {
    return Math.log(at.x()) + Math.log(at.complement());
  }

  private record Beta(double a, double b) {

    double mean() {
      return a / (a + b);
    }

    Interval interval(double tail) {
      return new Interval(
          IncompleteBeta.quantile(tail, a, b),
          IncompleteBeta.Point.ofLogit(-IncompleteBeta.lowerLogit(tail, b, a)).x());
    }

    double center() {
      return Math.log(a) - Math.log(b);
    }

    /// About one standard deviation of the logit.
    double spread() {
      return Math.sqrt(1 / a + 1 / b);
    }

    double logDensity(IncompleteBeta.Point at) {
      return IncompleteBeta.logDensity(at, a, b);
    }

    double logBelow(IncompleteBeta.Point at) {
      return IncompleteBeta.logLower(at, a, b);
    }

    double logAbove(IncompleteBeta.Point at) {
      return IncompleteBeta.logLower(at.mirrored(), b, a);
    }
  }

  /// Where a log-concave function has its top, and the range outside which it is below e^−42 of it.
  private record Peak(double height, double from, double to) {

    private static final double DEPTH = 42;
    private static final double GOLDEN = 0.5 * (Math.sqrt(5) - 1);

    static Peak of(DoubleUnaryOperator log, double start, double spread) {
      double top = top(log, start, spread);
      double height = log.applyAsDouble(top);
      return new Peak(height, edge(log, top, -spread, height), edge(log, top, spread, height));
    }

    /// Walks uphill in growing strides, then golden section.
    private static double top(DoubleUnaryOperator log, double start, double spread) {
      double stride = spread;
      double at = start;
      double value = log.applyAsDouble(at);
      double right = log.applyAsDouble(at + stride);
      if (!(right > value)) {
        stride = -stride;
      }
      double low = at - stride;
      double next = log.applyAsDouble(at + stride);
      while (next > value) {
        low = at;
        at += stride;
        value = next;
        stride *= 2;
        next = log.applyAsDouble(at + stride);
      }
      return golden(log, low, at + stride, spread);
    }

    private static double golden(DoubleUnaryOperator log, double from, double to, double spread) {
      double a = from;
      double b = to;
      while (Math.abs(b - a) > 0.05 * spread) {
        double left = b - GOLDEN * (b - a);
        double right = a + GOLDEN * (b - a);
        if (log.applyAsDouble(left) > log.applyAsDouble(right)) {
          b = right;
        } else {
          a = left;
        }
      }
      return 0.5 * (a + b);
    }

    private static double edge(
        DoubleUnaryOperator log, double top, double direction, double height) {
      double inside = 0;
      double outside = 1;
      while (height - log.applyAsDouble(top + outside * direction) < DEPTH) {
        inside = outside;
        outside *= 2;
      }
      for (int i = 0; i < 6; i++) {
        double middle = 0.5 * (inside + outside);
        if (height - log.applyAsDouble(top + middle * direction) < DEPTH) {
          inside = middle;
        } else {
          outside = middle;
        }
      }
      return top + outside * direction;
    }
  }
}
