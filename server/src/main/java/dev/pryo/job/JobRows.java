package dev.pryo.job;

import dev.pryo.job.Job.Check;
import dev.pryo.job.Job.Phase;
import dev.pryo.job.Job.State;
import dev.pryo.platform.Glance;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The SQL of jobs. What a run writes names its attempt, so that a process that was taken for dead
/// and comes back changes nothing.
@Component
final class JobRows {
  private static final String OF_THIS_RUN =
      " where id = :id and state = 'running' and attempts = :attempt";

  private final JdbcClient sql;
  private final Glance glance;
  private final JsonMapper json;
  private final InstantSource clock;

  JobRows(JdbcClient sql, Glance glance, JsonMapper json, InstantSource clock) {
    this.sql = sql;
    this.glance = glance;
    this.json = json;
    this.clock = clock;
  }

  UUID insert(String kind, UUID project, UUID experiment, @Nullable UUID by) {
    return sql.sql(
            """
            insert into job (project_id, experiment_id, kind, state, phase, progress, message, created_by,
                             created_at, updated_at)
            values (:project, :experiment, :kind, 'queued', 'queued', 0, 'Waiting for its turn.', :by, :now, :now)
            returning id\
            """)
        .param("project", project)
        .param("experiment", experiment)
        .param("kind", kind)
        .param("by", by)
        .param("now", now())
        .query(UUID.class)
        .single();
  }

  Optional<Job> latest(UUID experiment, String kind) {
    return glance
        .at(
            """
            select * from job where experiment_id = :experiment and kind = :kind order by id desc limit 1\
            """,
            new MapSqlParameterSource("experiment", experiment).addValue("kind", kind),
            (rs, n) -> job(rs))
        .stream()
        .findFirst();
  }

  Optional<Job> latestDone(UUID experiment, String kind) {
    return sql.sql(
            """
            select * from job where experiment_id = :experiment and kind = :kind and state = 'done'
             order by id desc limit 1\
            """)
        .param("experiment", experiment)
        .param("kind", kind)
        .query((rs, n) -> job(rs))
        .optional();
  }

  boolean isOpen(UUID experiment, String kind) {
    return sql.sql(
            """
            select id from job where experiment_id = :experiment and kind = :kind
               and state in ('queued', 'running')\
            """)
        .param("experiment", experiment)
        .param("kind", kind)
        .query(UUID.class)
        .optional()
        .isPresent();
  }

  Optional<UUID> cancel(UUID experiment, String kind, String message) {
    return sql.sql(
            """
            update job set state = 'cancelled', message = :message, updated_at = :now
             where experiment_id = :experiment and kind = :kind and state in ('queued', 'running') returning id\
            """)
        .param("message", message)
        .param("now", now())
        .param("experiment", experiment)
        .param("kind", kind)
        .query(UUID.class)
        .optional();
  }

  /// Begins the next attempt, if the job is still to be done.
  Optional<Job> begin(UUID id) {
    return sql.sql(
            """
            update job set state = 'running', attempts = attempts + 1, phase = 'queued', progress = 0,
                   message = 'Starting.', updated_at = :now
             where id = :id and state in ('queued', 'running') returning *\
            """)
        .param("now", now())
        .param("id", id)
        .query((rs, n) -> job(rs))
        .optional();
  }

  boolean stillWanted(Job job) {
    return sql.sql("select id from job" + OF_THIS_RUN + " for update")
        .param("id", job.id())
        .param("attempt", job.attempts())
        .query(UUID.class)
        .optional()
        .isPresent();
  }

  boolean report(Job job, Phase phase, double progress, String message) {
    int found =
        sql.sql(
                "update job set phase = :phase, progress = greatest(progress, :progress),"
                    + " message = :message, updated_at = :now"
                    + OF_THIS_RUN)
            .param("phase", name(phase))
            .param("progress", progress)
            .param("message", message)
            .param("now", now())
            .param("id", job.id())
            .param("attempt", job.attempts())
            .update();
    if (found > 0) {
      log(job, phase, "step", message);
    }
    return found > 0;
  }

  boolean note(Job job, Phase phase, String kind, String message) {
    boolean wanted = stillWanted(job);
    if (wanted) {
      log(job, phase, kind, message);
    }
    return wanted;
  }

  private void log(Job job, Phase phase, String kind, String message) {
    sql.sql(
            """
            insert into job_log (job_id, project_id, seq, at, phase, kind, message)
            select :id, :project, coalesce(max(seq), 0) + 1, :now, :phase, :kind, :message
              from job_log where job_id = :id\
            """)
        .param("id", job.id())
        .param("project", job.projectId())
        .param("now", now())
        .param("phase", name(phase))
        .param("kind", kind)
        .param("message", message)
        .update();
  }

  boolean checks(Job job, List<Check> checks) {
    return sql.sql("update job set checks = :checks::jsonb, updated_at = :now" + OF_THIS_RUN)
            .param("checks", json.writeValueAsString(checks))
            .param("now", now())
            .param("id", job.id())
            .param("attempt", job.attempts())
            .update()
        > 0;
  }

  /// Back to the queue after an attempt that broke.
  boolean again(Job job, String why) {
    int found =
        sql.sql(
                "update job set state = 'queued', phase = 'queued', message = :message, updated_at = :now"
                    + OF_THIS_RUN)
            .param("message", why)
            .param("now", now())
            .param("id", job.id())
            .param("attempt", job.attempts())
            .update();
    if (found > 0) {
      log(job, Phase.QUEUED, "warning", why);
    }
    return found > 0;
  }

  /// Back to the queue, as if it had not been begun.
  boolean later(Job job, String why) {
    int found =
        sql.sql(
                "update job set state = 'queued', attempts = attempts - 1, message = :message,"
                    + " updated_at = :now"
                    + OF_THIS_RUN)
            .param("message", why)
            .param("now", now())
            .param("id", job.id())
            .param("attempt", job.attempts())
            .update();
    if (found > 0) {
      log(job, Phase.QUEUED, "step", why);
    }
    return found > 0;
  }

  /// Says something while phase and progress stay.
  boolean say(Job job, String message) {
    return sql.sql("update job set message = :message, updated_at = :now" + OF_THIS_RUN)
            .param("message", message)
            .param("now", now())
            .param("id", job.id())
            .param("attempt", job.attempts())
            .update()
        > 0;
  }

  boolean end(Job job, State state, String message) {
    return sql.sql(
                """
                update job set state = :state, message = :message, updated_at = :now,
                       progress = case when :state = 'done' then 1 else progress end\
                """
                    + OF_THIS_RUN)
            .param("state", state.name().toLowerCase(Locale.ROOT))
            .param("message", message)
            .param("now", now())
            .param("id", job.id())
            .param("attempt", job.attempts())
            .update()
        > 0;
  }

  /// Jobs that wait or run but that the scheduler knows nothing of.
  List<UUID> lost(String task) {
    return sql.sql(
            """
            select id from job j where state in ('queued', 'running')
               and not exists (select from scheduled_tasks
                                where task_name = :task and task_instance = j.id::text)\
            """)
        .param("task", task)
        .query((rs, n) -> rs.getObject("id", UUID.class))
        .list();
  }

  /// Tasks that a process which is gone still holds.
  int releaseAll() {
    return sql.sql(
            """
            update scheduled_tasks set picked = false, picked_by = null, last_heartbeat = null,
                   execution_time = least(execution_time, :now), version = version + 1 where picked\
            """)
        .param("now", now())
        .update();
  }

  private Job job(ResultSet row) throws SQLException {
    return new Job(
        row.getObject("id", UUID.class),
        row.getObject("project_id", UUID.class),
        row.getObject("experiment_id", UUID.class),
        row.getString("kind"),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        Phase.valueOf(row.getString("phase").toUpperCase(Locale.ROOT)),
        row.getDouble("progress"),
        row.getString("message"),
        row.getInt("attempts"),
        json.readValue(row.getString("checks"), new TypeReference<List<Check>>() {}),
        row.getObject("created_by", UUID.class),
        instant(row, "created_at"),
        instant(row, "updated_at"));
  }

  private static String name(Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
