package dev.pryo.stats;

import static dev.pryo.stats.StatsError.INSUFFICIENT_DATA;
import static dev.pryo.stats.StatsError.INVALID_INPUT;
import static dev.pryo.stats.StatsError.ZERO_VARIANCE;

import java.util.OptionalDouble;

/// Whether B is worse than A by less than a margin, as for a guardrail. `estimate` is the distance
/// from the margin, `p` one-sided at a fixed horizon; with a [Plan] `pSequential` decides, which is
/// peek-safe. The relative margin is tested on the linear contrast B − k·A, so that the control's
/// own uncertainty counts (the hypothesis of Fieller 1954).
public record NonInferiority(
    double estimate, double se, double z, double p, OptionalDouble pSequential, boolean pass) {

  /// Means, their squared standard errors and the covariance of the two, which only adjusted means
  /// have.
  public record Means(double meanA, double meanB, double varA, double varB, double cov) {

    /// Of arms that share nothing.
    public Means(double meanA, double meanB, double varA, double varB) {
      this(meanA, meanB, varA, varB, 0);
    }

    private boolean isValid() {
      return Inputs.allFinite(meanA, meanB)
          && Inputs.isNonNegative(varA)
          && Inputs.isNonNegative(varB)
          && Inputs.isCovariance(cov, varA, varB);
    }
  }

  /// Which direction is good.
  public enum Direction {
    INCREASE,
    DECREASE
  }

  /// How much worse is still accepted, as a share of |A| or in the metric's own unit.
  public record Margin(double size, boolean relative, Direction direction) {}

  /// Units of both arms so far, and as planned.
  public record Plan(double n, double planned) {}

  /// At a fixed horizon; `factor` widens the standard error as [RobustSe] does.
  public static Result<NonInferiority> of(Means means, Margin margin, double alpha, double factor) {
    if (!isValid(means, margin, alpha, factor)) {
      return Result.failed(INVALID_INPUT);
    }
    Contrast contrast = Contrast.of(means, margin);
    return contrast.test(alpha, factor);
  }

  /// Looked at repeatedly.
  public static Result<NonInferiority> of(
      Means means, Margin margin, double alpha, double factor, Plan plan) {
    if (!isValid(means, margin, alpha, factor)
        || !Inputs.isCount(plan.n)
        || !Inputs.isPositiveCount(plan.planned)) {
      return Result.failed(INVALID_INPUT);
    }
    if (plan.n < 2) {
      return Result.failed(INSUFFICIENT_DATA);
    }
    return Contrast.of(means, margin)
        .test(alpha, factor)
        .then(fixed ->
            HorizonCs.of(fixed.estimate, fixed.se, plan.n, plan.planned, alpha, 0, Side.GREATER)
                .map(cs -> fixed.decidedBy(cs.p(), alpha)));
  }

  private static boolean isValid(Means means, Margin margin, double alpha, double factor) {
    return means.isValid()
        && Inputs.isNonNegative(margin.size)
        && Inputs.isLevel(alpha, Side.GREATER)
        && Double.isFinite(factor)
        && factor >= 1;
  }

  private NonInferiority decidedBy(double sequential, double alpha) {
    return new NonInferiority(
        estimate, se, z, p, OptionalDouble.of(sequential), sequential <= alpha);
  }

  /// A linear contrast and its standard error before widening.
  private record Contrast(double estimate, double se) {

    static Contrast of(Means m, Margin margin) {
      double sign = margin.direction == Direction.INCREASE ? 1 : -1;
      if (!margin.relative) {
        DoubleDouble diff = DoubleDouble.sum(m.meanB, -m.meanA).times(sign);
        return new Contrast(diff.plus(margin.size).value(), se(m, DoubleDouble.of(1)));
      }
      double share = m.meanA < 0 ? -margin.size : margin.size;
      DoubleDouble k = DoubleDouble.sum(1, -sign * share);
      DoubleDouble distance = DoubleDouble.of(m.meanB).minus(k.times(m.meanA));
      return new Contrast(distance.times(sign).value(), se(m, k));
    }

    /// √(v_B + k² v_A − 2k cov).
    private static double se(Means m, DoubleDouble k) {
      double apart = Math.hypot(Math.sqrt(m.varB), k.value() * Math.sqrt(m.varA));
      if (m.cov == 0 || !(apart > 0) || !Double.isFinite(apart)) {
        return apart;
      }
      double shared = 2 * k.value() * (m.cov / apart / apart);
      return apart * Math.sqrt(Math.max(0, 1 - shared));
    }

    Result<NonInferiority> test(double alpha, double factor) {
      double widened = factor * se;
      double z = estimate / widened;
      if (widened == 0) {
        return Result.failed(ZERO_VARIANCE);
      }
      if (!Double.isFinite(widened) || !Double.isFinite(estimate)) {
        return Result.failed(INVALID_INPUT);
      }
      double p = Normal.sf(z);
      return Result.ok(
          new NonInferiority(estimate, widened, z, p, OptionalDouble.empty(), p <= alpha));
    }
  }
}
