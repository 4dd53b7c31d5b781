package dev.pryo.event;

import dev.pryo.event.Totals.Day;
import dev.pryo.event.Totals.GoalTotal;
import dev.pryo.experiment.Goal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Adds up the rows of [EventTotals]' statement.
final class TotalsSum {
  private record DayKey(LocalDate day, int segment) {}

  private final long[] users;
  private final GoalTotal[][] goals; // by goal and segment
  private final boolean[] widest; // of the goals that count one event: no other's window is longer
  private final Map<DayKey, long[]> days = // exposed, then converted for each goal
      new TreeMap<>(Comparator.comparing(DayKey::day).thenComparingInt(DayKey::segment));
  private long multiple;
  private long mismatches;
  private long bots;
  private long strangers;
  private long events;
  private @Nullable Instant from;
  private @Nullable Instant to;

  TotalsSum(TotalsQuery query) {
    this.users = new long[query.segments()];
    this.goals = new GoalTotal[query.goals().size()][query.segments()];
    for (int goal = 0; goal < goals.length; goal++) {
      for (int segment = 0; segment < query.segments(); segment++) {
        goals[goal][segment] = new GoalTotal(goal, segment, 0, 0, 0, 0, 0, 0);
      }
    }
    this.widest = widest(query.goals());
  }

  /// An event that two goals count is one event: it is taken from the goal with the longest window,
  /// which has all that the others have.
  private static boolean[] widest(List<Goal> goals) {
    boolean[] widest = new boolean[goals.size()];
    goals.stream()
        .map(Goal::event)
        .distinct()
        .forEach(event -> {
          int best = -1;
          for (int i = 0; i < goals.size(); i++) {
            if (goals.get(i).event().equals(event)
                && (best < 0 || window(goals.get(i)) > window(goals.get(best)))) {
              best = i;
            }
          }
          widest[best] = true;
        });
    return widest;
  }

  private static long window(Goal goal) {
    Integer hours = goal.windowHours();
    return hours == null ? Long.MAX_VALUE : hours;
  }

  void add(ResultSet row) throws SQLException {
    switch (row.getString("part")) {
      case "visitor" -> visitors(row);
      case "goal" -> goal(row);
      case "bots" -> bots = row.getLong("users");
      default -> strangers = row.getLong("users");
    }
    seen(row);
  }

  private void visitors(ResultSet row) throws SQLException {
    events += row.getLong("events");
    mismatches += row.getLong("mismatches");
    int segment = row.getInt("segment");
    if (row.wasNull()) {
      multiple += row.getLong("users");
      return;
    }
    users[segment] += row.getLong("users");
    day(row, segment)[0] += row.getLong("users");
    Long[] mature = (Long[]) row.getArray("mature").getArray();
    for (int goal = 0; goal < mature.length; goal++) {
      GoalTotal old = goals[goal][segment];
      goals[goal][segment] =
          new GoalTotal(
              goal,
              segment,
              old.mature() + mature[goal],
              old.converted(),
              old.count(),
              old.total(),
              old.sum(),
              old.sumOfSquares());
    }
  }

  private void goal(ResultSet row) throws SQLException {
    int goal = row.getInt("goal");
    int segment = row.getInt("segment");
    Long[] mature = (Long[]) row.getArray("mature").getArray();
    GoalTotal old = goals[goal][segment];
    goals[goal][segment] =
        new GoalTotal(
            goal,
            segment,
            old.mature(),
            old.converted() + mature[0],
            old.count() + mature[1],
            old.total() + row.getDouble("total"),
            old.sum() + row.getDouble("sum"),
            old.sumOfSquares() + row.getDouble("squares"));
    day(row, segment)[1 + goal] += row.getLong("users");
    events += widest[goal] ? row.getLong("events") : 0;
  }

  private long[] day(ResultSet row, int segment) throws SQLException {
    return days.computeIfAbsent(
        new DayKey(row.getObject("day", LocalDate.class), segment),
        key -> new long[1 + goals.length]);
  }

  private void seen(ResultSet row) throws SQLException {
    OffsetDateTime first = row.getObject("first_at", OffsetDateTime.class);
    OffsetDateTime last = row.getObject("last_at", OffsetDateTime.class);
    if (first != null && (from == null || first.toInstant().isBefore(from))) {
      from = first.toInstant();
    }
    if (last != null && (to == null || last.toInstant().isAfter(to))) {
      to = last.toInstant();
    }
  }

  Totals totals() {
    List<Day> series = new ArrayList<>();
    days.forEach((key, counts) ->
        series.add(
            new Day(
                key.day(),
                key.segment(),
                counts[0],
                Arrays.stream(counts).skip(1).boxed().toList())));
    return new Totals(
        Arrays.stream(users).boxed().toList(),
        multiple,
        mismatches,
        bots,
        strangers,
        events,
        from,
        to,
        Arrays.stream(goals).flatMap(Arrays::stream).toList(),
        series);
  }
}
