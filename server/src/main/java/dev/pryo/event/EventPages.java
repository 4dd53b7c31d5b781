package dev.pryo.event;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// Pages of an experiment's raw events. Each part of the answer is the newest end of one stretch of
/// an index, so that a page costs the same however much is stored.
final class EventPages {
  private static final String SQL =
      """
      select e.*, n.name
        from (
          select e.*
            from unnest(:sources::smallint[]) as s (source)
           cross join lateral (
             select * from event
              where experiment_no = :experiment and source = s.source and seq < :before and project_no = :project
              order by seq desc limit :limit) e
          union all
          select e.*
            from unnest(:sources::smallint[]) as s (source)
           cross join unnest(:names::int[]) as g (name_no)
           cross join lateral (
             select * from event e
              where project_no = :project and name_no = g.name_no and name_no > 0 and source = s.source
                and experiment_no is null and seq < :before
                and exists (select from event x
                             where x.experiment_no = :experiment and x.source = s.source
                               and x.user_key = e.user_key and x.segment_no is not null)
              order by seq desc limit :limit) e
        ) e
        left join event_name n on n.no = e.name_no
       order by seq desc limit :limit\
      """;

  private final JdbcClient sql;
  private final TransactionTemplate transactions;
  private final EventNames names;

  EventPages(JdbcClient sql, TransactionTemplate transactions, EventNames names) {
    this.sql = sql;
    this.transactions = transactions;
    this.names = names;
  }

  List<StoredEvent> page(EventQuery query) {
    Integer[] goals =
        query.goals().stream()
            .distinct()
            .map(goal -> names.find(query.projectNo(), goal))
            .toArray(Integer[]::new);
    Integer[] sources = query.sources().stream().map(Source::ordinal).toArray(Integer[]::new);
    return transactions.execute(status ->
        sql.sql(SQL)
            .param("sources", sources)
            .param("names", goals)
            .param("experiment", query.experimentNo())
            .param("project", query.projectNo())
            .param("before", query.before())
            .param("limit", query.limit())
            .query((rs, n) -> event(rs))
            .list());
  }

  private static StoredEvent event(ResultSet row) throws SQLException {
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
