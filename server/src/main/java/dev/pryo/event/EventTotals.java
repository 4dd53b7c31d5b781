package dev.pryo.event;

import dev.pryo.event.TotalsQuery.Period;
import dev.pryo.experiment.Goal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
      select user_key, events, first_at, last_at, mismatch, bot, {seen_at} as seen_at,
             case when low = high then low end as segment
        from (
          select user_key, bool_and(bot) {anybody} as bot, count(*) {people} as events,
                 min(at) {people} as first_at, max(at) {people} as last_at,
                 min(segment_no) {people} as low, max(segment_no) {people} as high,
                 bool_or(mismatch) {people} as mismatch {first_seen}
            from event
           where experiment_no = :experiment and source = {source} and project_no = :project
             and segment_no between 0 and :segments - 1 {exposed}
           group by user_key) seen;
      analyze visitor\
      """;

  // A sum or product of finite numbers that leaves the doubles is an error to the database, and one
  // event would keep a whole experiment from being counted. Infinite ones go through.
  private static final String HAPPENED =
      """
      select user_key, name_no, at,
             case when abs(value) > {most} then 'infinity' * sign(value) else value end as value,
             experiment_no is not null and coalesce(segment_no between 0 and :segments - 1, false) as exposure
        from event
       where project_no = :project and source = {source} and name_no > 0 and name_no = any(:names::int[])
         and {ours} and ({bots} or not bot)\
      """;

  private static final String OUTCOME =
      """
      select h.user_key, m.measure, min(v.segment) as segment, min(v.first_at) as first_at, max(h.at) as last_at,
             count(*) as events, count(*) filter (where not h.exposure) as more,
             coalesce(sum(h.value), 0) as total, coalesce(avg(h.value), 0) as mean, {amount} as amount
        from visitor v
        join happened h on h.user_key = v.user_key and h.at >= v.first_at
        join measure m on m.name_no = h.name_no and (m.span is null or h.at < v.first_at + m.span) {after}
       where v.segment is not null
       group by h.user_key, m.measure\
      """;

  // What happened before, whenever the experiment was active.
  private static final String BEFORE =
      """
      union all
      select h.user_key, m.measure, min(v.segment), min(v.first_at), null, count(*), 0,
             coalesce(sum(h.value), 0), coalesce(avg(h.value), 0), 0
        from visitor v
        join earlier h on h.user_key = v.user_key and h.at < v.seen_at and h.at >= v.seen_at - {history}
        join measure m on m.name_no = h.name_no and m.before
       where v.segment is not null
       group by h.user_key, m.measure\
      """;

  private static final String SUMS =
      """
      with measure as (
        select measure, name_no, kind, make_interval(hours => hours) as span, before
          from unnest(:measures::int[], :names::int[], :kinds::text[], :hours::int[], :before::bool[])
            as m (measure, name_no, kind, hours, before)),
      happened as not materialized (
        {happened} and {active}),
      {earlier}
      outcome as (
        {outcome}),
      valued as (
        select o.*, (o.first_at at time zone 'UTC')::date as day,
               m.span is null or o.first_at <= :asOf::timestamptz - m.span as mature,
               case m.kind when 'conversion' then 1 when 'count' then o.events when 'sum' then o.total
                           when 'ratio' then o.amount else o.mean end as x
          from outcome o join measure m on m.measure = o.measure)
      select 'visitor' as part, null::int as measure, segment, (first_at at time zone 'UTC')::date as day,
             count(*) as users, sum(events)::bigint as events, array[{mature}]::bigint[] as mature,
             count(*) filter (where mismatch) as mismatches,
             0::float8 as total, 0::float8 as sum, 0::float8 as squares,
             min(first_at) as first_at, max(last_at) as last_at
        from visitor where events > 0 group by 3, 4
      union all
      select 'value', measure, segment, day, count(*), sum(more)::bigint,
             array[count(*) filter (where mature), coalesce(sum(events) filter (where mature), 0)]::bigint[], 0,
             coalesce(sum(total) filter (where mature), 0), coalesce(sum(x) filter (where mature), 0),
             coalesce(sum(case when abs(x) > 1e150 then 'infinity' when abs(x) < 1e-150 then 0 else x * x end)
               filter (where mature), 0), null, max(last_at)
        from valued group by 2, 3, 4
      {products}
      union all
      select 'bots', null, null, null, count(*), 0, null, 0, 0, 0, 0, null, null from visitor where bot
      union all
      select 'strangers', null, null, null, count(distinct h.user_key), 0, null, 0, 0, 0, 0, null, null
        from happened h
       where not exists (select from visitor v where v.user_key = h.user_key and v.events > 0) {goals}\
      """;

  private static final String PRODUCTS =
      """
      union all
      select 'product', b.measure, a.segment, null, 0, 0, null, 0, 0,
             sum(case when abs(a.x) > 1e150 or abs(b.x) > 1e150 then 'infinity'
                      when abs(a.x) < 1e-150 or abs(b.x) < 1e-150 then 0 else a.x * b.x end), 0, null, null
        from unnest(:firsts::int[], :seconds::int[]) as pair (first, second)
        join valued a on a.measure = pair.first and a.mature
        join valued b on b.measure = pair.second and b.user_key = a.user_key
       group by b.measure, a.segment\
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
    List<Measure> measures = Measure.of(query.goals());
    List<Integer> seconds = IntStream.range(query.goals().size(), measures.size()).boxed().toList();
    TotalsSum sum = new TotalsSum(query);
    transactions.executeWithoutResult(status -> {
      sql.sql(MEMORY).query().singleRow();
      about(query, measures, VISITORS).update();
      about(query, measures, SUMS)
          .param("asOf", query.asOf().truncatedTo(ChronoUnit.MICROS).toString())
          .param("measures", IntStream.range(0, measures.size()).boxed().toArray(Integer[]::new))
          .param("names", names(query, measures.stream()))
          .param("kinds", measures.stream().map(EventTotals::kind).toArray(String[]::new))
          .param("hours", measures.stream().map(Measure::hours).toArray(Integer[]::new))
          .param("before", measures.stream().map(Measure::before).toArray(Boolean[]::new))
          .param("own", names(query, measures.stream().limit(query.goals().size())))
          .param(
              "firsts", seconds.stream().map(i -> measures.get(i).goal()).toArray(Integer[]::new))
          .param("seconds", seconds.toArray(Integer[]::new))
          .query(sum::add);
      sql.sql("drop table visitor").update(); // the transaction may count again
    });
    return sum.totals();
  }

  private Integer[] names(TotalsQuery query, Stream<Measure> measures) {
    return measures
        .map(measure -> names.find(query.projectNo(), measure.event()))
        .toArray(Integer[]::new);
  }

  private JdbcClient.StatementSpec about(TotalsQuery query, List<Measure> measures, String text) {
    return sql.sql(text(query, measures, text))
        .param("project", query.projectNo())
        .param("experiment", query.experimentNo())
        .param("segments", query.segments())
        .param("active", ranges(query.active()));
  }

  /// What only some goals need is left out where none does.
  private static String text(TotalsQuery query, List<Measure> measures, String text) {
    boolean live = query.source() == Source.LIVE;
    boolean ratio = measures.stream().anyMatch(m -> m.part() == Measure.Part.DENOMINATOR);
    boolean history = measures.stream().anyMatch(Measure::before);
    String people = query.countBots() ? "" : "not bot";
    return text.replace("{outcome}", history ? OUTCOME + " " + BEFORE : OUTCOME)
        .replace("{earlier}", history ? "earlier as not materialized (" + HAPPENED + ")," : "")
        .replace("{happened}", HAPPENED)
        .replace("{products}", ratio || history ? PRODUCTS : "")
        .replace("{amount}", ratio ? "sum(coalesce(h.value, 1))" : "0")
        .replace("{after}", history ? "and not m.before" : "")
        .replace("{goals}", ratio ? "and h.name_no = any(:own::int[])" : "")
        .replace("{seen_at}", history ? "seen_at" : "null::timestamptz")
        .replace("{first_seen}", history ? ", min(at) as seen_at" : "")
        .replace("{exposed}", history ? "" : "and {active}")
        .replace("{anybody}", history ? filter("{active}") : "")
        .replace("{people}", history ? filter("{active}", people) : filter(people))
        .replace("{history}", "interval '%d hours'".formatted(Goal.HISTORY.toHours()))
        .replace("{source}", String.valueOf(query.source().ordinal()))
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

  private static String filter(String... conditions) {
    String all =
        Stream.of(conditions)
            .filter(condition -> !condition.isEmpty())
            .collect(Collectors.joining(" and "));
    return all.isEmpty() ? "" : "filter (where %s)".formatted(all);
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

  private static String kind(Measure measure) {
    return measure.kind().name().toLowerCase(Locale.ROOT);
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
