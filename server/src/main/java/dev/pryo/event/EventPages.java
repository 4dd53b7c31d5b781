package dev.pryo.event;

import dev.pryo.platform.Glance;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;

/// Pages of an experiment's raw events, at a cost that does not grow with what is stored.
///
/// What names the experiment is the newest end of one stretch of an index. What names none lies
/// among the events of people who were never in the experiment, and those may be nearly all. So it
/// is looked for in three steps, each of which ends: among the newest; then, where the experiment
/// has few people, by these people; else among many more, and the page ends there, short or not.
final class EventPages {
  /// How many events without an experiment are looked at for each one that is asked for, of each
  /// name and source. That many is little, so that a page of a large table is like one of a small.
  private static final int NEAR = 20;

  private static final int FAR = 80;

  /// A smaller page is searched for like one of so many, or it would often be empty; a larger one
  /// like one of so many, or it would take long.
  private static final int SMALL = 50;

  private static final int LARGE = 250;

  /// How many people, and how many events of theirs, are few.
  private static final int FEW_PEOPLE = 2_000;

  private static final int FEW_EVENTS = 5_000;

  /// An event may wait so long between its time of receipt and its place in the order.
  private static final Duration WAITED = Duration.ofMinutes(5);

  private static final String SINCE =
      """
      select seq from event where project_no = :project and received_at < :since
       order by received_at desc limit 1\
      """;

  private static final String FLOOR =
      """
      select max(f.seq) as seq
        from unnest(:sources::smallint[]) as s (source)
       cross join unnest(:names::int[]) as g (name_no)
       cross join lateral (
         select seq from event
          where project_no = :project and name_no = g.name_no and name_no > 0 and source = s.source
            and experiment_no is null and seq < :before and seq >= :floor
          order by seq desc offset :window limit 1) f\
      """;

  private static final String BOUNDS =
      """
      with since as materialized (select coalesce((%s), 0) as seq)
      select since.seq as since, (%s) as near from since\
      """
          .formatted(SINCE, FLOOR.replace(":floor", "since.seq"));

  private static final String NAMED =
      """
      select e.*
        from unnest(:sources::smallint[]) as s (source)
       cross join lateral (
         select * from event
          where experiment_no = :experiment and source = s.source and seq < :before and seq >= :namedFloor
            and project_no = :project
          order by seq desc limit :limit) e\
      """;

  // Each candidate is asked by itself whether its user was exposed, from indexes alone, and only
  // rows of the page are read. A lateral limit cannot become a join over all exposures, and a range
  // in the order of users can only be had from the index that has this order. A lateral offset
  // keeps the rows of the page behind the search: a planner whose figures are from before this
  // project takes it for empty, begins with its rows, and searches anew for each.
  private static final String OF_RECENT =
      """
      select e.*
        from unnest(:sources::smallint[]) as s (source)
       cross join unnest(:names::int[]) as g (name_no)
       cross join lateral (
         select c.seq
           from (select seq, user_key from event
                  where project_no = :project and name_no = g.name_no and name_no > 0 and source = s.source
                    and experiment_no is null and seq < :before and seq >= :floor
                  order by seq desc) c
          cross join lateral (
            select from event x
             where x.experiment_no = :experiment and x.source = s.source
               and x.user_key between c.user_key and c.user_key
               and x.project_no = :project and x.segment_no is not null
             order by x.user_key limit 1) exposed
          order by c.seq desc limit :limit) found
       cross join lateral (
         select * from event
          where project_no = :project and name_no = g.name_no and name_no > 0 and source = s.source
            and experiment_no is null and seq = found.seq offset 0) e
       where e.received_at >= :since\
      """;

  private static final String PEOPLE =
      """
      select distinct user_key
        from (select user_key from event
               where experiment_no = :experiment and source = 0 and project_no = :project
                 and segment_no is not null limit :people) p\
      """;

  private static final String OF_PEOPLE =
      """
      select e.*
        from (%s) p
       cross join unnest(:names::int[]) as g (name_no)
       cross join lateral (
         select * from event
          where project_no = :project and name_no = g.name_no and name_no > 0 and source = 0
            and user_key = p.user_key and experiment_no is null offset 0) e
       where e.seq < :before and e.received_at >= :since\
      """
          .formatted(PEOPLE);

  private static final String FEW =
      """
      select (select count(*) from (
               select from event where experiment_no = :experiment and source = 0 and project_no = :project
                  and segment_no is not null limit :people + 1) x) <= :people
         and (select count(*) from (
               select from (%s) p cross join unnest(:names::int[]) as g (name_no)
                cross join lateral (
                  select from event
                   where project_no = :project and name_no = g.name_no and name_no > 0 and source = 0
                     and user_key = p.user_key and experiment_no is null limit :events) e
                limit :events + 1) y) <= :events\
      """
          .formatted(PEOPLE);

  private static final String PAGE =
      """
      select e.*, n.name from (%s) e left join event_name n on n.no = e.name_no
       order by e.seq desc limit :limit\
      """;

  private final Glance glance;
  private final EventNames names;

  EventPages(Glance glance, EventNames names) {
    this.glance = glance;
    this.names = names;
  }

  EventPage page(EventQuery query) {
    Integer[] goals =
        query.goals().stream()
            .distinct()
            .map(goal -> names.find(query.projectNo(), goal))
            .toArray(Integer[]::new);
    Bounds bounds = bounds(query, goals);
    long since = bounds.since();
    Long near = bounds.near();
    EventPage page = ofRecent(query, goals, since, near);
    if (near == null || !near.equals(page.next())) {
      return page;
    }
    if (query.sources().contains(Source.LIVE) && few(query, goals)) {
      return ofPeople(query, goals, since);
    }
    return ofRecent(query, goals, since, far(query, goals, since));
  }

  /// Where the search among the events without an experiment ends.
  ///
  /// @param since where in the order of arrival those begin that may be listed: after one that was
  ///   received so long before that it cannot have waited till then
  /// @param near down to where at most [#NEAR] events of a kind have been looked at for each of the
  ///   page; null where there are fewer
  private record Bounds(long since, @Nullable Long near) {}

  private Bounds bounds(EventQuery query, Integer[] goals) {
    return glance
        .at(
            BOUNDS,
            about(query, goals)
                .addValue("since", query.since().minus(WAITED).atOffset(ZoneOffset.UTC))
                .addValue("window", window(query, NEAR)),
            (rs, n) -> new Bounds(rs.getLong("since"), rs.getObject("near", Long.class)))
        .getFirst();
  }

  /// The same for a larger window.
  private @Nullable Long far(EventQuery query, Integer[] goals, long since) {
    return glance
        .at(
            FLOOR,
            about(query, goals).addValue("floor", since).addValue("window", window(query, FAR)),
            (rs, n) -> Optional.ofNullable(rs.getObject("seq", Long.class)))
        .getFirst()
        .orElse(null);
  }

  private static int window(EventQuery query, int each) {
    return each * Math.clamp(query.limit(), SMALL, LARGE);
  }

  /// @param floor where the page ends at the latest; null: nowhere
  private EventPage ofRecent(EventQuery query, Integer[] goals, long since, @Nullable Long floor) {
    List<StoredEvent> found =
        glance.at(
            PAGE.formatted(NAMED + " union all " + OF_RECENT),
            about(query, goals)
                .addValue("floor", floor == null ? since : floor)
                .addValue("namedFloor", floor == null ? Long.MIN_VALUE : floor),
            (rs, n) -> event(rs));
    return cut(found, query.limit(), floor);
  }

  private boolean few(EventQuery query, Integer[] goals) {
    return glance.at(FEW, about(query, goals), (rs, n) -> rs.getBoolean(1)).getFirst();
  }

  /// The page by the experiment's few people. Previews and simulations are few by nature and are
  /// looked through.
  private EventPage ofPeople(EventQuery query, Integer[] goals, long since) {
    String others = OF_RECENT.replace(":sources", ":others");
    List<StoredEvent> found =
        glance.at(
            PAGE.formatted(String.join(" union all ", NAMED, OF_PEOPLE, others)),
            about(query, goals)
                .addValue("others", numbers(query, source -> source != Source.LIVE))
                .addValue("floor", since)
                .addValue("namedFloor", Long.MIN_VALUE),
            (rs, n) -> event(rs));
    return cut(found, query.limit(), null);
  }

  private static MapSqlParameterSource about(EventQuery query, Integer[] goals) {
    return new MapSqlParameterSource("project", query.projectNo())
        .addValue("experiment", query.experimentNo())
        .addValue("names", goals)
        .addValue("sources", numbers(query, source -> true))
        .addValue("since", query.since().atOffset(ZoneOffset.UTC))
        .addValue("before", query.before())
        .addValue("limit", query.limit() + 1) // one more says whether something follows
        .addValue("people", FEW_PEOPLE)
        .addValue("events", FEW_EVENTS);
  }

  private static Integer[] numbers(EventQuery query, Predicate<Source> wanted) {
    return query.sources().stream().filter(wanted).map(Source::ordinal).toArray(Integer[]::new);
  }

  private static EventPage cut(List<StoredEvent> found, int limit, @Nullable Long floor) {
    if (found.size() <= limit) {
      return new EventPage(found, floor);
    }
    List<StoredEvent> shown = List.copyOf(found.subList(0, limit));
    return new EventPage(shown, shown.getLast().seq());
  }

  static StoredEvent event(ResultSet row) throws SQLException {
    String id = row.getString("event_id");
    String name = row.getString("name");
    short segment = row.getShort("segment_no");
    boolean outside = row.wasNull();
    return new StoredEvent(
        row.getLong("seq"),
        id == null ? row.getString("event_key") : id,
        row.getString("user_id"),
        name == null ? NewEvent.EXPOSURE : name,
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getObject("received_at", OffsetDateTime.class).toInstant(),
        row.getObject("value", Double.class),
        row.getObject("experiment_no") != null,
        outside ? null : Integer.valueOf(segment),
        Source.values()[row.getShort("source")],
        row.getBoolean("bot"),
        row.getString("properties"));
  }
}
