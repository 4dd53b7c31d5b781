package dev.pryo.stats;

import static dev.pryo.stats.StatsError.INSUFFICIENT_DATA;
import static dev.pryo.stats.StatsError.INVALID_INPUT;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/// Moments of values that are cut at a quantile of both arms together, so that one huge order does
/// not decide. The cap is never made per arm, which would hide an effect on large values.
///
/// `floor` is there where both sides are cut.
public record Winsorize(double cap, OptionalDouble floor, Moments a, Moments b) {

  /// Which values are cut.
  public enum Cut {
    UPPER,
    BOTH
  }

  /// Cuts above the `quantile` of the pooled values (and below 1 − `quantile`); `ignoreZeros`
  /// leaves zeros out of the quantile, not out of the moments.
  public static Result<Winsorize> of(
      double[] a, double[] b, double quantile, Cut cut, boolean ignoreZeros) {
    if (a.length == 0
        || b.length == 0
        || !Inputs.allFinite(a)
        || !Inputs.allFinite(b)
        || !Inputs.isInsideUnit(quantile)) {
      return Result.failed(INVALID_INPUT);
    }
    double[] pooled =
        DoubleStream.concat(Arrays.stream(a), Arrays.stream(b))
            .filter(x -> !ignoreZeros || x != 0)
            .sorted()
            .toArray();
    if (pooled.length == 0 || a.length < 2 || b.length < 2) {
      return Result.failed(INSUFFICIENT_DATA);
    }
    double cap = Quantiles.linear(pooled, quantile);
    boolean both = cut == Cut.BOTH;
    double floor = both ? Quantiles.linear(pooled, 1 - quantile) : Double.NEGATIVE_INFINITY;
    OptionalDouble shown = both ? OptionalDouble.of(floor) : OptionalDouble.empty();
    return moments(a, floor, cap)
        .then(cutA -> moments(b, floor, cap).map(cutB -> new Winsorize(cap, shown, cutA, cutB)));
  }

  private static Result<Moments> moments(double[] values, double floor, double cap) {
    Sample.Values sample = Sample.Values.NONE;
    for (double value : values) {
      sample = sample.with(Math.min(cap, Math.max(floor, value)));
    }
    return sample.moments();
  }
}
