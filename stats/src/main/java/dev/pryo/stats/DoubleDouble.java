package dev.pryo.stats;

/// An unevaluated sum of two doubles, about 31 digits, for sums that later cancel.
///
/// Source: Dekker 1971, "A floating-point technique for extending the available precision"; error
/// bounds of the operations in Joldes, Muller and Popescu 2017, "Tight and rigorous error bounds
/// for basic building blocks of double-word arithmetic". A value beyond the range of doubles
/// becomes infinite, as with doubles.
public record DoubleDouble(double hi, double lo) {

  public static final DoubleDouble ZERO = new DoubleDouble(0, 0);

  public static DoubleDouble of(double x) {
    return new DoubleDouble(x, 0);
  }

  /// a + b without error (Knuth).
  public static DoubleDouble sum(double a, double b) {
    double s = a + b;
    if (!Double.isFinite(s)) {
      return new DoubleDouble(s, 0);
    }
    double bRounded = s - a;
    return new DoubleDouble(s, (a - (s - bRounded)) + (b - bRounded));
  }

  /// a · b without error, unless it underflows.
  public static DoubleDouble product(double a, double b) {
    double p = a * b;
    return Double.isFinite(p) ? new DoubleDouble(p, Math.fma(a, b, -p)) : new DoubleDouble(p, 0);
  }

  public DoubleDouble plus(DoubleDouble other) {
    DoubleDouble high = sum(hi, other.hi);
    DoubleDouble low = sum(lo, other.lo);
    DoubleDouble mid = fast(high.hi, high.lo + low.hi);
    return fast(mid.hi, mid.lo + low.lo);
  }

  public DoubleDouble plus(double other) {
    return plus(of(other));
  }

  public DoubleDouble minus(DoubleDouble other) {
    return plus(other.negated());
  }

  public DoubleDouble negated() {
    return new DoubleDouble(-hi, -lo);
  }

  public DoubleDouble times(DoubleDouble other) {
    DoubleDouble p = product(hi, other.hi);
    return fast(p.hi, p.lo + Math.fma(hi, other.lo, lo * other.hi));
  }

  public DoubleDouble times(double other) {
    DoubleDouble p = product(hi, other);
    return fast(p.hi, Math.fma(lo, other, p.lo));
  }

  public DoubleDouble dividedBy(DoubleDouble other) {
    double first = hi / other.hi;
    if (!Double.isFinite(first) || first == 0) {
      return of(first);
    }
    DoubleDouble rest = minus(other.times(first));
    double second = rest.hi / other.hi;
    rest = rest.minus(other.times(second));
    return fast(first, second).plus(rest.hi / other.hi);
  }

  public DoubleDouble dividedBy(double other) {
    return dividedBy(of(other));
  }

  public DoubleDouble sqrt() {
    double root = Math.sqrt(hi);
    if (root == 0 || !Double.isFinite(root)) {
      return of(root);
    }
    double rest = minus(product(root, root)).hi;
    return fast(root, rest / (2 * root));
  }

  public DoubleDouble scaled(int exponent) {
    return new DoubleDouble(Math.scalb(hi, exponent), Math.scalb(lo, exponent));
  }

  public double value() {
    return hi + lo;
  }

  /// a + b without error where |a| ≥ |b| (Dekker).
  private static DoubleDouble fast(double a, double b) {
    double s = a + b;
    return Double.isFinite(s) ? new DoubleDouble(s, b - (s - a)) : new DoubleDouble(s, 0);
  }
}
