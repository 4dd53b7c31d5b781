package dev.pryo.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairPlanTest {

  private static final OptionalDouble WITHOUT_END = OptionalDouble.empty();
  private static final OptionalDouble LOOKS = OptionalDouble.of(1_000);

  @Test
  void equal_arms_are_the_fixed_test_and_its_horizon_and_nothing_more() {
    SampleSize.Question question = SampleSize.Question.of(0.02, 0.05, 0.8);
    PairPlan plan = value(PairPlan.ofShares(0.1, question, LOOKS));
    SampleSize fixed = value(SampleSize.ofShares(0.1, question));
    assertThat(plan.fixed()).isEqualTo(fixed);
    assertThat(plan.price()).isEqualTo(1);
    assertThat(plan.horizon()).isEqualTo(value(HorizonPlan.of(0.05, 0.8, fixed.total(), 1_000)));
  }

  @Test
  void unequal_arms_take_the_larger_variance_for_both_whichever_it_is() {
    for (double ratio : new double[] {0.01, 0.25, 3, 99}) {
      double larger = value(SampleSize.ofMeans(4, 4, question(0.3, ratio))).total();
      assertThat(value(PairPlan.ofMeans(1, 4, question(0.3, ratio), LOOKS)).fixed().total())
          .isEqualTo(larger);
      assertThat(value(PairPlan.ofMeans(4, 1, question(0.3, ratio), LOOKS)).fixed().total())
          .isEqualTo(larger);
    }
  }

  @Test
  void the_price_of_equal_variances_is_that_of_the_derivation() {
    for (double p : new double[] {0.01, 0.05, 0.1, 0.3, 0.8, 0.99}) {
      PairPlan plan = value(PairPlan.ofMeans(2.5, 2.5, question(0.4, p / (1 - p)), LOOKS));
      HorizonPlan known = value(HorizonPlan.of(0.05, 0.8, plan.fixed().total(), 1_000));
      double r = (1 - 2 * p) * (1 - 2 * p) / (known.planned() * p * (1 - p));
      assertThat(plan.price())
          .isCloseTo(1 + Math.sqrt(r / Math.PI) + bend(known) * r, within(1e-7));
      assertThat(plan.planned())
          .isEqualTo(Math.ceil(known.inflation() * plan.price() * plan.fixed().total()));
    }
  }

  /// Draws sample variances, and adds nothing but the mean of the larger squared standard error.
  @Test
  void the_larger_of_two_standard_errors_costs_what_drawn_ones_cost_on_average() {
    SplittableRandom random = new SplittableRandom(31);
    for (double[] variances : new double[][] {{1, 1}, {1, 1.05}, {1.1, 1}}) {
      PairPlan plan =
          value(PairPlan.ofMeans(variances[0], variances[1], question(0.2506, 1 / 9.0), LOOKS));
      HorizonPlan known = value(HorizonPlan.of(0.05, 0.8, plan.fixed().total(), 1_000));
      double nB = Math.rint(known.planned() / 10);
      double nA = known.planned() - nB;
      double sum = 0;
      int draws = 40_000;
      for (int i = 0; i < draws; i++) {
        Moments a = new Moments(nA, 0, variances[0] * estimate(random, nA));
        Moments b = new Moments(nB, 0, variances[1] * estimate(random, nB));
        double se = value(RobustSe.of(a, b)).se();
        sum += se * se;
      }
      double expected = Math.max(variances[0], variances[1]) * (1 / nA + 1 / nB);
      double allocation = 0.64 / (known.planned() * 0.09) * bend(known);
      assertThat(plan.price() - allocation).isCloseTo(sum / draws / expected, within(0.002));
    }
  }

  /// The sample variance of n standard normal values, of about the right skew: a χ² by the cube of
  /// Wilson and Hilferty 1931.
  private static double estimate(SplittableRandom random, double n) {
    double v = 2 / (9 * (n - 1));
    double root = 1 - v + Math.sqrt(v) * random.nextGaussian();
    return root * root * root;
  }

  /// Half and half: a share without noise in its variance, so that nothing else is in the price.
  @Test
  void the_random_number_of_units_in_an_arm_is_paid_for() {
    PairPlan plan = value(PairPlan.ofShares(0.5, question(0.01, 99), LOOKS));
    HorizonPlan horizon = plan.horizon();
    for (double n : new double[] {20_000, 100_000}) {
      double r = 0.98 * 0.98 / (n * 0.0099);
      double unpaid = 0.8 - meanPower(horizon, n, 1);
      assertThat(unpaid).isGreaterThan(0.3 * r);
      assertThat(meanPower(horizon, n, 1 + bend(horizon) * r))
          .isCloseTo(0.8, within(0.03 * unpaid));
    }
  }

  /// The power of a plan with 1 % in B, over the number of units that come to B.
  private static double meanPower(HorizonPlan horizon, double n, double price) {
    double p = 0.01;
    double spread = Math.sqrt(p * (1 - p) / (n * price));
    return GaussLegendre.panels(
        g -> {
          double came = p + spread * g;
          double information = price * came * (1 - came) / (p * (1 - p));
          return Normal.density(g) * power(horizon.drift() * Math.sqrt(information), horizon);
        },
        -8,
        8,
        100);
  }

  /// P(cross) = Φ(θ − c) + e^{2θc} Φ̄(θ + c).
  private static double power(double drift, HorizonPlan horizon) {
    double c = horizon.cEffective();
    return Normal.cdf(drift - c) + Math.exp(2 * drift * c) * Normal.sf(drift + c);
  }

  /// By differences, what the derivation has by derivatives.
  private static double bend(HorizonPlan horizon) {
    double step = 1e-3;
    double low = power(horizon.drift() * Math.sqrt(1 - step), horizon);
    double middle = power(horizon.drift(), horizon);
    double high = power(horizon.drift() * Math.sqrt(1 + step), horizon);
    return -(high - 2 * middle + low) / step / (high - low);
  }

  @Test
  void unequal_arms_of_shares_cost_at_most_three_more_units_in_the_smaller_one() {
    SplittableRandom random = new SplittableRandom(77);
    for (int i = 0; i < 5_000; i++) {
      double share = random.nextDouble(0.001, 0.999);
      double delta = (random.nextDouble(0.001, 0.999) - share) * random.nextDouble(0.02, 0.6);
      double ratio = Math.exp(random.nextDouble(-4.6, 4.6));
      PairPlan plan = value(PairPlan.ofShares(share, question(delta, ratio), LOOKS));
      double smaller = plan.planned() * Math.min(1, ratio) / (1 + ratio);
      assertThat((plan.price() - 1) * smaller).isBetween(0.0, 3.0);
    }
  }

  @Test
  void a_plan_that_says_nothing_is_a_reason() {
    SampleSize.Question one = new SampleSize.Question(0.1, 0.05, 0.8, 1, 1, OptionalDouble.empty());
    assertThat(PairPlan.ofMeans(1, 1, one, WITHOUT_END))
        .isEqualTo(Result.failed(StatsError.INVALID_INPUT));
    assertThat(PairPlan.ofShares(0.95, question(0.1, 1), WITHOUT_END))
        .isEqualTo(Result.failed(StatsError.INVALID_INPUT));
    assertThat(PairPlan.ofMeans(0, 0, question(0.1, 9), WITHOUT_END))
        .isEqualTo(Result.failed(StatsError.ZERO_VARIANCE));
    assertThat(PairPlan.ofMeans(1, 1, question(0.1, 1), OptionalDouble.of(0)))
        .isEqualTo(Result.failed(StatsError.INVALID_INPUT));
  }

  private static SampleSize.Question question(double delta, double ratio) {
    return new SampleSize.Question(delta, 0.05, 0.8, ratio, 2, OptionalDouble.empty());
  }

  private static <T> T value(Result<T> result) {
    return result.toOptional().orElseThrow();
  }
}
