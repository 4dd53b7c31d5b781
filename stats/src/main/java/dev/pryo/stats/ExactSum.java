package dev.pryo.stats;

/// Sums of doubles without error until the final rounding.
///
/// Source: Shewchuk 1997, "Adaptive precision floating-point arithmetic and fast robust geometric
/// predicates": a list of non-overlapping parts grows by one exact addition at a time.
final class ExactSum {

  private ExactSum() {}

  /// n · q − s², exactly for the given numbers.
  static double scatter(double n, DoubleDouble s, DoubleDouble q) {
    DoubleDouble a = DoubleDouble.product(n, q.hi());
    DoubleDouble b = DoubleDouble.product(n, q.lo());
    DoubleDouble c = DoubleDouble.product(-s.hi(), s.hi());
    DoubleDouble d = DoubleDouble.product(-2 * s.hi(), s.lo());
    DoubleDouble e = DoubleDouble.product(-s.lo(), s.lo());
    return of(a.hi(), a.lo(), b.hi(), b.lo(), c.hi(), c.lo(), d.hi(), d.lo(), e.hi(), e.lo());
  }

  static double of(double... terms) {
    double[] parts = new double[terms.length];
    int count = 0;
    for (double term : terms) {
      double carry = term;
      int kept = 0;
      for (int i = 0; i < count; i++) {
        DoubleDouble sum = DoubleDouble.sum(carry, parts[i]);
        if (sum.lo() != 0) {
          parts[kept++] = sum.lo();
        }
        carry = sum.hi();
      }
      parts[kept++] = carry;
      count = kept;
    }
    double total = 0;
    for (int i = 0; i < count; i++) {
      total += parts[i];
    }
    return total;
  }
}
