package dev.pryo.experiment;

import dev.pryo.experiment.Experiment.Mode;
import dev.pryo.experiment.Experiment.OnHarm;
import dev.pryo.experiment.Experiment.PullRequest;
import dev.pryo.platform.Address;
import dev.pryo.project.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The SQL of experiments.
@Component
final class ExperimentRows {
  /// An experiment of an account, and what the account may do in its project.
  record Owned(Experiment experiment, Role role) {}

  private final JdbcClient sql;
  private final KnownExperiments known;
  private final JsonMapper json;
  private final Address address;
  private final InstantSource clock;
  private final Announcer announcer;

  ExperimentRows(
      JdbcClient sql,
      KnownExperiments known,
      JsonMapper json,
      Address address,
      InstantSource clock,
      Announcer announcer) {
    this.announcer = announcer;
    this.sql = sql;
    this.known = known;
    this.json = json;
    this.address = address;
    this.clock = clock;
  }

  Optional<Owned> owned(UUID id, UUID account) {
    return known
        .read(
            """
            select %s, m.role from experiment e join member m on m.project_id = e.project_id
             where e.id = :id and m.account_id = :account\
            """,
            new MapSqlParameterSource("id", id).addValue("account", account),
            this::experiment,
            (experiment, row) ->
                new Owned(experiment, Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT))))
        .stream()
        .findFirst();
  }

  /// The account's experiments, newest first.
  ///
  /// @param before the last one of the page before
  List<Experiment> list(
      UUID account,
      @Nullable UUID project,
      @Nullable Status status,
      boolean archived,
      int limit,
      @Nullable UUID before) {
    String query =
        "select %s from experiment e join member m on m.project_id = e.project_id where"
            + " m.account_id = :account"
            + (project == null ? "" : " and e.project_id = :project")
            + (status == null ? "" : " and e.status = :status")
            + (archived ? "" : " and e.archived_at is null")
            + (before == null ? "" : " and e.id < :before")
            + " order by e.id desc limit :limit";
    return known.read(
        query,
        new MapSqlParameterSource("account", account)
            .addValue("project", project)
            .addValue("status", status == null ? null : status.written())
            .addValue("before", before)
            .addValue("limit", limit),
        this::experiment,
        (experiment, row) -> experiment);
  }

  /// Those of all projects that stand in this stage.
  List<Experiment> inStage(Status status) {
    return sql.sql("select * from experiment where status = :status order by id")
        .param("status", status.written())
        .query((rs, n) -> experiment(rs))
        .list();
  }

  /// Takes a key that the project has never used, made from the name.
  String takeKey(UUID project, String name) {
    String slug = ExperimentKeys.slug(name);
    for (int number = 1; ; number++) {
      String key = ExperimentKeys.numbered(slug, number);
      int taken =
          sql.sql(
                  """
                  insert into experiment_key (project_id, key) values (:project, :key) on conflict do nothing\
                  """)
              .param("project", project)
              .param("key", key)
              .update();
      if (taken > 0) {
        return key;
      }
    }
  }

  UUID insert(
      String key, Wanted wanted, UUID account, @Nullable UUID parent, @Nullable JsonNode proposal) {
    return values(
            sql.sql(
                """
                insert into experiment (project_id, key, name, description, hypothesis, parent_id, proposal,
                                        segments, goals, plan, exposure_percentage, seed, mode, on_harm,
                                        activate_on_merge, preview_url, base_branch, status, created_by,
                                        created_at, updated_at)
                values (:project, :key, :name, :description, :hypothesis, :parent, :proposal::jsonb,
                        :segments::jsonb, :goals::jsonb, :plan::jsonb, :exposure, :seed, :mode, :onHarm,
                        :activateOnMerge, :previewUrl, :baseBranch, 'draft', :account, :now, :now)
                returning id\
                """),
            wanted)
        .param("project", wanted.projectId())
        .param("key", key)
        .param("parent", parent)
        .param("proposal", proposal == null ? null : json.writeValueAsString(proposal))
        .param("seed", ExperimentKeys.seed())
        .param("account", account)
        .query(UUID.class)
        .single();
  }

  /// Stores what an experiment shall be from now on.
  void update(UUID id, Wanted wanted) {
    announcer.changed(id);
    values(
            sql.sql(
                """
                update experiment set name = :name, description = :description, hypothesis = :hypothesis,
                       segments = :segments::jsonb, goals = :goals::jsonb, plan = :plan::jsonb,
                       exposure_percentage = :exposure, mode = :mode, on_harm = :onHarm,
                       activate_on_merge = :activateOnMerge,
                       preview_url = :previewUrl, base_branch = :baseBranch, updated_at = :now
                 where id = :id\
                """),
            wanted)
        .param("id", id)
        .update();
  }

  private JdbcClient.StatementSpec values(JdbcClient.StatementSpec statement, Wanted wanted) {
    return statement
        .param("name", wanted.name())
        .param("description", wanted.description())
        .param("hypothesis", wanted.hypothesis())
        .param("segments", json.writeValueAsString(wanted.segments()))
        .param("goals", json.writeValueAsString(wanted.goals()))
        .param("plan", json.writeValueAsString(wanted.plan()))
        .param("exposure", wanted.exposurePercentage())
        .param("mode", wanted.mode().name().toLowerCase(Locale.ROOT))
        .param("onHarm", wanted.onHarm().name().toLowerCase(Locale.ROOT))
        .param("activateOnMerge", wanted.activateOnMerge())
        .param("previewUrl", wanted.previewUrl())
        .param("baseBranch", wanted.baseBranch())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC));
  }

  /// Notes how long its plan takes.
  void days(UUID id, @Nullable Integer days) {
    sql.sql(
            """
            update experiment set plan = jsonb_set(plan, '{days}', coalesce(to_jsonb(:days::int), 'null'::jsonb))
             where id = :id\
            """)
        .param("days", days)
        .param("id", id)
        .update();
  }

  void closedReason(UUID id, String reason) {
    sql.sql("update experiment set closed_reason = :reason, updated_at = :now where id = :id")
        .param("reason", reason)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("id", id)
        .update();
  }

  /// The experiment, held until the transaction ends.
  Optional<Experiment> locked(UUID id) {
    return sql.sql("select * from experiment where id = :id for update")
        .param("id", id)
        .query((rs, n) -> experiment(rs))
        .optional();
  }

  Set<String> keysOf(UUID project, Status status) {
    return sql.sql("select key from experiment where project_id = :project and status = :status")
        .param("project", project)
        .param("status", status.written())
        .query((rs, n) -> rs.getString("key"))
        .set();
  }

  /// Those whose clean-up waits for its merge.
  List<Experiment> rollingOut() {
    return sql.sql("select * from experiment where rollout ->> 'status' = 'awaiting_merge'")
        .query((rs, n) -> experiment(rs))
        .list();
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
        OnHarm.valueOf(row.getString("on_harm").toUpperCase(Locale.ROOT)),
        row.getBoolean("activate_on_merge"),
        row.getString("preview_url"),
        row.getString("base_branch"),
        stage(row),
        row.getObject("implementing_since") != null,
        instant(row, "activated_at"),
        instant(row, "finished_at"),
        instant(row, "archived_at"),
        row.getString("branch"),
        row.getString("base_commit"),
        row.getString("head_commit"),
        pullRequest(row),
        row.getString("closed_reason"),
        row.getString("rollout") == null
            ? null
            : json.readValue(row.getString("rollout"), Rollout.class),
        row.getObject("created_by", UUID.class),
        known(row, "created_at"),
        known(row, "updated_at"));
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

  /// A host without pages has none of its own for the pull request: Pryo's takes its place.
  private @Nullable PullRequest pullRequest(ResultSet row) throws SQLException {
    String state = row.getString("pr_state");
    if (state == null) {
      return null;
    }
    String url = row.getString("pr_url");
    String checks = row.getString("pr_checks");
    return new PullRequest(
        row.getInt("pr_number"),
        url != null
            ? url
            : "%s/experiments/%s/changes".formatted(address.publicUrl(), row.getString("id")),
        PullRequest.State.valueOf(state.toUpperCase(Locale.ROOT)),
        row.getString("branch"),
        row.getString("pr_base"),
        row.getBoolean("pr_conflicted"),
        json.readValue(row.getString("pr_conflict_files"), new TypeReference<List<String>>() {}),
        checks == null ? null : PullRequest.Checks.valueOf(checks.toUpperCase(Locale.ROOT)),
        row.getInt("pr_repairs"),
        repairs(row));
  }

  /// Somebody may have pushed a commit behind the one that mends.
  private static boolean repairs(ResultSet row) throws SQLException {
    return row.getBoolean("pr_repair")
        && (row.getString("status").equals(Status.IMPLEMENTING.written())
            || Objects.equals(row.getString("pr_repaired"), row.getString("head_commit")));
  }

  private static Instant known(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(instant(row, column), column);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
