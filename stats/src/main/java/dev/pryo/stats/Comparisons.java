package dev.pryo.stats;

import dev.pryo.stats.Comparison.Method;
import dev.pryo.stats.Comparison.Reading;
import java.util.OptionalDouble;

/// The default pipeline from two arms to a [Comparison]: [RobustSe], then the sequential method of
/// the [Design], then [ReportedRelative] at its critical value; beside it [Welch] for the single
/// look.
public final class Comparisons {

  private Comparisons() {}

  /// Compares the plain means of a goal.
  public static Result<Comparison> of(Moments control, Moments test, Design design, double alpha) {
    return Welch.of(control, test, alpha)
        .then(welch ->
            RobustSe.of(control, test)
                .then(robust -> of(control, test, welch, robust.se(), design, alpha)));
  }

  private static Result<Comparison> of(
      Moments control, Moments test, Welch welch, double se, Design design, double alpha) {
    return sequential(welch.diff(), se, control.n() + test.n(), design, alpha)
        .then(bound ->
            ReportedRelative.of(control, test, bound.crit())
                .map(relative ->
                    new Comparison(
                        control,
                        test,
                        welch.diff(),
                        uplift(control.mean(), welch.diff()),
                        fixed(control, test, welch, alpha),
                        bound.reading(alpha, se, relative.interval()))));
  }

  /// What both sequential methods say.
  private record Bound(Method method, double p, double crit, Interval absolute) {

    Reading reading(double alpha, double se, Interval relative) {
      return new Reading(method, alpha, p, se, crit, absolute, relative);
    }
  }

  private static Result<Bound> sequential(
      double diff, double se, double n, Design design, double alpha) {
    return switch (design) {
      case Design.Matured(double planned) ->
          HorizonCs.of(diff, se, n, planned, alpha)
              .map(cs -> new Bound(Method.HORIZON, cs.p(), cs.crit(), cs.interval()));
      case Design.Growing(double optimum) ->
          MixtureCs.of(diff, se, n, alpha, optimum)
              .map(cs -> new Bound(Method.MIXTURE, cs.p(), cs.crit(), cs.interval()));
    };
  }

  private static Reading fixed(Moments control, Moments test, Welch welch, double alpha) {
    Interval relative =
        Fieller.uplift(
            control.mean(),
            test.mean(),
            control.var() / control.n(),
            test.var() / test.n(),
            0,
            welch.crit());
    return new Reading(
        Method.WELCH, alpha, welch.p(), welch.se(), welch.crit(), welch.interval(), relative);
  }

  private static OptionalDouble uplift(double base, double diff) {
    double uplift = diff / Math.abs(base);
    return Double.isFinite(uplift) ? OptionalDouble.of(uplift) : OptionalDouble.empty();
  }
}
