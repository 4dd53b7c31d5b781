package dev.pryo.stats;

import java.util.function.DoubleUnaryOperator;

/// Gauss–Legendre quadrature with 16 points, exact for polynomials up to degree 31 on each panel.
final class GaussLegendre {

  static final int POINTS = 16;
  private static final int HALVINGS = 800;
  static final double[] NODES = new double[POINTS];
  static final double[] WEIGHTS = new double[POINTS];

  static {
    for (int i = 0; i < POINTS; i++) {
      double x = -Math.cos(Math.PI * (i + 0.75) / (POINTS + 0.5));
      double slope = 0;
      for (int step = 0; step < 10; step++) {
        double before = 1;
        double value = x;
        for (int k = 2; k <= POINTS; k++) {
          double next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
          before = value;
          value = next;
        }
        slope = POINTS * (before - x * value) / (1 - x * x);
        x -= value / slope;
      }
      NODES[i] = x;
      WEIGHTS[i] = 2 / ((1 - x * x) * slope * slope);
    }
  }

  private GaussLegendre() {}

  static double panel(DoubleUnaryOperator f, double from, double to) {
    double half = 0.5 * (to - from);
    double middle = 0.5 * (to + from);
    double sum = 0;
    for (int i = 0; i < POINTS; i++) {
      sum += WEIGHTS[i] * f.applyAsDouble(middle + half * NODES[i]);
    }
    return half * sum;
  }

  static double panels(DoubleUnaryOperator f, double from, double to, int count) {
    double width = (to - from) / count;
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += panel(f, from + i * width, from + (i + 1) * width);
    }
    return sum;
  }

  /// The integral of a non-negative function: panels are halved until halving changes nothing at
  /// `tolerance` relative to the whole, or the budget of halvings is spent, as it is where the
  /// function is not smoother than its rounding.
  static double adaptive(
      DoubleUnaryOperator f, double from, double to, int count, double tolerance) {
    double width = (to - from) / count;
    double[] coarse = new double[count];
    double whole = 0;
    for (int i = 0; i < count; i++) {
      coarse[i] = panel(f, from + i * width, from + (i + 1) * width);
      whole += coarse[i];
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double left = from + i * width;
      Refinement refinement = new Refinement(f, tolerance * whole, HALVINGS / count);
      sum += refinement.of(left, left + width, coarse[i]);
    }
    return sum;
  }

  private static final class Refinement {

    private final DoubleUnaryOperator f;
    private final double allowed;
    private int halvings;

    Refinement(DoubleUnaryOperator f, double allowed, int halvings) {
      this.f = f;
      this.allowed = allowed;
      this.halvings = halvings;
    }

    double of(double from, double to, double coarse) {
      double middle = 0.5 * (from + to);
      double left = panel(f, from, middle);
      double right = panel(f, middle, to);
      if (!(Math.abs(left + right - coarse) > allowed) || halvings <= 0) {
        return left + right;
      }
      halvings--;
      return of(from, middle, left) + of(middle, to, right);
    }
  }

  /// ∫₀^∞ e^{−g(s)} ds for a convex g that grows from g(0) = 0.
  static double decay(DoubleUnaryOperator g, double scale) {
    double reach = scale;
    while (g.applyAsDouble(reach) < 40) {
      reach *= 2;
    }
    double low = 0;
    for (int i = 0; i < 60 && g.applyAsDouble(reach) > 50; i++) {
      double middle = 0.5 * (low + reach);
      if (g.applyAsDouble(middle) < 40) {
        low = middle;
      } else {
        reach = middle;
      }
    }
    return panels(s -> Math.exp(-g.applyAsDouble(s)), 0, reach, 8);
  }
}
