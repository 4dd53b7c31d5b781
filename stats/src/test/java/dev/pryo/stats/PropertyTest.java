package dev.pryo.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;

/// What holds for every input, tried on seeded random ones.
class PropertyTest {

  private static final int ROUNDS = 3_000;

  private static final double[] CORNERS = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    0,
    -0.0,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    1e-150,
    1e150,
    -1e150,
    1,
    2,
    3,
    0.5,
    0.05,
    0.999999,
    Math.nextDown(1),
    10,
    1_000,
    1e12,
    9e15,
  };

  private final SplittableRandom random = new SplittableRandom(20_240_611);

  private double corner() {
    return switch (random.nextInt(4)) {
      case 0 -> Double.longBitsToDouble(random.nextLong());
      case 1 -> random.nextInt(1, 2_000);
      default -> CORNERS[random.nextInt(CORNERS.length)];
    };
  }

  private Moments cornerArm() {
    return new Moments(corner(), corner(), corner());
  }

  private double[] corners(int count) {
    return random.doubles(count).map(_ -> corner()).toArray();
  }

  private Moments arm() {
    return new Moments(random.nextInt(2, 5_000), random.nextGaussian(), random.nextDouble(0.1, 4));
  }

  @Test
  void no_double_makes_a_method_throw_or_answer_NaN() {
    for (int i = 0; i < 20 * ROUNDS; i++) {
      noNaN(Welch.of(cornerArm(), cornerArm(), corner(), corner()));
      noNaN(RobustSe.of(cornerArm(), cornerArm()));
      noNaN(TwoProportions.of(corner(), corner(), corner(), corner(), corner()));
      noNaN(Relative.of(corner(), corner(), corner(), corner(), corner(), corner()));
      noNaN(
          ReportedRelative.of(
              cornerArm(),
              cornerArm(),
              corner(),
              new ReportedRelative.Extra(corner(), corner(), corner())));
      Side side = Side.values()[random.nextInt(3)];
      noNaN(HorizonCs.of(corner(), corner(), corner(), corner(), corner(), corner(), side));
      noNaN(MixtureCs.of(corner(), corner(), corner(), corner(), width(), corner(), side));
      noNaN(HorizonPlan.of(corner(), corner(), corner()));
      noNaN(HorizonPlan.of(corner(), corner(), corner(), corner()));
      noNaN(Moments.of(corner(), corner(), corner()));
      Sample.Pairs pairs =
          Sample.Pairs.of(corner(), corner(), corner(), corner(), corner(), corner());
      noNaN(pairs.ratio().then(Ratio.Arm::perUnit));
      noNaN(pairs.adjusted().then(arm -> RegressionAdjusted.of(List.of(arm, arm), 0.05)));
      noNaN(Moments.merge(List.of(part(), part(), part())));
      noNaN(SampleRatio.chiSquare(corners(2), corners(2)));
      noNaN(SampleRatio.sequential(corners(3), corners(3), corner()));
      noNaN(
          Power.of(
              new Power.Size(corner(), corner(), corner(), corner()),
              corner(),
              corner(),
              corner()));
      noNaN(SampleSize.ofMeans(corner(), corner(), question()));
      noNaN(SampleSize.ofShares(corner(), question()));
      noNaN(PairPlan.ofMeans(corner(), corner(), question(), maybe()));
      noNaN(PairPlan.ofShares(corner(), question(), maybe()));
      noNaN(BayesNormal.of(corner(), corner(), new BayesNormal.Prior(corner(), maybe()), corner()));
    }
  }

  @Test
  void sums_of_values_that_go_together_exactly_never_have_more_covariance_than_variance() {
    for (int i = 0; i < ROUNDS; i++) {
      int n = 2 + random.nextInt(50);
      double sumX = 0;
      double sumY = 0;
      double sumXX = 0;
      double sumYY = 0;
      double sumXY = 0;
      for (int unit = 0; unit < n; unit++) {
        double x = 1e6 + random.nextDouble();
        double y = 3.3 * x; // rounds, as sums made elsewhere do
        sumX += x;
        sumY += y;
        sumXX += x * x;
        sumYY += y * y;
        sumXY += x * y;
      }
      Sample.Pairs pairs = Sample.Pairs.of(n, sumX, sumY, sumXX, sumYY, sumXY);
      assertThat(value(pairs.ratio().then(Ratio.Arm::perUnit)).mean())
          .isCloseTo(1 / 3.3, within(1e-9));
    }
  }

  @Test
  void no_double_makes_a_slow_method_throw_or_answer_NaN() {
    for (int i = 0; i < ROUNDS; i++) {
      noNaN(RateSequential.of(corner(), corner(), corner(), corner(), corner(), corner()));
      noNaN(Ratio.of(ratioArm(), ratioArm(), corner()));
      noNaN(Cuped.of(cupedArm(), cupedArm(), corner()));
      noNaN(RegressionAdjusted.of(List.of(covariateArm(), covariateArm()), corner()));
      noNaN(Winsorize.of(corners(3), corners(4), corner(), Winsorize.Cut.BOTH, i % 2 == 0));
      noNaN(Quantiles.of(corners(30), corners(30), corner(), corner(), corner()));
      noNaN(
          NonInferiority.of(
              new NonInferiority.Means(
                  corner(), corner(), corner(), corner(), i % 3 == 0 ? corner() : 0),
              new NonInferiority.Margin(corner(), i % 2 == 0, NonInferiority.Direction.DECREASE),
              corner(),
              corner(),
              new NonInferiority.Plan(corner(), corner())));
      noNaN(SequentialStream.of(List.of(look(), look()), corner(), corner()));
      noNaN(MultipleTesting.holm(corners(3)));
      noNaN(MultipleTesting.benjaminiHochberg(corners(3)));
      noNaN(Special.normCdf(corner()));
      noNaN(Special.normPpf(corner()));
      noNaN(Special.logNormSf(corner()));
      noNaN(Special.tSf(corner(), corner()));
      noNaN(Special.tPpf(corner(), corner()));
      noNaN(Special.betaCdf(corner(), corner(), corner()));
      noNaN(Special.betaPpf(corner(), corner(), corner()));
      noNaN(Special.chi2Sf(corner(), corner()));
      noNaN(Special.logGamma(corner()));
      noNaN(Special.supBrownian(corner()));
    }
  }

  @Test
  void no_double_makes_bayes_or_scheduled_bounds_throw() {
    for (int i = 0; i < ROUNDS; i++) {
      noNaN(
          GroupSequential.of(
              corners(1 + i % 3),
              corner(),
              i % 2 + 1,
              new GroupSequential.Spending.Power(corner())));
      noNaN(
          BayesBeta.of(
              List.of(new BayesBeta.Arm(corner(), corner()), new BayesBeta.Arm(corner(), corner())),
              new BayesBeta.Prior(corner(), corner()),
              corner()));
    }
  }

  private static void noNaN(Result<?> result) {
    if (result instanceof Result.Ok<?>(Object value)) {
      String text =
          value instanceof double[] numbers ? List.of(box(numbers)).toString() : "" + value;
      assertThat(text).doesNotContain("NaN");
    }
  }

  private static Double[] box(double[] numbers) {
    return java.util.Arrays.stream(numbers).boxed().toArray(Double[]::new);
  }

  private MixtureCs.Width width() {
    return random.nextBoolean()
        ? new MixtureCs.Width.Effects(corner())
        : new MixtureCs.Width.NarrowestAt(corner());
  }

  private Moments.Part part() {
    return new Moments.Part(corner(), corner(), corner());
  }

  private SequentialStream.Look look() {
    return new SequentialStream.Look(corner(), corner(), corner());
  }

  private OptionalDouble maybe() {
    return random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(corner());
  }

  private SampleSize.Question question() {
    return new SampleSize.Question(
        corner(), corner(), corner(), corner(), random.nextInt(4), maybe());
  }

  private Ratio.Arm ratioArm() {
    return new Ratio.Arm(corner(), corner(), corner(), corner(), corner(), corner());
  }

  private Cuped.Arm cupedArm() {
    return new Cuped.Arm(corner(), corner(), corner(), corner(), corner(), corner());
  }

  private RegressionAdjusted.Arm covariateArm() {
    double cross = corner();
    return new RegressionAdjusted.Arm(
        corner(),
        corner(),
        corner(),
        corners(2),
        corners(2),
        new double[][] {{corner(), cross}, {cross, corner()}});
  }

  @Test
  void swapped_arms_negate_the_difference_and_keep_the_two_sided_p() {
    for (int i = 0; i < ROUNDS; i++) {
      Moments a = arm();
      Moments b = arm();
      Comparison there = value(Comparisons.of(a, b, new Design.Matured(9_000), 0.05));
      Comparison back = value(Comparisons.of(b, a, new Design.Matured(9_000), 0.05));
      assertThat(back.diff()).isEqualTo(-there.diff());
      assertThat(back.fixed().p()).isCloseTo(there.fixed().p(), within(1e-12));
      assertThat(back.anytime().p()).isCloseTo(there.anytime().p(), within(1e-12));
      assertThat(back.anytime().absolute().lower())
          .isCloseTo(-there.anytime().absolute().upper(), within(1e-12));
    }
  }

  @Test
  void a_change_of_unit_leaves_t_and_every_relative_number_unchanged() {
    for (int i = 0; i < ROUNDS; i++) {
      double unit = Math.pow(10, random.nextInt(-140, 140));
      Moments a = arm();
      Moments b = arm();
      Comparison plain = value(Comparisons.of(a, b, Design.UNPLANNED, 0.05));
      Comparison scaled =
          value(Comparisons.of(scaled(a, unit), scaled(b, unit), Design.UNPLANNED, 0.05));
      assertThat(value(Welch.of(scaled(a, unit), scaled(b, unit), 0.05)).t())
          .isCloseTo(value(Welch.of(a, b, 0.05)).t(), within(1e-9));
      assertThat(scaled.anytime().p()).isCloseTo(plain.anytime().p(), within(1e-9));
      assertThat(scaled.anytime().relative().bounded())
          .isEqualTo(plain.anytime().relative().bounded());
    }
  }

  private static Moments scaled(Moments arm, double unit) {
    return new Moments(arm.n(), arm.mean() * unit, arm.var() * unit * unit);
  }

  @Test
  void samples_merge_in_any_order_to_the_same_moments_within_1e_12() {
    for (int i = 0; i < ROUNDS; i++) {
      double offset = random.nextBoolean() ? 1e6 : 0;
      Sample.Values a = sample(offset);
      Sample.Values b = sample(offset);
      Sample.Values c = sample(offset);
      Moments left = value(a.plus(b).plus(c).moments());
      Moments right = value(c.plus(b.plus(a)).moments());
      assertThat(left.mean()).isCloseTo(right.mean(), relative(right.mean()));
      assertThat(left.var()).isCloseTo(right.var(), relative(right.var()));
    }
  }

  @Test
  void merged_parts_are_associative_within_1e_12() {
    for (int i = 0; i < ROUNDS; i++) {
      List<Moments.Part> parts = new ArrayList<>();
      for (int j = 0; j < 3; j++) {
        parts.add(
            new Moments.Part(
                random.nextInt(1, 1_000), random.nextGaussian(), random.nextDouble(9)));
      }
      Moments.Part first = value(Moments.merge(parts.subList(0, 2)));
      Moments.Part last = value(Moments.merge(parts.subList(1, 3)));
      Moments.Part left = value(Moments.merge(List.of(first, parts.get(2))));
      Moments.Part right = value(Moments.merge(List.of(parts.get(0), last)));
      assertThat(left.mean()).isCloseTo(right.mean(), within(1e-12));
      assertThat(left.m2()).isCloseTo(right.m2(), relative(right.m2()));
    }
  }

  private Sample.Values sample(double offset) {
    Sample.Values sample = Sample.Values.NONE;
    for (int i = 0; i < 20; i++) {
      sample = sample.with(offset + random.nextGaussian());
    }
    return sample;
  }

  private static org.assertj.core.data.Offset<Double> relative(double size) {
    return within(1e-12 * Math.abs(size));
  }

  @Test
  void an_empty_arm_is_insufficient_data_for_every_method_on_arms() {
    Moments empty = new Moments(0, 0, 0);
    Moments full = arm();
    List<Result<?>> results =
        List.of(
            Welch.of(empty, full, 0.05),
            RobustSe.of(full, empty),
            ReportedRelative.of(full, empty, 2),
            Comparisons.of(empty, full, Design.UNPLANNED, 0.05),
            TwoProportions.of(0, 0, 1, 10, 0.05));
    assertThat(results)
        .allSatisfy(
            result -> assertThat(result).isEqualTo(Result.failed(StatsError.INSUFFICIENT_DATA)));
  }

  @Test
  void two_sided_p_falls_with_distance_and_one_sided_p_with_z() {
    for (Side side : Side.values()) {
      falls(side, z -> value(HorizonCs.of(z, 1, 800, 1_000, 0.05, 0, side)).p());
      MixtureCs.Width width = new MixtureCs.Width.NarrowestAt(1_000);
      falls(side, z -> value(MixtureCs.of(z, 1, 800, 0.05, width, 0, side)).p());
    }
    Moments a = new Moments(50, 0, 25);
    falls(Side.TWO, z -> value(Welch.of(a, new Moments(50, z, 25), 0.05)).p());
    falls(Side.GREATER, z -> value(Welch.of(a, new Moments(50, z, 25), 0.05)).pGreater());
    falls(Side.LESS, z -> value(Welch.of(a, new Moments(50, z, 25), 0.05)).pLess());
  }

  private static void falls(Side side, DoubleFunction<Double> p) {
    double before = Double.POSITIVE_INFINITY;
    for (double out = side == Side.TWO ? 0 : -20; out < 37; out += 0.01) {
      double now = p.apply(side == Side.LESS ? -out : out);
      assertThat(now).as("%s at %s", side, out).isLessThanOrEqualTo(before * (1 + 1e-13));
      before = now;
    }
  }

  @Test
  void an_interval_excludes_the_null_exactly_when_p_is_below_alpha() {
    for (int i = 0; i < ROUNDS; i++) {
      double alpha = Math.pow(10, -random.nextDouble(0.31, 8));
      double z = random.nextDouble(-8, 8);
      double n = random.nextInt(2, 20_000);
      Side side = Side.values()[random.nextInt(3)];
      HorizonCs horizon = value(HorizonCs.of(z, 1, n, 10_000, alpha, 0, side));
      dual(horizon.p(), alpha, horizon.interval());
      MixtureCs.Width width = new MixtureCs.Width.NarrowestAt(5_000);
      MixtureCs mixture = value(MixtureCs.of(z, 1, n, alpha, width, 0, side));
      dual(mixture.p(), alpha, mixture.interval());
      Welch welch = value(Welch.of(arm(), arm(), alpha));
      dual(welch.p(), alpha, welch.interval());
      int x = random.nextInt(200);
      int y = random.nextInt(200);
      RateSequential rate = value(RateSequential.of(x, y, 0.4, 0.6, 100, alpha));
      dual(rate.p(), alpha, rate.interval());
    }
  }

  @Test
  void the_reported_relative_interval_excludes_zero_exactly_when_the_robust_test_claims() {
    for (int i = 0; i < 10 * ROUNDS; i++) {
      Moments a = new Moments(random.nextInt(20, 3_000), 1, random.nextDouble(0.1, 3));
      Moments b =
          new Moments(
              random.nextInt(20, 3_000),
              1 + 0.2 * random.nextGaussian(),
              random.nextDouble(0.1, 3));
      double crit = random.nextDouble(1, 4);
      RobustSe se = value(RobustSe.of(a, b));
      Interval interval = value(ReportedRelative.of(a, b, crit)).interval();
      double margin = Math.abs(se.diff()) / (crit * se.se());
      if (interval.bounded() && Math.abs(margin - 1) > 1e-9) {
        assertThat(interval.contains(0)).isEqualTo(margin < 1);
      }
    }
  }

  private static void dual(double p, double alpha, Interval interval) {
    if (Math.abs(p / alpha - 1) > 1e-9) {
      assertThat(interval.contains(0))
          .as("p %s at %s in %s", p, alpha, interval)
          .isEqualTo(p > alpha);
    }
  }

  private static <T> T value(Result<T> result) {
    return result.toOptional().orElseThrow();
  }
}
