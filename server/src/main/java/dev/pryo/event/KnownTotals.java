package dev.pryo.event;

import dev.pryo.event.TotalsQuery.Period;
import dev.pryo.experiment.Goal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Counts that are still right are not made again.
///
/// Each is kept with the database's snapshot from before it was made. Every event carries the
/// transaction that wrote it, so what a count has not seen is what that snapshot does not show,
/// whatever order transactions were numbered, committed or received in; deletions leave their
/// transaction in `event_removal`. A look at the newest events of the project is enough to tell.
/// What else a count depends on is its key; and time, which makes visitors mature.
///
/// Nothing is lost with this memory but time: a count is made again after a start, after another
/// start of the database, and where too many events have come to be looked at.
///
/// @param <T> what is counted
final class KnownTotals<T> {
  private static final int COUNTS = 100;

  /// How many newer events of the project are looked at.
  private static final int NEWER = 10_000;

  private static final String SEEN =
      """
      select pg_current_snapshot()::text as snapshot, pg_postmaster_start_time()::text as server,
             pg_current_xact_id_if_assigned() is null as reading
        from project where no = :project\
      """;

  private static final String STILL =
      """
      with newer as materialized (
        select tx, experiment_no, name_no, source from event
         where project_no = :project and tx >= pg_snapshot_xmin(:snapshot::pg_snapshot)
         order by tx limit :most + 1)
      select pg_current_snapshot()::text as snapshot
        from project
       where no = :project and pg_postmaster_start_time()::text = :server
         and (select count(*) from newer) <= :most
         and not exists (
           select from newer
            where source = :source and not pg_visible_in_snapshot(tx, :snapshot::pg_snapshot)
              and (experiment_no = :experiment or experiment_no is null and name_no = any(:names::int[])))
         and not exists (
           select from event_removal
            where project_no = :project and source = :source
              and not pg_visible_in_snapshot(tx, :snapshot::pg_snapshot))\
      """;

  /// Everything that a count depends on, but events and time.
  ///
  /// @param more what is asked beside the query
  /// @param past the time of a look into the past, which does not take the place of today's; else
  ///   null
  private record Key(
      String more,
      long projectNo,
      long experimentNo,
      int segments,
      List<Goal> goals,
      List<Period> active,
      boolean countBots,
      Source source,
      @Nullable Instant past) {
    static Key of(TotalsQuery query, String more, @Nullable Instant past) {
      return new Key(
          more,
          query.projectNo(),
          query.experimentNo(),
          query.segments(),
          query.goals(),
          query.active(),
          query.countBots(),
          query.source(),
          past);
    }
  }

  /// What the database shows at a moment.
  ///
  /// @param reading whether the transaction has written nothing itself, which may yet be undone
  private record Seen(String snapshot, String server, boolean reading) {}

  /// @param ripeAt when what was counted is no longer right by itself, because a visitor becomes
  ///   mature
  record Made<T>(T counted, @Nullable Instant ripeAt) {}

  /// @param ripeAt when the count is no longer right by itself, because a visitor becomes mature
  private record Kept<T>(T counted, Seen seen, Instant asOf, @Nullable Instant ripeAt) {
    boolean holds(Instant time) {
      return time.equals(asOf) || time.isAfter(asOf) && (ripeAt == null || time.isBefore(ripeAt));
    }
  }

  private final JdbcClient sql;
  private final Map<Key, Kept<T>> counts =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, Kept<T>> eldest) {
              return size() > COUNTS;
            }
          });

  KnownTotals(JdbcClient sql) {
    this.sql = sql;
  }

  /// The count for a query, made only if none is known that is still right. Within a transaction.
  ///
  /// @param more what is asked beside the query
  /// @param names the numbers of the events that the goals count
  T get(TotalsQuery query, String more, @Nullable Integer[] names, Supplier<Made<T>> count) {
    Key key = key(query, more);
    Kept<T> old = counts.get(key);
    if (old != null && old.holds(query.asOf())) {
      Optional<String> snapshot = still(key, names, old.seen());
      if (snapshot.isPresent()) {
        Seen now = new Seen(snapshot.get(), old.seen().server(), true);
        counts.put(key, new Kept<>(old.counted(), now, old.asOf(), old.ripeAt()));
        return old.counted();
      }
    }
    Optional<Seen> seen = seen(key);
    Made<T> made = count.get();
    seen.filter(Seen::reading)
        .ifPresent(
            now -> counts.put(key, new Kept<>(made.counted(), now, query.asOf(), made.ripeAt())));
    return made.counted();
  }

  private Key key(TotalsQuery query, String more) {
    Key today = Key.of(query, more, null);
    Kept<T> known = counts.get(today);
    return known != null && query.asOf().isBefore(known.asOf())
        ? Key.of(query, more, query.asOf())
        : today;
  }

  /// @return from when on the count is known to be right; nothing where it is not
  private Optional<String> still(Key key, @Nullable Integer[] names, Seen seen) {
    return sql.sql(STILL)
        .param("project", key.projectNo())
        .param("experiment", key.experimentNo())
        .param("source", key.source().ordinal())
        .param("names", names)
        .param("snapshot", seen.snapshot())
        .param("server", seen.server())
        .param("most", NEWER)
        .query(String.class)
        .optional();
  }

  /// Nothing where the caller does not see the project: what is kept is for all who do.
  private Optional<Seen> seen(Key key) {
    return sql.sql(SEEN)
        .param("project", key.projectNo())
        .query((rs, n) ->
            new Seen(rs.getString("snapshot"), rs.getString("server"), rs.getBoolean("reading")))
        .optional();
  }
}
