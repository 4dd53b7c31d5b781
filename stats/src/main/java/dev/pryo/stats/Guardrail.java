package dev.pryo.stats;

import dev.pryo.stats.NonInferiority.Margin;
import dev.pryo.stats.NonInferiority.Means;
import java.util.OptionalDouble;

/// [NonInferiority] of two arms in an experiment's [Design], with the standard error widened by
/// [RobustSe]: whether a guardrail is kept within its margin, however often one looks.
///
/// Values that are final are tested by [HorizonCs]. Those that keep growing may not be (their
/// distance from the margin is no random walk up to the plan): the same contrast then takes the
/// one-sided mixture of [MixtureCs].
public final class Guardrail {

  private Guardrail() {}

  /// `pSequential` decides at `alpha`, one-sided.
  public static Result<NonInferiority> of(
      Moments control, Moments test, Margin margin, Design design, double alpha) {
    return RobustSe.of(control, test)
        .then(robust ->
            of(means(control, test), margin, robust, control.n() + test.n(), design, alpha));
  }

  private static Means means(Moments control, Moments test) {
    return new Means(
        control.mean(), test.mean(), control.var() / control.n(), test.var() / test.n());
  }

  private static Result<NonInferiority> of(
      Means means, Margin margin, RobustSe robust, double n, Design design, double alpha) {
    return switch (design) {
      case Design.Matured(double planned) ->
          NonInferiority.of(
              means, margin, alpha, robust.factor(), new NonInferiority.Plan(n, planned));
      case Design.Growing(double optimum) ->
          NonInferiority.of(means, margin, alpha, robust.factor())
              .then(fixed -> growing(fixed, n, alpha, optimum));
    };
  }

  private static Result<NonInferiority> growing(
      NonInferiority fixed, double n, double alpha, double optimum) {
    return MixtureCs.of(
            fixed.estimate(),
            fixed.se(),
            n,
            alpha,
            new MixtureCs.Width.NarrowestAt(optimum),
            0,
            Side.GREATER)
        .map(cs ->
            new NonInferiority(
                fixed.estimate(),
                fixed.se(),
                fixed.z(),
                fixed.p(),
                OptionalDouble.of(cs.p()),
                cs.p() <= alpha));
  }
}
