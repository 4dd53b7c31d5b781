package dev.pryo.stats;

import java.util.Arrays;

/// Brownian motion seen at a few times and stopped where it leaves a bound: the density of those
/// still going, on Gauss–Legendre panels that resolve the steps before and after.
final class StoppedWalk {

  /// Panels are this many standard deviations of the shorter step wide.
  private static final double PANEL = 3;

  /// Steps so short that the panels would not fit are resolved this far.
  private static final int MAX_PANELS = 1_500;

  /// Below this many standard deviations a one-sided walk does not matter any more.
  private static final double LOWEST = 6.5;

  /// Paths further from the likeliest one than this many standard deviations do not add.
  private static final double NEARBY = 8.5;

  /// Where Φ̄ underflows.
  private static final double HIGHEST = 38.5;

  private final boolean twoSided;
  private double time;
  private double[] nodes = {0};
  private double[] masses = {1};

  StoppedWalk(boolean twoSided) {
    this.twoSided = twoSided;
  }

  /// The bound in units of √t at which the walk leaves upward with the given chance at time `t`,
  /// not having left before. `nextStep` is the time to the look after, 0 at the last.
  double boundAt(double t, double chance, double nextStep) {
    double step = t - time;
    double deviation = Math.sqrt(step);
    double root = Math.sqrt(t);
    double level = chance > 0 ? level(chance, deviation, root) : Double.POSITIVE_INFINITY;
    if (nextStep > 0) {
      advance(Math.min(level, HIGHEST * root), root, deviation, Math.sqrt(nextStep));
    }
    time = t;
    return level / root;
  }

  /// Newton's method on the logarithm of the chance, which is concave in the level.
  private double level(double chance, double deviation, double root) {
    if (time == 0) {
      return root * Normal.isf(chance);
    }
    double log = Math.log(chance);
    double level = root * Normal.isf(chance);
    for (int i = 0; i < 100; i++) {
      double above = 0;
      double density = 0;
      for (int j = 0; j < nodes.length; j++) {
        double distance = (level - nodes[j]) / deviation;
        above += masses[j] * Normal.sf(distance);
        density += masses[j] * Normal.density(distance);
      }
      if (above == 0) {
        level -= 0.5 * root;
        continue;
      }
      double move = (Math.log(above) - log) * above / density * deviation;
      level += move;
      if (!(Math.abs(move) > 1e-13 * root)) {
        break;
      }
    }
    return level;
  }

  private void advance(double level, double root, double deviation, double nextDeviation) {
    double lowest = twoSided ? -level : Math.min(-LOWEST * root, level - LOWEST * root);
    double width = PANEL * Math.min(deviation, nextDeviation);
    int panels = (int) Math.min(MAX_PANELS, Math.ceil((level - lowest) / width));
    int count = panels * GaussLegendre.POINTS;
    double[] at = new double[count];
    double[] mass = new double[count];
    double half = 0.5 * (level - lowest) / panels;
    for (int i = 0; i < count; i++) {
      int point = i % GaussLegendre.POINTS;
      double middle = lowest + (2 * (i / GaussLegendre.POINTS) + 1) * half;
      at[i] = middle + half * GaussLegendre.NODES[point];
      mass[i] = half * GaussLegendre.WEIGHTS[point];
    }
    for (int i = 0; i < count; i++) {
      // the nodes lie symmetrically, and so does a two-sided walk
      boolean mirrored = twoSided && i >= count / 2;
      mass[i] =
          mirrored ? mass[mirror(i, count)] : mass[i] * density(at[i], root * root, deviation);
    }
    nodes = at;
    masses = mass;
  }

  /// The node at the opposite place; weights within a panel are symmetric too.
  private static int mirror(int i, int count) {
    return count - 1 - i;
  }

  /// The density at time `t`. A walk that is at `at` then was most likely at · time / t before.
  private double density(double at, double t, double deviation) {
    double likely = at * (time / t);
    double reach = NEARBY * deviation * Math.sqrt(time / t);
    double sum = 0;
    for (int j = firstAbove(likely - reach); j < nodes.length && nodes[j] <= likely + reach; j++) {
      double distance = (at - nodes[j]) / deviation;
      sum += masses[j] * Math.exp(-0.5 * distance * distance);
    }
    return sum / (Normal.SQRT_2_PI * deviation);
  }

  private int firstAbove(double from) {
    int found = Arrays.binarySearch(nodes, from);
    return found < 0 ? -found - 1 : found;
  }
}
