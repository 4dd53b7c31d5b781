package dev.pryo.stats;

import static dev.pryo.stats.StatsError.INVALID_INPUT;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// P-values corrected for their number, in the order given.
public final class MultipleTesting {

  private MultipleTesting() {}

  /// Holm 1979, "A simple sequentially rejective multiple test procedure": no false claim at all
  /// with the chosen probability, whatever the dependence.
  public static Result<double[]> holm(double... p) {
    if (!isValid(p)) {
      return Result.failed(INVALID_INPUT);
    }
    double[] adjusted = new double[p.length];
    double largest = 0;
    int remaining = p.length;
    for (int index : ascending(p)) {
      largest = Math.max(largest, Math.min(1, remaining * p[index]));
      adjusted[index] = largest;
      remaining--;
    }
    return Result.ok(adjusted);
  }

  /// Benjamini and Hochberg 1995, "Controlling the false discovery rate": a bound on the share of
  /// false claims among the claims, for independent or positively dependent p-values.
  public static Result<double[]> benjaminiHochberg(double... p) {
    if (!isValid(p)) {
      return Result.failed(INVALID_INPUT);
    }
    double[] adjusted = new double[p.length];
    int[] order = ascending(p);
    double smallest = 1;
    for (int rank = p.length; rank >= 1; rank--) {
      int index = order[rank - 1];
      smallest = Math.min(smallest, p[index] * p.length / rank);
      adjusted[index] = smallest;
    }
    return Result.ok(adjusted);
  }

  private static boolean isValid(double[] p) {
    return p.length > 0 && Arrays.stream(p).allMatch(Inputs::isProbability);
  }

  private static int[] ascending(double[] p) {
    return IntStream.range(0, p.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> p[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
