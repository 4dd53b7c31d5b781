package dev.pryo.implementation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.DeadProcess;
import dev.pryo.KiteModel;
import dev.pryo.KiteSite;
import dev.pryo.ModelTest;
import dev.pryo.TestModel;
import dev.pryo.TestModel.Laid;
import dev.pryo.TestModel.Talk;
import dev.pryo.platform.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.jgit.lib.Ref;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// A model's run whose process dies is taken up by another, and nothing is paid twice. What a dead
/// process leaves is what it had stored: a job with a heartbeat that has stopped, and a transcript.
@ModelTest
class TakenUpTest {
  @LocalServerPort int port;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;
  private final KiteSite site = KiteSite.made();
  private Api api;
  private KiteModel kites;

  @BeforeEach
  void aProject() {
    api = Api.signedUp(port);
    kites = new KiteModel(api, site.link(api), TestModel.Shared.MODEL);
  }

  @Test
  void killedAnywhereItPaysForWhatIsMissingOnly() {
    JsonNode draft = kites.draft();
    String id = id(draft);
    Laid[] answers = KiteModel.good(KiteModel.key(draft));
    kites.talk(draft, answers);
    api.post(path(draft) + "/implement", null).expect(202);
    JsonNode first = Waiting.settled(api, id);
    assertThat(first.get("status").asString()).isEqualTo("awaiting_merge");
    List<Boolean> paid = paid(id);
    assertThat(paid).as("told, answered, told, answered and so on").hasSize(8);

    for (int kept = paid.size(); kept >= 0; kept--) {
      long had = paid.subList(0, kept).stream().filter(answer -> answer).count();
      Talk talk = kites.talk(draft, answers);
      killed(id, kept);
      JsonNode again = Waiting.settled(api, id);

      assertThat(again.get("status").asString())
          .as("%d kept: %s", kept, again)
          .isEqualTo("awaiting_merge");
      assertThat(talk.calls()).as("%d entries kept", kept).isEqualTo((int) (4 - had));
      assertThat(again.get("pr_number")).isEqualTo(first.get("pr_number"));
      List<String> branches =
          site.git(git -> git.branchList().call().stream().map(Ref::getName).toList());
      assertThat(branches)
          .containsExactlyInAnyOrder("refs/heads/main", "refs/heads/pryo/exp-" + id);
    }
  }

  @Test
  void theDefaultBranchMayMoveMeanwhile() {
    JsonNode draft = kites.draft();
    Laid[] answers = KiteModel.good(KiteModel.key(draft));
    kites.talk(draft, answers);
    api.post(path(draft) + "/implement", null).expect(202);
    Waiting.settled(api, id(draft));
    site.write("index.html", KiteSite.INDEX.replace("<h1>Kites</h1>", "<h1>Dragons</h1>"));
    site.git(git -> git.commit().setAll(true).setMessage("Meanwhile").setSign(false).call());
    asPryo("update experiment set base_commit = null, branch = null where id = :id", id(draft));
    site.git(
        git -> git.branchDelete().setBranchNames("pryo/exp-" + id(draft)).setForce(true).call());

    Talk talk = kites.talk(draft, answers);
    killed(id(draft), 8);
    assertThat(Waiting.settled(api, id(draft)).get("status").asString())
        .isEqualTo("awaiting_merge");
    assertThat(talk.calls()).as("the attempt reads the commit of the one before").isZero();
  }

  @Test
  void aRunThatTheVendorEndedGoesOnWhenItIsStartedAgain() {
    JsonNode draft = kites.draft();
    String key = KiteModel.key(draft);
    kites.talk(
        draft,
        KiteModel.plan(key),
        KiteModel.read(),
        TestModel.error(401, "authentication_error", "invalid x-api-key", Map.of()));
    api.post(path(draft) + "/implement", null).expect(202);
    assertThat(Waiting.settled(api, id(draft)).at("/error/code").asString())
        .isEqualTo("model_unusable");

    Talk talk = kites.talk(draft, KiteModel.good(key));
    api.post(path(draft) + "/implement", null).expect(202);
    assertThat(Waiting.settled(api, id(draft)).get("status").asString())
        .isEqualTo("awaiting_merge");
    assertThat(talk.calls()).as("the first two answers are there").isEqualTo(2);
  }

  @Test
  void wordsThatChangedMeanwhileBeginAnew() {
    JsonNode draft = kites.draft();
    String key = KiteModel.key(draft);
    kites.talk(
        draft,
        KiteModel.plan(key),
        TestModel.error(401, "authentication_error", "invalid x-api-key", Map.of()));
    api.post(path(draft) + "/implement", null).expect(202);
    Waiting.settled(api, id(draft));
    api.patch(path(draft), Map.of("description", "Other words.")).expect(200);

    Talk talk = kites.talk(draft, KiteModel.good(key));
    api.post(path(draft) + "/implement", null).expect(202);
    Waiting.settled(api, id(draft));
    assertThat(talk.calls()).isEqualTo(4);
    assertThat(talk.asked().getFirst().toString()).contains("Other words.");
  }

  @Test
  void aRevisionKilledBehindItsCommitMakesNoSecondOne() {
    JsonNode draft = kites.draft();
    String key = KiteModel.key(draft);
    kites.talk(draft, KiteModel.good(key));
    api.post(path(draft) + "/implement", null).expect(202);
    JsonNode first = Waiting.settled(api, id(draft));
    String commit = writing(draft, "commit");
    Laid[] good = KiteModel.good(key);
    kites.talk(
        draft,
        good[0],
        good[1],
        good[2],
        good[3],
        TestModel.calls("write_file", KiteModel.script(key, "Buy it now")),
        KiteModel.flush());
    api.post(path(draft) + "/revise", Map.of("feedback", "Say “Buy it now”.")).expect(202);
    Waiting.settled(api, id(draft));
    String revised = writing(draft, "commit");
    assertThat(revised).isNotEqualTo(commit);

    asPryo(
        "update writing set commit = '%s', entries = 8, pending = rounds[1], rounds = '{}' where experiment_id = :id"
            .formatted(commit),
        id(draft));
    asPryo(
        "update experiment set status = 'implementing', implementing_since = now() where id = :id",
        id(draft));
    dead(id(draft));
    Talk talk = kites.talk(draft, good);
    JsonNode again = Waiting.settled(api, id(draft));

    assertThat(again.get("status").asString()).as(again.toString()).isEqualTo("awaiting_merge");
    assertThat(again.get("pr_number")).isEqualTo(first.get("pr_number"));
    assertThat(talk.calls()).isZero();
    assertThat(writing(draft, "commit")).as("the commit that is there").isEqualTo(revised);
  }

  @Test
  void aRevisionKilledAnywherePaysForWhatIsMissingOnly() {
    JsonNode draft = kites.draft();
    String key = KiteModel.key(draft);
    Laid[] good = KiteModel.good(key);
    kites.talk(draft, good);
    api.post(path(draft) + "/implement", null).expect(202);
    JsonNode first = Waiting.settled(api, id(draft));
    String branch = first.get("branch").asString();
    String before = head(branch);
    Laid again = TestModel.calls("write_file", KiteModel.script(key, "Buy it now"));
    Laid[] answers = {good[0], good[1], good[2], good[3], again, KiteModel.flush()};

    Talk silent = kites.talk(draft, good[0], good[1], good[2], good[3], TestModel.silence());
    api.post(path(draft) + "/revise", Map.of("feedback", "Say “Buy it now”.")).expect(202);
    silent.awaitSilence();
    String left = row(draft);
    kites.talk(draft, answers);
    silent.release();
    assertThat(Waiting.settled(api, id(draft)).get("status").asString())
        .isEqualTo("awaiting_merge");
    String revised = head(branch);
    List<Boolean> paid = paid(id(draft));
    assertThat(paid).hasSize(12);

    for (int kept = paid.size(); kept >= 8; kept--) {
      long had = paid.subList(0, kept).stream().filter(answer -> answer).count();
      boolean committed = kept == paid.size();
      if (!committed) {
        site.git(
            git -> git.branchCreate().setName(branch).setStartPoint(before).setForce(true).call());
      }
      Talk talk = kites.talk(draft, answers);
      killed(id(draft), kept, left, before);
      JsonNode after = Waiting.settled(api, id(draft));

      assertThat(after.get("status").asString())
          .as("%d kept: %s", kept, after)
          .isEqualTo("awaiting_merge");
      assertThat(after.get("pr_number")).isEqualTo(first.get("pr_number"));
      assertThat(talk.calls()).as("%d entries kept", kept).isEqualTo((int) (6 - had));
      assertThat(site.git(git -> git.branchList().call()).stream().map(Ref::getName))
          .containsExactlyInAnyOrder("refs/heads/main", "refs/heads/" + branch);
      assertThat(parent(head(branch))).as("one commit more").isEqualTo(before);
      if (committed) {
        assertThat(head(branch)).as("the commit that is there").isEqualTo(revised);
      }
      assertThat(api.get(path(draft) + "/changes").expect(200).get("diff").asString())
          .contains("Buy it now");
    }
  }

  private String head(String branch) {
    return site.git(git -> Objects.requireNonNull(git.getRepository().resolve(branch)).name());
  }

  private String parent(String commit) {
    return head(commit + "^");
  }

  /// How an experiment is written, as a process would leave it if it died now.
  private String row(JsonNode experiment) {
    return Tenant.system(() ->
        transactions.execute(status ->
            sql.sql("select to_jsonb(writing)::text from writing where experiment_id = :id")
                .param("id", UUID.fromString(id(experiment)))
                .query(String.class)
                .single()));
  }

  /// A process that revised died when so many entries were kept.
  private void killed(String id, int kept, String left, String head) {
    asPryo("delete from transcript where experiment_id = :id and position >= " + kept, id);
    asPryo("delete from writing where experiment_id = :id", id);
    Tenant.system(() ->
        transactions.execute(status ->
            sql.sql(
                    "insert into writing select * from jsonb_populate_record(null::writing, :row::jsonb)")
                .param("row", left)
                .update()));
    asPryo(
        "update experiment set status = 'implementing', implementing_since = now(), head_commit = '%s' where id = :id"
            .formatted(head),
        id);
    dead(id);
  }

  private String writing(JsonNode experiment, String column) {
    return Tenant.system(() ->
        transactions.execute(status ->
            sql.sql("select " + column + " from writing where experiment_id = :id")
                .param("id", UUID.fromString(id(experiment)))
                .query(String.class)
                .single()));
  }

  /// For each entry of the transcript whether it is an answer.
  private List<Boolean> paid(String id) {
    return Tenant.system(() ->
        transactions.execute(status ->
            sql.sql(
                    "select entry like '{\"entry\":\"answered\"%' from transcript where experiment_id = :id order by position")
                .param("id", UUID.fromString(id))
                .query(Boolean.class)
                .list()));
  }

  /// A process died when so many entries were kept and nothing was proposed yet.
  private void killed(String id, int kept) {
    asPryo("delete from transcript where experiment_id = :id and position >= " + kept, id);
    asPryo(
        "update writing set over = false, commit = null, model = null, entries = 0 where experiment_id = :id",
        id);
    asPryo(
        """
        update experiment set status = 'implementing', implementing_since = now(), head_commit = null,
               pr_number = null, pr_state = null where id = :id\
        """,
        id);
    dead(id);
  }

  /// The newest job of an experiment runs in a process that is no more.
  private void dead(String id) {
    DeadProcess.began(sql, transactions, id, "implement");
  }

  private void asPryo(String statement, String id) {
    Tenant.system(() ->
        transactions.execute(
            status -> sql.sql(statement).param("id", UUID.fromString(id)).update()));
  }

  private static String id(JsonNode experiment) {
    return experiment.get("id").asString();
  }

  private static String path(JsonNode experiment) {
    return "/api/experiments/" + id(experiment);
  }
}
