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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// A pull request that is in the way of its base branch is written again there: on the same branch,
/// by one commit that takes the base in.
@ModelTest
class MovedBaseTest {
  private static final String WIDE =
      KiteSite.INDEX.replace("class=\"button\"", "class=\"button wide\"");

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
  void whatRulesWroteIsWrittenAgainOnTheNewBase() {
    JsonNode first = byRules();
    String before = head(first);
    String moved = push(WIDE);
    JsonNode told = looked(first).get("pull_request");
    assertThat(told.get("conflicts").asBoolean()).as(told.toString()).isTrue();
    assertThat(told.get("conflict_files")).hasSize(1);
    assertThat(told.at("/conflict_files/0").asString()).isEqualTo("index.html");
    assertThat(status(first).get("message").asString())
        .contains("main changed the same places in index.html");
    assertThat(conflict(api.post(path(first) + "/merge", null))).contains("index.html");

    JsonNode again = writtenAgain(first);
    assertThat(again.get("status").asString()).as(again.toString()).isEqualTo("awaiting_merge");
    assertThat(again.get("pr_number")).isEqualTo(first.get("pr_number"));
    assertThat(again.at("/pull_request/conflicts").asBoolean()).isFalse();
    assertThat(again.at("/pull_request/conflict_files")).isEmpty();
    assertOneBranch(first);
    assertThat(parents(head(first))).containsExactly(before, moved);
    JsonNode changes = api.get(path(first) + "/changes").expect(200);
    assertThat(changes.get("base").asString()).isEqualTo(moved);
    assertThat(changes.get("diff").asString()).contains("button wide", "Buy now");
    assertThat(status(first).get("checks")).isNotEmpty();
    assertThat(status(first).get("checks").toString()).doesNotContain("\"fail\"");

    api.post(path(first) + "/merge", null).expect(200);
    assertThat(site.read("index.html")).contains("button wide", "data-pryo");
    assertThat(conflict(api.post(path(first) + "/implement", null))).contains("waiting");
  }

  @Test
  void whatIsRecordedForTheRollOutIsWhatWasWrittenAtLast() {
    JsonNode first = byRules();
    push(WIDE);
    looked(first);
    writtenAgain(first);
    over(first);
    assertThat(rolledOut(first).get("status").asString()).isEqualTo("awaiting_merge");
    api.post(path(first) + "/merge", null).expect(200);
    assertThat(site.read("index.html")).isEqualTo(WIDE);
  }

  @Test
  void aModelGoesOnFromWhatIsStillTrue() {
    JsonNode draft = kites.draft();
    Laid[] good = KiteModel.good(KiteModel.key(draft));
    kites.talk(draft, good);
    JsonNode first = implemented(draft);
    String moved = push(WIDE);
    looked(first);

    Talk talk = kites.talk(draft, good);
    JsonNode again = writtenAgain(first);
    assertThat(again.get("pr_number")).as(again.toString()).isEqualTo(first.get("pr_number"));
    assertThat(again.at("/pull_request/conflicts").asBoolean()).isFalse();
    assertThat(talk.calls()).as("plan and reading are not paid again").isEqualTo(2);
    assertThat(talk.asked().getFirst().toString()).contains("button wide");
    assertThat(api.get(path(first) + "/changes").expect(200).get("base").asString())
        .isEqualTo(moved);

    push(WIDE.replace("wide", "narrow"));
    looked(first);
    kites.talk(
        draft,
        behind(
            good,
            TestModel.calls("write_file", KiteModel.script(KiteModel.key(draft), "Buy it now")),
            KiteModel.flush()));
    api.post(path(first) + "/revise", Map.of("feedback", "Say “Buy it now”.")).expect(202);
    Waiting.settled(api, id(first));
    assertThat(api.get(path(first) + "/changes").expect(200).get("diff").asString())
        .as("words and the new base in one commit")
        .contains("button narrow", "Buy it now");
    api.post(path(first) + "/merge", null).expect(200);
  }

  @Test
  void aBranchThatSomebodyChangedIsLeftAloneAndNoModelIsAsked() {
    JsonNode draft = kites.draft();
    Laid[] good = KiteModel.good(KiteModel.key(draft));
    kites.talk(draft, good);
    JsonNode first = implemented(draft);
    site.git(git -> {
      git.checkout().setName(first.get("branch").asString()).call();
      site.write("buy.js", "// by hand\n");
      git.commit().setAll(true).setMessage("By hand").setSign(false).call();
      return git.checkout().setName("main").call();
    });
    String byHand = head(first);
    push(WIDE);
    looked(first);
    Talk talk = kites.talk(draft, good);
    JsonNode after = writtenAgain(first);

    assertThat(after.get("status").asString()).isEqualTo("awaiting_merge");
    assertThat(after.at("/pull_request/conflicts").asBoolean()).isTrue();
    assertThat(status(first).get("message").asString()).contains("Somebody has changed the branch");
    assertThat(talk.calls()).isZero();
    assertThat(head(first)).isEqualTo(byHand);
  }

  @Test
  void whatCannotBeWrittenThereLeavesThePullRequestAsItWas() {
    JsonNode first = byRules();
    String before = head(first);
    push(KiteSite.INDEX.replace("Add to cart", "Order"));
    looked(first);
    JsonNode after = writtenAgain(first);
    assertThat(after.get("status").asString()).as(after.toString()).isEqualTo("awaiting_merge");
    assertThat(after.at("/pull_request/conflicts").asBoolean()).isTrue();
    assertThat(status(first).get("message").asString())
        .startsWith("The last attempt ended without a commit: ");
    assertThat(head(first)).isEqualTo(before);

    push(WIDE);
    assertThat(writtenAgain(first).at("/pull_request/conflicts").asBoolean()).isFalse();
    assertThat(api.get(path(first) + "/changes").expect(200).get("diff").asString())
        .contains("button wide");
  }

  @Test
  void killedAnywhereItIsOneBranchAndOnePullRequest() {
    JsonNode draft = kites.draft();
    Laid[] good = KiteModel.good(KiteModel.key(draft));
    kites.talk(draft, good);
    JsonNode first = implemented(draft);
    String before = head(first);
    String from = column("experiment", "base_commit", first);
    push(WIDE);
    looked(first);
    kites.talk(draft, good);
    writtenAgain(first);
    String again = head(first);
    List<Boolean> paid = paid(first);
    assertThat(paid).hasSize(8);

    for (int kept = paid.size(); kept >= 0; kept--) {
      long had = paid.subList(0, kept).stream().filter(answer -> answer).count();
      boolean committed = kept == paid.size();
      Talk talk = kites.talk(draft, good);
      died(first, before, from, kept, committed);
      JsonNode after = Waiting.settled(api, id(first));

      assertThat(after.get("status").asString())
          .as("%d kept: %s", kept, after)
          .isEqualTo("awaiting_merge");
      assertThat(after.get("pr_number")).isEqualTo(first.get("pr_number"));
      assertThat(after.at("/pull_request/conflicts").asBoolean()).isFalse();
      assertThat(talk.calls()).as("%d entries kept", kept).isEqualTo((int) (4 - had));
      assertOneBranch(first);
      if (committed) {
        assertThat(head(first)).as("the commit that is there").isEqualTo(again);
      }
      assertThat(parents(head(first))).containsExactlyElementsOf(parents(again));
      assertThat(tree(head(first))).isEqualTo(tree(again));
    }
  }

  @Test
  void aCleanUpIsWrittenAgainOnTheNewBase() {
    JsonNode first = byRules();
    over(first);
    JsonNode rollout = rolledOut(first);
    String branch = rollout.at("/pull_request/head").asString();
    String before = commit(branch);
    String page = site.read("index.html").replace("<h1>Kites</h1>", "<h1>Dragons</h1>");
    String moved = push(page);
    status(first);
    JsonNode told = looked(first).get("rollout");
    assertThat(told.at("/pull_request/conflicts").asBoolean()).as(told.toString()).isTrue();
    assertThat(told.at("/pull_request/conflict_files/0").asString()).isEqualTo("index.html");
    assertThat(conflict(api.post(path(first) + "/rollout", Map.of("segment", "test1"))))
        .as("another segment is another clean-up")
        .contains("under way");

    JsonNode again = rolledOut(first);
    assertThat(again.get("status").asString()).as(again.toString()).isEqualTo("awaiting_merge");
    assertThat(again.at("/pull_request/number")).isEqualTo(rollout.at("/pull_request/number"));
    assertThat(again.at("/pull_request/head").asString()).isEqualTo(branch);
    assertThat(again.at("/pull_request/conflicts").asBoolean()).isFalse();
    assertThat(parents(commit(branch))).containsExactly(before, moved);

    died(first, before, branch, again);
    JsonNode after = rollout(first);
    assertThat(after.at("/pull_request/number")).isEqualTo(rollout.at("/pull_request/number"));
    assertThat(parents(commit(branch))).containsExactly(before, moved);
    api.post(path(first) + "/merge", null).expect(200);
    assertThat(site.read("index.html"))
        .isEqualTo(KiteSite.INDEX.replace("<h1>Kites</h1>", "<h1>Dragons</h1>"));
  }

  @Test
  void aCleanUpThatCannotBeWrittenThereWaitsAsItWas() {
    JsonNode first = byRules();
    over(first);
    JsonNode rollout = rolledOut(first);
    String branch = rollout.at("/pull_request/head").asString();
    String before = commit(branch);
    push(site.read("index.html").replace("Add to cart", "Order"));
    status(first);
    JsonNode after = rolledOut(first);
    assertThat(after.get("status").asString()).as(after.toString()).isEqualTo("awaiting_merge");
    assertThat(after.at("/error/message").asString()).isNotBlank();
    assertThat(after.at("/pull_request/conflicts").asBoolean()).isTrue();
    assertThat(commit(branch)).isEqualTo(before);
    status(first);
    assertThat(looked(first).at("/rollout/error/message")).isEqualTo(after.at("/error/message"));
  }

  private JsonNode byRules() {
    return implemented(kites.draft("edit", "change 'Add to cart' to 'Buy now'", Map.of()));
  }

  private JsonNode implemented(JsonNode draft) {
    api.post(path(draft) + "/implement", null).expect(202);
    JsonNode waiting = Waiting.settled(api, id(draft));
    assertThat(waiting.get("status").asString()).as(waiting.toString()).isEqualTo("awaiting_merge");
    return waiting;
  }

  private JsonNode writtenAgain(JsonNode experiment) {
    JsonNode started = api.post(path(experiment) + "/implement", null).expect(202);
    assertThat(started.get("status").asString()).isEqualTo("implementing");
    return Waiting.settled(api, id(experiment));
  }

  private void over(JsonNode experiment) {
    api.post(path(experiment) + "/merge", null).expect(200);
    api.post(path(experiment) + "/activate", null).expect(200);
    api.post(path(experiment) + "/finish", null).expect(202);
  }

  private JsonNode rolledOut(JsonNode experiment) {
    api.post(path(experiment) + "/rollout", Map.of("segment", "control")).expect(202);
    return rollout(experiment);
  }

  private JsonNode rollout(JsonNode experiment) {
    return Waiting.rollout(api, id(experiment));
  }

  private JsonNode status(JsonNode experiment) {
    return api.get(path(experiment) + "/status").expect(200);
  }

  /// The experiment after a look at its pull request.
  private JsonNode looked(JsonNode experiment) {
    status(experiment);
    return api.get(path(experiment)).expect(200);
  }

  /// Somebody commits this page to the default branch.
  private String push(String page) {
    site.write("index.html", page);
    return site.git(
        git -> git.commit().setAll(true).setMessage("Meanwhile").setSign(false).call().name());
  }

  private String head(JsonNode experiment) {
    return commit(experiment.get("branch").asString());
  }

  private String commit(String branch) {
    return site.git(git -> Objects.requireNonNull(git.getRepository().resolve(branch)).name());
  }

  private List<String> parents(String commit) {
    return site.git(git ->
        Stream.of(git.getRepository().parseCommit(ObjectId.fromString(commit)).getParents())
            .map(RevCommit::name)
            .toList());
  }

  private String tree(String commit) {
    return site.git(
        git -> git.getRepository().parseCommit(ObjectId.fromString(commit)).getTree().name());
  }

  private void assertOneBranch(JsonNode experiment) {
    List<String> branches =
        site.git(git -> git.branchList().call().stream().map(Ref::getName).toList());
    assertThat(branches)
        .containsExactlyInAnyOrder("refs/heads/main", "refs/heads/pryo/exp-" + id(experiment));
    List<Ref> pulls =
        site.git(git -> git.getRepository().getRefDatabase().getRefsByPrefix("refs/pryo/pulls/"));
    assertThat(pulls).hasSize(1);
  }

  /// The process that wrote it again died when so many entries were kept, before it could say so.
  private void died(JsonNode experiment, String before, String from, int kept, boolean committed) {
    if (!committed) {
      reset(experiment.get("branch").asString(), before);
    }
    asPryo("delete from transcript where experiment_id = :id and position >= " + kept, experiment);
    asPryo(
        "update writing set over = false, commit = '%s' where experiment_id = :id"
            .formatted(before),
        experiment);
    asPryo(
        """
        update experiment set status = 'implementing', implementing_since = now(), pr_conflicted = true,
               base_commit = '%s', head_commit = '%s' where id = :id\
        """
            .formatted(from, before),
        experiment);
    dead(experiment, "implement");
  }

  /// The same of a clean-up, in front of its commit.
  private void died(JsonNode experiment, String before, String branch, JsonNode rollout) {
    reset(branch, before);
    asPryo(
        "update footprint set commit = '%s' where experiment_id = :id".formatted(before),
        experiment);
    asPryo(
        "update experiment set rollout = rollout || '{\"status\": \"implementing\"}' where id = :id",
        experiment);
    assertThat(rollout.at("/pull_request/number").asInt()).isPositive();
    dead(experiment, "rollout");
  }

  private void reset(String branch, String commit) {
    site.git(git -> git.branchCreate().setName(branch).setStartPoint(commit).setForce(true).call());
  }

  /// The newest job runs in a process that is no more.
  private void dead(JsonNode experiment, String kind) {
    DeadProcess.began(sql, transactions, id(experiment), kind);
  }

  private String column(String table, String column, JsonNode experiment) {
    return Tenant.system(() ->
        transactions.execute(status ->
            sql.sql("select %s from %s where id = :id".formatted(column, table))
                .param("id", UUID.fromString(id(experiment)))
                .query(String.class)
                .single()));
  }

  private List<Boolean> paid(JsonNode experiment) {
    return Tenant.system(() ->
        transactions.execute(status ->
            sql.sql(
                    "select entry like '{\"entry\":\"answered\"%' from transcript where experiment_id = :id order by position")
                .param("id", UUID.fromString(id(experiment)))
                .query(Boolean.class)
                .list()));
  }

  private void asPryo(String statement, JsonNode experiment) {
    Tenant.system(() ->
        transactions.execute(
            status -> sql.sql(statement).param("id", UUID.fromString(id(experiment))).update()));
  }

  private static Laid[] behind(Laid[] first, Laid... more) {
    List<Laid> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(more));
    return all.toArray(Laid[]::new);
  }

  private static String conflict(Api.Answer answer) {
    return answer.expect(409).get("detail").asString();
  }

  private static String id(JsonNode experiment) {
    return experiment.get("id").asString();
  }

  private static String path(JsonNode experiment) {
    return "/api/experiments/" + id(experiment);
  }
}
