package dev.pryo.event;

import dev.pryo.experiment.Experiment;
import dev.pryo.project.Project;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// What has come in so far, as somebody wants to know who is about to start an experiment.
@Component
public class Sightings {
  private static final String NEWEST =
      "select max(received_at) from event where project_no = :project having max(received_at) is not null";

  private static final String PREVIEWED =
      """
      select segment_no, max(received_at) as received_at from event
       where experiment_no = :experiment and source = 1 and project_no = :project and segment_no is not null
       group by segment_no\
      """;

  private static final String GOALS =
      """
      select n.name,
             greatest(
               (select received_at from event
                 where project_no = :project and name_no = n.no and name_no > 0 and source = 1
                   and experiment_no is null
                 order by seq desc limit 1),
               (select max(received_at) from event
                 where experiment_no = :experiment and source = 1 and project_no = :project and name_no = n.no))
               as previewed,
             exists (select from event
                      where project_no = :project and name_no = n.no and name_no > 0 and source = 0
                        and experiment_no is null)
             or exists (select from project p join experiment x on x.project_id = p.id
                          join event e on e.experiment_no = x.no and e.source = 0 and e.project_no = p.no
                         where p.no = :project and e.name_no = n.no) as live
        from event_name n
       where n.project_no = :project and n.name = any(:names)\
      """;

  /// A goal's event.
  ///
  /// @param previewed when it last came from a preview; null: never
  /// @param live whether it has ever come from a visitor
  public record GoalSeen(@Nullable Instant previewed, boolean live) {
    static final GoalSeen NEVER = new GoalSeen(null, false);
  }

  /// @param newest when the project's last event came in, whatever it was
  /// @param segments when each segment was last seen in a preview, by its index
  /// @param goals what was seen of each goal's event, by its name
  public record Seen(
      @Nullable Instant newest, Map<Integer, Instant> segments, Map<String, GoalSeen> goals) {
    public GoalSeen goal(String event) {
      return goals.getOrDefault(event, GoalSeen.NEVER);
    }
  }

  private final JdbcClient sql;
  private final TransactionTemplate transactions;

  Sightings(JdbcClient sql, TransactionTemplate transactions) {
    this.sql = sql;
    this.transactions = transactions;
  }

  /// What was seen of the experiment, read for whoever the current thread acts for.
  public Seen of(Project project, Experiment experiment) {
    List<String> names =
        experiment.goals().stream().flatMap(goal -> goal.events().stream()).distinct().toList();
    return transactions.execute(status -> {
      Optional<Instant> newest =
          about(NEWEST, project, experiment).query((rs, n) -> at(rs, "max")).optional();
      Map<Integer, Instant> segments =
          about(PREVIEWED, project, experiment)
              .query((rs, n) -> Map.entry(rs.getInt("segment_no"), at(rs, "received_at")))
              .list()
              .stream()
              .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
      Map<String, GoalSeen> goals = new HashMap<>();
      about(GOALS, project, experiment)
          .param("names", names.toArray(String[]::new))
          .query(rs -> {
            boolean previewed = rs.getObject("previewed") != null;
            goals.put(
                rs.getString("name"),
                new GoalSeen(previewed ? at(rs, "previewed") : null, rs.getBoolean("live")));
          });
      return new Seen(newest.orElse(null), segments, goals);
    });
  }

  private JdbcClient.StatementSpec about(String text, Project project, Experiment experiment) {
    return sql.sql(text).param("project", project.no()).param("experiment", experiment.no());
  }

  private static Instant at(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
