package dev.pryo.stats;

import dev.pryo.stats.RegressionAdjusted.Arm;
import java.util.List;

/// Whether arms with covariates fit together and could come from data.
final class CovariateInputs {

  /// Two entries that should be equal may differ by this share of their standard deviations.
  private static final double ROUNDING = 1e-9;

  private CovariateInputs() {}

  static boolean areValid(List<Arm> arms) {
    if (arms.size() < 2) {
      return false;
    }
    int covariates = arms.getFirst().meanX().length;
    return covariates > 0 && arms.stream().allMatch(arm -> isValid(arm, covariates));
  }

  private static boolean isValid(Arm arm, int covariates) {
    if (!Inputs.isCount(arm.n())
        || !Double.isFinite(arm.meanY())
        || !Inputs.isNonNegative(arm.varY())
        || arm.meanX().length != covariates
        || arm.covXY().length != covariates
        || arm.covXX().length != covariates
        || !Inputs.allFinite(arm.meanX())) {
      return false;
    }
    for (int i = 0; i < covariates; i++) {
      if (arm.covXX()[i].length != covariates || !Inputs.isNonNegative(arm.covXX()[i][i])) {
        return false;
      }
    }
    for (int i = 0; i < covariates; i++) {
      if (!isRowValid(arm, i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isRowValid(Arm arm, int i) {
    double own = arm.covXX()[i][i];
    for (int j = 0; j < arm.meanX().length; j++) {
      double other = arm.covXX()[j][j];
      double entry = arm.covXX()[i][j];
      double allowed = ROUNDING * Math.sqrt(own) * Math.sqrt(other);
      if (!Inputs.isCovariance(entry, own, other)
          || Math.abs(entry - arm.covXX()[j][i]) > allowed) {
        return false;
      }
    }
    return Inputs.isCovariance(arm.covXY()[i], arm.varY(), own);
  }
}
