package dev.pryo.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.event.Totals.Day;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlotsTest {

  @Test
  void aDayWithoutPeopleIsZeroInCountsAndAGapInRates() {
    Given given =
        Given.experiment()
            .users(150, 40)
            .converted(0, 15, 10)
            .days(
                Given.day("2026-03-02", 0, 100, 10),
                Given.day("2026-03-02", 1, 40, 10),
                Given.day("2026-03-04", 0, 50, 5))
            .after(Duration.ofDays(3));
    Plot exposures = plot(given, "exposures");
    assertThat(exposures.data().labels())
        .containsExactly("2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05");
    assertThat(data(exposures, 0)).containsExactly(100L, 0L, 50L, 0L);
    assertThat(data(exposures, 1)).containsExactly(40L, 0L, 0L, 0L);
    Plot rates = plot(given, "cumulative.trial_started");
    assertThat(rates.type()).isEqualTo(Plot.Type.LINE);
    assertThat(data(rates, 0)).containsExactly(10.0, null, 10.0, null);
    assertThat(data(rates, 1)).containsExactly(25.0, null, null, null);
  }

  @Test
  void theDailySplitStandsBesideThePlannedOne() {
    Plot exposures =
        plot(
            Given.experiment()
                .segments("75", "25")
                .users(110, 50)
                .days(Given.day("2026-03-02", 0, 110, 0), Given.day("2026-03-02", 1, 50, 0))
                .finished(),
            "exposures");
    assertThat(exposures.data().datasets())
        .extracting(Plot.Dataset::label)
        .containsExactly("Control", "Test 1", "Control, as planned", "Test 1, as planned");
    assertThat(data(exposures, 2)).containsExactly(120.0);
    assertThat(data(exposures, 3)).containsExactly(40.0);
  }

  @Test
  void theFunnelHasThePeopleOfEachGoalInTheirOrder() {
    Plot funnel =
        plot(
            Given.experiment()
                .goals(
                    Given.conversion("trial_started", "Trial started"),
                    Given.sum("order", "Revenue"))
                .users(200, 0)
                .converted(0, 30, 0)
                .converted(1, 12, 0),
            "funnel");
    assertThat(funnel.data().labels()).containsExactly("Saw it", "Trial started", "Revenue");
    assertThat(data(funnel, 0)).containsExactly(200L, 30L, 12L);
    assertThat(data(funnel, 1)).containsExactly(0L, 0L, 0L);
  }

  @Test
  void theWayToThePlannedSampleIsThereWithAPlan() {
    Plot progress =
        plot(Given.experiment().segments("75", "25").planned(1_000).users(30, 10), "progress");
    assertThat(progress.data().labels()).containsExactly("So far", "Planned");
    assertThat(data(progress, 0)).containsExactly(30L, 750L);
    assertThat(data(progress, 1)).containsExactly(10L, 250L);
    assertThat(Given.experiment().users(30, 10).analysis().plots())
        .extracting(Plot::id)
        .doesNotContain("progress");
  }

  @Test
  void theAxisOfAnEndedExperimentStopsWithItsData() {
    Given given =
        Given.experiment()
            .users(100, 0)
            .converted(0, 10, 0)
            .days(Given.day("2026-03-02", 0, 100, 10))
            .finished();
    Plot rates = plot(given, "cumulative.trial_started");
    assertThat(rates.data().labels()).containsExactly("2026-03-02");
    assertThat(data(rates, 0)).containsExactly(10.0);
    assertThat(data(rates, 1)).containsExactly((Object) null);
  }

  @Test
  void longTimesAreDrawnInSteps() {
    LocalDate first = LocalDate.parse("2024-01-01");
    Day[] days =
        first
            .datesUntil(first.plusDays(1_000))
            .map(day -> Given.day(day.toString(), 0, 1, 0))
            .toArray(Day[]::new);
    Plot exposures = plot(Given.experiment().users(1_000, 0).days(days).finished(), "exposures");
    assertThat(exposures.title()).isEqualTo("People in 3 days");
    assertThat(exposures.data().labels()).hasSize(334);
    assertThat(
            data(exposures, 0).stream()
                .mapToLong(value -> value instanceof Long number ? number : 0)
                .sum())
        .isEqualTo(1_000);
  }

  @Test
  void theForestHasARowForEveryGoalAndSegment() {
    Plot lift =
        plot(
            Given.experiment()
                .segments("34", "33", "33")
                .users(10_200, 9_900, 0)
                .converted(0, 1_020, 1_287, 0),
            "lift");
    assertThat(lift.title()).isEqualTo("Change against Control");
    assertThat(lift.data().labels())
        .containsExactly("Trial started · Test 1", "Trial started · Test 2");
    assertThat(lift.data().datasets())
        .extracting(Plot.Dataset::segment)
        .containsExactly("test1", "test1", "test2", "test2");
    assertThat(data(lift, 0).getFirst()).isInstanceOf(List.class);
    assertThat(data(lift, 1)).containsExactly(30.0, null);
    assertThat(data(lift, 2)).containsExactly(null, null);
  }

  @Test
  void ratesAndMeansHaveABarForEachSegment() {
    Given given =
        Given.experiment()
            .goals(
                Given.conversion("trial_started", "Trial started"), Given.sum("order", "Revenue"))
            .users(200, 0)
            .converted(0, 30, 0)
            .converted(1, 50, 0);
    Plot rate = plot(given, "rate");
    assertThat(rate.data().labels()).containsExactly("Trial started");
    assertThat(data(rate, 0)).containsExactly(15.0);
    assertThat(data(rate, 1)).containsExactly((Object) null);
    assertThat(data(plot(given, "mean.order.sum"), 0)).containsExactly(0.25);
  }

  @Test
  void withoutPeopleThereAreAxesOnly() {
    Given given = Given.experiment().users(0, 0);
    assertThat(plot(given, "exposures").data().labels()).isEmpty();
    assertThat(data(plot(given, "exposures"), 1)).isEmpty();
    assertThat(data(plot(given, "rate"), 0)).containsExactly((Object) null);
  }

  private static List<@Nullable Object> data(Plot plot, int dataset) {
    return plot.data().datasets().get(dataset).data();
  }

  private static Plot plot(Given given, String id) {
    return given.analysis().plots().stream()
        .filter(plot -> plot.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
