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
  ///
  /// @param comparison as [Comparisons] made it with `design`; what adjusted means share counts too
  public static Result<NonInferiority> of(
      Comparison comparison, Margin margin, Design design, double alpha) {
    Moments control = comparison.control();
    Moments test = comparison.test();
    ReportedRelative.Extra extra = comparison.extra();
    Means means =
        new Means(
            control.mean(),
            test.mean(),
            control.var() / control.n() + extra.varA(),
            test.var() / test.n() + extra.varB(),
            extra.cov());
    double factor = Math.max(1, comparison.anytime().se() / comparison.fixed().se());
    return of(means, margin, factor, control.n() + test.n(), design, alpha);
  }

  private static Result<NonInferiority> of(
      Means means, Margin margin, double factor, double n, Design design, double alpha) {
    return switch (design) {
      case Design.Matured(double planned) ->
          NonInferiority.of(means, margin, alpha, factor, new NonInferiority.Plan(n, planned));
      case Design.Growing(double optimum) ->
          NonInferiority.of(means, margin, alpha, factor)
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
