package dev.pryo.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.analysis.Analysis.Decision;
import dev.pryo.analysis.Analysis.Rule;
import dev.pryo.analysis.Statistics.Comparison;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What runs on from one look to the next.
class RunningTest {
  private static final int LOOKS = 200;
  private static final int PEOPLE_A_LOOK = 100;

  @Test
  void underNoEffectAVerdictToShipIsRareAndNeverTakenBack() {
    int streams = 60;
    int shipped = 0;
    for (int stream = 0; stream < streams; stream++) {
      shipped += ships(new Random(stream), stream % 2 == 0, 0.1) ? 1 : 0;
    }
    // alpha is 5 %, and a false verdict to ship is half of what may go wrong
    assertThat(shipped).isLessThanOrEqualTo(streams * 5 / 100);
  }

  @Test
  void underASmallEffectAVerdictToShipComesAndStays() {
    int shipped = 0;
    for (int stream = 0; stream < 12; stream++) {
      shipped += ships(new Random(stream), stream % 2 == 0, 0.115) ? 1 : 0;
    }
    assertThat(shipped).isGreaterThanOrEqualTo(6);
  }

  /// Whether a stream of people, with a look after every hundred, ever ships.
  private static boolean ships(Random random, boolean windowed, double testRate) {
    long[] people = new long[2];
    long[] converted = new long[2];
    boolean shipped = false;
    Analysis before = null;
    for (int look = 0; look < LOOKS; look++) {
      for (int person = 0; person < PEOPLE_A_LOOK; person++) {
        int segment = random.nextInt(2);
        people[segment]++;
        converted[segment] += random.nextDouble() < (segment == 0 ? 0.1 : testRate) ? 1 : 0;
      }
      Analysis now = look(people, converted, windowed, before);
      if (shipped) {
        assertThat(now.verdict().decision()).isEqualTo(Decision.SHIP);
      }
      shipped |= now.verdict().decision() == Decision.SHIP;
      before = now;
    }
    return shipped;
  }

  private static Analysis look(
      long[] people, long[] converted, boolean windowed, @Nullable Analysis before) {
    Given given =
        Given.experiment()
            .planned((long) LOOKS * PEOPLE_A_LOOK)
            .goals(
                windowed
                    ? Given.windowed("signup", "Signed up", 24)
                    : Given.conversion("signup", "Signed up"))
            .users(people)
            .converted(0, converted);
    return (before == null ? given : given.previous(before)).analysis();
  }

  @Test
  void aPValueOnlyFalls() {
    Analysis first = Given.experiment().users(5_000, 5_000).converted(0, 500, 560).analysis();
    Analysis second =
        Given.experiment().users(9_000, 9_000).converted(0, 900, 901).previous(first).analysis();
    var then = only(first).alwaysValid();
    var now = only(second).alwaysValid();
    assertThat(now.pValue()).isEqualTo(then.pValue());
    assertThat(Objects.requireNonNull(now.pValueNow()))
        .isGreaterThan(Objects.requireNonNull(now.pValue()));
  }

  @Test
  void nothingRunsOnUnderAnotherDefinitionOrBetweenSimulations() {
    Analysis first = Given.experiment().users(5_000, 5_000).converted(0, 500, 700).analysis();
    assertThat(first.verdict().decision()).isEqualTo(Decision.SHIP);
    Given other =
        Given.experiment()
            .planned(30_000)
            .users(9_000, 9_000)
            .converted(0, 900, 901)
            .previous(first);
    assertThat(other.analysis().verdict().decision()).isEqualTo(Decision.KEEP_RUNNING);
    Analysis simulated =
        Given.experiment().users(5_000, 5_000).converted(0, 500, 700).simulated().analysis();
    assertThat(
            Given.experiment()
                .users(5_000, 5_000)
                .converted(0, 500, 505)
                .simulated()
                .previous(simulated)
                .analysis()
                .verdict()
                .decision())
        .isEqualTo(Decision.KEEP_RUNNING);
  }

  @Test
  void theIntervalOfAWindowedGoalOnlyNarrows() {
    List<Double> first = interval(windowed(5_000, 500, 560, null));
    Analysis before = windowed(5_000, 500, 560, null);
    List<Double> second = interval(windowed(5_200, 520, 540, before));
    assertThat(second.getFirst()).isGreaterThanOrEqualTo(first.getFirst());
    assertThat(second.getLast()).isLessThanOrEqualTo(first.getLast());
  }

  private static Analysis windowed(
      long people, long control, long test, @Nullable Analysis before) {
    Given given =
        Given.experiment()
            .goals(Given.windowed("signup", "Signed up", 24))
            .planned(20_000)
            .users(people, people)
            .converted(0, control, test);
    return (before == null ? given : given.previous(before)).analysis();
  }

  @Test
  void proofInBothDirectionsSettlesNothing() {
    Analysis good = Given.experiment().users(5_000, 5_000).converted(0, 500, 700).analysis();
    Analysis bad =
        Given.experiment()
            .users(30_000, 30_000)
            .converted(0, 3_000, 2_500)
            .previous(good)
            .analysis();
    assertThat(bad.verdict().decision()).isEqualTo(Decision.INCONCLUSIVE);
    assertThat(bad.verdict().rule()).isEqualTo(Rule.EFFECT_NOT_STABLE);
  }

  @Test
  void aSegmentThatWasToBeShippedStaysTheOneToShip() {
    Given first =
        Given.experiment()
            .segments("34", "33", "33")
            .users(10_200, 9_900, 9_900)
            .converted(0, 1_000, 1_300, 1_200);
    assertThat(first.analysis().verdict().segment()).isEqualTo("test1");
    Analysis later =
        Given.experiment()
            .segments("34", "33", "33")
            .users(20_400, 19_800, 19_800)
            .converted(0, 2_000, 2_500, 2_700)
            .previous(first.analysis())
            .analysis();
    assertThat(later.verdict().segment()).isEqualTo("test1");
  }

  @Test
  void holmSharesTheLevelAndIntervalsHaveIt() {
    Analysis analysis =
        Given.experiment()
            .segments("34", "33", "33")
            .users(10_200, 9_900, 9_900)
            .converted(0, 1_000, 1_300, 1_000)
            .analysis();
    Comparison clear = analysis.statistics().comparisons().getFirst();
    Comparison open = analysis.statistics().comparisons().getLast();
    assertThat(analysis.statistics().comparisonsCorrected()).isEqualTo(2);
    assertThat(clear.alwaysValid().level()).isEqualTo(0.025);
    assertThat(open.alwaysValid().level()).isEqualTo(0.05);
    assertThat(clear.significant()).isTrue();
    assertThat(open.significant()).isFalse();
    assertThat(Objects.requireNonNull(clear.alwaysValid().interval()).getFirst()).isPositive();
    assertThat(Objects.requireNonNull(open.alwaysValid().interval()).getFirst()).isNegative();
  }

  private static Comparison only(Analysis analysis) {
    return analysis.statistics().comparisons().getFirst();
  }

  private static List<Double> interval(Analysis analysis) {
    return Objects.requireNonNull(only(analysis).alwaysValid().interval());
  }
}
