package dev.pryo.stats;

import static dev.pryo.stats.StatsError.INVALID_INPUT;

/// How many units [HorizonCs] needs for a given power, as a multiple of a fixed-horizon test.
///
/// The power is that of Brownian motion with drift against a constant boundary (Siegmund 1985);
/// with a known number of evenly spaced looks the boundary is raised by Siegmund's 0.5826/√looks.
/// `planned` counts the units of both arms together.
public record HorizonPlan(
    double c, double cEffective, double drift, double inflation, double planned) {

  /// −ζ(½)/√(2π), the mean overshoot of a normal random walk.
  private static final double OVERSHOOT = 0.5826;

  /// Continuous looks; `fixed` is the size of the fixed-horizon test.
  public static Result<HorizonPlan> of(double alpha, double power, double fixed) {
    return plan(alpha, power, fixed, 0);
  }

  /// The given number of looks.
  public static Result<HorizonPlan> of(double alpha, double power, double fixed, double looks) {
    if (!Inputs.isPositiveCount(looks)) {
      return Result.failed(INVALID_INPUT);
    }
    return plan(alpha, power, fixed, OVERSHOOT / Math.sqrt(looks));
  }

  private static Result<HorizonPlan> plan(double alpha, double power, double fixed, double raised) {
    if (!Inputs.isInsideUnit(alpha)
        || !Inputs.isInsideUnit(power)
        || !Inputs.isPositive(fixed)
        || power <= alpha) {
      return Result.failed(INVALID_INPUT);
    }
    double c = HorizonCs.boundary(alpha, Side.TWO);
    double effective = c + raised;
    double drift = drift(effective, power);
    double ratio = drift / (Normal.isf(0.5 * alpha) + Normal.ppf(power));
    return new HorizonPlan(c, effective, drift, ratio * ratio, 0).sized(fixed);
  }

  /// The same plan for another size of the fixed-horizon test: nothing else of it depends on that,
  /// so a curve over many sizes is planned once.
  public Result<HorizonPlan> sized(double fixed) {
    double units = Math.ceil(inflation * fixed);
    return Inputs.isPositive(fixed) && Double.isFinite(units)
        ? Result.ok(new HorizonPlan(c, cEffective, drift, inflation, units))
        : Result.failed(INVALID_INPUT);
  }

  /// The drift at which the boundary c is crossed before time 1 with the given power, by bisection.
  private static double drift(double c, double power) {
    double low = 0;
    double high = c + Math.max(0, Normal.ppf(power)) + 1;
    for (int i = 0; i < 200 && high - low > 1e-16 * high; i++) {
      double middle = 0.5 * (low + high);
      if (middle <= low || middle >= high) {
        break;
      }
      if (reaches(middle, c, power)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return 0.5 * (low + high);
  }

  /// Compares the smaller of crossing and missing, so that neither loses digits: P(cross) = Φ(θ −
  /// c) + e^{2θc} Φ̄(θ + c), where the second is φ(θ − c) times a Mills ratio.
  private static boolean reaches(double drift, double c, double power) {
    double u = drift - c;
    double reflected = Normal.density(u) * Normal.mills(drift + c);
    return power < 0.5 ? Normal.cdf(u) + reflected >= power : Normal.sf(u) - reflected <= 1 - power;
  }
}
