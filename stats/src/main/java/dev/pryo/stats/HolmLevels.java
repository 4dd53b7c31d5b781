package dev.pryo.stats;

import static dev.pryo.stats.StatsError.INVALID_INPUT;

import java.util.Arrays;

/// The level at which Holm's procedure (Holm 1979, see [MultipleTesting]) tests each of several
/// p-values, in the order given.
///
/// The smallest of m p-values is tested at alpha/m, the next at alpha/(m − 1) and so on; the first
/// that fails ends the procedure, and its level is also that of all behind it. So a comparison is
/// rejected exactly when its p-value is at most its level, and an interval at that level says the
/// same as the verdict.
public record HolmLevels(double[] levels, boolean[] rejected) {

  public static Result<HolmLevels> of(double alpha, double... p) {
    if (!Inputs.isInsideUnit(alpha)) {
      return Result.failed(INVALID_INPUT);
    }
    return MultipleTesting.holm(p).map(adjusted -> of(alpha, p, adjusted));
  }

  private static HolmLevels of(double alpha, double[] p, double[] adjusted) {
    int m = p.length;
    boolean[] rejected = new boolean[m];
    int passed = 0;
    for (int i = 0; i < m; i++) {
      rejected[i] = adjusted[i] <= alpha;
      passed += rejected[i] ? 1 : 0;
    }
    double[] levels = new double[m];
    Arrays.fill(levels, alpha / Math.max(1, m - passed));
    for (int i = 0; i < m; i++) {
      if (rejected[i]) {
        levels[i] = alpha / (m - smallerThan(i, p));
      }
    }
    return new HolmLevels(levels, rejected);
  }

  private static int smallerThan(int index, double[] p) {
    int count = 0;
    for (int i = 0; i < p.length; i++) {
      count += p[i] < p[index] || (p[i] == p[index] && i < index) ? 1 : 0;
    }
    return count;
  }
}
