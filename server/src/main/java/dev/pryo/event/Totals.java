package dev.pryo.event;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was counted for an experiment. A visitor counts in the segment of their first exposure,
/// once, and in none if exposed to two.
///
/// @param users visitors of each segment, by its number
/// @param multiple visitors who saw two segments and so count in none
/// @param mismatches visitors whose client saw another segment than the bucketing says
/// @param bots visitors all of whose exposures came from crawlers or headless browsers: left out,
///   or counted if the project counts them
/// @param goalWithoutExposure visitors with a goal event in the active time who were never exposed
/// @param events how many events lie behind this: exposures, and goal events that count for a goal,
///   each once
/// @param from the first exposure
/// @param to the newest of those events
/// @param largest what single visitors add to the sums
public record Totals(
    List<Long> users,
    long multiple,
    long mismatches,
    long bots,
    long goalWithoutExposure,
    long events,
    @Nullable Instant from,
    @Nullable Instant to,
    List<GoalTotal> goals,
    List<Day> days,
    List<Largest> largest) {

  /// One goal in one segment.
  ///
  /// @param goal its index in the query
  /// @param mature visitors of the segment whose window has passed; all of them where there is no
  ///   window
  /// @param converted mature visitors with at least one counting event
  /// @param count their counting events
  /// @param total the sum of those events' values
  /// @param sum of the visitors' values, as the goal's kind makes them, over the mature visitors
  /// @param sumOfSquares of the same
  /// @param second the value that goes with each visitor's, where the goal has two; else null
  public record GoalTotal(
      int goal,
      int segment,
      long mature,
      long converted,
      long count,
      double total,
      double sum,
      double sumOfSquares,
      @Nullable Second second) {}

  /// A second value of every mature visitor: the denominator of a ratio, or for a goal that uses
  /// history what the visitor did before.
  ///
  /// @param product the sum of first times second
  public record Second(double sum, double sumOfSquares, double product) {}

  /// Of some people only, who they are and what they did.
  public static Totals of(List<Long> users, List<GoalTotal> goals) {
    return new Totals(users, 0, 0, 0, 0, 0, null, null, goals, List.of(), List.of());
  }

  /// The same with these totals of goals.
  public Totals with(List<GoalTotal> goals) {
    return new Totals(
        users,
        multiple,
        mismatches,
        bots,
        goalWithoutExposure,
        events,
        from,
        to,
        List.copyOf(goals),
        days,
        largest);
  }

  /// The value of the one mature visitor that is farthest from zero, of a goal that is no
  /// conversion, in a segment where somebody has one.
  ///
  /// @param goal its index in the query
  public record Largest(int goal, int segment, double value) {}

  /// One day (UTC) in one segment.
  ///
  /// @param exposed visitors first exposed on that day
  /// @param converted for each goal of the query, how many of *those* visitors have converted by
  ///   now
  public record Day(LocalDate day, int segment, long exposed, List<Long> converted) {}
}
