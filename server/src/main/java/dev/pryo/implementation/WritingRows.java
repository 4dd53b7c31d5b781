package dev.pryo.implementation;

import dev.pryo.agent.model.Round;
import dev.pryo.agent.model.Transcript.Entry;
import dev.pryo.experiment.Experiments;
import dev.pryo.implementation.Writings.Writing;
import dev.pryo.llm.Content;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The SQL of how variants are written.
@Component
final class WritingRows {
  private static final int KEPT_RUNS = 5;

  private final JdbcClient sql;
  private final InstantSource clock;

  WritingRows(JdbcClient sql, InstantSource clock) {
    this.sql = sql;
    this.clock = clock;
  }

  Optional<Writing> find(UUID experiment) {
    return sql.sql("select * from writing where experiment_id = :experiment")
        .param("experiment", experiment)
        .query((rs, n) -> writing(rs))
        .optional();
  }

  private static Writing writing(ResultSet row) throws SQLException {
    return new Writing(
        row.getObject("experiment_id", UUID.class),
        row.getObject("project_id", UUID.class),
        row.getInt("run"),
        row.getObject("job_id", UUID.class),
        row.getString("base_commit"),
        row.getBoolean("over"),
        row.getString("model"),
        row.getString("commit"),
        row.getInt("entries"),
        Stream.of((String[]) row.getArray("rounds").getArray()).map(WritingRows::round).toList(),
        row.getString("pending") == null ? null : round(row.getString("pending")));
  }

  private static Round round(String json) {
    return Content.JSON.readValue(json, Round.class);
  }

  void insert(UUID experiment, UUID project, UUID job, String base) {
    sql.sql(
            """
            insert into writing (experiment_id, project_id, run, job_id, base_commit)
            values (:experiment, :project, 1, :job, :base)\
            """)
        .param("experiment", experiment)
        .param("project", project)
        .param("job", job)
        .param("base", base)
        .update();
  }

  /// What was said belongs to a revision, and what was said last to the job for which it was said;
  /// a first run has nobody's words yet.
  void begin(UUID experiment, UUID job, String base, boolean revises) {
    sql.sql(
            """
            update writing set job_id = :job, base_commit = :base, unproposed = null,
                   pending = case when :revises and coalesce(pending_job, :job) = :job then pending end,
                   rounds = case when :revises then rounds else '{}' end
             where experiment_id = :experiment\
            """)
        .param("job", job)
        .param("base", base)
        .param("revises", revises)
        .param("experiment", experiment)
        .update();
  }

  void freshRun(UUID experiment) {
    sql.sql(
            """
            update writing set run = run + 1, over = false, model = null, commit = null, entries = 0
             where experiment_id = :experiment\
            """)
        .param("experiment", experiment)
        .update();
    sql.sql(
            """
            delete from transcript t using writing w
             where t.experiment_id = :experiment and w.experiment_id = t.experiment_id and t.run <= w.run - :kept\
            """)
        .param("experiment", experiment)
        .param("kept", KEPT_RUNS)
        .update();
  }

  List<Entry> entries(UUID experiment) {
    return sql.sql(
            """
            select entry from transcript t join writing w using (experiment_id, run)
             where experiment_id = :experiment order by position\
            """)
        .param("experiment", experiment)
        .query((rs, n) -> Content.JSON.readValue(rs.getString("entry"), Entry.class))
        .list();
  }

  /// The transcript of the newest roll-out.
  List<Entry> rolledOut(UUID experiment) {
    return sql.sql(
            """
            select t.entry from transcript t join footprint f on f.experiment_id = t.experiment_id and t.run = -f.round
             where t.experiment_id = :experiment order by t.position\
            """)
        .param("experiment", experiment)
        .query((rs, n) -> Content.JSON.readValue(rs.getString("entry"), Entry.class))
        .list();
  }

  void cut(Writing writing, int position) {
    sql.sql(
            """
            delete from transcript where experiment_id = :experiment and run = :run and position >= :position\
            """)
        .param("experiment", writing.experiment())
        .param("run", writing.run())
        .param("position", position)
        .update();
  }

  void keep(Writing writing, int position, String entry) {
    sql.sql(
            """
            insert into transcript (experiment_id, project_id, run, position, entry, at)
            values (:experiment, :project, :run, :position, :entry, :now)\
            """)
        .param("experiment", writing.experiment())
        .param("project", writing.project())
        .param("run", writing.run())
        .param("position", position)
        .param("entry", entry)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  void pending(UUID experiment, @Nullable String round) {
    sql.sql(
            """
            update writing w set pending = :round,
                   pending_job = (select id from job j where j.experiment_id = w.experiment_id and kind = :kind
                                                         and state in ('queued', 'running'))
             where experiment_id = :experiment\
            """)
        .param("kind", Experiments.IMPLEMENT)
        .param("round", round)
        .param("experiment", experiment)
        .update();
  }

  void committed(Writing writing, String commit, @Nullable String model) {
    sql.sql(
            """
            update writing w set over = true, commit = :commit, model = :model, pending = null, pending_job = null, unproposed = null,
                   rounds = case when pending is null then rounds else rounds || pending end,
                   entries = (select count(*) from transcript t where t.experiment_id = w.experiment_id and t.run = w.run)
             where experiment_id = :experiment\
            """)
        .param("commit", commit)
        .param("model", model)
        .param("experiment", writing.experiment())
        .update();
  }

  void over(UUID experiment) {
    sql.sql("update writing set over = true where experiment_id = :experiment")
        .param("experiment", experiment)
        .update();
  }

  void unproposed(UUID experiment, String changes) {
    sql.sql("update writing set unproposed = :changes where experiment_id = :experiment")
        .param("changes", changes)
        .param("experiment", experiment)
        .update();
  }

  Optional<String> unproposed(UUID experiment) {
    return sql.sql(
            "select unproposed from writing where experiment_id = :experiment and unproposed is not null")
        .param("experiment", experiment)
        .query(String.class)
        .optional();
  }
}
