package dev.pryo.stats;

import static dev.pryo.stats.StatsError.INSUFFICIENT_DATA;
import static dev.pryo.stats.StatsError.INVALID_INPUT;
import static dev.pryo.stats.StatsError.ZERO_VARIANCE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Means adjusted by a regression on covariates from before the exposure, with slopes of its own in
/// each arm (Lin 2013, "Agnostic notes on regression adjustments to experimental data: reexamining
/// Freedman's critique").
///
/// Covariates that vary in no or only some arms, or that the earlier ones determine, are left out:
/// `kept` lists the others, and their slopes alone differ from 0 in `theta` (arm by covariate).
/// `arms` hold adjusted means with the residual variance per unit; `effects` are against arm 0.
public record RegressionAdjusted(
    List<double[]> theta, List<Moments> arms, int[] kept, List<Effect> effects) {

  /// An arm's moments: the metric y, covariates x.
  public record Arm(
      double n, double meanY, double varY, double[] meanX, double[] covXY, double[][] covXX) {}

  /// The test against arm 0, and what [ReportedRelative] needs beside the arms' moments.
  public record Effect(Welch welch, ReportedRelative.Extra extra) {}

  public static Result<RegressionAdjusted> of(List<Arm> arms, double alpha) {
    if (!Inputs.isInsideUnit(alpha) || !CovariateInputs.areValid(arms)) {
      return Result.failed(INVALID_INPUT);
    }
    int given = arms.getFirst().meanX.length;
    if (arms.stream().anyMatch(arm -> arm.n < given + 2)) {
      return Result.failed(INSUFFICIENT_DATA);
    }
    return new Fit(arms).result(alpha);
  }

  /// The regression in units in which nothing overflows: y and each covariate are scaled by a power
  /// of two.
  private static final class Fit {

    private final List<Arm> arms;
    private final int scaleY;
    private final int[] scaleX;
    private final int[] kept;
    private final double units;

    /// Per arm and kept covariate, the distance of its mean from the pooled one.
    private final DoubleDouble[][] apart;

    Fit(List<Arm> arms) {
      this.arms = arms;
      this.units = arms.stream().mapToDouble(Arm::n).sum();
      this.scaleY = exponent(arms.stream().mapToDouble(Arm::varY).max().orElseThrow());
      this.scaleX =
          IntStream.range(0, arms.getFirst().meanX.length)
              .map(j -> exponent(arms.stream().mapToDouble(a -> a.covXX[j][j]).max().orElseThrow()))
              .toArray();
      this.kept = kept();
      this.apart = new DoubleDouble[arms.size()][kept.length];
      for (int i = 0; i < kept.length; i++) {
        DoubleDouble pooled = pooled(kept[i]);
        for (int k = 0; k < apart.length; k++) {
          apart[k][i] = scaledMean(arms.get(k), kept[i]).minus(pooled);
        }
      }
    }

    private static int exponent(double variance) {
      return variance == 0 ? 0 : Math.getExponent(variance) / 2;
    }

    private DoubleDouble covXX(Arm arm, int i, int j) {
      double symmetric = 0.5 * arm.covXX[i][j] + 0.5 * arm.covXX[j][i];
      return DoubleDouble.of(Math.scalb(symmetric, -scaleX[i] - scaleX[j]));
    }

    private DoubleDouble covXY(Arm arm, int j) {
      return DoubleDouble.of(Math.scalb(arm.covXY[j], -scaleX[j] - scaleY));
    }

    private int[] kept() {
      int d = scaleX.length;
      DoubleDouble[][] within = new DoubleDouble[d][d];
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          within[i][j] = DoubleDouble.ZERO;
          for (Arm arm : arms) {
            within[i][j] = within[i][j].plus(covXX(arm, i, j).times(arm.n - 1));
          }
        }
      }
      boolean[] varies = new boolean[d];
      for (int j = 0; j < d; j++) {
        int covariate = j;
        varies[j] = arms.stream().allMatch(arm -> arm.covXX[covariate][covariate] > 0);
      }
      return Cholesky.independent(within, varies);
    }

    Result<RegressionAdjusted> result(double alpha) {
      List<DoubleDouble[]> slopes = new ArrayList<>();
      List<Moments> adjusted = new ArrayList<>();
      for (int k = 0; k < arms.size(); k++) {
        Arm arm = arms.get(k);
        DoubleDouble[] slope = slope(arm);
        slopes.add(slope);
        adjusted.add(new Moments(arm.n, mean(k, slope), residual(arm, slope)));
      }
      List<double[]> theta = slopes.stream().map(this::inUnits).toList();
      boolean finite =
          adjusted.stream().allMatch(Moments::isValid)
              && theta.stream().allMatch(Inputs::allFinite);
      if (!finite) {
        return Result.failed(INVALID_INPUT);
      }
      List<Effect> effects = new ArrayList<>();
      for (int k = 1; k < arms.size(); k++) {
        switch (effect(k, slopes, adjusted, alpha)) {
          case Result.Ok<Effect>(Effect effect) -> effects.add(effect);
          case Result.Failed<Effect>(StatsError error) -> {
            return Result.failed(error);
          }
        }
      }
      return Result.ok(
          new RegressionAdjusted(theta, List.copyOf(adjusted), kept, List.copyOf(effects)));
    }

    /// Least squares of y on the kept covariates.
    private DoubleDouble[] slope(Arm arm) {
      int d = kept.length;
      DoubleDouble[][] matrix = new DoubleDouble[d][d];
      DoubleDouble[] right = new DoubleDouble[d];
      for (int i = 0; i < d; i++) {
        right[i] = covXY(arm, kept[i]);
        for (int j = 0; j < d; j++) {
          matrix[i][j] = covXX(arm, kept[i], kept[j]);
        }
      }
      return Cholesky.solve(matrix, right);
    }

    private double[] inUnits(DoubleDouble[] slope) {
      double[] theta = new double[scaleX.length];
      for (int i = 0; i < kept.length; i++) {
        theta[kept[i]] = Math.scalb(slope[i].value(), scaleY - scaleX[kept[i]]);
      }
      return theta;
    }

    private DoubleDouble scaledMean(Arm arm, int j) {
      return DoubleDouble.of(Math.scalb(arm.meanX[j], -scaleX[j]));
    }

    /// The mean of covariate j over all arms.
    private DoubleDouble pooled(int j) {
      DoubleDouble sum = DoubleDouble.ZERO;
      for (Arm arm : arms) {
        sum = sum.plus(scaledMean(arm, j).times(arm.n));
      }
      return sum.dividedBy(units);
    }

    private double mean(int k, DoubleDouble[] slope) {
      DoubleDouble mean = DoubleDouble.of(Math.scalb(arms.get(k).meanY, -scaleY));
      for (int i = 0; i < kept.length; i++) {
        mean = mean.minus(slope[i].times(apart[k][i]));
      }
      return Math.scalb(mean.value(), scaleY);
    }

    /// (n − 1)(var_y − θ·cov_xy) / (n − 1 − d).
    private double residual(Arm arm, DoubleDouble[] slope) {
      DoubleDouble[] terms = new DoubleDouble[kept.length + 1];
      terms[kept.length] = DoubleDouble.of(Math.scalb(arm.varY, -2 * scaleY));
      for (int i = 0; i < kept.length; i++) {
        terms[i] = slope[i].times(covXY(arm, kept[i])).negated();
      }
      double share = (arm.n - 1) / (arm.n - 1 - kept.length);
      return Math.scalb(Residual.of(terms) * share, 2 * scaleY);
    }

    private Result<Effect> effect(
        int k, List<DoubleDouble[]> slopes, List<Moments> adjusted, double alpha) {
      Moments own = adjusted.get(k);
      Moments control = adjusted.getFirst();
      DoubleDouble[] change = new DoubleDouble[kept.length];
      Arrays.setAll(change, i -> slopes.get(k)[i].minus(slopes.getFirst()[i]));
      double shared = sharedVariance(change, change);
      double se =
          Math.hypot(
              Precise.rootOfMeans(own.var(), own.n(), control.var(), control.n()),
              Math.sqrt(shared));
      if (se == 0) {
        return Result.failed(ZERO_VARIANCE);
      }
      double diff = diff(k, slopes);
      ReportedRelative.Extra extra =
          new ReportedRelative.Extra(
              sharedVariance(slopes.getFirst(), slopes.getFirst()),
              sharedVariance(slopes.get(k), slopes.get(k)),
              sharedVariance(slopes.getFirst(), slopes.get(k)));
      return Welch.of(diff, se, diff / se, degreesOfFreedom(control, own), alpha)
          .map(welch -> new Effect(welch, extra));
    }

    /// m_k − m_0 in one go, so that a large common mean costs no digits.
    private double diff(int k, List<DoubleDouble[]> slopes) {
      Arm own = arms.get(k);
      Arm control = arms.getFirst();
      DoubleDouble diff =
          DoubleDouble.sum(Math.scalb(own.meanY, -scaleY), -Math.scalb(control.meanY, -scaleY));
      for (int i = 0; i < kept.length; i++) {
        diff = diff.minus(slopes.get(k)[i].times(apart[k][i]));
        diff = diff.plus(slopes.getFirst()[i].times(apart[0][i]));
      }
      return Math.scalb(diff.value(), scaleY);
    }

    private double degreesOfFreedom(Moments control, Moments own) {
      double d = kept.length;
      return control.var() == 0 && own.var() == 0
          ? control.n() + own.n() - 2 - 2 * d
          : Welch.degreesOfFreedom(control, control.n() - 1 - d, own, own.n() - 1 - d);
    }

    /// u'Sv / n with S the covariance of the covariates over all arms.
    private double sharedVariance(DoubleDouble[] u, DoubleDouble[] v) {
      DoubleDouble sum = DoubleDouble.ZERO;
      for (int k = 0; k < apart.length; k++) {
        Arm arm = arms.get(k);
        DoubleDouble acrossU = DoubleDouble.ZERO;
        DoubleDouble acrossV = DoubleDouble.ZERO;
        for (int i = 0; i < kept.length; i++) {
          acrossU = acrossU.plus(u[i].times(apart[k][i]));
          acrossV = acrossV.plus(v[i].times(apart[k][i]));
          DoubleDouble row = DoubleDouble.ZERO;
          for (int j = 0; j < kept.length; j++) {
            row = row.plus(v[j].times(covXX(arm, kept[i], kept[j])));
          }
          sum = sum.plus(u[i].times(row).times(arm.n - 1));
        }
        sum = sum.plus(acrossU.times(acrossV).times(arm.n));
      }
      double scaled = sum.value() / (units - 1) / units;
      boolean square = Arrays.equals(u, v);
      return Math.scalb(square ? Math.max(0, scaled) : scaled, 2 * scaleY);
    }
  }
}
