package dev.pryo.stats;

import static dev.pryo.stats.StatsError.INSUFFICIENT_DATA;
import static dev.pryo.stats.StatsError.INVALID_INPUT;

import java.util.Arrays;

/// Whether units came to the arms in the planned shares. If not, the assignment is broken and no
/// other result means anything.
public final class SampleRatio {

  /// The sequential check raises the alarm at this p-value.
  public static final double ALARM = 0.001;

  public static final double DEFAULT_CONCENTRATION = 10_000;

  private SampleRatio() {}

  /// Pearson's test. Fixed horizon: not peek-safe.
  public record ChiSquare(double chi2, double df, double p) {}

  /// The sequential test of Lindon and Malek 2022 (arXiv 2011.03567): peek-safe.
  public record Sequential(double logBayesFactor, double p) {

    public boolean alarm() {
      return p <= ALARM;
    }
  }

  /// Pearson's χ² of the units per arm against weights, which need not add to one.
  public static Result<ChiSquare> chiSquare(double[] counts, double[] weights) {
    if (!isValid(counts, weights)) {
      return Result.failed(INVALID_INPUT);
    }
    DirichletMixture mixture = new DirichletMixture(counts, weights, 1);
    if (mixture.units() == 0) {
      return Result.failed(INSUFFICIENT_DATA);
    }
    double df = counts.length - 1;
    double chi2 = mixture.chiSquare();
    if (Double.isNaN(chi2)) {
      return Result.failed(INVALID_INPUT);
    }
    return Result.ok(new ChiSquare(chi2, df, GammaFunctions.chiSquareSf(chi2, df)));
  }

  /// The sequential test at its default concentration.
  public static Result<Sequential> sequential(double[] counts, double[] weights) {
    return sequential(counts, weights, DEFAULT_CONCENTRATION);
  }

  /// `concentration` says how near to the planned shares a broken assignment is expected to lie.
  public static Result<Sequential> sequential(
      double[] counts, double[] weights, double concentration) {
    if (!isValid(counts, weights) || !Inputs.isPositive(concentration)) {
      return Result.failed(INVALID_INPUT);
    }
    double log = new DirichletMixture(counts, weights, concentration).logBayesFactor();
    return Double.isNaN(log)
        ? Result.failed(INVALID_INPUT)
        : Result.ok(new Sequential(log, Math.min(1, Math.exp(-log))));
  }

  private static boolean isValid(double[] counts, double[] weights) {
    return counts.length >= 2
        && counts.length == weights.length
        && Arrays.stream(counts).allMatch(Inputs::isCount)
        && Arrays.stream(weights).allMatch(Inputs::isPositive);
  }
}
