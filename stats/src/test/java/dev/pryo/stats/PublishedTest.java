package dev.pryo.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Worked examples from papers and from the documentation of R and scipy; for Pryo's own methods
/// the same number found another way.
class PublishedTest {

  private static final double[] SLEEP_1 = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
  private static final double[] SLEEP_2 = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

  @Test
  void welch_gives_the_t_df_p_and_interval_of_t_test_on_the_sleep_data_in_the_manual_of_R() {
    Welch welch = value(Welch.of(moments(SLEEP_2), moments(SLEEP_1), 0.05));
    assertThat(welch.t()).isCloseTo(-1.8608, within(5e-5));
    assertThat(welch.df()).isCloseTo(17.776, within(5e-4));
    assertThat(welch.p()).isCloseTo(0.07939, within(5e-6));
    assertThat(welch.interval().lower()).isCloseTo(-3.3654832, within(5e-8));
    assertThat(welch.interval().upper()).isCloseTo(0.2054832, within(5e-8));
  }

  @Test
  void two_proportions_give_the_interval_of_method_10_in_Newcombe_1998_for_56_of_70_and_48_of_80() {
    TwoProportions shares = value(TwoProportions.of(48, 80, 56, 70, 0.05));
    assertThat(shares.interval().lower()).isCloseTo(0.0524, within(5e-5));
    assertThat(shares.interval().upper()).isCloseTo(0.3339, within(5e-5));
  }

  @Test
  void the_wilson_interval_for_81_of_263_is_that_of_Newcombe_1998() {
    Interval wilson = value(TwoProportions.of(81, 263, 1, 2, 0.05)).wilsonA();
    assertThat(wilson.lower()).isCloseTo(0.2553, within(5e-5));
    assertThat(wilson.upper()).isCloseTo(0.3662, within(5e-5));
  }

  @Test
  void chi_square_gives_the_example_of_scipy_stats_chisquare() {
    double[] counts = {16, 18, 16, 14, 12, 12};
    double[] weights = {1, 1, 1, 1, 1, 1};
    SampleRatio.ChiSquare test = value(SampleRatio.chiSquare(counts, weights));
    assertThat(test.chi2()).isCloseTo(2.0, within(1e-12));
    assertThat(test.p()).isCloseTo(0.84914503608460956, within(1e-14));
  }

  @Test
  void the_15_p_values_of_Benjamini_and_Hochberg_1995_give_4_claims_and_3_by_Holm() {
    double[] p = {
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
      0.5719, 0.6528, 0.7590, 1.000
    };
    assertThat(claims(value(MultipleTesting.benjaminiHochberg(p)))).isEqualTo(4);
    assertThat(claims(value(MultipleTesting.holm(p)))).isEqualTo(3);
  }

  private static long claims(double[] adjusted) {
    return Arrays.stream(adjusted).filter(p -> p <= 0.05).count();
  }

  @Test
  void half_a_standard_deviation_needs_63_units_per_arm_as_in_the_tables_of_Cohen_1988() {
    SampleSize size = value(SampleSize.ofMeans(1, 1, SampleSize.Question.of(0.5, 0.05, 0.8)));
    assertThat(size.exactA()).isCloseTo(62.79, within(5e-3));
    assertThat(size.nA()).isEqualTo(63);
    Power power = value(Power.of(new Power.Size(1, 1, 63, 63), 0.5, 0.05, 0.8));
    assertThat(power.power()).isBetween(0.8, 0.803);
    assertThat(power.mde()).isCloseTo(0.4992, within(5e-5));
  }

  @Test
  void five_looks_have_the_bounds_of_Lan_and_DeMets_1983_for_OBrien_and_Fleming_and_for_Pocock() {
    double[] looks = {0.2, 0.4, 0.6, 0.8, 1};
    GroupSequential late =
        value(GroupSequential.of(looks, 0.05, 2, new GroupSequential.Spending.ObrienFleming()));
    assertClose(late.zBounds(), 5e-3, 4.88, 3.36, 2.68, 2.29, 2.03);
    GroupSequential even =
        value(GroupSequential.of(looks, 0.05, 2, new GroupSequential.Spending.Pocock()));
    assertClose(even.zBounds(), 5e-3, 2.44, 2.43, 2.41, 2.40, 2.39);
  }

  private static void assertClose(double[] got, double by, double... expected) {
    assertThat(got).hasSameSizeAs(expected);
    for (int i = 0; i < got.length; i++) {
      assertThat(got[i]).isCloseTo(expected[i], within(by));
    }
  }

  @Test
  void the_supremum_of_brownian_motion_has_the_percentage_points_2_2414_and_2_8070() {
    // Erdős and Kac 1946, "On certain limit theorems of the theory of probability"
    assertThat(BrownianSup.isf(0.05)).isCloseTo(2.2414, within(5e-5));
    assertThat(BrownianSup.isf(0.01)).isCloseTo(2.8070, within(5e-5));
    assertThat(BrownianSup.sf(Math.nextDown(1.0))).isCloseTo(BrownianSup.sf(1), within(1e-15));
  }

  @Test
  void the_robust_standard_error_is_that_of_all_35_assignments_of_seven_units() {
    double[] units = {0, 0, 3.5, 1, 0, 12, 2};
    List<Double> differences = new ArrayList<>();
    for (int mask = 0; mask < 128; mask++) {
      if (Integer.bitCount(mask) == 3) {
        differences.add(mean(units, mask) - mean(units, 127 ^ mask));
      }
    }
    double variance = differences.stream().mapToDouble(d -> d * d).average().orElseThrow();
    double[] b = {0, 0, 3.5};
    double[] a = {1, 0, 12, 2};
    assertThat(differences).hasSize(35);
    assertThat(value(RobustSe.of(moments(a), moments(b))).sePooled())
        .isCloseTo(Math.sqrt(variance), within(1e-12));
  }

  private static double mean(double[] units, int mask) {
    return IntStream.range(0, units.length)
        .filter(i -> (mask >> i & 1) == 1)
        .mapToDouble(i -> units[i])
        .average()
        .orElseThrow();
  }

  @Test
  void the_ends_of_a_Fieller_interval_are_the_ratios_that_its_test_just_refutes() {
    Interval fieller = value(Relative.of(-4, -3.5, 0.04, 0.05, 0.01, 1.96)).fieller();
    for (double u : new double[] {fieller.lower(), fieller.upper()}) {
      double weight = 1 - u;
      double distance = -3.5 + 4 * weight;
      double variance = 0.05 + weight * weight * 0.04 - 2 * weight * 0.01;
      assertThat(Math.abs(distance)).isCloseTo(1.96 * Math.sqrt(variance), within(1e-12));
    }
  }

  @Test
  void the_mixture_is_the_average_likelihood_ratio_over_normal_effects_of_Robbins_1970() {
    double z = 2.3;
    double phi = 3;
    double average =
        GaussLegendre.panels(
            g -> Math.exp(g * z - 0.5 * g * g) * Normal.density(g / Math.sqrt(phi)), -30, 30, 200);
    MixtureCs.Width width = new MixtureCs.Width.Effects(Math.sqrt(phi));
    MixtureCs mixture = value(MixtureCs.of(z, 1, 100, 0.05, width, 0, Side.TWO));
    assertThat(mixture.logE()).isCloseTo(Math.log(average / Math.sqrt(phi)), within(1e-12));
  }

  @Test
  void the_planned_drift_reaches_the_boundary_with_its_power_by_the_first_passage_density() {
    HorizonPlan plan = value(HorizonPlan.of(0.05, 0.8, 10_000));
    double c = plan.c();
    double upward = GaussLegendre.panels(s -> passage(c, plan.drift(), s), 1e-9, 1, 400);
    assertThat(upward).isCloseTo(0.8, within(1e-9));
  }

  @Test
  void a_plan_for_another_size_is_the_plan_of_that_size() {
    HorizonPlan plan = value(HorizonPlan.of(0.05, 0.8, 10_000, 14));
    assertThat(value(plan.sized(123_456.7)))
        .isEqualTo(value(HorizonPlan.of(0.05, 0.8, 123_456.7, 14)));
    assertThat(plan.sized(0)).isEqualTo(Result.failed(StatsError.INVALID_INPUT));
    assertThat(plan.sized(Double.MAX_VALUE)).isEqualTo(Result.failed(StatsError.INVALID_INPUT));
    assertThat(plan.sized(Double.NaN)).isEqualTo(Result.failed(StatsError.INVALID_INPUT));
  }

  /// The density of the first time at which Brownian motion with drift reaches c.
  private static double passage(double c, double drift, double s) {
    double distance = c - drift * s;
    return c / Math.sqrt(2 * Math.PI * s * s * s) * Math.exp(-distance * distance / (2 * s));
  }

  @Test
  void the_bayes_factor_of_counts_is_the_product_of_the_predictive_chances_unit_by_unit() {
    double[] counts = {9, 4, 17};
    double[] weights = {0.5, 0.2, 0.3};
    double log = 0;
    double seen = 0;
    for (int arm = 0; arm < 3; arm++) {
      for (int i = 0; i < counts[arm]; i++) {
        log += Math.log((25 * weights[arm] + i) / (25 + seen) / weights[arm]);
        seen++;
      }
    }
    assertThat(value(SampleRatio.sequential(counts, weights, 25)).logBayesFactor())
        .isCloseTo(log, within(1e-12));
  }

  @Test
  void the_ends_of_a_rate_interval_are_the_shares_at_which_the_bayes_factor_reaches_1_over_alpha() {
    RateSequential rate = value(RateSequential.of(40, 70, 1, 3, 50, 0.05));
    for (double uplift : new double[] {rate.interval().lower(), rate.interval().upper()}) {
      double odds = (1 + uplift) * 3;
      double shift = 40 * Math.log(0.25 * (1 + odds)) + 70 * Math.log(0.75 * (1 + odds) / odds);
      assertThat(rate.logBayesFactor() + shift).isCloseTo(Math.log(20), within(1e-9));
    }
  }

  @Test
  void the_chance_to_beat_the_control_is_the_finite_sum_of_Miller_2014_for_whole_parameters() {
    BayesBeta bayes =
        value(
            BayesBeta.of(
                List.of(new BayesBeta.Arm(7, 50), new BayesBeta.Arm(11, 55)),
                BayesBeta.Prior.UNIFORM,
                0.95));
    double sum = 0;
    for (int i = 0; i < 12; i++) {
      double log = logBeta(8 + i, 44 + 45) - Math.log(45 + i) - logBeta(1 + i, 45) - logBeta(8, 44);
      sum += Math.exp(log);
    }
    assertThat(bayes.beatsControl().getFirst()).isCloseTo(sum, within(1e-12));
    double chances = bayes.arms().stream().mapToDouble(BayesBeta.Posterior::best).sum();
    assertThat(chances).isCloseTo(1, within(1e-12));
  }

  private static double logBeta(double a, double b) {
    return GammaFunctions.logGamma(a) + GammaFunctions.logGamma(b) - GammaFunctions.logGamma(a + b);
  }

  @Test
  void the_losses_of_a_normal_posterior_are_the_integrals_that_define_them() {
    BayesNormal bayes = value(BayesNormal.of(0.3, 0.5, BayesNormal.Prior.normal(-0.1, 0.8), 0.9));
    double worse =
        GaussLegendre.panels(
            x -> -x * Normal.density((x - bayes.mean()) / bayes.sd()) / bayes.sd(), -8, 0, 60);
    assertThat(bayes.lossTreatment()).isCloseTo(worse, within(1e-12));
    assertThat(bayes.lossControl() - bayes.lossTreatment()).isCloseTo(bayes.mean(), within(1e-12));
  }

  @Test
  void the_90th_percentile_of_1_to_10_is_9_1_as_quantile_of_R_has_it_and_caps_there() {
    double[] a = {1, 2, 3, 4, 5};
    double[] b = {6, 7, 8, 9, 10};
    Winsorize cut = value(Winsorize.of(a, b, 0.9, Winsorize.Cut.UPPER, false));
    assertThat(cut.cap()).isCloseTo(9.1, within(1e-12));
    assertThat(cut.b().mean()).isCloseTo((6 + 7 + 8 + 9 + 9.1) / 5, within(1e-12));
  }

  @Test
  void the_median_of_1_to_100_lies_between_the_40th_and_60th_value() {
    double[] values = IntStream.rangeClosed(1, 100).asDoubleStream().toArray();
    Quantiles quantiles = value(Quantiles.of(values, values, 0.5, 0.05, 1));
    assertThat(quantiles.a().quantile()).isEqualTo(50.5);
    assertThat(quantiles.a().interval()).isEqualTo(new Interval(40, 60));
    assertThat(quantiles.se()).isCloseTo(Math.sqrt(2) * 20 / (2 * 1.959964), within(1e-6));
  }

  @Test
  void cuped_regression_and_ratio_agree_with_the_same_adjustment_made_row_by_row() {
    double[][] a = rows(400, 0, 3);
    double[][] b = rows(300, 0.2, 4);
    Cuped cuped = value(Cuped.of(value(pairs(a).cuped()), value(pairs(b).cuped()), 0.05));
    Moments adjusted = moments(plus(a[0], a[1], -cuped.theta()));
    assertThat(cuped.a().var()).isCloseTo(adjusted.var(), within(1e-12));
    Ratio ratio = value(Ratio.of(value(pairs(a).ratio()), value(pairs(b).ratio()), 0.05));
    double mean = moments(a[1]).mean();
    double rate = moments(a[0]).mean() / mean;
    double perUnit = moments(plus(a[0], a[1], -rate)).var() / (mean * mean);
    assertThat(ratio.a().mean()).isCloseTo(rate, within(1e-12));
    assertThat(ratio.a().var()).isCloseTo(perUnit, within(1e-12));
  }

  @Test
  void lin_regression_leaves_the_residual_variance_of_least_squares_in_each_arm() {
    double[][] a = rows(400, 0, 5);
    double[][] b = rows(300, 0.2, 6);
    RegressionAdjusted fit =
        value(RegressionAdjusted.of(List.of(covariates(a), covariates(b)), 0.05));
    double slope = fit.theta().getFirst()[0];
    double residual = moments(plus(a[0], a[1], -slope)).var() * 399 / 398;
    assertThat(fit.arms().getFirst().var()).isCloseTo(residual, within(1e-12));
    double neighbour = moments(plus(a[0], a[1], -slope - 1e-3)).var() * 399 / 398;
    assertThat(neighbour).isGreaterThan(residual);
  }

  private static RegressionAdjusted.Arm covariates(double[][] rows) {
    Cuped.Arm arm = value(pairs(rows).cuped());
    return new RegressionAdjusted.Arm(
        arm.n(),
        arm.meanY(),
        arm.varY(),
        new double[] {arm.meanX()},
        new double[] {arm.cov()},
        new double[][] {{arm.varX()}});
  }

  /// Values and their covariates.
  private static double[][] rows(int count, double effect, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] rows = new double[2][count];
    for (int i = 0; i < count; i++) {
      rows[1][i] = 3 + random.nextGaussian();
      rows[0][i] = effect + 0.6 * rows[1][i] + random.nextGaussian();
    }
    return rows;
  }

  private static double[] plus(double[] x, double[] y, double times) {
    double[] sum = new double[x.length];
    Arrays.setAll(sum, i -> x[i] + times * y[i]);
    return sum;
  }

  private static Sample.Pairs pairs(double[][] rows) {
    Sample.Pairs sample = Sample.Pairs.NONE;
    for (int i = 0; i < rows[0].length; i++) {
      sample = sample.with(rows[0][i], rows[1][i]);
    }
    return sample;
  }

  @Test
  void a_margin_of_2_percent_below_10_is_tested_on_the_linear_contrast() {
    NonInferiority test =
        value(
            NonInferiority.of(
                new NonInferiority.Means(10, 9.95, 0.01, 0.012),
                new NonInferiority.Margin(0.02, true, NonInferiority.Direction.INCREASE),
                0.05,
                1));
    assertThat(test.estimate()).isCloseTo(9.95 - 9.8, within(1e-12));
    assertThat(test.se()).isCloseTo(Math.sqrt(0.012 + 0.98 * 0.98 * 0.01), within(1e-12));
    assertThat(test.pass()).isFalse();
  }

  @Test
  void a_stream_keeps_the_least_p_and_the_narrowest_bounds_of_its_looks() {
    List<SequentialStream.Look> looks =
        List.of(
            new SequentialStream.Look(1, 0, 0),
            new SequentialStream.Look(4_000, 0.5, 0.1),
            new SequentialStream.Look(9_000, 0.05, 0.06));
    SequentialStream stream = value(SequentialStream.of(looks, 10_000, 0.05));
    HorizonCs second = value(HorizonCs.of(0.5, 0.1, 4_000, 10_000, 0.05));
    assertThat(stream.firstSignificant()).isEqualTo(1);
    assertThat(stream.states().getLast().pRunning()).isEqualTo(second.p());
    assertThat(stream.states().getLast().running().lower()).isEqualTo(second.interval().lower());
  }

  @Test
  void a_comparison_of_a_rise_from_minus_10_to_minus_5_is_a_lift_of_50_percent() {
    Comparison comparison =
        value(
            Comparisons.of(
                new Moments(50, -10, 9), new Moments(50, -5, 9), new Design.Matured(100), 0.05));
    assertThat(comparison.uplift()).hasValue(0.5);
    assertThat(comparison.anytime().significant()).isTrue();
    assertThat(comparison.anytime().relative().contains(0)).isFalse();
    assertThat(comparison.anytime().peekSafe()).isTrue();
    assertThat(comparison.fixed().peekSafe()).isFalse();
  }

  private static Moments moments(double[] values) {
    Sample.Values sample = Sample.Values.NONE;
    for (double value : values) {
      sample = sample.with(value);
    }
    return value(sample.moments());
  }

  private static <T> T value(Result<T> result) {
    return result.toOptional().orElseThrow();
  }
}
