package dev.pryo.stats;

/// The special functions behind the methods, with their domains checked. Relative error at most
/// 1e-10, tails included; a value below the smallest double is 0. The sources stand at the
/// implementations: `Normal`, `StudentT`, `GammaFunctions`, `IncompleteBeta`, `BrownianSup`.
public final class Special {

  private Special() {}

  /// Φ(x).
  public static Result<Double> normCdf(double x) {
    return Double.isFinite(x) ? answer(Normal.cdf(x)) : invalid();
  }

  /// Φ̄(x) = 1 − Φ(x).
  public static Result<Double> normSf(double x) {
    return Double.isFinite(x) ? answer(Normal.sf(x)) : invalid();
  }

  /// Φ⁻¹(p) for 0 < p < 1.
  public static Result<Double> normPpf(double p) {
    return Inputs.isInsideUnit(p) ? answer(Normal.ppf(p)) : invalid();
  }

  /// ln Φ̄(x).
  public static Result<Double> logNormSf(double x) {
    return Double.isFinite(x) ? answer(Normal.logSf(x)) : invalid();
  }

  /// P(T ≥ x) of Student's distribution with df > 0 degrees of freedom.
  public static Result<Double> tSf(double x, double df) {
    return Double.isFinite(x) && Inputs.isPositive(df) ? answer(StudentT.sf(x, df)) : invalid();
  }

  /// The p-quantile of Student's distribution, 0 < p < 1, df > 0.
  public static Result<Double> tPpf(double p, double df) {
    return Inputs.isInsideUnit(p) && Inputs.isPositive(df)
        ? answer(StudentT.ppf(p, df))
        : invalid();
  }

  /// P(χ² ≥ x) with df > 0 degrees of freedom; 1 below zero.
  public static Result<Double> chi2Sf(double x, double df) {
    return Double.isFinite(x) && Inputs.isPositive(df)
        ? answer(GammaFunctions.chiSquareSf(x, df))
        : invalid();
  }

  /// I_x(a, b), the distribution function of Beta(a, b), a and b > 0; 0 below 0 and 1 above 1.
  public static Result<Double> betaCdf(double x, double a, double b) {
    return Double.isFinite(x) && Inputs.isPositive(a) && Inputs.isPositive(b)
        ? answer(IncompleteBeta.cdf(x, a, b))
        : invalid();
  }

  /// The p-quantile of Beta(a, b), 0 < p < 1, a and b > 0.
  public static Result<Double> betaPpf(double p, double a, double b) {
    return Inputs.isInsideUnit(p) && Inputs.isPositive(a) && Inputs.isPositive(b)
        ? answer(IncompleteBeta.quantile(p, a, b))
        : invalid();
  }

  /// ln Γ(x) for x > 0.
  public static Result<Double> logGamma(double x) {
    return Inputs.isPositive(x) ? answer(GammaFunctions.logGamma(x)) : invalid();
  }

  /// G₂(c), the chance that Brownian motion leaves (−c, c) before time 1.
  public static Result<Double> supBrownian(double c) {
    return Double.isFinite(c) ? answer(BrownianSup.sf(c)) : invalid();
  }

  /// Arguments so extreme that their own rounding hides the value have none.
  private static Result<Double> answer(double value) {
    return Double.isNaN(value) ? invalid() : Result.ok(value);
  }

  private static Result<Double> invalid() {
    return Result.failed(StatsError.INVALID_INPUT);
  }
}
