package dev.pryo.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

  private static <T> T ok(Result<T> result) {
    return result.toOptional().orElseThrow();
  }
}
