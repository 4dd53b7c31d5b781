package dev.pryo.stats;

import dev.pryo.stats.Comparison.Method;
import dev.pryo.stats.Comparison.Reading;
import java.util.ArrayList;
import java.util.List;
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
                .then(robust -> plain(control, test, welch, robust.se(), design, alpha)));
  }

  /// Compares ratios of two means, such as revenue per session.
  public static Result<Comparison> ofRatios(
      Ratio.Arm control, Ratio.Arm test, Design design, double alpha) {
    return Ratio.of(control, test, alpha).then(ratio -> of(ratio.a(), ratio.b(), design, alpha));
  }

  /// Compares means adjusted by one covariate with a common slope.
  public static Result<Comparison> ofCuped(
      Cuped.Arm control, Cuped.Arm test, Design design, double alpha) {
    return Cuped.adjust(control, test)
        .then(adjusted -> of(adjusted.a(), adjusted.b(), design, alpha));
  }

  /// Compares each arm after the first with it, by means adjusted for covariates; the standard
  /// error is widened by the factor of [RobustSe].
  public static Result<List<Comparison>> ofAdjusted(
      List<RegressionAdjusted.Arm> arms, Design design, double alpha) {
    return RegressionAdjusted.of(arms, alpha).then(adjusted -> ofAdjusted(adjusted, design, alpha));
  }

  private static Result<List<Comparison>> ofAdjusted(
      RegressionAdjusted adjusted, Design design, double alpha) {
    Moments control = adjusted.arms().getFirst();
    List<Comparison> comparisons = new ArrayList<>();
    for (int k = 1; k < adjusted.arms().size(); k++) {
      Moments test = adjusted.arms().get(k);
      RegressionAdjusted.Effect effect = adjusted.effects().get(k - 1);
      switch (adjusted(control, test, effect, design, alpha)) {
        case Result.Ok<Comparison>(Comparison comparison) -> comparisons.add(comparison);
        case Result.Failed<Comparison>(StatsError error) -> {
          return Result.failed(error);
        }
      }
    }
    return Result.ok(List.copyOf(comparisons));
  }

  private static Result<Comparison> adjusted(
      Moments control,
      Moments test,
      RegressionAdjusted.Effect effect,
      Design design,
      double alpha) {
    Welch welch = effect.welch();
    return factor(control, test)
        .then(factor ->
            read(control, test, welch, factor * welch.se(), effect.extra(), design, alpha));
  }

  /// 1 where the covariates explain everything within the arms.
  private static Result<Double> factor(Moments control, Moments test) {
    return control.var() == 0 && test.var() == 0
        ? Result.ok(1.0)
        : RobustSe.of(control, test).map(RobustSe::factor);
  }

  private static Result<Comparison> plain(
      Moments control, Moments test, Welch welch, double se, Design design, double alpha) {
    return read(control, test, welch, se, ReportedRelative.Extra.NONE, design, alpha);
  }

  private static Result<Comparison> read(
      Moments control,
      Moments test,
      Welch welch,
      double se,
      ReportedRelative.Extra extra,
      Design design,
      double alpha) {
    return sequential(welch.diff(), se, control.n() + test.n(), design, alpha)
        .then(bound ->
            ReportedRelative.of(control, test, bound.crit(), extra)
                .map(relative ->
                    new Comparison(
                        control,
                        test,
                        extra,
                        welch.diff(),
                        uplift(control.mean(), welch.diff()),
                        fixed(control, test, welch, extra, alpha),
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

  private static Reading fixed(
      Moments control, Moments test, Welch welch, ReportedRelative.Extra extra, double alpha) {
    Interval relative =
        Fieller.uplift(
            control.mean(),
            test.mean(),
            control.var() / control.n() + extra.varA(),
            test.var() / test.n() + extra.varB(),
            extra.cov(),
            welch.crit());
    return new Reading(
        Method.WELCH, alpha, welch.p(), welch.se(), welch.crit(), welch.interval(), relative);
  }

  private static OptionalDouble uplift(double base, double diff) {
    double uplift = diff / Math.abs(base);
    return Double.isFinite(uplift) ? OptionalDouble.of(uplift) : OptionalDouble.empty();
  }
}
