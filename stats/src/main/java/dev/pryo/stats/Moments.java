package dev.pryo.stats;

import static dev.pryo.stats.StatsError.INSUFFICIENT_DATA;
import static dev.pryo.stats.StatsError.INVALID_INPUT;

import java.util.List;

/// An arm: the number of units, their mean and their variance with divisor n − 1.
public record Moments(double n, double mean, double var) {

  /// Moments of the given sums. Σx² − (Σx)²/n of these doubles is computed exactly; below zero by
  /// no more than 1e-9 Σx² it counts as rounding of the sums.
  public static Result<Moments> of(double n, double sum, double sumOfSquares) {
    return of(n, DoubleDouble.of(sum), DoubleDouble.of(sumOfSquares));
  }

  static Result<Moments> of(double n, DoubleDouble sum, DoubleDouble sumOfSquares) {
    if (!Inputs.isCount(n)
        || !Double.isFinite(sum.hi())
        || !Inputs.isNonNegative(sumOfSquares.hi())) {
      return Result.failed(INVALID_INPUT);
    }
    if (n < 1) {
      return Result.failed(INSUFFICIENT_DATA);
    }
    int exponent =
        Math.max(Math.getExponent(sum.hi()), Math.getExponent(sumOfSquares.hi()) / 2 + 1);
    DoubleDouble s = sum.scaled(-exponent);
    DoubleDouble q = sumOfSquares.scaled(-2 * exponent);
    double scaled = ExactSum.scatter(n, s, q);
    if (scaled < -1e-9 * q.hi() * n) {
      return Result.failed(INVALID_INPUT);
    }
    if (n < 2) {
      return Result.failed(INSUFFICIENT_DATA);
    }
    double var = Math.scalb(Math.max(0, scaled) / n / (n - 1), 2 * exponent);
    double mean = sum.dividedBy(n).value();
    return Double.isFinite(var)
        ? Result.ok(new Moments(n, mean, var))
        : Result.failed(INVALID_INPUT);
  }

  /// Moments of units that are 0 or 1.
  public static Result<Moments> ofConversions(double n, double conversions) {
    if (!Inputs.isCount(n) || !Inputs.isCount(conversions) || conversions > n) {
      return Result.failed(INVALID_INPUT);
    }
    if (n < 2) {
      return Result.failed(INSUFFICIENT_DATA);
    }
    double rate = conversions / n;
    return Result.ok(new Moments(n, rate, rate * ((n - conversions) / (n - 1))));
  }

  /// A part of an arm before the division: m2 is the sum of squared deviations from the mean.
  public record Part(double n, double mean, double m2) {

    private boolean isValid() {
      return Inputs.isCount(n) && Double.isFinite(mean) && Inputs.isNonNegative(m2);
    }
  }

  /// The parts taken together (Chan, Golub and LeVeque 1979), around a mean of double-double
  /// precision. Empty parts are allowed, an empty whole is not.
  public static Result<Part> merge(List<Part> parts) {
    if (parts.isEmpty() || !parts.stream().allMatch(Part::isValid)) {
      return Result.failed(INVALID_INPUT);
    }
    double n = parts.stream().mapToDouble(Part::n).sum();
    if (n < 1) {
      return Result.failed(INSUFFICIENT_DATA);
    }
    DoubleDouble sum = DoubleDouble.ZERO;
    for (Part part : parts) {
      sum = sum.plus(DoubleDouble.product(part.n, part.mean));
    }
    DoubleDouble mean = sum.dividedBy(n);
    DoubleDouble m2 = DoubleDouble.ZERO;
    for (Part part : parts) {
      DoubleDouble deviation = DoubleDouble.of(part.mean).minus(mean);
      m2 = m2.plus(part.m2).plus(deviation.times(deviation).times(part.n));
    }
    Part whole = new Part(n, mean.value(), m2.value());
    return whole.isValid() ? Result.ok(whole) : Result.failed(INVALID_INPUT);
  }

  boolean isValid() {
    return Inputs.isCount(n) && Double.isFinite(mean) && Inputs.isNonNegative(var);
  }
}
