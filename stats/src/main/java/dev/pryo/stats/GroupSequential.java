package dev.pryo.stats;

import static dev.pryo.stats.StatsError.INVALID_INPUT;

import java.util.Arrays;

/// Bounds for scheduled looks by spending the level over time (Lan and DeMets 1983, "Discrete
/// sequential boundaries for clinical trials"), computed by recursive integration (Armitage,
/// McPherson and Rowe 1969, "Repeated significance tests on accumulating data"). Peek-safe at those
/// looks only.
///
/// Per look: the level spent so far, the bound for z (for |z| with two sides), and its nominal
/// p-value.
public record GroupSequential(double[] spent, double[] zBounds, double[] nominalP) {

  /// How the level is spent over the fraction t of the information.
  public sealed interface Spending {
    /// Late: like O'Brien and Fleming.
    record ObrienFleming() implements Spending {}

    /// Evenly: like Pocock.
    record Pocock() implements Spending {}

    /// alpha · t^rho (Kim and DeMets 1987).
    record Power(double rho) implements Spending {}
  }

  /// `fractions` of the planned information rise strictly within (0, 1].
  public static Result<GroupSequential> of(
      double[] fractions, double alpha, double sides, Spending spending) {
    if (!rises(fractions)
        || !Inputs.isInsideUnit(alpha)
        || (sides != 1 && sides != 2)
        || (spending instanceof Spending.Power(double rho) && !Inputs.isPositive(rho))) {
      return Result.failed(INVALID_INPUT);
    }
    double[] spent = new double[fractions.length];
    Arrays.setAll(spent, i -> spent(spending, fractions[i], alpha, sides));
    double[] bounds = new double[fractions.length];
    double[] nominal = new double[fractions.length];
    StoppedWalk walk = new StoppedWalk(sides == 2);
    double before = 0;
    for (int i = 0; i < fractions.length; i++) {
      double next = i + 1 < fractions.length ? fractions[i + 1] : fractions[i];
      double step = Math.max(0, spent[i] - before) / sides;
      bounds[i] = walk.boundAt(fractions[i], step, next - fractions[i]);
      nominal[i] = sides * Normal.sf(bounds[i]);
      before = spent[i];
    }
    return Inputs.anyNaN(bounds)
        ? Result.failed(INVALID_INPUT)
        : Result.ok(new GroupSequential(spent, bounds, nominal));
  }

  private static boolean rises(double[] fractions) {
    double before = 0;
    for (double fraction : fractions) {
      if (!(fraction > before && fraction <= 1)) {
        return false;
      }
      before = fraction;
    }
    return fractions.length > 0;
  }

  private static double spent(Spending spending, double t, double alpha, double sides) {
    double perSide = alpha / sides;
    return switch (spending) {
      case Spending.ObrienFleming _ ->
          sides * 2 * Normal.sf(Normal.isf(0.5 * perSide) / Math.sqrt(t));
      case Spending.Pocock _ -> sides * perSide * Math.log1p((Math.E - 1) * t);
      case Spending.Power(double rho) -> alpha * Math.pow(t, rho);
    };
  }
}
