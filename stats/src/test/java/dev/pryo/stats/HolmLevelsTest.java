package dev.pryo.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HolmLevelsTest {

  @Test
  void theFirstFailureEndsTheProcedure() {
    // Holm 1979: 0.05/4 = 0.0125 ≥ 0.01, 0.05/3 ≈ 0.0167 ≥ 0.013, 0.05/2 = 0.025 < 0.03
    HolmLevels holm = ok(HolmLevels.of(0.05, 0.03, 0.01, 0.04, 0.013));
    assertThat(holm.rejected()).containsExactly(false, true, false, true);
    assertThat(holm.levels()).containsExactly(0.025, 0.0125, 0.025, 0.05 / 3);
  }

  @Test
  void whenAllAreRejectedTheLastIsTestedAtTheWholeLevel() {
    HolmLevels holm = ok(HolmLevels.of(0.05, 0.0001, 0.04));
    assertThat(holm.rejected()).containsExactly(true, true);
    assertThat(holm.levels()).containsExactly(0.025, 0.05);
  }

  @Test
  void aComparisonIsRejectedExactlyWhenItsPValueReachesItsLevel() {
    Random random = new Random(11);
    for (int round = 0; round < 2_000; round++) {
      double[] p = random.doubles(1 + random.nextInt(6)).map(x -> x * x * x).toArray();
      HolmLevels holm = ok(HolmLevels.of(0.05, p));
      for (int i = 0; i < p.length; i++) {
        assertThat(p[i] <= holm.levels()[i]).isEqualTo(holm.rejected()[i]);
      }
    }
  }

  @Test
  void anIntervalAtALevelExcludesZeroExactlyWhenThePValueReachesIt() {
    Random random = new Random(12);
    int excluded = 0;
    for (int round = 0; round < 3_000; round++) {
      double n = 100 + random.nextInt(20_000);
      Moments control = new Moments(n, 1, 4);
      Moments test = new Moments(n, 1 + random.nextGaussian() * 8 / Math.sqrt(n), 4);
      Design design =
          random.nextBoolean() ? new Design.Matured(20_000) : new Design.Growing(20_000);
      double level = 0.05 / (1 + random.nextInt(8));
      Comparison made = ok(Comparisons.of(control, test, design, 0.05));
      Comparison at = ok(AtLevel.of(level, made, design));
      boolean out = !at.anytime().relative().contains(0);
      assertThat(out).isEqualTo(made.anytime().p() <= level);
      assertThat(!at.anytime().absolute().contains(0)).isEqualTo(out);
      excluded += out ? 1 : 0;
    }
    assertThat(excluded).isBetween(300, 2_700);
  }

  @Test
  void atItsOwnLevelAComparisonStaysWhatItWas() {
    Moments control = new Moments(5_000, 0.1, 0.09);
    Moments test = new Moments(5_000, 0.12, 0.1056);
    Design design = new Design.Matured(12_000);
    Comparison made = ok(Comparisons.of(control, test, design, 0.05));
    Comparison at = ok(AtLevel.of(0.05, made, design));
    assertThat(at.anytime().crit()).isCloseTo(made.anytime().crit(), within(1e-12));
  }

  /// The interval of an adjusted mean also holds what its arms share through the covariate.
  @Test
  void atItsOwnLevelAnAdjustedComparisonStaysWhatItWas() {
    Design design = new Design.Matured(3_000);
    List<RegressionAdjusted.Arm> arms = List.of(arm(600, 5, 1, 1.5), arm(700, 5.6, 1.4, 2.5));
    Comparison made = ok(Comparisons.ofAdjusted(arms, design, 0.05)).getFirst();
    assertThat(made.extra().varA()).isPositive();
    Comparison at = ok(AtLevel.of(0.05, made, design));
    assertThat(at.anytime().relative().lower())
        .isCloseTo(made.anytime().relative().lower(), within(1e-12));
    assertThat(at.anytime().relative().upper())
        .isCloseTo(made.anytime().relative().upper(), within(1e-12));
    Comparison stricter = ok(AtLevel.of(0.01, made, design));
    double crit = stricter.anytime().crit();
    assertThat(crit).isGreaterThan(made.anytime().crit());
    assertThat(stricter.anytime().relative())
        .isEqualTo(
            ok(ReportedRelative.of(made.control(), made.test(), crit, made.extra())).interval())
        .isNotEqualTo(ok(ReportedRelative.of(made.control(), made.test(), crit)).interval());
    assertThat(ok(AtLevel.of(0.02, stricter, design)).extra()).isEqualTo(made.extra());
  }

  private static RegressionAdjusted.Arm arm(double n, double y, double x, double slope) {
    return new RegressionAdjusted.Arm(
        n,
        y,
        slope * slope * 2 + 1,
        new double[] {x},
        new double[] {slope * 2},
        new double[][] {{2}});
  }

  private static <T> T ok(Result<T> result) {
    return result.toOptional().orElseThrow();
  }
}
