package dev.pryo.event;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Finds one visitor's events by the indexes that analyses need anyway. An index of its own would
/// cost every event that comes in, for what is asked rarely.
///
/// What names an experiment stands in the index of exposures, goal events without one in that of
/// goals. Previews without an experiment are few and are looked through, within an index.
final class VisitorRows {
  // a range in the order of users can only be had from the index that has this order
  private static final String ROWS =
      """
      (select e.*
         from unnest(:experiments::bigint[]) as x (no)
        cross join unnest('{0,1,2}'::smallint[]) as s (source)
        cross join lateral (
          select {columns} from event
           where experiment_no = x.no and source = s.source and user_key between :user and :user
             and project_no = :project and user_id = :userId
           order by user_key) e
       union all
       select e.*
         from event_name n
        cross join lateral (
          select {columns} from event
           where project_no = :project and name_no = n.no and name_no > 0 and source = 0
             and user_key = :user and user_id = :userId and experiment_no is null) e
        where n.project_no = :project
       union all
       select e.*
         from event_name n
        cross join unnest('{1,2}'::smallint[]) as s (source)
        cross join lateral (
          select {columns} from event
           where project_no = :project and name_no = n.no and name_no > 0 and source = s.source
             and user_key = :user and user_id = :userId and experiment_no is null) e
        where n.project_no = :project
       limit :limit)\
      """;

  private static final String LIST =
      "select e.*, n.name from %s e left join event_name n on n.no = e.name_no order by e.at, e.seq"
          .formatted(ROWS.replace("{columns}", "*"));

  private static final String DELETE =
      "delete from event where ctid = any(array(select e.ctid from %s e))"
          .formatted(ROWS.replace("{columns}", "ctid"));

  private final JdbcClient sql;

  VisitorRows(JdbcClient sql) {
    this.sql = sql;
  }

  /// In the order of their times.
  List<StoredEvent> list(VisitorQuery visitor, int limit) {
    return about(visitor, LIST, limit).query((rs, n) -> EventPages.event(rs)).list();
  }

  /// Deletes at most so many.
  ///
  /// @return how many there were
  int delete(VisitorQuery visitor, int limit) {
    return about(visitor, DELETE, limit).update();
  }

  private JdbcClient.StatementSpec about(VisitorQuery visitor, String text, int limit) {
    return sql.sql(text)
        .param("project", visitor.projectNo())
        .param("experiments", visitor.experiments().toArray(Long[]::new))
        .param("user", visitor.userKey())
        .param("userId", visitor.userId())
        .param("limit", limit);
  }
}
