package dev.pryo.stats;

import static dev.pryo.stats.StatsError.INVALID_INPUT;

import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/// How many units of the compared pair are planned: the fixed test of [SampleSize], made longer for
/// the looks by [HorizonPlan], and for what unequal arms cost beyond it by `price`.
///
/// Unequal arms take the larger of the two variances for both. Two more things cost power there.
/// Let p and q = 1 − p be the shares of B and A among n units.
///
/// **The larger of two standard errors.** With the sample variances vA and vB, the squared standard
/// errors of [RobustSe] are, times npq and to first order in 1/n,
///
/// - unpooled: q·vB + p·vA, mostly the variance of the smaller arm,
/// - pooled: p·vB + q·vA, mostly the variance of the larger arm.
///
/// Their difference (q − p)(vB − vA) has the mean m = (q − p)(σB² − σA²) and the standard deviation
/// s = |q − p|·√(Var vA + Var vB). The larger one has the mean pooled + m·Φ(m/s) + s·φ(m/s) (Clark
/// 1961, "The greatest of a finite set of random variables"), and n grows by its ratio to the
/// planned variance. For normal values of equal variance, where Var v = 2σ⁴/n, that ratio is 1 +
/// √(r/π) with r = (q − p)²/(npq): 3.8 % more with 153 of 1,534 units in B. The variance of a share
/// follows from the share, Var v = σ²(1 − 2y)²/n for a share y. An effect that can be told from
/// noise then moves it by more than its own noise, the larger variance is the planned one, and this
/// costs next to nothing.
///
/// **The random number of units in an arm.** The information n·p̂·q̂ has the relative variance r.
/// The power as a function of it bends down, so that its mean lies below the power at the mean: at
/// x times the planned information it is P(θ√x) with P of [HorizonPlan], P′(θ) = 2cR and P″(θ) =
/// 2c(2cR − φ(θ − c)), where R = e^{2θc}·Φ̄(θ + c). Equating ½·r·d²P/dx² with the slope dP/dx, n
/// pays r(1 + θ(h − 2c))/4, where h is the hazard φ/Φ̄ at θ + c.
///
/// Both are nothing at equal arms.
///
/// @param fixed the test with one look
/// @param price units per unit of a plan with a known standard error and known arms, at least 1
/// @param horizon the plan, with its units after the price
public record PairPlan(SampleSize fixed, double price, HorizonPlan horizon) {

  /// Units of both arms together.
  public double planned() {
    return horizon.planned();
  }

  /// For means with the given variances per unit, whose estimates are as noisy as those of normal
  /// values; heavier tails need more. Two-sided; without a number of looks, for looks without end.
  public static Result<PairPlan> ofMeans(
      double varA, double varB, SampleSize.Question question, OptionalDouble looks) {
    double noise = Math.sqrt(2);
    return of(
        new Spread(varA, noise * varA),
        new Spread(varB, noise * varB),
        question,
        fixed -> horizon(fixed, question, looks));
  }

  /// The same with the looks of a plan that is known, of any size: a curve over many effects plans
  /// them once.
  public static Result<PairPlan> ofMeans(
      double varA, double varB, SampleSize.Question question, HorizonPlan looks) {
    double noise = Math.sqrt(2);
    return of(
        new Spread(varA, noise * varA), new Spread(varB, noise * varB), question, looks::sized);
  }

  /// For a share that is `share` in A and `share + delta` in B.
  public static Result<PairPlan> ofShares(
      double share, SampleSize.Question question, OptionalDouble looks) {
    return ofShares(share, question, fixed -> horizon(fixed, question, looks));
  }

  /// The same with the looks of a plan that is known, of any size.
  public static Result<PairPlan> ofShares(
      double share, SampleSize.Question question, HorizonPlan looks) {
    return ofShares(share, question, looks::sized);
  }

  private static Result<PairPlan> ofShares(
      double share, SampleSize.Question question, DoubleFunction<Result<HorizonPlan>> horizon) {
    double other = share + question.delta();
    return Inputs.isProbability(share) && Inputs.isProbability(other)
        ? of(Spread.ofShare(share), Spread.ofShare(other), question, horizon)
        : Result.failed(INVALID_INPUT);
  }

  /// The variance of a unit's value, and the standard deviation of the sample variance times √n.
  private record Spread(double variance, double noise) {

    static Spread ofShare(double share) {
      double variance = share * (1 - share);
      return new Spread(variance, Math.sqrt(variance) * Math.abs(1 - 2 * share));
    }

    Spread per(double unit) {
      return new Spread(variance / unit, noise / unit);
    }
  }

  private static Result<PairPlan> of(
      Spread a,
      Spread b,
      SampleSize.Question question,
      DoubleFunction<Result<HorizonPlan>> horizon) {
    if (question.sides() != 2) {
      return Result.failed(INVALID_INPUT);
    }
    double larger = Math.max(a.variance, b.variance);
    Result<SampleSize> size =
        question.ratio() == 1
            ? SampleSize.ofMeans(a.variance, b.variance, question)
            : SampleSize.ofMeans(larger, larger, question);
    return size.then(fixed ->
        horizon
            .apply(fixed.total())
            .then(known -> {
              double price = price(a.per(larger), b.per(larger), question.ratio(), known);
              return known
                  .sized(price * fixed.total())
                  .map(paid -> new PairPlan(fixed, price, paid));
            }));
  }

  private static Result<HorizonPlan> horizon(
      double fixed, SampleSize.Question question, OptionalDouble looks) {
    return looks.isPresent()
        ? HorizonPlan.of(question.alpha(), question.power(), fixed, looks.getAsDouble())
        : HorizonPlan.of(question.alpha(), question.power(), fixed);
  }

  /// Both costs at the size of the plan without them, with variances per planned variance.
  private static double price(Spread a, Spread b, double ratio, HorizonPlan plan) {
    if (ratio == 1) {
      return 1;
    }
    double shareA = 1 / (1 + ratio);
    double shareB = ratio / (1 + ratio);
    double uneven = shareA - shareB;
    double rootA = Math.sqrt(plan.planned() * shareA);
    double rootB = Math.sqrt(plan.planned() * shareB);
    double pooled = shareB * b.variance + shareA * a.variance;
    double gap = uneven * (b.variance - a.variance);
    double noise = Math.abs(uneven) * Math.hypot(a.noise / rootA, b.noise / rootB);
    double wobble = uneven * Math.hypot(1 / rootA, 1 / rootB);
    double c = plan.cEffective();
    double bend = (1 + plan.drift() * (1 / Normal.mills(plan.drift() + c) - 2 * c)) / 4;
    return Math.max(1, pooled + excess(gap, noise) + wobble * wobble * bend);
  }

  /// E max(0, X) of a normal X.
  private static double excess(double mean, double deviation) {
    if (deviation == 0) {
      return Math.max(0, mean);
    }
    double u = mean / deviation;
    return mean * Normal.cdf(u) + deviation * Normal.density(u);
  }
}
