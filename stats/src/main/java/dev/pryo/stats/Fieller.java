package dev.pryo.stats;

/// The ratios that two means with known standard errors do not refute (Fieller 1954, "Some problems
/// in interval estimation"), as relative change of |A|.
final class Fieller {

  private Fieller() {}

  /// The values u with |B − A − u·|A|| ≤ crit standard errors; the whole line where A may be zero.
  /// `varA`, `varB` and `cov` are squared standard errors. All in units of |A|, in double-double
  /// arithmetic because both the coefficient and the discriminant may cancel.
  static Interval uplift(
      double meanA, double meanB, double varA, double varB, double cov, double crit) {
    double size = Math.abs(meanA);
    if (size == 0) {
      return Interval.UNBOUNDED;
    }
    DoubleDouble a = inUnits(varA, size);
    DoubleDouble b = inUnits(varB, size);
    DoubleDouble c = inUnits(cov, size);
    DoubleDouble change = DoubleDouble.sum(meanB, -meanA).dividedBy(size);
    DoubleDouble square = DoubleDouble.product(crit, crit);
    DoubleDouble leading = DoubleDouble.of(1).minus(square.times(a));
    if (!(leading.value() > 0)) {
      return Interval.UNBOUNDED;
    }
    DoubleDouble varDiff = a.plus(b).minus(c.times(2));
    DoubleDouble covDiff = c.minus(a).times(Math.signum(meanA));
    DoubleDouble determinant = a.times(b).minus(c.times(c));
    DoubleDouble discriminant =
        varDiff
            .minus(covDiff.times(change).times(2))
            .plus(a.times(change).times(change))
            .minus(square.times(determinant));
    DoubleDouble reach = atLeastZero(discriminant).sqrt().times(crit);
    DoubleDouble middle = change.minus(square.times(covDiff));
    Interval set =
        new Interval(
            middle.minus(reach).dividedBy(leading).value(),
            middle.plus(reach).dividedBy(leading).value());
    return set.bounded() ? set : Interval.UNBOUNDED;
  }

  private static DoubleDouble inUnits(double variance, double size) {
    return DoubleDouble.of(variance).dividedBy(size).dividedBy(size);
  }

  static DoubleDouble atLeastZero(DoubleDouble x) {
    return x.value() < 0 ? DoubleDouble.ZERO : x;
  }
}
