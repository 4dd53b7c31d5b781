package dev.pryo.stats;

/// The ratios that two means with known standard errors do not refute (Fieller 1954, "Some problems
/// in interval estimation"), as relative change of |A|.
final class Fieller {

  private Fieller() {}

  /// The values u with |B − A − u·|A|| ≤ crit standard errors; the whole line where A may be zero.
  /// `varA`, `varB` and `cov` are squared standard errors. Scaled by a power of two against
  /// overflow, and in double-double arithmetic because both the coefficient and the discriminant
  /// may cancel.
  static Interval uplift(
      double meanA, double meanB, double varA, double varB, double cov, double crit) {
    if (meanA == 0) {
      return Interval.UNBOUNDED;
    }
    int scale = -Math.getExponent(meanA);
    double size = Math.scalb(Math.abs(meanA), scale);
    double a = Math.scalb(varA, 2 * scale);
    double b = Math.scalb(varB, 2 * scale);
    double c = Math.scalb(cov, 2 * scale);
    DoubleDouble change = DoubleDouble.sum(meanB, -meanA).scaled(scale);
    DoubleDouble square = DoubleDouble.product(crit, crit);
    DoubleDouble leading = DoubleDouble.product(size, size).minus(square.times(a));
    if (!(leading.value() > 0)) {
      return Interval.UNBOUNDED;
    }
    DoubleDouble varDiff = DoubleDouble.sum(a, b).plus(-2 * c);
    DoubleDouble covDiff = DoubleDouble.sum(c, -a).times(Math.signum(meanA));
    DoubleDouble determinant = DoubleDouble.product(a, b).minus(DoubleDouble.product(c, c));
    DoubleDouble discriminant =
        varDiff
            .times(size)
            .minus(covDiff.times(change).times(2))
            .times(size)
            .plus(change.times(change).times(a))
            .minus(square.times(determinant));
    DoubleDouble reach = atLeastZero(discriminant).sqrt().times(crit);
    DoubleDouble middle = change.times(size).minus(square.times(covDiff));
    Interval set =
        new Interval(
            middle.minus(reach).dividedBy(leading).value(),
            middle.plus(reach).dividedBy(leading).value());
    return set.bounded() ? set : Interval.UNBOUNDED;
  }

  private static DoubleDouble atLeastZero(DoubleDouble x) {
    return x.value() < 0 ? DoubleDouble.ZERO : x;
  }
}
