package dev.pryo.stats.simulation;

import dev.pryo.stats.HorizonCs;
import dev.pryo.stats.Result;
import java.util.TreeSet;

/// When an experiment is looked at, with the critical value of the default method at each look,
/// which depends on n alone.
record Schedule(int[] units, double[] crit, int untilPlan) {

  private static final int LATE_LOOKS = 250;
  static final double ALPHA = 0.05;

  /// At most 1,000 looks to the plan and, if `beyond`, 250 log-spaced ones to ten times it.
  static Schedule of(int planned, boolean beyond) {
    TreeSet<Integer> looks = new TreeSet<>();
    int early = Math.min(planned, 1_000);
    for (int i = 1; i <= early; i++) {
      looks.add((int) ((long) planned * i / early));
    }
    int untilPlan = looks.size();
    for (int i = 1; beyond && i <= LATE_LOOKS; i++) {
      looks.add((int) Math.ceil(planned * Math.pow(10, (double) i / LATE_LOOKS)));
    }
    int[] units = looks.stream().mapToInt(Integer::intValue).toArray();
    double[] crit = new double[units.length];
    for (int i = 0; i < units.length; i++) {
      crit[i] = crit(units[i], planned);
    }
    return new Schedule(units, crit, untilPlan);
  }

  /// Infinite where a look is too early to say anything.
  private static double crit(int n, int planned) {
    return switch (HorizonCs.of(0, 1, n, planned, ALPHA)) {
      case Result.Ok<HorizonCs>(HorizonCs cs) -> cs.crit();
      case Result.Failed<HorizonCs> _ -> Double.POSITIVE_INFINITY;
    };
  }
}
