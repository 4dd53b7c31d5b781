package dev.pryo.stats;

import static dev.pryo.stats.StatsError.INSUFFICIENT_DATA;
import static dev.pryo.stats.StatsError.INVALID_INPUT;
import static dev.pryo.stats.StatsError.ZERO_VARIANCE;

/// The relative change as it is reported beside a robust test: the hull of two Fieller sets, one
/// with the arms' own variances and one with those of the random assignment ([RobustSe]). It
/// excludes zero exactly when |diff| > crit · se of [RobustSe], and covers large effects whose
/// variance differs from the control's. Pryo's own method, on Fieller 1954.
public record ReportedRelative(Interval interval) {

  /// Squared standard errors that come on top of the arms' own: the part of an adjusted mean that
  /// all arms share.
  public record Extra(double varA, double varB, double cov) {
    public static final Extra NONE = new Extra(0, 0, 0);
  }

  public static Result<ReportedRelative> of(Moments a, Moments b, double crit) {
    return of(a, b, crit, Extra.NONE);
  }

  public static Result<ReportedRelative> of(Moments a, Moments b, double crit, Extra extra) {
    if (!a.isValid()
        || !b.isValid()
        || !Inputs.isPositive(crit)
        || !Inputs.isNonNegative(extra.varA)
        || !Inputs.isNonNegative(extra.varB)
        || !Inputs.isCovariance(extra.cov, extra.varA, extra.varB)) {
      return Result.failed(INVALID_INPUT);
    }
    if (a.n() < 2 || b.n() < 2) {
      return Result.failed(INSUFFICIENT_DATA);
    }
    if (a.var() == 0 && b.var() == 0 && extra.varA == 0 && extra.varB == 0) {
      return Result.failed(ZERO_VARIANCE);
    }
    return Result.ok(new ReportedRelative(hull(a, b, crit, extra)));
  }

  private static Interval hull(Moments a, Moments b, double crit, Extra extra) {
    double n = a.n() + b.n();
    double left = 1 - crit / (n - 1) * crit;
    if (left <= 0) {
      return Interval.UNBOUNDED;
    }
    Interval own = set(a, a.n(), b, b.n(), crit, extra);
    double unitsA = RobustSe.pooledUnits(a.n(), b.n(), n);
    double unitsB = RobustSe.pooledUnits(b.n(), a.n(), n);
    Interval pooled = set(a, unitsA, b, unitsB, crit / Math.sqrt(left), extra);
    return own.hull(pooled);
  }

  private static Interval set(
      Moments a, double unitsA, Moments b, double unitsB, double crit, Extra extra) {
    double varA = a.var() / unitsA + extra.varA;
    double varB = b.var() / unitsB + extra.varB;
    return Fieller.uplift(a.mean(), b.mean(), varA, varB, extra.cov, crit);
  }
}
