package dev.pryo.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.stats.NonInferiority.Direction;
import dev.pryo.stats.NonInferiority.Margin;
import dev.pryo.stats.NonInferiority.Means;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GuardrailTest {
  private static final Margin TENTH = new Margin(0.1, true, Direction.INCREASE);

  @Test
  void final_values_are_tested_as_non_inferiority_with_a_plan_and_the_robust_standard_error() {
    Moments control = rate(5_000, 1_500);
    Moments test = rate(5_000, 1_490);
    NonInferiority made =
        Guardrail.of(control, test, TENTH, new Design.Matured(20_000), 0.05)
            .toOptional()
            .orElseThrow();
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
        Guardrail.of(rate(5_000, 1_500), rate(5_000, 1_490), TENTH, Design.UNPLANNED, 0.05)
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
          Guardrail.of(rate(look * 100, done[0]), rate(look * 100, done[1]), TENTH, design, 0.05);
      if (made.toOptional().orElseThrow().pass()) {
        return true;
      }
    }
    return false;
  }

  private static Moments rate(double n, double done) {
    return Moments.ofConversions(n, done).toOptional().orElseThrow();
  }
}
