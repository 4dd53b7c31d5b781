package dev.pryo.analysis;

import dev.pryo.event.Source;
import dev.pryo.experiment.Condition;
import dev.pryo.experiment.Goal;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An experiment day by day: what somebody would have seen who looked at the end of each day (UTC).
///
/// All lists are as long as `days`, which has no holes. A day on which nobody came to count is zero
/// in counts and null in values and lifts. A time of more than 400 days goes in steps of `stepDays`
/// days, each named by its first and seen at its end.
///
/// @param plots Chart.js configurations: those of the newest analysis, then those over time and of
///   how values are spread
public record Series(
    UUID experimentId,
    Source source,
    String zone,
    int stepDays,
    List<LocalDate> days,
    List<SegmentSeries> segments,
    List<GoalSeries> goals,
    List<Distribution> distributions,
    List<Plot> plots,
    Instant generatedAt) {

  /// The same, looked at another time.
  Series at(Instant time) {
    return new Series(
        experimentId, source, zone, stepDays, days, segments, goals, distributions, plots, time);
  }

  /// Who came.
  ///
  /// @param exposed people first exposed in each step
  /// @param planned how many of a step's people the planned split would have given it
  /// @param users all so far; who saw a second segment is taken out on that day
  public record SegmentSeries(
      String segment, String name, List<Long> exposed, List<Double> planned, List<Long> users) {}

  /// One goal.
  ///
  /// @param unit what its value is
  public record GoalSeries(
      String goal,
      String name,
      Goal.Kind kind,
      Goal.@Nullable Denominator denominator,
      List<Condition> filter,
      String unit,
      List<Values> values,
      List<Lifts> lifts) {}

  /// A goal in one segment, the control included.
  ///
  /// @param n people who count so far; of a goal with a window those who are mature
  /// @param value the rate, mean or ratio so far
  @Schema(name = "SeriesValues")
  public record Values(String segment, List<Long> n, List<@Nullable Double> value) {}

  /// A goal in a test segment against the control.
  ///
  /// @param lower and `upper`: the always-valid interval of the lift at the level that Holm gave it
  ///   on that day, as if there had been a look at each day's end
  /// @param pValue the least always-valid one so far
  @Schema(name = "SeriesLifts")
  public record Lifts(
      String segment,
      List<@Nullable Double> lift,
      List<@Nullable Double> lower,
      List<@Nullable Double> upper,
      List<@Nullable Double> pValue) {}

  /// How people's values of a goal are spread, as they enter its mean.
  ///
  /// @param bins from the lowest to the highest, their lower end included; after `nothing`, which
  ///   are the people without any event of the goal
  public record Distribution(
      String goal,
      String name,
      Goal.Kind kind,
      List<Condition> filter,
      String unit,
      List<String> bins,
      List<People> segments) {}

  /// @param counts people in each bin
  /// @param quantiles of those with an event, by their names such as `0.5`; empty without any
  @Schema(name = "DistributionPeople")
  public record People(String segment, List<Long> counts, List<Quantile> quantiles) {}

  /// @param at from 0 to 1
  @Schema(name = "DistributionQuantile")
  public record Quantile(double at, @Nullable Double value) {}
}
