package dev.pryo.event;

import dev.pryo.event.Totals.GoalTotal;
import dev.pryo.event.Totals.Second;
import dev.pryo.experiment.Goal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Adds up the rows of [DaysText], day after day.
final class DaysSum {
  private static final String[] SUMS = {"converted", "events", "total", "x", "xx", "y", "yy", "xy"};

  /// What one day changed.
  private static final class Change {
    final long[] exposed;
    final long[] users;
    final long[][] mature; // by goal and segment
    final double[][][] sums;

    Change(int goals, int segments) {
      exposed = new long[segments];
      users = new long[segments];
      mature = new long[goals][segments];
      sums = new double[goals][segments][SUMS.length];
    }
  }

  private final List<Goal> goals;
  private final boolean waits;
  private final int segments;
  private final Map<LocalDate, Change> changes = new TreeMap<>();
  private @Nullable Instant ripeAt;

  DaysSum(TotalsQuery query) {
    this.goals = query.goals();
    this.waits = query.source() == Source.LIVE;
    this.segments = query.segments();
  }

  void add(ResultSet row) throws SQLException {
    Change change =
        changes.computeIfAbsent(
            row.getObject("day", LocalDate.class), day -> new Change(goals.size(), segments));
    int segment = row.getInt("segment");
    long people = row.getLong("people");
    switch (row.getString("part")) {
      case "exposed" -> {
        change.exposed[segment] += people;
        change.users[segment] += people;
      }
      case "gone" -> change.users[segment] -= people;
      case "mature" -> change.mature[row.getInt("goal")][segment] += people;
      default -> {
        double[] sums = change.sums[row.getInt("goal")][segment];
        for (int i = 0; i < SUMS.length; i++) {
          sums[i] += row.getDouble(SUMS[i]);
        }
      }
    }
    OffsetDateTime ripe = row.getObject("ripe_at", OffsetDateTime.class);
    if (ripe != null && (ripeAt == null || ripe.toInstant().isBefore(ripeAt))) {
      ripeAt = ripe.toInstant();
    }
  }

  /// When the next visitor becomes mature for some goal; null if none will.
  @Nullable Instant ripeAt() {
    return ripeAt;
  }

  List<DayEnd> days() {
    List<DayEnd> days = new ArrayList<>();
    Change soFar = new Change(goals.size(), segments);
    changes.forEach((day, change) -> {
      addUp(soFar, change);
      days.add(new DayEnd(day, list(change.exposed), list(soFar.users), totals(soFar)));
    });
    return List.copyOf(days);
  }

  private static void addUp(Change soFar, Change change) {
    for (int segment = 0; segment < soFar.users.length; segment++) {
      soFar.users[segment] += change.users[segment];
      for (int goal = 0; goal < soFar.mature.length; goal++) {
        soFar.mature[goal][segment] += change.mature[goal][segment];
        for (int i = 0; i < SUMS.length; i++) {
          soFar.sums[goal][segment][i] += change.sums[goal][segment][i];
        }
      }
    }
  }

  private List<GoalTotal> totals(Change soFar) {
    List<GoalTotal> totals = new ArrayList<>();
    for (int goal = 0; goal < goals.size(); goal++) {
      for (int segment = 0; segment < segments; segment++) {
        totals.add(total(soFar, goal, segment));
      }
    }
    return List.copyOf(totals);
  }

  private GoalTotal total(Change soFar, int goal, int segment) {
    Goal of = goals.get(goal);
    double[] sums = soFar.sums[goal][segment];
    boolean windowed = waits && of.windowHours() != null;
    return new GoalTotal(
        goal,
        segment,
        windowed ? soFar.mature[goal][segment] : soFar.users[segment],
        Math.round(sums[0]),
        Math.round(sums[1]),
        sums[2],
        sums[3],
        sums[4],
        of.denominator() != null || of.useHistory() ? new Second(sums[5], sums[6], sums[7]) : null);
  }

  private static List<Long> list(long[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }
}
