package dev.pryo.stats;

import static dev.pryo.stats.StatsError.INSUFFICIENT_DATA;
import static dev.pryo.stats.StatsError.INVALID_INPUT;
import static dev.pryo.stats.StatsError.ZERO_VARIANCE;

import java.util.Arrays;

/// The difference of a quantile, such as the 95th percentile of load times, with standard errors
/// from the order statistics around it (Deng, Knoblich and Lu 2018). Fixed horizon: not peek-safe.
public record Quantiles(Arm a, Arm b, double diff, double se, double p, Interval interval) {

  /// An arm's quantile with the interval between its order statistics.
  public record Arm(double quantile, Interval interval) {}

  /// `varianceInflation` is 1 for independent values, larger where values cluster within units.
  public static Result<Quantiles> of(
      double[] a, double[] b, double q, double alpha, double varianceInflation) {
    if (a.length == 0
        || b.length == 0
        || !Inputs.allFinite(a)
        || !Inputs.allFinite(b)
        || !Inputs.isInsideUnit(q)
        || !Inputs.isInsideUnit(alpha)
        || !Inputs.isPositive(varianceInflation)) {
      return Result.failed(INVALID_INPUT);
    }
    double z = Normal.isf(0.5 * alpha);
    Ranks ranksA = Ranks.of(a.length, q, z, varianceInflation);
    Ranks ranksB = Ranks.of(b.length, q, z, varianceInflation);
    if (a.length < 2 || b.length < 2 || !ranksA.inside(a.length) || !ranksB.inside(b.length)) {
      return Result.failed(INSUFFICIENT_DATA);
    }
    Arm armA = arm(a, q, ranksA);
    Arm armB = arm(b, q, ranksB);
    double diff = armB.quantile - armA.quantile;
    double se = Math.hypot(width(armA), width(armB)) / (2 * z);
    if (se == 0) {
      return Result.failed(ZERO_VARIANCE);
    }
    if (!Inputs.allFinite(diff, se)) {
      return Result.failed(INVALID_INPUT);
    }
    double p = Math.min(1, 2 * Normal.sf(Math.abs(diff / se)));
    return Result.ok(new Quantiles(armA, armB, diff, se, p, Interval.around(diff, z * se)));
  }

  /// Ranks, counted from 1, that bracket the quantile.
  private record Ranks(double lower, double upper) {

    static Ranks of(double n, double q, double z, double inflation) {
      double reach = z * Math.sqrt(n * q * (1 - q) * inflation);
      return new Ranks(Math.floor(n * q - reach), Math.ceil(n * q + reach));
    }

    boolean inside(int n) {
      return lower >= 1 && upper <= n;
    }
  }

  private static Arm arm(double[] values, double q, Ranks ranks) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    Interval interval = new Interval(sorted[(int) ranks.lower - 1], sorted[(int) ranks.upper - 1]);
    return new Arm(linear(sorted, q), interval);
  }

  private static double width(Arm arm) {
    return arm.interval.upper() - arm.interval.lower();
  }

  /// The quantile by linear interpolation (type 7 of Hyndman and Fan 1996, "Sample quantiles in
  /// statistical packages").
  static double linear(double[] sorted, double q) {
    double position = (sorted.length - 1) * q;
    int below = (int) Math.floor(position);
    int above = Math.min(below + 1, sorted.length - 1);
    double share = position - below;
    return Math.fma(share, sorted[above] - sorted[below], sorted[below]);
  }
}
