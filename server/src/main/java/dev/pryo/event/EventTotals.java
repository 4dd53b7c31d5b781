package dev.pryo.event;

import dev.pryo.event.TotalsQuery.Period;
import dev.pryo.experiment.Goal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// Counts an experiment by the rules that [TotalsQuery] states. First its visitors are found, then
/// what they did. The database adds up; what comes here is a row for each day, segment and goal,
/// however many visitors there were.
///
/// The visitors lie in a temporary table in between, for one reason: only then does the planner
/// know how many they are. A few are looked up one by one among the goal events of a large project,
/// a million are joined with them in one pass.
final class EventTotals {
  private static final String MEMORY = "select set_config('work_mem', '64MB', true)";

  // The source stands in the text, because indexes are partial. A visitor's segment is null where
  // there were several; one who was only seen by bots has no events.
  private static final String VISITORS =
      """
      create temporary table visitor on commit drop as
      select user_key, events, first_at, last_at, mismatch, bot, case when low = high then low end as segment
        from (
          select user_key, bool_and(bot) as bot, count(*) {people} as events,
                 min(at) {people} as first_at, max(at) {people} as last_at,
                 min(segment_no) {people} as low, max(segment_no) {people} as high,
                 bool_or(mismatch) {people} as mismatch
            from event
           where experiment_no = :experiment and source = {source} and project_no = :project
             and segment_no between 0 and :segments - 1 and {active}
           group by user_key) seen;
      analyze visitor\
      """;

  // A sum or product of finite numbers that leaves the doubles is an error to the database, and one
  // event would keep a whole experiment from being counted. Infinite ones go through.
  private static final String SUMS =
      """
      with goal as (
        select goal, name_no, kind, make_interval(hours => hours) as span
          from unnest(:goals::int[], :goalNames::int[], :kinds::text[], :hours::int[])
            as g (goal, name_no, kind, hours)),
      happened as not materialized (
        select user_key, name_no, at,
               case when abs(value) > {most} then 'infinity' * sign(value) else value end as value,
               experiment_no is not null and coalesce(segment_no between 0 and :segments - 1, false) as exposure
          from event
         where project_no = :project and source = {source} and name_no > 0 and name_no = any(:goalNames::int[])
           and {ours} and {active} and ({bots} or not bot)),
      outcome as (
        select h.user_key, g.goal, min(v.segment) as segment, min(v.first_at) as first_at, max(h.at) as last_at,
               count(*) as events, count(*) filter (where not h.exposure) as more,
               coalesce(sum(h.value), 0) as total, coalesce(avg(h.value), 0) as mean
          from visitor v
          join happened h on h.user_key = v.user_key and h.at >= v.first_at
          join goal g on g.name_no = h.name_no and (g.span is null or h.at < v.first_at + g.span)
         where v.segment is not null
         group by h.user_key, g.goal),
      valued as (
        select o.*, (o.first_at at time zone 'UTC')::date as day,
               g.span is null or o.first_at <= :asOf::timestamptz - g.span as mature,
               case g.kind when 'conversion' then 1 when 'count' then o.events
                           when 'sum' then o.total else o.mean end as x
          from outcome o join goal g on g.goal = o.goal)
      select 'visitor' as part, null::int as goal, segment, (first_at at time zone 'UTC')::date as day,
             count(*) as users, sum(events)::bigint as events, array[{mature}]::bigint[] as mature,
             count(*) filter (where mismatch) as mismatches,
             0::float8 as total, 0::float8 as sum, 0::float8 as squares,
             min(first_at) as first_at, max(last_at) as last_at
        from visitor where events > 0 group by 3, 4
      union all
      select 'goal', goal, segment, day, count(*), sum(more)::bigint,
             array[count(*) filter (where mature), coalesce(sum(events) filter (where mature), 0)]::bigint[], 0,
             coalesce(sum(total) filter (where mature), 0), coalesce(sum(x) filter (where mature), 0),
             coalesce(sum(case when abs(x) > 1e150 then 'infinity' when abs(x) < 1e-150 then 0 else x * x end)
               filter (where mature), 0), null, max(last_at)
        from valued group by 2, 3, 4
      union all
      select 'bots', null, null, null, count(*), 0, null, 0, 0, 0, 0, null, null from visitor where bot
      union all
      select 'strangers', null, null, null, count(distinct h.user_key), 0, null, 0, 0, 0, 0, null, null
        from happened h
       where not exists (select from visitor v where v.user_key = h.user_key and v.events > 0)\
      """;

  private final JdbcClient sql;
  private final TransactionTemplate transactions;
  private final EventNames names;

  EventTotals(JdbcClient sql, TransactionTemplate transactions, EventNames names) {
    this.sql = sql;
    this.transactions = transactions;
    this.names = names;
  }

  Totals count(TotalsQuery query) {
    List<Goal> goals = query.goals();
    List<Integer> numbers =
        goals.stream().map(goal -> names.find(query.projectNo(), goal.event())).toList();
    TotalsSum sum = new TotalsSum(query);
    transactions.executeWithoutResult(status -> {
      sql.sql(MEMORY).query().singleRow();
      about(query, VISITORS).update();
      about(query, SUMS)
          .param("asOf", query.asOf().truncatedTo(ChronoUnit.MICROS).toString())
          .param("goals", IntStream.range(0, goals.size()).boxed().toArray(Integer[]::new))
          .param("goalNames", numbers.toArray(Integer[]::new))
          .param("kinds", goals.stream().map(EventTotals::kind).toArray(String[]::new))
          .param("hours", goals.stream().map(Goal::windowHours).toArray(Integer[]::new))
          .query(sum::add);
      sql.sql("drop table visitor").update(); // the transaction may count again
    });
    return sum.totals();
  }

  private JdbcClient.StatementSpec about(TotalsQuery query, String text) {
    return sql.sql(text(query, text))
        .param("project", query.projectNo())
        .param("experiment", query.experimentNo())
        .param("segments", query.segments())
        .param("active", ranges(query.active()));
  }

  private static String text(TotalsQuery query, String text) {
    boolean live = query.source() == Source.LIVE;
    return text.replace("{source}", String.valueOf(query.source().ordinal()))
        .replace("{people}", query.countBots() ? "" : "filter (where not bot)")
        .replace("{bots}", String.valueOf(query.countBots()))
        .replace("{active}", live ? "at <@ :active::tstzmultirange" : ":active::text is not null")
        .replace(
            "{ours}",
            live
                ? "(experiment_no is null or experiment_no = :experiment)"
                : "experiment_no = :experiment")
        .replace("{most}", String.valueOf(TotalsQuery.LARGEST))
        .replace("{mature}", mature(query));
  }

  /// How many visitors are mature, for each goal.
  private static String mature(TotalsQuery query) {
    return query.goals().stream()
        .map(goal ->
            goal.windowHours() == null
                ? "count(*)"
                : "count(*) filter (where first_at <= :asOf::timestamptz - make_interval(hours => %d))"
                    .formatted(goal.windowHours()))
        .collect(Collectors.joining(", "));
  }

  private static String kind(Goal goal) {
    return goal.kind().name().toLowerCase(Locale.ROOT);
  }

  private static String ranges(List<Period> periods) {
    return periods.stream()
        .map(period -> {
          Instant until = period.until();
          return "[%s,%s)".formatted(period.since(), until == null ? "" : until);
        })
        .collect(Collectors.joining(",", "{", "}"));
  }
}
