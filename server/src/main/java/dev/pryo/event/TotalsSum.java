package dev.pryo.event;

import dev.pryo.event.Totals.Day;
import dev.pryo.event.Totals.GoalTotal;
import dev.pryo.event.Totals.Largest;
import dev.pryo.event.Totals.Second;
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
  private final List<Measure> measures;
  private final double[][] largest; // by goal and segment
  private final boolean[] widest; // of those that count one event: no other's window is longer.
  // None where there are filters: the statement then says how many events there were.
  private final Map<DayKey, long[]> days = // exposed, then converted for each goal
      new TreeMap<>(Comparator.comparing(DayKey::day).thenComparingInt(DayKey::segment));
  private long multiple;
  private long mismatches;
  private long bots;
  private long strangers;
  private long events;
  private @Nullable Instant from;
  private @Nullable Instant to;
  private @Nullable Instant ripeAt;

  TotalsSum(TotalsQuery query) {
    this.users = new long[query.segments()];
    this.goals = new GoalTotal[query.goals().size()][query.segments()];
    for (int goal = 0; goal < goals.length; goal++) {
      for (int segment = 0; segment < query.segments(); segment++) {
        goals[goal][segment] = new GoalTotal(goal, segment, 0, 0, 0, 0, 0, 0, null);
      }
    }
    this.largest = new double[goals.length][query.segments()];
    this.measures = Measure.of(query.goals());
    for (Measure second : measures.subList(goals.length, measures.size())) {
      for (int segment = 0; segment < query.segments(); segment++) {
        second(second.goal(), segment, 0, 0, 0);
      }
    }
    this.widest = Filters.any(query.goals()) ? new boolean[measures.size()] : widest(measures);
  }

  /// An event that two goals count is one event: it is taken from the measure with the longest
  /// window, which has all that the others have. What happened before is not among the events.
  private static boolean[] widest(List<Measure> measures) {
    boolean[] widest = new boolean[measures.size()];
    measures.stream()
        .filter(measure -> !measure.before())
        .map(Measure::event)
        .distinct()
        .forEach(event -> {
          int best = -1;
          for (int i = 0; i < measures.size(); i++) {
            if (measures.get(i).event().equals(event)
                && !measures.get(i).before()
                && (best < 0 || window(measures.get(i)) > window(measures.get(best)))) {
              best = i;
            }
          }
          widest[best] = true;
        });
    return widest;
  }

  private static long window(Measure measure) {
    Integer hours = measure.hours();
    return hours == null ? Long.MAX_VALUE : hours;
  }

  /// Slices of people may come at the same time; what they hold adds up.
  synchronized void add(ResultSet row) throws SQLException {
    switch (row.getString("part")) {
      case "visitor" -> visitors(row);
      case "value" -> value(row);
      case "product" ->
          second(
              measures.get(row.getInt("measure")).goal(),
              row.getInt("segment"),
              0,
              0,
              row.getDouble("sum"));
      case "counted" -> events += row.getLong("events");
      default -> strangers += row.getLong("users");
    }
    seen(row);
  }

  private void visitors(ResultSet row) throws SQLException {
    events += row.getLong("events");
    mismatches += row.getLong("mismatches");
    bots += row.getLong("bots");
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
              old.sumOfSquares(),
              old.second());
    }
  }

  private void value(ResultSet row) throws SQLException {
    int measure = row.getInt("measure");
    int segment = row.getInt("segment");
    events += widest[measure] ? row.getLong("events") : 0;
    if (measure >= goals.length) {
      second(
          measures.get(measure).goal(), segment, row.getDouble("sum"), row.getDouble("squares"), 0);
    } else {
      goal(row, measure, segment);
    }
  }

  private void second(int goal, int segment, double sum, double squares, double product) {
    GoalTotal old = goals[goal][segment];
    Second second = old.second() == null ? new Second(0, 0, 0) : old.second();
    goals[goal][segment] =
        new GoalTotal(
            goal,
            segment,
            old.mature(),
            old.converted(),
            old.count(),
            old.total(),
            old.sum(),
            old.sumOfSquares(),
            new Second(
                second.sum() + sum, second.sumOfSquares() + squares, second.product() + product));
  }

  private void goal(ResultSet row, int goal, int segment) throws SQLException {
    Long[] mature = (Long[]) row.getArray("mature").getArray();
    GoalTotal old = goals[goal][segment];
    largest[goal][segment] = larger(largest[goal][segment], row.getDouble("largest"));
    goals[goal][segment] =
        new GoalTotal(
            goal,
            segment,
            old.mature(),
            old.converted() + mature[0],
            old.count() + mature[1],
            old.total() + row.getDouble("total"),
            old.sum() + row.getDouble("sum"),
            old.sumOfSquares() + row.getDouble("squares"),
            old.second());
    day(row, segment)[1 + goal] += row.getLong("users");
  }

  /// Of two that are equally far from zero, the positive one.
  private static double larger(double a, double b) {
    return Math.abs(a) == Math.abs(b) ? Math.max(a, b) : Math.abs(a) > Math.abs(b) ? a : b;
  }

  private static boolean isValue(double value) {
    return value != 0 && Double.isFinite(value);
  }

  private List<Largest> largest() {
    List<Largest> all = new ArrayList<>();
    for (int goal = 0; goal < goals.length; goal++) {
      for (int segment = 0; segment < users.length; segment++) {
        if (measures.get(goal).kind() != Goal.Kind.CONVERSION && isValue(largest[goal][segment])) {
          all.add(new Largest(goal, segment, largest[goal][segment]));
        }
      }
    }
    return all;
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
    OffsetDateTime ripe = row.getObject("ripe_at", OffsetDateTime.class);
    if (ripe != null && (ripeAt == null || ripe.toInstant().isBefore(ripeAt))) {
      ripeAt = ripe.toInstant();
    }
  }

  /// When the next visitor becomes mature for some goal; null if none will.
  synchronized @Nullable Instant ripeAt() {
    return ripeAt;
  }

  synchronized Totals totals() {
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
        series,
        largest());
  }
}
