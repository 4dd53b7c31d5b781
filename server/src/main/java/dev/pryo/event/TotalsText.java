package dev.pryo.event;

import dev.pryo.event.TotalsQuery.Period;
import dev.pryo.experiment.Goal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The statement that counts an experiment by the rules of [TotalsQuery], written for one query and
/// one slice of its people. It reads each index in the order of its people, joins whole sets and
/// lets the database add up, so that a row for each day, segment and goal comes out, however many
/// visitors there are.
///
/// Source, times and slice stand in the text: indexes are partial, and only of what it can read
/// there does the planner know how many rows it leaves.
final class TotalsText {
  /// Into how many slices of equal size the keys of people can be cut.
  static final int SLICES = 4;

  private static final String NAMED =
      "experiment_no = :experiment and source = {source} and project_no = :project";

  private static final String UNNAMED =
      "project_no = :project and name_no > 0 and name_no = any(:names::int[]) and source = 0 and"
          + " experiment_no is null";

  private static final String VALUE =
      "case when abs(value) > {most} then 'infinity' * sign(value) else value end";

  /// Whether it is worth the while to cut the work, and possible: what this transaction has written
  /// itself, another cannot see.
  private static final String MUCH =
      """
      select (select count(*) from (select from event where {named} limit :much) a)
           + (select count(*) from (select from event where {unnamed} limit :much) b) >= :much
         and pg_current_xact_id_if_assigned() is null\
      """
          .replace("{named}", NAMED)
          .replace("{unnamed}", UNNAMED);

  // What names the experiment is read once; exposures and goal events are both taken from it. Until
  // a vacuum has marked new pages as visible to all, each entry of the index costs a look at its
  // row.
  //
  // A sum or product of finite numbers that leaves the doubles is an error to the database, and one
  // event would keep a whole experiment from being counted. Infinite ones go through.
  private static final String NAMED_ROWS =
      """
      select user_key, name_no, at, segment_no, bot, mismatch, {value} as value {trait} {tested}
        from event where {named} {slice} {exposed} order by user_key\
      """;

  // A visitor's segment is null where there were several. One who was only seen by bots, or in
  // pauses, has no events.
  private static final String VISITOR =
      """
      select user_key, bool_and(bot) {anybody} as bot, count(*) {people} as events,
             min(at) {people} as first_at, max(at) {people} as last_at,
             case when min(segment_no) {people} = max(segment_no) {people} then max(segment_no) {people} end as segment,
             coalesce(bool_or(mismatch) {people}, false) as mismatch {first_seen} {first_trait}
        from named where segment_no between 0 and :segments - 1
       group by user_key\
      """;

  private static final String HAPPENED =
      """
      select user_key, name_no, at, value, coalesce(segment_no between 0 and :segments - 1, false) as exposure {columns}
        from named where name_no = any(:names::int[]) {persons} {when}\
      """;

  private static final String HAPPENED_TO_ALL =
      """
      union all
      select user_key, name_no, at, {value}, false {tested}
        from event where {unnamed} {slice} {persons} {when}\
      """;

  private static final String OUTCOME =
      """
      select h.user_key, m.measure, min(v.segment) as segment, min(v.first_at) as first_at, max(h.at) as last_at,
             count(*) as events, count(*) filter (where not h.exposure) as more,
             coalesce(sum(h.value), 0) as total, coalesce(avg(h.value), 0) as mean, {amount} as amount {cell_of}
        from visitor v
        join happened h on h.user_key = v.user_key and h.at >= v.first_at
        join measure m on m.name_no = h.name_no and (m.span is null or h.at < v.first_at + m.span) {after} {passed}
       where v.segment is not null
       group by h.user_key, m.measure\
      """;

  // What happened before, whenever the experiment was active.
  private static final String BEFORE =
      """
      union all
      select h.user_key, m.measure, min(v.segment), min(v.first_at), null, count(*), 0,
             coalesce(sum(h.value), 0), coalesce(avg(h.value), 0), 0 {cell_of}
        from visitor v
        join earlier h on h.user_key = v.user_key and h.at < v.seen_at and h.at >= v.seen_at - {history}
        join measure m on m.name_no = h.name_no and m.before {passed}
       where v.segment is not null
       group by h.user_key, m.measure\
      """;

  // The largest values of all segments together count as this quantile of those that are not zero,
  // or as zero where that is below it: who did nothing is not cut.
  private static final String CAPPED =
      """
      ,
      cap as (
        select measure, greatest(percentile_cont((:caps::float8[])[measure + 1]) within group (order by x), 0) as most
          from uncapped
         where mature and x <> 0 and (:caps::float8[])[measure + 1] is not null
         group by measure),
      valued as (
        select u.user_key, u.measure, u.segment, u.first_at, u.last_at, u.events, u.more, u.total, u.day, u.mature,
               least(u.x, c.most) as x {cell}
          from uncapped u left join cap c on c.measure = u.measure)\
      """;

  // The most common values of the property, each a cell; 0: none, the last: every other.
  private static final String CELLS =
      """
      person as materialized (
        {persons_of}),
      common as (
        select trait, (row_number() over (order by count(*) desc, trait collate "C"))::int as place
          from person where segment is not null and trait is not null
         group by trait order by place limit :most),
      visitor as materialized (
        select p.*, case when p.trait is null then 0 else coalesce(c.place, :most + 1) end as cell
          from person p left join common c on c.trait = p.trait)\
      """;

  private static final String PEOPLE =
      """
      with measure as (
        select measure, name_no, make_interval(hours => hours) as span, before
          from unnest(:measures::int[], :names::int[], :hours::int[], :before::bool[])
            as m (measure, name_no, hours, before)),
      named as materialized (
        {rows}),
      {visitors},
      happened as materialized (
        {happened}),
      {earlier}
      outcome as (
        {outcome}),
      {worth} as (
        select o.*, o.first_at::date as day,
               coalesce(o.first_at <= :asOf::timestamptz - make_interval(hours => (:hours::int[])[measure + 1]), true)
                 as mature,
               case (:kinds::text[])[measure + 1]
                 when 'conversion' then 1 when 'count' then o.events when 'sum' then o.total
                 when 'ratio' then o.amount else o.mean end as x
          from outcome o) {capped}\
      """;

  private static final String SUMS =
      """

      select 'visitor' as part, null::int as measure, segment, first_at::date as day,
             count(*) filter (where events > 0) as users, sum(events)::bigint as events, array[{mature}]::bigint[] as mature,
             count(*) filter (where mismatch) as mismatches, count(*) filter (where bot) as bots,
             0::float8 as total, 0::float8 as sum, 0::float8 as squares,
             min(first_at) as first_at, max(last_at) as last_at, {ripe} as ripe_at, 0::float8 as largest {cell} {no_trait}
        from visitor group by 3, 4 {cell}
      union all
      select 'value', measure, segment, day, count(*), sum(more)::bigint,
             array[count(*) filter (where mature), coalesce(sum(events) filter (where mature), 0)]::bigint[], 0, 0,
             coalesce(sum(total) filter (where mature), 0), coalesce(sum(x) filter (where mature), 0),
             coalesce(sum(case when abs(x) > 1e150 then 'infinity' when abs(x) < 1e-150 then 0 else x * x end)
               filter (where mature), 0), null, max(last_at), null,
             case when max(x) filter (where mature) >= -min(x) filter (where mature)
               then max(x) filter (where mature) else min(x) filter (where mature) end {cell} {no_trait}
        from valued group by 2, 3, 4 {cell}
      {products}
      {others}\
      """;

  private static final String STRANGERS =
      """
      union all
      select 'strangers', null, null, null, count(distinct h.user_key), 0, null, 0, 0, 0, 0, 0, null, null, null, 0
        from happened h
       where not exists (select from visitor v where v.user_key = h.user_key and v.events > 0) {goals}\
      """;

  // With filters no goal has all the events that another one with the same name has.
  private static final String COUNTED =
      """

      union all
      select 'counted', null, null, null, 0, count(*), null, 0, 0, 0, 0, 0, null, null, null, 0
        from visitor v
        join happened h on h.user_key = v.user_key and h.at >= v.first_at
       where v.segment is not null and not h.exposure
         and exists (
           select from measure m
            where m.name_no = h.name_no and (m.span is null or h.at < v.first_at + m.span) {after} {passed})\
      """;

  private static final String TRAITS =
      """
      union all
      select 'trait', null, null, null, 0, 0, null, 0, 0, 0, 0, 0, null, null, null, 0, place, trait from common\
      """;

  private static final String PRODUCTS =
      """
      union all
      select 'product', b.measure, a.segment, null, 0, 0, null, 0, 0, 0,
             sum(case when abs(a.x) > 1e150 or abs(b.x) > 1e150 then 'infinity'
                      when abs(a.x) < 1e-150 or abs(b.x) < 1e-150 then 0 else a.x * b.x end), 0, null, null, null, 0 {cell_a} {no_trait}
        from unnest(:firsts::int[], :seconds::int[]) as pair (first, second)
        join valued a on a.measure = pair.first and a.mature
        join valued b on b.measure = pair.second and b.user_key = a.user_key
       group by b.measure, a.segment {cell_a}\
      """;

  // Each visitor is a step up when they become mature, and one down when they see a second segment.
  private static final String EXCEEDED =
      """
      with named as materialized (
        {rows}),
      person as materialized (
        select user_key, min(at) as first_at, min(segment_no) as lowest, max(segment_no) as highest
          from named where segment_no between 0 and :segments - 1 {persons}
         group by user_key),
      seen as (
        select user_key, segment_no, min(at) as at
          from named where segment_no between 0 and :segments - 1 {persons}
           and user_key in (select user_key from person where lowest <> highest)
         group by user_key, segment_no),
      changed as (
        select (array_agg(segment_no order by at))[1] as segment, min(at) as first_at,
               (array_agg(at order by at))[2] as second_at
          from seen group by user_key),
      left_later as (
        select first_at + make_interval(hours => :wait) as at, second_at from changed
         where segment = any(:of::int[]) and second_at > first_at + make_interval(hours => :wait)),
      step as (
        select first_at + make_interval(hours => :wait) as at, 1 as n
          from person where lowest = highest and lowest = any(:of::int[])
        union all select at, 1 from left_later
        union all select second_at, -1 from left_later)
      select at from (select at, sum(n) over (order by at) as people from step) mature
       where people > :n and at <= :asOf::timestamptz
       order by at limit 1\
      """;

  private TotalsText() {}

  /// What only some goals need is left out where none does.
  ///
  /// @param slice which of [#SLICES]; -1: all people at once
  static String sums(TotalsQuery query, List<Measure> measures, int slice) {
    String others = Filters.any(query.goals()) ? STRANGERS + COUNTED : STRANGERS;
    return filled(PEOPLE + SUMS.replace("{others}", others), query, measures, slice, false);
  }

  /// The same for each common value of a property that people had when they were first exposed:
  /// `:by` names it, `:most` says how many there may be.
  static String parts(TotalsQuery query, List<Measure> measures) {
    return filled(PEOPLE + SUMS.replace("{others}", TRAITS), query, measures, -1, true);
  }

  /// People with the values that they have for each goal, as `valued`, and what is asked of them.
  static String valued(String question, TotalsQuery query, List<Measure> measures) {
    return filled(PEOPLE + question, query, measures, -1, false);
  }

  /// Asks when more than `n` visitors of some segments were mature for the first time.
  ///
  /// @param people without goals
  static String exceeded(TotalsQuery people) {
    return filled(EXCEEDED, people, List.of(), -1, false);
  }

  /// Fills in what a statement's goals, times and people need.
  ///
  /// @param apart whether people are told apart by a property
  static String filled(
      String statement, TotalsQuery query, List<Measure> measures, int slice, boolean apart) {
    List<Goal> goals = query.goals();
    boolean ratio = measures.stream().anyMatch(m -> m.part() == Measure.Part.DENOMINATOR);
    boolean history = measures.stream().anyMatch(Measure::before);
    boolean capped = isCapped(goals);
    String happened = query.source() == Source.LIVE ? HAPPENED + "\n" + HAPPENED_TO_ALL : HAPPENED;
    String active = active(query);
    String people = query.countBots() ? "" : "not bot";
    String text =
        statement
            .replace("{rows}", NAMED_ROWS)
            .replace(
                "{visitors}",
                apart
                    ? CELLS.replace("{persons_of}", VISITOR)
                    : "visitor as materialized (\n  " + VISITOR + ")")
            .replace("{outcome}", history ? OUTCOME + "\n" + BEFORE : OUTCOME)
            .replace("{happened}", happened.replace("{when}", "and " + active))
            .replace(
                "{earlier}",
                history
                    ? "earlier as not materialized (" + happened.replace("{when}", "") + "),"
                    : "")
            .replace("{worth}", capped ? "uncapped" : "valued")
            .replace("{capped}", capped ? CAPPED : "")
            .replace("{products}", ratio || history ? PRODUCTS : "")
            .replace("{amount}", ratio ? "sum(coalesce(h.value, 1))" : "0")
            .replace("{after}", history ? "and not m.before" : "")
            .replace("{goals}", ratio || Filters.any(goals) ? Filters.counts(goals) : "")
            .replace("{tested}", Filters.tested(goals))
            .replace("{columns}", Filters.columns(goals))
            .replace("{passed}", Filters.passed(goals, measures))
            .replace("{trait}", apart ? ", left(properties ->> :by::text, 100) as trait" : "")
            .replace(
                "{first_trait}",
                apart
                    ? ", (array_agg(trait order by at, trait collate \"C\") {people})[1] as trait"
                    : "")
            .replace("{cell_of}", apart ? ", min(v.cell) as cell" : "")
            .replace("{cell_a}", apart ? ", a.cell" : "")
            .replace("{cell}", apart ? ", cell" : "")
            .replace("{no_trait}", apart ? ", null::text as trait" : "")
            .replace("{first_seen}", history ? ", min(at) as seen_at" : "")
            .replace("{exposed}", history ? "" : "and " + active)
            .replace("{anybody}", history ? filter(active) : "")
            .replace("{people}", history ? filter(active, people) : filter(people))
            .replace("{history}", "interval '%d hours'".formatted(Goal.HISTORY.toHours()))
            .replace("{persons}", query.countBots() ? "" : "and not bot")
            .replace("{value}", VALUE)
            .replace("{most}", String.valueOf(TotalsQuery.LARGEST))
            .replace("{mature}", mature(query))
            .replace("{ripe}", ripe(query))
            .replace("{slice}", slice < 0 ? "" : slice(slice));
    return named(query, text).replace("{unnamed}", UNNAMED);
  }

  /// A cap is one of all people, so they cannot be counted in slices.
  static boolean isCapped(List<Goal> goals) {
    return goals.stream().anyMatch(goal -> goal.capQuantile() != null);
  }

  /// Asks whether there is much to count.
  static String much(TotalsQuery query) {
    return named(query, MUCH);
  }

  private static String named(TotalsQuery query, String text) {
    return text.replace("{named}", NAMED)
        .replace("{source}", String.valueOf(query.source().ordinal()));
  }

  /// The keys of people are spread evenly over all numbers.
  private static String slice(int slice) {
    long width = Long.MAX_VALUE / (SLICES / 2) + 1;
    long from = Long.MIN_VALUE + slice * width;
    String text = "and user_key >= " + from;
    return slice == SLICES - 1 ? text : text + " and user_key < " + (from + width);
  }

  private static String active(TotalsQuery query) {
    if (query.source() != Source.LIVE) {
      return "true";
    }
    return query.active().isEmpty()
        ? "false"
        : query.active().stream()
            .map(TotalsText::within)
            .collect(Collectors.joining(" or ", "(", ")"));
  }

  private static String within(Period period) {
    Instant until = period.until();
    String since = "at >= '%s'".formatted(period.since());
    return until == null ? since : since + " and at < '%s'".formatted(until);
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
                ? "count(*) filter (where events > 0)"
                : "count(*) filter (where first_at <= :asOf::timestamptz - make_interval(hours => %d))"
                    .formatted(goal.windowHours()))
        .collect(Collectors.joining(", "));
  }

  /// When the next visitor becomes mature for some goal.
  private static String ripe(TotalsQuery query) {
    String next =
        query.goals().stream()
            .map(Goal::windowHours)
            .filter(hours -> hours != null)
            .distinct()
            .map(
                """
                min(first_at + make_interval(hours => %1$d)) \
                filter (where first_at > :asOf::timestamptz - make_interval(hours => %1$d))\
                """
                    ::formatted)
            .collect(Collectors.joining(", "));
    return next.isEmpty() ? "null::timestamptz" : "least(%s)".formatted(next);
  }
}
