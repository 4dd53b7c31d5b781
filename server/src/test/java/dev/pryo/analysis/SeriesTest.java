package dev.pryo.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.analysis.Series.GoalSeries;
import dev.pryo.analysis.Series.Lifts;
import dev.pryo.event.DayEnd;
import dev.pryo.event.Totals.GoalTotal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SeriesTest {
  private static final LocalDate FIRST = LocalDate.parse("2026-03-02");

  @Test
  void aDayOnWhichNobodyCameIsZeroInCountsAndAGapInValuesAndLifts() {
    Series series =
        series(
            Given.experiment().after(Duration.ofDays(3)),
            end(0, people(100, 100), people(100, 100), 10, 20),
            end(2, people(50, 50), people(150, 150), 15, 35));
    assertThat(series.zone()).isEqualTo("UTC");
    assertThat(series.stepDays()).isEqualTo(1);
    assertThat(series.days())
        .containsExactly(FIRST, FIRST.plusDays(1), FIRST.plusDays(2), FIRST.plusDays(3));
    assertThat(series.segments().getFirst().exposed()).containsExactly(100L, 0L, 50L, 0L);
    assertThat(series.segments().getFirst().planned()).containsExactly(100.0, 0.0, 50.0, 0.0);
    assertThat(series.segments().getLast().users()).containsExactly(100L, 100L, 150L, 150L);
    GoalSeries goal = series.goals().getFirst();
    assertThat(goal.values().getFirst().n()).containsExactly(100L, 100L, 150L, 150L);
    assertThat(goal.values().getFirst().value()).containsExactly(0.1, null, 0.1, null);
    Lifts lifts = goal.lifts().getFirst();
    assertThat(lifts.lift().get(0)).isEqualTo(1);
    assertThat(lifts.lift().get(1)).isNull();
    assertThat(lifts.lower().get(1)).isNull();
    assertThat(lifts.lift().get(3)).isNull();
    assertSameLengths(series);
  }

  /// Each day says what a look at its end says.
  @Test
  void aDayEndsAsALookAtItsEndWouldHaveSaid() {
    DayEnd monday = end(0, people(2_000, 2_000), people(2_000, 2_000), 200, 260);
    DayEnd tuesday = end(1, people(2_000, 2_000), people(4_000, 4_000), 400, 560);
    Lifts lifts =
        series(Given.experiment().after(Duration.ofDays(1)), monday, tuesday)
            .goals()
            .getFirst()
            .lifts()
            .getFirst();
    Statistics.Comparison first =
        Given.experiment()
            .users(2_000, 2_000)
            .converted(0, 200, 260)
            .analysis()
            .statistics()
            .comparisons()
            .getFirst();
    List<Double> interval = Objects.requireNonNull(first.alwaysValid().interval());
    assertThat(lifts.lift().getFirst()).isEqualTo(first.relativeLift());
    assertThat(lifts.lower().getFirst()).isEqualTo(interval.getFirst());
    assertThat(lifts.upper().getFirst()).isEqualTo(interval.getLast());
    assertThat(lifts.pValue().getFirst()).isEqualTo(first.alwaysValid().pValue());
    assertThat(lifts.pValue().get(1)).isLessThan(lifts.pValue().getFirst());
  }

  /// A look after the planned end knows what was known then, and so does each day after it.
  @Test
  void thePlannedEndCountsFromItsDayOn() {
    Look look =
        Given.experiment()
            .goals(Given.windowed("trial_started", "Trial started", 24))
            .planned(4_000)
            .after(Duration.ofDays(2))
            .users(3_000, 3_000)
            .converted(0, 300, 330)
            .look();
    List<GoalTotal> then = end(1, people(2_000, 2_000), people(2_000, 2_000), 200, 300).goals();
    Look passed =
        look.plannedEnds(
            List.of(new Look.PlannedEnd(0, 1, Given.START.plus(Duration.ofHours(30)), then)));
    List<@Nullable Double> p =
        SeriesOf.of(
                passed,
                List.of(
                    end(0, people(1_000, 1_000), people(1_000, 1_000), 100, 105),
                    end(1, people(1_500, 1_500), people(2_500, 2_500), 250, 260),
                    end(2, people(500, 500), people(3_000, 3_000), 300, 330)),
                List.of(),
                List.of())
            .goals()
            .getFirst()
            .lifts()
            .getFirst()
            .pValue();
    Double said = GoalTests.of(passed).comparisons().getFirst().alwaysValid().pValue();
    assertThat(p.getFirst()).isGreaterThan(0.5);
    assertThat(p.get(1)).isLessThan(0.001);
    assertThat(p.getLast()).isEqualTo(said);
  }

  @Test
  void onePointAndAnEmptySegmentAreASeries() {
    Series series =
        series(
            Given.experiment().segments("34", "33", "33").finished(),
            end(0, people(30, 30, 0), people(30, 30, 0), 3, 4, 0));
    assertThat(series.days()).containsExactly(FIRST);
    assertThat(series.segments().get(2).exposed()).containsExactly(0L);
    assertThat(series.goals().getFirst().values().get(2).value()).containsExactly((Double) null);
    assertThat(series.goals().getFirst().lifts().get(1).lower()).containsExactly((Double) null);
    assertSameLengths(series);
  }

  @Test
  void withoutPeopleThereAreNoDays() {
    Series series = series(Given.experiment().users(0, 0));
    assertThat(series.days()).isEmpty();
    assertSameLengths(series);
  }

  @Test
  void longTimesGoInStepsWithAtMost400Points() {
    List<DayEnd> ends = new ArrayList<>();
    for (int day = 0; day < 900; day++) {
      ends.add(end(day, people(2, 2), people(2L * day + 2, 2L * day + 2), day / 3, day / 2));
    }
    Series series = series(Given.experiment().finished(), ends.toArray(DayEnd[]::new));
    assertThat(series.stepDays()).isEqualTo(3);
    assertThat(series.days()).hasSize(300);
    assertThat(series.days().get(1)).isEqualTo(FIRST.plusDays(3));
    assertThat(series.segments().getFirst().exposed()).allMatch(people -> people == 6);
    assertThat(series.segments().getFirst().users().getLast()).isEqualTo(1_800);
    assertSameLengths(series);
  }

  @Test
  void whatIsMadeFromTheSameIsMadeOnce() {
    KnownSeries known = new KnownSeries();
    Given given = Given.experiment().users(100, 100).after(Duration.ofHours(30));
    Look look = given.look();
    List<DayEnd> ends =
        List.of(
            end(0, people(60, 60), people(60, 60), 6, 12),
            end(1, people(40, 40), people(100, 100), 10, 20));
    Series made = known.of(ingredients(given, look, ends));
    Series later = known.of(ingredients(given, at(look, Duration.ofHours(1)), ends));
    assertThat(made.generatedAt()).isEqualTo(look.now());
    assertThat(later.generatedAt()).isEqualTo(look.now().plus(Duration.ofHours(1)));
    assertThat(later.plots()).isSameAs(made.plots());

    Series tomorrow = known.of(ingredients(given, at(look, Duration.ofDays(1)), ends));
    assertThat(tomorrow.days()).hasSize(3);
    assertThat(known.of(ingredients(given, look, ends)).days()).hasSize(2);
    List<DayEnd> corrected =
        List.of(ends.getFirst(), end(1, people(40, 40), people(100, 100), 11, 20));
    assertThat(known.of(ingredients(given, look, corrected)).goals()).isNotEqualTo(made.goals());
    Series again = known.of(ingredients(given, look, ends));
    assertThat(again.goals()).isEqualTo(made.goals());
    given.users(101, 100);
    assertThat(known.of(ingredients(given, given.look(), ends)).plots()).isNotSameAs(again.plots());
  }

  private static Look at(Look look, Duration later) {
    return look.with(look.totals(), look.now().plus(later), null);
  }

  private static KnownSeries.Ingredients ingredients(Given given, Look look, List<DayEnd> ends) {
    return new KnownSeries.Ingredients(look, ends, List.of(), given.analysis());
  }

  static Series series(Given given, DayEnd... ends) {
    List<Plot> plots = given.users(10, 10, 10).analysis().plots();
    return SeriesOf.of(given.look(), List.of(ends), List.of(), plots);
  }

  static List<Long> people(long... each) {
    return java.util.stream.LongStream.of(each).boxed().toList();
  }

  static DayEnd end(int day, List<Long> exposed, List<Long> users, long... converted) {
    List<GoalTotal> goals = new ArrayList<>();
    for (int segment = 0; segment < users.size(); segment++) {
      long done = converted[segment];
      goals.add(new GoalTotal(0, segment, users.get(segment), done, done, done, done, done, null));
    }
    return new DayEnd(FIRST.plusDays(day), exposed, users, goals);
  }

  private static void assertSameLengths(Series series) {
    int days = series.days().size();
    assertThat(series.segments())
        .flatExtracting(each -> List.of(each.exposed(), each.planned(), each.users()))
        .allSatisfy(list -> assertThat((List<?>) list).hasSize(days));
    assertThat(series.goals())
        .flatExtracting(GoalSeries::values)
        .flatExtracting(each -> List.of(each.n(), each.value()))
        .allSatisfy(list -> assertThat((List<?>) list).hasSize(days));
    assertThat(series.goals())
        .flatExtracting(GoalSeries::lifts)
        .flatExtracting(each -> List.of(each.lift(), each.lower(), each.upper(), each.pValue()))
        .allSatisfy(list -> assertThat((List<?>) list).hasSize(days));
    assertThat(series.plots())
        .allSatisfy(plot ->
            assertThat(plot.data().datasets())
                .allSatisfy(set -> assertThat(set.data()).hasSize(plot.data().labels().size())));
    assertThat(Stream.of("lift_over_time", "value_over_time"))
        .allSatisfy(
            id -> assertThat(series.plots()).anyMatch(plot -> plot.id().startsWith(id + ".")));
  }
}
