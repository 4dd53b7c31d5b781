package dev.pryo.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pryo.stats.NonInferiority.Direction;
import dev.pryo.stats.NonInferiority.Margin;
import dev.pryo.stats.NonInferiority.Means;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GuardrailTest {
  private static final Margin TENTH = new Margin(0.1, true, Direction.INCREASE);

  @Test
  void final_values_are_tested_as_non_inferiority_with_a_plan_and_the_robust_standard_error() {
    Moments control = rate(5_000, 1_500);
    Moments test = rate(5_000, 1_490);
    NonInferiority made =
        guarded(control, test, new Design.Matured(20_000)).toOptional().orElseThrow();
    double factor = RobustSe.of(control, test).toOptional().orElseThrow().factor();
    Means means = new Means(0.3, 0.298, control.var() / 5_000, test.var() / 5_000);
    NonInferiority.Plan plan = new NonInferiority.Plan(10_000, 20_000);
    assertThat(made)
        .isEqualTo(NonInferiority.of(means, TENTH, 0.05, factor, plan).toOptional().orElseThrow());
    assertThat(made.pass()).isTrue();
  }

  @Test
  void growing_values_take_the_one_sided_mixture_of_the_same_contrast() {
    NonInferiority made =
        guarded(rate(5_000, 1_500), rate(5_000, 1_490), Design.UNPLANNED)
            .toOptional()
            .orElseThrow();
    MixtureCs mixture =
        MixtureCs.of(
                made.estimate(),
                made.se(),
                10_000,
                0.05,
                new MixtureCs.Width.NarrowestAt(10_000),
                0,
                Side.GREATER)
            .toOptional()
            .orElseThrow();
    assertThat(made.pSequential().orElseThrow()).isEqualTo(mixture.p());
    assertThat(made.pass()).isEqualTo(mixture.p() <= 0.05);
  }

  @Test
  void at_the_margin_itself_safe_is_rarely_said_at_any_of_many_looks() {
    for (Design design : new Design[] {new Design.Matured(8_000), Design.UNPLANNED}) {
      int passed = 0;
      for (int stream = 0; stream < 400; stream++) {
        passed += everSafe(new SplittableRandom(stream), design) ? 1 : 0;
      }
      // 5 % and three of its own standard errors
      assertThat(passed / 400.0).isLessThan(0.05 + 3 * Math.sqrt(0.05 * 0.95 / 400));
    }
  }

  private static boolean everSafe(SplittableRandom random, Design design) {
    double[] done = new double[2];
    for (int look = 1; look <= 40; look++) {
      for (int unit = 0; unit < 100; unit++) {
        done[0] += random.nextDouble() < 0.3 ? 1 : 0;
        done[1] += random.nextDouble() < 0.27 ? 1 : 0;
      }
      Result<NonInferiority> made =
          guarded(rate(look * 100, done[0]), rate(look * 100, done[1]), design);
      if (made.toOptional().orElseThrow().pass()) {
        return true;
      }
    }
    return false;
  }

  @Test
  void adjusted_means_are_held_against_the_margin_with_what_they_share() {
    List<RegressionAdjusted.Arm> arms = List.of(arm(400, 10, 0), arm(500, 10.1, 0.4));
    Design design = new Design.Matured(2_000);
    Comparison made =
        Comparisons.ofAdjusted(arms, design, 0.05).toOptional().orElseThrow().getFirst();
    NonInferiority kept = Guardrail.of(made, TENTH, design, 0.05).toOptional().orElseThrow();
    // the variance of B − 0.9 A, where the slopes are 3 and 3.1 and x varies by 4.04 in all
    double own = made.test().var() / 500 + 0.81 * made.control().var() / 400;
    double spread = (3.1 - 0.9 * 3) * (3.1 - 0.9 * 3);
    double x = (399 * 4 + 499 * 4 + 400.0 * 500 / 900 * 0.16) / 899;
    assertThat(kept.se())
        .isCloseTo(
            Math.sqrt(own + spread * x / 900) * made.anytime().se() / made.fixed().se(),
            within(1e-12));
    assertThat(kept.estimate())
        .isCloseTo(made.test().mean() - 0.9 * made.control().mean(), within(1e-12));
  }

  /// x has mean `x` and variance 4, y a slope of 3 on it in the first arm and 3.1 in the second.
  private static RegressionAdjusted.Arm arm(double n, double y, double x) {
    double slope = n == 400 ? 3 : 3.1;
    return new RegressionAdjusted.Arm(
        n,
        y,
        slope * slope * 4 + 1,
        new double[] {x},
        new double[] {slope * 4},
        new double[][] {{4}});
  }

  private static Result<NonInferiority> guarded(Moments control, Moments test, Design design) {
    return Comparisons.of(control, test, design, 0.05)
        .then(comparison -> Guardrail.of(comparison, TENTH, design, 0.05));
  }

  private static Moments rate(double n, double done) {
    return Moments.ofConversions(n, done).toOptional().orElseThrow();
  }
}
