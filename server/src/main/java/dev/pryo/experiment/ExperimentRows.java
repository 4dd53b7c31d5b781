package dev.pryo.experiment;

import dev.pryo.experiment.Experiment.Mode;
import dev.pryo.experiment.Experiment.PullRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The SQL of experiments.
@Component
final class ExperimentRows {
  private final JdbcClient sql;
  private final JsonMapper json;

  ExperimentRows(JdbcClient sql, JsonMapper json) {
    this.sql = sql;
    this.json = json;
  }

  Optional<Experiment> owned(UUID id, UUID account) {
    return sql.sql(
            """
            select e.* from experiment e join member m on m.project_id = e.project_id
             where e.id = :id and m.account_id = :account\
            """)
        .param("id", id)
        .param("account", account)
        .query((rs, n) -> experiment(rs))
        .optional();
  }

  Optional<Experiment> byId(UUID id) {
    return sql.sql("select * from experiment where id = :id")
        .param("id", id)
        .query((rs, n) -> experiment(rs))
        .optional();
  }

  Experiment experiment(ResultSet row) throws SQLException {
    return new Experiment(
        row.getObject("id", UUID.class),
        row.getLong("no"),
        row.getObject("project_id", UUID.class),
        row.getString("key"),
        row.getString("name"),
        row.getString("description"),
        row.getString("hypothesis"),
        row.getObject("parent_id", UUID.class),
        row.getString("proposal") == null ? null : json.readTree(row.getString("proposal")),
        json.readValue(row.getString("segments"), new TypeReference<List<Segment>>() {}),
        json.readValue(row.getString("goals"), new TypeReference<List<Goal>>() {}),
        json.readValue(row.getString("plan"), Plan.class),
        row.getBigDecimal("exposure_percentage"),
        row.getString("seed"),
        Mode.valueOf(row.getString("mode").toUpperCase(Locale.ROOT)),
        row.getBoolean("activate_on_merge"),
        row.getString("preview_url"),
        row.getString("base_branch"),
        stage(row),
        instant(row, "activated_at"),
        instant(row, "finished_at"),
        instant(row, "archived_at"),
        row.getString("branch"),
        row.getString("base_commit"),
        row.getString("head_commit"),
        pullRequest(row),
        row.getString("closed_reason"),
        row.getObject("created_by", UUID.class),
        known(row, "created_at"));
  }

  private Stage stage(ResultSet row) throws SQLException {
    return switch (Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT))) {
      case DRAFT -> new Stage.Draft();
      case IMPLEMENTING -> new Stage.Implementing(known(row, "implementing_since"));
      case AWAITING_MERGE -> new Stage.AwaitingMerge();
      case ACTIVE -> new Stage.Active(known(row, "activated_at"));
      case PAUSED -> new Stage.Paused(known(row, "activated_at"), known(row, "paused_at"));
      case FINISHED -> new Stage.Finished(known(row, "activated_at"), known(row, "finished_at"));
      case FAILED -> new Stage.Failed(json.readValue(row.getString("error"), Stage.Problem.class));
    };
  }

  private static @Nullable PullRequest pullRequest(ResultSet row) throws SQLException {
    String url = row.getString("pr_url");
    return url == null
        ? null
        : new PullRequest(
            row.getInt("pr_number"),
            url,
            PullRequest.State.valueOf(row.getString("pr_state").toUpperCase(Locale.ROOT)));
  }

  private static Instant known(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(instant(row, column), column);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
