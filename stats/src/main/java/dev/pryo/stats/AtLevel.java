package dev.pryo.stats;

import dev.pryo.stats.Comparison.Reading;

/// A comparison whose always-valid intervals are wanted at a level of their own, as Holm's
/// procedure gives one to each ([HolmLevels]).
///
/// The mixture and with it the p-value stay those of the level at which the comparison was made:
/// they must not depend on how other comparisons came out. So the intervals exclude zero exactly
/// when that p-value is at most `level`.
public final class AtLevel {

  private AtLevel() {}

  /// @param comparison as [Comparisons] made it with `design`
  public static Result<Comparison> of(double level, Comparison comparison, Design design) {
    if (!Inputs.isInsideUnit(level)) {
      return Result.failed(StatsError.INVALID_INPUT);
    }
    Moments control = comparison.control();
    Moments test = comparison.test();
    Reading made = comparison.anytime();
    double crit = crit(level, control.n() + test.n(), made.level(), design);
    return ReportedRelative.of(control, test, crit, comparison.extra())
        .map(relative ->
            new Comparison(
                control,
                test,
                comparison.extra(),
                comparison.diff(),
                comparison.uplift(),
                comparison.fixed(),
                new Reading(
                    made.method(),
                    level,
                    made.p(),
                    made.se(),
                    crit,
                    Interval.around(comparison.diff(), crit * made.se()),
                    relative.interval())));
  }

  private static double crit(double level, double n, double alpha, Design design) {
    return switch (design) {
      case Design.Matured(double planned) -> HorizonCs.critAt(level, n, planned, alpha);
      case Design.Growing(double optimum) -> MixtureCs.critAt(level, n, optimum, alpha);
    };
  }
}
