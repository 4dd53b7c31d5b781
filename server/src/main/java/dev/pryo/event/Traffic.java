package dev.pryo.event;

import dev.pryo.experiment.DailyVisitors;
import dev.pryo.experiment.Goal;
import dev.pryo.project.Project;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// What came to a site lately: its visitors, and what they did towards a goal. It is read from the
/// newest events alone, so that it costs the same however much is stored.
@Component
public class Traffic implements DailyVisitors {
  private static final Duration LATELY = Duration.ofDays(14);

  /// How many of the newest events are read at most.
  private static final int MOST = 200_000;

  private static final String PEOPLE =
      """
      with recent as materialized (
        select user_key, name_no, received_at, value {tested} from event
         where project_no = :project and received_at >= :since and source = 0 and not bot
         order by received_at desc limit :most),
      person as (
        select user_key, count(*) filter (where {own}) as n,
               coalesce(sum(value) filter (where {own}), 0) as total,
               coalesce(avg(value) filter (where {own}), 0) as mean,
               coalesce(sum(coalesce(value, 1)) filter (where {own}), 0) as amount,
               count(*) filter (where name_no = :by) as by_n,
               coalesce(sum(value) filter (where name_no = :by), 0) as by_total
          from recent where value is null or abs(value) < 1e70 group by user_key),
      uncapped as (
        select n, case :kind when 'conversion' then least(n, 1) when 'count' then n when 'sum' then total
                             when 'ratio' then amount else mean end::float8 as x,
               case :byKind when 'conversion' then least(by_n, 1) when 'count' then by_n else by_total end::float8 as y
          from person),
      valued as (select n, {x} as x, y from uncapped)
      select count(*) as visitors, count(*) filter (where n > 0) as converted,
             coalesce(sum(x), 0) as x, coalesce(sum(x * x), 0) as xx, coalesce(sum(y), 0) as y,
             coalesce(sum(y * y), 0) as yy, coalesce(sum(x * y), 0) as xy,
             (select min(received_at) from recent) as first_at, (select count(*) from recent) as events
        from valued\
      """;

  private static final String VISITORS =
      """
      with recent as (
        select user_key, received_at from event
         where project_no = (select no from project where id = :project)
           and received_at >= :since and source = 0 and not bot
         order by received_at desc limit :most)
      select count(distinct user_key) as visitors, count(*) as events, min(received_at) as first_at from recent\
      """;

  private static final String CAPPED =
      """
      least(x, (select greatest(percentile_cont(:cap) within group (order by x) filter (where x <> 0), 0) from uncapped))\
      """;

  /// Sums over visitors of what they did towards a goal; `y` is a ratio's denominator.
  private record Sums(double n, double x, double xx, double y, double yy, double xy) {}

  /// @param perDay visitors a day, each counted once; null before a day has been seen
  /// @param converted how many of the visitors did the goal at all
  /// @param mean the goal's value; null where nobody has one
  /// @param variance per visitor
  public record Seen(
      long visitors,
      @Nullable Double perDay,
      long converted,
      @Nullable Double mean,
      @Nullable Double variance) {}

  private final JdbcClient sql;
  private final TransactionTemplate transactions;
  private final EventNames names;
  private final InstantSource clock;

  Traffic(JdbcClient sql, TransactionTemplate transactions, EventNames names, InstantSource clock) {
    this.sql = sql;
    this.transactions = transactions;
    this.names = names;
    this.clock = clock;
  }

  /// Reads the last two weeks for whoever the current thread acts for.
  public Seen of(Project project, Goal goal) {
    Instant now = clock.instant();
    Goal.Denominator by = goal.denominator();
    int own = names.find(project.no(), goal.event());
    return transactions.execute(status ->
        sql.sql(text(goal))
            .params(Filters.parameters(List.of(goal)))
            .param("own", new Integer[] {own})
            .param("cap", goal.capQuantile())
            .param("project", project.no())
            .param("since", now.minus(LATELY).atOffset(ZoneOffset.UTC))
            .param("most", MOST)
            .param("name", own)
            .param("by", by == null ? -1 : names.find(project.no(), by.event()))
            .param("kind", goal.kind().name().toLowerCase(Locale.ROOT))
            .param("byKind", by == null ? "" : by.kind().name().toLowerCase(Locale.ROOT))
            .query((rs, n) -> seen(rs, goal, now))
            .single());
  }

  @Override
  public OptionalDouble perDay(UUID project) {
    Instant now = clock.instant();
    return transactions.execute(status ->
        sql.sql(VISITORS)
            .param("project", project)
            .param("since", now.minus(LATELY).atOffset(ZoneOffset.UTC))
            .param("most", MOST)
            .query((rs, n) -> perDay(rs, now))
            .single());
  }

  private static OptionalDouble perDay(ResultSet row, Instant now) throws SQLException {
    OffsetDateTime first = row.getObject("first_at", OffsetDateTime.class);
    Double perDay =
        first == null
            ? null
            : perDay(row.getLong("visitors"), row.getLong("events"), first.toInstant(), now);
    return perDay == null ? OptionalDouble.empty() : OptionalDouble.of(perDay);
  }

  /// With the goal's filter and cap, as its analysis will count it.
  private static String text(Goal goal) {
    return PEOPLE
        .replace("{tested}", Filters.tested(List.of(goal)))
        .replace("{own}", goal.filter().isEmpty() ? "name_no = :name" : "passes_0")
        .replace("{x}", goal.capQuantile() == null ? "x" : CAPPED);
  }

  private static Seen seen(ResultSet row, Goal goal, Instant now) throws SQLException {
    long visitors = row.getLong("visitors");
    OffsetDateTime first = row.getObject("first_at", OffsetDateTime.class);
    Sums sums =
        new Sums(
            visitors,
            row.getDouble("x"),
            row.getDouble("xx"),
            row.getDouble("y"),
            row.getDouble("yy"),
            row.getDouble("xy"));
    Double mean = goal.kind() == Goal.Kind.RATIO ? over(sums.x, sums.y) : over(sums.x, sums.n);
    return new Seen(
        visitors,
        first == null ? null : perDay(visitors, row.getLong("events"), first.toInstant(), now),
        row.getLong("converted"),
        mean,
        mean == null ? null : variance(sums, goal, mean));
  }

  /// Where the newest events fill less than a day, so much of a day is known; where there are few,
  /// a day has to pass.
  private static @Nullable Double perDay(long visitors, long events, Instant first, Instant now) {
    double days = Duration.between(first, now).toMillis() / (double) Duration.ofDays(1).toMillis();
    if (events >= MOST && days > 0) {
      return visitors / days;
    }
    return days < 1 ? null : visitors / days;
  }

  private static @Nullable Double over(double a, double b) {
    double quotient = a / b;
    return Double.isFinite(quotient) ? quotient : null;
  }

  /// Of a ratio by the delta method: that of what is left of `x` beside `mean` times `y`.
  private static @Nullable Double variance(Sums s, Goal goal, double mean) {
    double variance =
        goal.kind() == Goal.Kind.RATIO
            ? (s.xx - 2 * mean * s.xy + mean * mean * s.yy) / s.n / (s.y / s.n) / (s.y / s.n)
            : s.xx / s.n - mean * mean;
    return Double.isFinite(variance) ? Math.max(0, variance) : null;
  }
}
