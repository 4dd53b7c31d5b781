package dev.pryo.event;

import java.util.List;

/// The statement that counts what each day (UTC) changed, by the rules of [TotalsQuery] as they
/// would have been applied at its end.
///
/// A visitor's value only changes on days with events of theirs, so each person, goal and day makes
/// one row with the differences to the row before; added up by day they are all that any day's end
/// needs. With a window the whole value comes on the day on which the visitor becomes mature. Who
/// sees a second segment is taken out again on that day.
final class DaysText {
  private static final String DAYS =
      """
      with measure as (
        select measure, name_no, make_interval(hours => hours) as span, goal, part
          from unnest(:measures::int[], :names::int[], :hours::int[], :goals::int[], :parts::text[])
            as m (measure, name_no, hours, goal, part)),
      named as materialized (
        {rows}),
      seen as (
        select user_key, segment_no, min(at) {people} as at, min(at) as ever
          from named where segment_no between 0 and :segments - 1
         group by user_key, segment_no),
      visitor as materialized (
        select user_key, (array_agg(segment_no order by at, segment_no) filter (where at is not null))[1] as segment,
               min(at) as first_at, min(ever) as seen_at,
               ((array_agg(at order by at) filter (where at is not null))[2])::date as gone
          from seen group by user_key having min(at) is not null),
      happened as materialized (
        {happened}),
      {earlier}
      happening as (
        select h.user_key, m.goal, v.segment, v.gone, {day} as day, m.part = 'OWN' as own, h.value
          from visitor v
          join happened h on h.user_key = v.user_key and h.at >= v.first_at
          join measure m on m.name_no = h.name_no and m.part <> 'BEFORE'
                        and (m.span is null or h.at < v.first_at + m.span) {passed}
         where {entered}
        {before}),
      daily as (
        select user_key, goal, segment, gone, day,
               count(*) filter (where own) as events, coalesce(sum(value) filter (where own), 0) as total,
               count(value) filter (where own) as valued,
               count(*) filter (where not own) as by_events, coalesce(sum(value) filter (where not own), 0) as by_total,
               count(value) filter (where not own) as by_valued
          from happening where gone is null or day < gone
         group by user_key, goal, segment, gone, day),
      running as (
        select user_key, goal, segment, gone, day, sum(events) over so_far as events, sum(total) over so_far as total,
               sum(valued) over so_far as valued, sum(by_events) over so_far as by_events,
               sum(by_total) over so_far as by_total, sum(by_valued) over so_far as by_valued,
               lead(day) over so_far is null as latest
          from daily window so_far as (partition by user_key, goal order by day)),
      uncapped as (
        select user_key, goal, segment, gone, day, latest, events, total, {x} as x, {y} as y from running),
      cap as (
        select goal, greatest(percentile_cont((:caps::float8[])[goal + 1]) within group (order by x), 0) as most
          from uncapped
         where latest and gone is null and x <> 0 and (:caps::float8[])[goal + 1] is not null
         group by goal),
      worth as (
        select u.user_key, u.goal, u.segment, u.gone, u.day, u.latest, u.events, u.total, u.y,
               least(u.x, c.most) as x
          from uncapped u left join cap c on c.goal = u.goal),
      squared as (
        select *, (events > 0)::int as converted, {xx} as xx, {yy} as yy, {xy} as xy from worth),
      moved as (
        select goal, segment, day, {moves}
          from squared window so_far as (partition by user_key, goal order by day)
        union all
        select goal, segment, gone, -converted, -events, -total, -x, -xx, -y, -yy, -xy
          from squared where latest and gone is not null),
      matured as (
        select m.goal, v.segment, {entry} as day, v.gone
          from visitor v cross join measure m
         where m.part = 'OWN' and m.span is not null and {entered})
      select 'exposed' as part, null::int as goal, segment, first_at::date as day, count(*) as people, 0::bigint as converted,
             0::numeric as events, 0::float8 as total, 0::float8 as x, 0::float8 as xx, 0::float8 as y, 0::float8 as yy,
             0::float8 as xy, {ripe} as ripe_at
        from visitor where gone is null or first_at::date < gone group by 3, 4
      union all
      select 'gone', null, segment, gone, count(*), 0, 0, 0, 0, 0, 0, 0, 0, null
        from visitor where first_at::date < gone group by 3, 4
      union all
      select 'mature', goal, segment, day, count(*), 0, 0, 0, 0, 0, 0, 0, 0, null
        from matured where gone is null or day < gone group by 2, 3, 4
      union all
      select 'mature', goal, segment, gone, -count(*), 0, 0, 0, 0, 0, 0, 0, 0, null
        from matured where day < gone group by 2, 3, 4
      union all
      select 'value', goal, segment, day, 0, sum(converted), sum(events), sum(total), sum(x), sum(xx), sum(y), sum(yy),
             sum(xy), null
        from moved group by 2, 3, 4\
      """;

  // What happened before is known from the day on which the visitor counts.
  private static final String BEFORE =
      """
      union all
      select h.user_key, m.goal, v.segment, v.gone, {entry}, false, h.value
        from visitor v
        join earlier h on h.user_key = v.user_key and h.at < v.seen_at and h.at >= v.seen_at - {history}
        join measure m on m.name_no = h.name_no and m.part = 'BEFORE' {passed}
       where {entered}\
      """;

  private static final String WORTH =
      """
      (case {kind} when 'conversion' then least({events}, 1)::float8 when 'count' then {events}::float8
                   when 'sum' then {total} when 'ratio' then {total} + ({events} - {valued})::float8
                   when 'mean' then case when {valued} = 0 then 0 else {total} / {valued}::float8 end
                   else 0 end)\
      """;

  private static final String PRODUCT =
      """
      (case when abs({a}) > 1e150 or abs({b}) > 1e150 then 'infinity'
            when abs({a}) < 1e-150 or abs({b}) < 1e-150 then 0 else {a} * {b} end)\
      """;

  private static final String MATURITY = "v.first_at + m.span";

  private DaysText() {}

  static String of(TotalsQuery query, List<Measure> measures) {
    boolean history = measures.stream().anyMatch(Measure::before);
    boolean live = query.source() == Source.LIVE;
    String entry = waiting(live, "v.first_at::date");
    String text =
        DAYS.replace("{before}", history ? BEFORE : "")
            .replace("{day}", waiting(live, "h.at::date"))
            .replace("{entry}", entry)
            .replace(
                "{entered}",
                live ? "(m.span is null or " + MATURITY + " <= :asOf::timestamptz)" : "true")
            .replace("{x}", worth(":kinds", ""))
            .replace("{y}", worth(":second_kinds", "by_"))
            .replace("{xx}", product("x", "x"))
            .replace("{yy}", product("y", "y"))
            .replace("{xy}", product("x", "y"))
            .replace("{moves}", moves());
    return TotalsText.filled(text, query, measures, -1, false);
  }

  /// With a window a visitor counts on the day by whose end it is over. A simulation waits for
  /// nothing.
  private static String waiting(boolean live, String otherwise) {
    return live
        ? "case when m.span is null then %s else (%s - interval '1 microsecond')::date end"
            .formatted(otherwise, MATURITY)
        : otherwise;
  }

  private static String worth(String kinds, String side) {
    return WORTH
        .replace("{kind}", "(%s::text[])[goal + 1]".formatted(kinds))
        .replace("{events}", side + "events")
        .replace("{total}", side + "total")
        .replace("{valued}", side + "valued");
  }

  private static String product(String a, String b) {
    return PRODUCT.replace("{a}", a).replace("{b}", b);
  }

  private static String moves() {
    return String.join(
        ", ",
        List.of("converted", "events", "total", "x", "xx", "y", "yy", "xy").stream()
            .map(column -> "%1$s - coalesce(lag(%1$s) over so_far, 0) as %1$s".formatted(column))
            .toList());
  }
}
