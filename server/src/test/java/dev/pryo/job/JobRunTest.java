package dev.pryo.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pryo.Api;
import dev.pryo.KiteSite;
import dev.pryo.PryoTest;
import dev.pryo.job.Job.Phase;
import dev.pryo.job.Job.State;
import dev.pryo.platform.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// One attempt at a job, as its handler holds it. The jobs here are of a kind that nobody does, so
/// that the test is the only one who does.
@PryoTest
class JobRunTest {
  private static final String KIND = "test";

  @LocalServerPort int port;
  @Autowired JobRows rows;
  @Autowired Jobs jobs;
  @Autowired LostJobs lost;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;
  private UUID project;
  private UUID experiment;
  private UUID account;

  @BeforeEach
  void anExperiment() {
    Api api = Api.signedUp(port);
    account = UUID.fromString(api.get("/api/auth/me").expect(200).get("id").asString());
    project = UUID.fromString(KiteSite.made().link(api));
    JsonNode made =
        api.post(
                "/api/experiments",
                Map.of("project_id", project, "name", "A", "description", "Nothing yet"))
            .expect(201);
    experiment = UUID.fromString(made.get("id").asString());
  }

  /// A job that ends as cancelled is done with; one that was interrupted has to go on later.
  @Test
  void aServerThatEndsWhileAJobWaitsDoesNotCancelIt() {
    JobRun run = begun();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() ->
            Tenant.system(() -> {
              run.pause(Duration.ofHours(1), left -> "Waits %d s.".formatted(left));
              return true;
            }))
        .isInstanceOf(IllegalStateException.class)
        .isNotInstanceOf(JobCancelled.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(latest().message()).isEqualTo("Waits 3600 s.");
  }

  @Test
  void whatARunReportsIsSeen() {
    JobRun run = begun();
    report(run, Phase.READ, 0.5, "Reading");
    report(run, Phase.WRITE, 0.4, "Writing");
    Tenant.system(() -> {
      run.checks(List.of(new Job.Check("parses", Job.Check.Status.PASS, "All files parse.")));
      return true;
    });
    Job seen = latest();
    assertThat(seen.phase()).isEqualTo(Phase.WRITE);
    assertThat(seen.progress()).isEqualTo(0.5);
    assertThat(seen.message()).isEqualTo("Writing");
    assertThat(seen.attempts()).isEqualTo(1);
    assertThat(seen.checks()).hasSize(1);
    assertThat(log()).containsExactly("Reading", "Writing");
  }

  @Test
  void aCancelledRunEndsAtItsNextStep() {
    JobRun run = begun();
    Tenant.system(() -> jobs.cancel(experiment, KIND, "Enough"));
    assertThatThrownBy(() -> report(run, Phase.READ, 0.5, "Reading"))
        .isInstanceOf(JobCancelled.class);
    assertThatThrownBy(() ->
            Tenant.system(() -> {
              run.store(() -> {
                throw new AssertionError("must not be stored");
              });
              return true;
            }))
        .isInstanceOf(JobCancelled.class);
    assertThat(latest().state()).isEqualTo(State.CANCELLED);
    assertThat(latest().message()).isEqualTo("Enough");
  }

  @Test
  void aRunThatWasTakenForDeadChangesNothingWhenItComesBack() {
    JobRun dead = begun();
    JobRun next = begin(dead.job().id());
    assertThatThrownBy(() -> report(dead, Phase.READ, 0.5, "From the dead"))
        .isInstanceOf(JobCancelled.class);
    report(next, Phase.READ, 0.2, "Alive");
    assertThat(latest().message()).isEqualTo("Alive");
    assertThat(latest().attempts()).isEqualTo(2);
  }

  /// In a transaction that is undone, so that nobody takes the job up.
  @Test
  void aJobThatTheQueueLostComesBackToIt() {
    Tenant.system(() ->
        transactions.execute(status -> {
          UUID id = rows.insert(KIND, project, experiment, account);
          assertThat(scheduled(id)).isZero();
          lost.run();
          assertThat(scheduled(id)).isEqualTo(1);
          status.setRollbackOnly();
          return true;
        }));
  }

  @Test
  void whatADeadProcessHoldsIsReleasedAtTheNextStart() {
    Tenant.system(() ->
        transactions.execute(status -> {
          UUID id = inserted();
          sql.sql(
                  """
                  update scheduled_tasks set picked = true, picked_by = 'gone', last_heartbeat = now()
                   where task_instance = :id\
                  """)
              .param("id", id.toString())
              .update();
          assertThat(rows.releaseAll()).isPositive();
          assertThat(
                  sql.sql("select picked from scheduled_tasks where task_instance = :id")
                      .param("id", id.toString())
                      .query(Boolean.class)
                      .single())
              .isFalse();
          status.setRollbackOnly();
          return true;
        }));
  }

  @Test
  void anExperimentHasOneOpenJobOfAKind() {
    inserted();
    assertThatThrownBy(this::inserted)
        .isInstanceOf(org.springframework.dao.DuplicateKeyException.class);
    Tenant.system(() -> jobs.cancel(experiment, KIND, "Enough"));
    assertThat(begin(inserted()).job().attempts()).isEqualTo(1);
  }

  /// With a place at the far end of the queue, so that it is not lost and not begun.
  private UUID inserted() {
    return Tenant.system(() ->
        transactions.execute(status -> {
          UUID id = rows.insert(KIND, project, experiment, account);
          sql.sql(
                  """
                  insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                  values ('job', :id, timestamptz '2100-01-01', false, 1)\
                  """)
              .param("id", id.toString())
              .update();
          return id;
        }));
  }

  private JobRun begun() {
    return begin(inserted());
  }

  private JobRun begin(UUID id) {
    return Tenant.system(() ->
        new JobRun(
            transactions.execute(status -> rows.begin(id)).orElseThrow(), rows, transactions));
  }

  private static void report(JobRun run, Phase phase, double progress, String message) {
    Tenant.system(() -> {
      run.report(phase, progress, message);
      return true;
    });
  }

  private Job latest() {
    return Tenant.system(() -> jobs.latest(experiment, KIND)).orElseThrow();
  }

  private List<String> log() {
    return Tenant.system(() ->
        transactions.execute(status ->
            sql.sql(
                    """
                    select l.message from job_log l join job j on j.id = l.job_id
                     where j.experiment_id = :id order by seq\
                    """)
                .param("id", experiment)
                .query((rs, n) -> rs.getString(1))
                .list()));
  }

  private int scheduled(UUID id) {
    return sql.sql("select count(*) from scheduled_tasks where task_instance = :id")
        .param("id", id.toString())
        .query(Integer.class)
        .single();
  }
}
