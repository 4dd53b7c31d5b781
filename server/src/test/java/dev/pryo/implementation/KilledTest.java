package dev.pryo.implementation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.KiteSite;
import dev.pryo.PryoTest;
import dev.pryo.platform.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Ref;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// What becomes of an implementation whose process dies. A dead process is what it leaves in the
/// database: a task that it holds, with a heartbeat that has long stopped.
@PryoTest
class KilledTest {
  @LocalServerPort int port;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;
  @Autowired Abandoned abandoned;
  private final KiteSite site = KiteSite.made();
  private Api api;
  private String project;

  @BeforeEach
  void aProject() {
    api = Api.signedUp(port);
    project = site.link(api);
  }

  @Test
  void anotherProcessTakesItUp() {
    String id = draft();
    kill(id, 1);
    JsonNode done = Waiting.settled(api, id);
    assertThat(done.get("status").asString()).as(done.toString()).isEqualTo("awaiting_merge");
    assertThat(attempts(id)).isEqualTo(2);
  }

  @Test
  void betweenTheCommitAndTheAnswerItMakesNoSecondOne() {
    String id = draft();
    api.post("/api/experiments/" + id + "/implement", null).expect(202);
    JsonNode first = Waiting.settled(api, id);
    site.write("later.html", "<p>Later</p>");
    site.git(git -> {
      git.add().addFilepattern(".").call();
      return git.commit().setMessage("Meanwhile").setSign(false).call();
    });
    asPryo(
        "update experiment set status = 'implementing', head_commit = null, pr_number = null, pr_state = null"
            + " where id = :id",
        id);
    kill(id, 1);
    JsonNode second = Waiting.settled(api, id);
    assertThat(second.get("status").asString()).isEqualTo("awaiting_merge");
    assertThat(second.get("pr_number")).isEqualTo(first.get("pr_number"));
    assertThat(second.get("branch")).isEqualTo(first.get("branch"));
    List<String> branches =
        site.git(git -> git.branchList().call().stream().map(Ref::getName).toList());
    assertThat(branches).containsExactlyInAnyOrder("refs/heads/main", "refs/heads/pryo/exp-" + id);
  }

  @Test
  void whoMayNotChangeTheProjectAnyMoreHasNothingWritten() {
    String id = draft();
    JsonNode stranger = Api.signedUp(port).get("/api/auth/me").expect(200);
    asPryo(
        "update experiment set created_by = '%s' where id = :id"
            .formatted(stranger.get("id").asString()),
        id);
    kill(id, 0);
    JsonNode failed = Waiting.settled(api, id);
    assertThat(failed.at("/error/code").asString()).isEqualTo("not_allowed");
    List<Ref> branches = site.git(git -> git.branchList().call());
    assertThat(branches).hasSize(1);
  }

  @Test
  void afterThreeDeathsItHasFailed() {
    String id = draft();
    kill(id, 3);
    JsonNode failed = Waiting.settled(api, id);
    assertThat(failed.at("/error/code").asString()).isEqualTo("gave_up");
    assertThat(failed.at("/error/retryable").asBoolean()).isTrue();
  }

  @Test
  void afterThreeFailuresItHasFailedWithTheReason() throws IOException {
    String id = draft();
    loseObjects();
    api.post("/api/experiments/" + id + "/implement", null).expect(202);
    JsonNode failed = Waiting.settled(api, id);
    assertThat(failed.get("status").asString()).isEqualTo("failed");
    assertThat(failed.at("/error/code").asString()).isEqualTo("unreachable");
    assertThat(failed.at("/error/message").asString()).contains("index.html");
    assertThat(attempts(id)).isEqualTo(3);
  }

  @Test
  void nothingStaysInImplementingWithoutAJob() {
    String id = draft();
    asPryo(
        "update experiment set status = 'implementing', implementing_since = now() where id = :id",
        id);
    Tenant.system(() -> {
      abandoned.run();
      return true;
    });
    JsonNode failed = api.get("/api/experiments/" + id).expect(200);
    assertThat(failed.at("/error/code").asString()).isEqualTo("interrupted");
    api.post("/api/experiments/" + id + "/implement", null).expect(202);
    assertThat(Waiting.settled(api, id).get("status").asString()).isEqualTo("awaiting_merge");
  }

  @Test
  void whatIsCancelledEndsAtOnceAndStaysEnded() {
    String id = draft();
    asPryo(
        "update experiment set status = 'implementing', implementing_since = now() where id = :id",
        id);
    job(id, "queued", 0);
    JsonNode cancelled = api.post("/api/experiments/" + id + "/cancel", null).expect(200);
    assertThat(cancelled.at("/error/code").asString()).isEqualTo("cancelled");
    assertThat(cancelled.at("/error/retryable").asBoolean()).isTrue();
    assertThat(jobState(id)).isEqualTo("cancelled");
    api.post("/api/experiments/" + id + "/cancel", null).expect(409);
    api.post("/api/experiments/" + id + "/implement", null).expect(202);
    assertThat(Waiting.settled(api, id).get("status").asString()).isEqualTo("awaiting_merge");
  }

  /// A process began the implementation for the so-many-eth time, and is no more.
  private void kill(String id, int attempts) {
    asPryo(
        "update experiment set status = 'implementing', implementing_since = now() where id = :id",
        id);
    UUID job = job(id, "running", attempts);
    transactions.executeWithoutResult(status ->
        sql.sql(
                """
                insert into scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by,
                                             last_heartbeat, consecutive_failures, version)
                values ('job', :job, now() - interval '11 minutes', true, 'a process that is gone',
                        now() - interval '10 minutes', 0, 1)\
                """)
            .param("job", job.toString())
            .update());
  }

  private UUID job(String id, String state, int attempts) {
    return Tenant.system(() ->
        transactions.execute(status ->
            sql.sql(
                    """
                    insert into job (project_id, experiment_id, kind, state, phase, progress, message, attempts,
                                     created_by, created_at, updated_at)
                    select project_id, id, 'implement', :state, 'read', 0.3, 'Reading', :attempts, created_by,
                           now(), now() from experiment where id = :id returning id\
                    """)
                .param("state", state)
                .param("attempts", attempts)
                .param("id", UUID.fromString(id))
                .query(UUID.class)
                .single()));
  }

  private void asPryo(String statement, String id) {
    Tenant.system(() ->
        transactions.execute(
            status -> sql.sql(statement).param("id", UUID.fromString(id)).update()));
  }

  private int attempts(String id) {
    return Tenant.system(() ->
        transactions.execute(status ->
            sql.sql("select attempts from job where experiment_id = :id order by id desc limit 1")
                .param("id", UUID.fromString(id))
                .query(Integer.class)
                .single()));
  }

  private String jobState(String id) {
    return Tenant.system(() ->
        transactions.execute(status ->
            sql.sql("select state from job where experiment_id = :id order by id desc limit 1")
                .param("id", UUID.fromString(id))
                .query(String.class)
                .single()));
  }

  /// The repository loses what its files hold, as a broken disk would have it.
  private void loseObjects() throws IOException {
    String blob =
        site.git(
            git -> Objects.requireNonNull(git.getRepository().resolve("main:index.html")).name());
    Path object =
        site.folder()
            .resolve(".git/objects")
            .resolve(blob.substring(0, 2))
            .resolve(blob.substring(2));
    try (Stream<Path> there = Files.list(object.getParent())) {
      assertThat(there).contains(object);
    }
    Files.delete(object);
  }

  private String draft() {
    Map<String, Object> asked = new HashMap<>();
    asked.put("project_id", project);
    asked.put("name", "Buy now");
    asked.put("description", "A shorter word on the button sells more.");
    asked.put(
        "segments",
        List.of(
            Map.of("name", "Control", "traffic_percentage", 50),
            Map.of(
                "name", "Buy now",
                "instructions", "change 'Add to cart' to 'Buy now'",
                "traffic_percentage", 50)));
    asked.put(
        "goals",
        List.of(Map.of("event", "purchase", "kind", "conversion", "name", "a click on #buy")));
    asked.put("start", false);
    return api.post("/api/experiments", asked).expect(201).get("id").asString();
  }
}
