package dev.pryo.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.DeadProcess;
import dev.pryo.KiteSite;
import dev.pryo.PryoTest;
import dev.pryo.codehost.FakeFault;
import dev.pryo.codehost.FakeGitHub;
import dev.pryo.codehost.FakeRepository;
import dev.pryo.implementation.Remarks;
import dev.pryo.platform.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// Experiments taken out of a repository on GitHub again.
@PryoTest
class RollOutTest {
  private static final Map<String, String> SITE = Map.of("index.html", KiteSite.INDEX);

  @LocalServerPort int port;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;
  @Autowired Remarks remarks;
  private Person ada;
  private FakeRepository shop;
  private String id;

  @BeforeEach
  void anExperimentThatIsDecided() throws Exception {
    FakeGitHub.require();
    ada = Person.connected(port);
    String name = ada.login() + "/kites";
    shop = Person.GITHUB.repository(name, "main", SITE, ada.login());
    id = draft(ada.project(name));
    post("implement", null);
    ada.api().get(path("progress")).text();
    shop.merge(1, FakeRepository.Way.SQUASH);
    shop.deleteBranch("pryo/exp-" + id);
    awaited("/pull_request/state", "merged");
    post("activate", null);
    post("finish", null);
    assertThat(shop.files("main")).hasSizeGreaterThan(1).isNotEqualTo(SITE);
  }

  @AfterEach
  void nothingWasUnlikeGitHub() {
    assertThat(Person.GITHUB.complaints()).isEmpty();
  }

  @Test
  void theControlIsTheSiteAsItWas() throws Exception {
    JsonNode waiting = rolledOut("control");
    assertThat(waiting.at("/rollout/pull_request/url").asString())
        .isEqualTo(Person.GITHUB.web() + "/" + shop.fullName() + "/pull/2");
    assertThat(shop.titles().getLast()).isEqualTo("Roll out: Buy now");
    assertThat(shop.body(2)).contains("Everybody sees what was there before.", "index.html");
    assertOneOfEach();
    shop.merge(2, FakeRepository.Way.SQUASH);
    awaited("/rollout/status", "done");
    assertThat(shop.files("main")).isEqualTo(SITE);
  }

  @Test
  void aSegmentIsTheSiteWithIt() throws Exception {
    rolledOut("test1");
    shop.merge(2, FakeRepository.Way.MERGE);
    awaited("/rollout/status", "done");
    assertThat(shop.files("main"))
        .isEqualTo(Map.of("index.html", KiteSite.INDEX.replace("Add to cart", "Buy now")));
  }

  /// An attempt ends at each write, before GitHub has done it and behind.
  @ParameterizedTest
  @CsvSource({
    "/git/trees, false",
    "/git/commits, false",
    "/git/refs, false",
    "/git/refs, true",
    "/pulls, false",
    "/pulls, true"
  })
  void oneBranchAndOnePullRequestComeOutWhereverAnAttemptEnds(String step, boolean done)
      throws Exception {
    FakeFault fault = done ? FakeFault.answerLost() : FakeFault.cut();
    Person.GITHUB.plan("POST", "/repos/" + shop.fullName() + step, fault, fault, fault, fault);
    rolledOut("control");
    assertOneOfEach();
    assertThat(shop.files("pryo/exp-%s-rollout".formatted(id))).isEqualTo(SITE);
  }

  @Test
  void killedBehindThePullRequestItMakesNoSecondOneThoughMainMoved() throws Exception {
    JsonNode first = rolledOut("control");
    shop.push("main", Map.of("later.html", "<p>Later</p>"));
    asPryo(
        "update experiment set rollout = rollout || '{\"status\": \"implementing\","
            + " \"pull_request\": null}' where id = :id");
    asPryo(
        "update job set state = 'running', attempts = 1 where experiment_id = :id and kind ="
            + " 'rollout'");
    JsonNode second = awaited("/rollout/status", "awaiting_merge");
    assertThat(second.at("/rollout/pull_request/number"))
        .isEqualTo(first.at("/rollout/pull_request/number"));
    assertOneOfEach();
  }

  @Test
  void inTheWayOfItsBaseItIsWrittenAgainOnTheSamePullRequest() throws Exception {
    rolledOut("control");
    String branch = "pryo/exp-%s-rollout".formatted(id);
    String before = shop.head(branch);
    String moved = pushHeading();
    JsonNode told = awaited("/rollout/pull_request/conflicts", "true");
    assertThat(told.at("/rollout/pull_request/conflict_files/0").asString())
        .isEqualTo("index.html");
    JsonNode again = rolledOut("control");
    assertThat(again.at("/rollout/pull_request/number").asInt()).isEqualTo(2);
    assertThat(again.at("/rollout/pull_request/conflicts").asBoolean()).isFalse();
    assertThat(shop.parents(shop.head(branch))).containsExactly(before, moved);
    assertOneOfEach();
    shop.merge(2, FakeRepository.Way.SQUASH);
    awaited("/rollout/status", "done");
    assertThat(shop.files("main"))
        .isEqualTo(
            Map.of("index.html", KiteSite.INDEX.replace("<h1>Kites</h1>", "<h1>Dragons</h1>")));
  }

  @Test
  void killedWhileItIsWrittenAgainItIsTheSameCommit() throws Exception {
    rolledOut("control");
    String branch = "pryo/exp-%s-rollout".formatted(id);
    String before = shop.head(branch);
    String moved = pushHeading();
    awaited("/rollout/pull_request/conflicts", "true");
    rolledOut("control");
    for (boolean committed : new boolean[] {true, false}) {
      if (!committed) {
        shop.reset(branch, before);
      }
      asPryo("update footprint set commit = '%s' where experiment_id = :id".formatted(before));
      asPryo(
          "update experiment set rollout = rollout || '{\"status\": \"implementing\"}' where id = :id");
      DeadProcess.began(sql, transactions, id, "rollout");
      JsonNode again = awaited("/rollout/status", "awaiting_merge");
      assertThat(again.at("/rollout/pull_request/number").asInt()).isEqualTo(2);
      assertThat(shop.parents(shop.head(branch)))
          .as("committed: %s", committed)
          .containsExactly(before, moved);
      assertOneOfEach();
    }
  }

  /// Somebody changes a line beside the experiment's.
  private String pushHeading() throws Exception {
    String page = Objects.requireNonNull(shop.files("main").get("index.html"));
    return shop.push(
        "main", Map.of("index.html", page.replace("<h1>Kites</h1>", "<h1>Dragons</h1>")));
  }

  @Test
  void closedWithoutAMergeItGetsABranchOfItsOwnWhenItIsAskedForAgain() throws Exception {
    rolledOut("control");
    shop.close(2);
    assertThat(awaited("/rollout/status", "failed").at("/rollout/error/code").asString())
        .isEqualTo("pull_request_closed");
    rolledOut("test1");
    assertThat(shop.branches()).contains("pryo/exp-%s-rollout-2".formatted(id));
    assertThat(shop.titles()).hasSize(3);
  }

  @Test
  void aCommentOnACleanUpIsToldWhatToDo() throws Exception {
    rolledOut("control");
    String branch = "pryo/exp-%s-rollout".formatted(id);
    String head = shop.head(branch);
    String before = String.valueOf(shop.body(2));
    long stranger = shop.reviews().comment(2, "stranger", "/pryo Keep the heading.");
    long talk = shop.reviews().comment(2, ada.login(), "Looks fine.");
    lookedAt();
    assertThat(shop.body(2)).isEqualTo(before);

    long asked = shop.reviews().comment(2, ada.login(), "/pryo Keep the heading.");
    long beside = shop.reviews().commentOnLine(2, ada.login(), "/pryo And this line.");
    lookedAt();
    assertThat(shop.reviews().reactions(asked)).containsExactly("confused");
    assertThat(shop.reviews().reactions(beside)).containsExactly("confused");
    assertThat(shop.reviews().reactions(stranger)).isEmpty();
    assertThat(shop.reviews().reactions(talk)).isEmpty();
    assertThat(shop.body(2))
        .startsWith(before.stripTrailing())
        .contains(
            ada.login()
                + " asked for another commit: Pryo takes no comments on a clean-up: change its branch"
                + " by hand, or close it and ask for the roll-out again on the experiment's page.")
        .doesNotContain("stranger");

    String said = String.valueOf(shop.body(2));
    asPryo("update remark set sign = null where experiment_id = :id");
    lookedAt();
    assertThat(shop.body(2)).as("killed before it was noted").isEqualTo(said);
    assertThat(shop.reviews().reactions(asked)).containsExactly("confused");

    shop.describe(2, before);
    lookedAt();
    assertThat(shop.body(2)).as("what people took out stays out").isEqualTo(before);
    assertThat(shop.head(branch)).isEqualTo(head);
    assertThat(ada.api().get(path("status")).expect(200).get("remarks"))
        .as("it is not of the experiment's own pull request")
        .isEmpty();
    assertOneOfEach();
  }

  private void lookedAt() {
    Tenant.system(() -> {
      remarks.run();
      return true;
    });
  }

  private void assertOneOfEach() throws Exception {
    assertThat(shop.branches())
        .containsExactlyInAnyOrder("main", "pryo/exp-%s-rollout".formatted(id));
    assertThat(shop.titles()).hasSize(2);
  }

  private JsonNode rolledOut(String segment) {
    post("rollout", Map.of("segment", segment));
    return awaited("/rollout/status", "awaiting_merge");
  }

  /// The experiment once it is there; each look goes to GitHub, if not every time.
  private JsonNode awaited(String field, String value) {
    JsonNode experiment = ada.api().get(path("")).expect(200);
    for (int look = 0; look < 1200 && !experiment.at(field).asString().equals(value); look++) {
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      ada.api().get(path("status")).expect(200);
      experiment = ada.api().get(path("")).expect(200);
    }
    assertThat(experiment.at(field).asString()).as(experiment.toString()).isEqualTo(value);
    return experiment;
  }

  private void asPryo(String update) {
    Tenant.system(() ->
        transactions.execute(status -> sql.sql(update).param("id", UUID.fromString(id)).update()));
  }

  private void post(String verb, @Nullable Map<String, Object> body) {
    assertThat(ada.api().post(path(verb), body).status()).as(verb).isBetween(200, 202);
  }

  private String draft(String project) {
    return ada.api()
        .post(
            "/api/experiments",
            Map.of(
                "project_id",
                project,
                "name",
                "Buy now",
                "description",
                "A shorter word on the button sells more.",
                "start",
                false,
                "segments",
                List.of(
                    Map.of("name", "Control", "traffic_percentage", 50),
                    Map.of(
                        "name", "Buy now",
                        "instructions", "change 'Add to cart' to 'Buy now'",
                        "traffic_percentage", 50)),
                "goals",
                List.of(
                    Map.of("event", "purchase", "kind", "conversion", "name", "a click on #buy"))))
        .expect(201)
        .get("id")
        .asString();
  }

  private String path(String verb) {
    return "/api/experiments/" + id + (verb.isEmpty() ? "" : "/" + verb);
  }
}
