package dev.pryo.experiment;

import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// The SQL of the moves from stage to stage. Each is a compare-and-set that says whether it was
/// made, and the times that count are written with it.
@Component
final class StageRows {
  private final JdbcClient sql;
  private final JsonMapper json;
  private final InstantSource clock;
  private final Announcer announcer;

  StageRows(JdbcClient sql, JsonMapper json, InstantSource clock, Announcer announcer) {
    this.announcer = announcer;
    this.sql = sql;
    this.json = json;
    this.clock = clock;
  }

  /// To implementing. What an earlier run may have written stays on its branch, and this one gets
  /// another.
  boolean implementing(UUID id, Status from) {
    return move(
        id,
        from,
        """
        status = 'implementing', implementing_since = :now, error = null, closed_reason = null,
        branch = case when base_commit is null then branch
                      else 'pryo/exp-' || id || '-' || (coalesce(substring(branch from '-([0-9]+)$')::int, 1) + 1) end,
        base_commit = null, head_commit = null, pr_number = null, pr_url = null, pr_state = null, pr_base = null,
        pr_checks = null, pr_repairs = 0, pr_repair = false\
        """);
  }

  /// To implementing again, for another commit on the pull request that is open.
  ///
  /// @param repair whether that mends what its checks found
  boolean revising(UUID id, boolean repair) {
    return move(
        id,
        Status.AWAITING_MERGE,
        "status = 'implementing', implementing_since = :now, pr_repair = " + repair);
  }

  /// Counts another attempt to mend what the checks of its pull request found, up to so many.
  boolean repairs(UUID id, int most) {
    return sql.sql(
                """
                update experiment set pr_repairs = pr_repairs + 1, updated_at = :now
                 where id = :id and pr_repairs < :most\
                """)
            .param("most", most)
            .param("now", now())
            .param("id", id)
            .update()
        > 0;
  }

  /// What the checks of this commit say, if it is still the newest of the pull request.
  boolean checks(UUID id, String head, @Nullable String checks) {
    return sql.sql(
                """
                update experiment set pr_checks = :checks, updated_at = :now
                 where id = :id and status = 'awaiting_merge' and head_commit = :head
                   and pr_checks is distinct from :checks\
                """)
            .param("checks", checks)
            .param("head", head)
            .param("now", now())
            .param("id", id)
            .update()
        > 0;
  }

  /// From implementing back: to failed, or to the pull request that a revision would have changed.
  boolean notImplemented(UUID id, Stage.Problem error) {
    return bound(
                """
                update experiment set updated_at = :now, pr_repair = false,
                       status = case when pr_state is null then 'failed' else 'awaiting_merge' end,
                       error = case when pr_state is null then :error::jsonb end
                 where id = :id and status = :from\
                """,
                id,
                Status.IMPLEMENTING)
            .param("error", json.writeValueAsString(error))
            .update()
        > 0;
  }

  boolean failed(UUID id, Status from, Stage.Problem error) {
    return bound(
                "update experiment set status = 'failed', error = :error::jsonb, updated_at = :now"
                    + " where id = :id and status = :from",
                id,
                from)
            .param("error", json.writeValueAsString(error))
            .update()
        > 0;
  }

  /// Fails those that are being implemented by nobody. One statement, so that a start at the same
  /// moment is seen whole or not at all.
  int abandoned(String job, Stage.Problem error) {
    return sql.sql(
            """
            update experiment e set updated_at = :now, pr_repair = false,
                   status = case when pr_state is null then 'failed' else 'awaiting_merge' end,
                   error = case when pr_state is null then :error::jsonb end
             where status = 'implementing'
               and not exists (select from job where experiment_id = e.id and kind = :job
                                                 and state in ('queued', 'running'))\
            """)
        .param("error", json.writeValueAsString(error))
        .param("now", now())
        .param("job", job)
        .update();
  }

  boolean awaitingMerge(
      UUID id, String base, String head, int number, @Nullable String url, String state) {
    return bound(
                """
                update experiment set status = 'awaiting_merge', base_commit = :base, head_commit = :head,
                       pr_number = :number, pr_url = :url, pr_state = :state, pr_conflicted = false,
                       pr_conflict_files = '[]', updated_at = :now,
                       pr_repaired = case when pr_repair then :head end,
                       pr_checks = case when head_commit = :head then pr_checks end
                 where id = :id and status = :from\
                """,
                id,
                Status.IMPLEMENTING)
            .param("base", base)
            .param("head", head)
            .param("number", number)
            .param("url", url)
            .param("state", state)
            .update()
        > 0;
  }

  /// To active, from wherever: the first activation's time stays.
  boolean active(UUID id, Status from) {
    return move(
            id,
            from,
            """
            status = 'active', activated_at = coalesce(activated_at, :now), paused_at = null,
            finished_at = null, error = null\
            """)
        && period(
            id,
            """
            insert into active_period (experiment_id, project_id, since)
            select id, project_id, :now from experiment where id = :id\
            """);
  }

  boolean paused(UUID id) {
    return move(id, Status.ACTIVE, "status = 'paused', paused_at = :now") && closePeriod(id);
  }

  boolean finished(UUID id, Status from) {
    return move(id, from, "status = 'finished', finished_at = :now, paused_at = null")
        && closePeriod(id);
  }

  private boolean closePeriod(UUID id) {
    return period(
        id,
        "update active_period set until = greatest(since, :now) where experiment_id = :id and until is null");
  }

  private boolean period(UUID id, String statement) {
    sql.sql(statement).param("id", id).param("now", now()).update();
    return true;
  }

  boolean archive(UUID id, boolean archived) {
    return sql.sql(
                """
                update experiment set archived_at = case when :archived then coalesce(archived_at, :now) end,
                       updated_at = :now
                 where id = :id and (not :archived or status not in ('implementing', 'active'))\
                """)
            .param("archived", archived)
            .param("now", now())
            .param("id", id)
            .update()
        > 0;
  }

  /// Notes where the variants are about to be written.
  void writes(UUID id, String branch, String baseCommit, String baseBranch) {
    sql.sql(
            """
            update experiment set branch = :branch, base_commit = :commit, pr_base = :base, updated_at = :now
             where id = :id and status = 'implementing'\
            """)
        .param("branch", branch)
        .param("commit", baseCommit)
        .param("base", baseBranch)
        .param("now", now())
        .param("id", id)
        .update();
  }

  boolean pullRequest(UUID id, Builds.Seen seen) {
    return sql.sql(
                """
                with seen as (
                  select id, coalesce(:conflicted::boolean, pr_conflicted) as conflicted,
                         case when :conflicted::boolean is null then pr_conflict_files else :files::jsonb end as files
                    from experiment where id = :id)
                update experiment e set pr_state = :state, head_commit = :head, pr_base = :base,
                       pr_conflicted = s.conflicted, pr_conflict_files = s.files, updated_at = :now,
                       pr_checks = case when head_commit = :head then pr_checks end
                  from seen s
                 where e.id = s.id and pr_state is not null and pr_state <> 'merged'
                   and (pr_state, head_commit, pr_base, pr_conflicted, pr_conflict_files)
                       is distinct from (:state, :head, :base, s.conflicted, s.files)\
                """)
            .param("state", seen.state().name().toLowerCase(Locale.ROOT))
            .param("head", seen.headCommit())
            .param("base", seen.base())
            .param("conflicted", seen.conflicted())
            .param("files", json.writeValueAsString(seen.conflictFiles()))
            .param("now", now())
            .param("id", id)
            .update()
        > 0;
  }

  private boolean move(UUID id, Status from, String set) {
    announcer.changed(id);
    return bound(
                "update experiment set "
                    + set
                    + ", updated_at = :now where id = :id and status = :from and archived_at is null",
                id,
                from)
            .update()
        > 0;
  }

  private JdbcClient.StatementSpec bound(String statement, UUID id, Status from) {
    return sql.sql(statement).param("id", id).param("from", from.written()).param("now", now());
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
