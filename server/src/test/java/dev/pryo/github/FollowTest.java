package dev.pryo.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.KiteSite;
import dev.pryo.PryoTest;
import dev.pryo.TestHome;
import dev.pryo.codehost.FakeFault;
import dev.pryo.codehost.FakeGitHub;
import dev.pryo.codehost.FakeRepository;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// From the words to a draft on GitHub, and what becomes of it there.
@PryoTest
class FollowTest {
  @LocalServerPort int port;
  private Person ada;
  private FakeRepository shop;
  private String project;

  @BeforeEach
  void aConnectedShop() {
    FakeGitHub.require();
    ada = Person.connected(port);
    String name = ada.login() + "/kites";
    shop =
        Person.GITHUB.repository(name, "main", Map.of("index.html", KiteSite.INDEX), ada.login());
    project = ada.project(name);
  }

  @AfterEach
  void nothing_was_unlike_github() {
    assertThat(Person.GITHUB.complaints()).isEmpty();
  }

  @Test
  void aRunOpensOneDraftThatSaysWhatItIs() throws Exception {
    JsonNode waiting = implemented(Map.of());
    assertThat(waiting.get("status").asString()).as(waiting.toString()).isEqualTo("awaiting_merge");
    assertThat(waiting.get("pr_url").asString())
        .isEqualTo(Person.GITHUB.web() + "/" + shop.fullName() + "/pull/1");
    assertThat(waiting.at("/pull_request/state").asString()).isEqualTo("draft");
    assertThat(shop.isDraft(1)).isTrue();
    assertThat(shop.branches()).containsExactlyInAnyOrder("main", "pryo/exp-" + id(waiting));
    assertThat(shop.body(1))
        .contains("| Control (`control`) | 50 % |")
        .contains("#test1>")
        .contains("written by software");
    JsonNode changes = ada.api().get(path(waiting) + "/changes").expect(200);
    assertThat(changes.get("diff").asString()).contains("Buy now").contains("+++ b/index.html");
    assertThat(ada.api().post(path(waiting) + "/merge", null).expect(409).get("detail").asString())
        .contains("/pull/1");
  }

  @ParameterizedTest
  @EnumSource(FakeRepository.Way.class)
  void aMergeActivatesWhereThatWasAsked(FakeRepository.Way way) throws Exception {
    JsonNode waiting = implemented(Map.of("activate_on_merge", true));
    shop.merge(1, way);
    shop.deleteBranch(waiting.get("branch").asString());
    deliver("closed", 204);
    JsonNode active = ada.api().get(path(waiting)).expect(200);
    assertThat(active.get("status").asString()).isEqualTo("active");
    assertThat(active.at("/pull_request/state").asString()).isEqualTo("merged");
    String since = active.get("activated_at").asString();
    deliver("closed", 204);
    deliver("synchronize", 204);
    assertThat(ada.api().get(path(waiting)).expect(200).get("activated_at").asString())
        .isEqualTo(since);
  }

  @Test
  void aMergeIntoAnotherBaseIsAMergeAndTheBaseIsSaid() throws Exception {
    JsonNode waiting = implemented(Map.of("activate_on_merge", true));
    shop.push("main", Map.of("later.html", "later"));
    shop.branchFromMain("release");
    shop.retarget(1, "release");
    shop.merge(1, FakeRepository.Way.SQUASH);
    deliver("closed", 204);
    JsonNode active = ada.api().get(path(waiting)).expect(200);
    assertThat(active.get("status").asString()).isEqualTo("active");
    assertThat(active.at("/pull_request/base").asString()).isEqualTo("release");
  }

  @Test
  void withoutAnyDeliveryALookFindsTheMerge() throws Exception {
    JsonNode waiting = implemented(Map.of());
    shop.merge(1, FakeRepository.Way.MERGE);
    String state = "";
    for (int look = 0; look < 1_200 && !state.equals("merged"); look++) { // it rests between looks
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      state = ada.api().get(path(waiting)).expect(200).at("/pull_request/state").asString();
    }
    assertThat(state).isEqualTo("merged");
    ada.api().post(path(waiting) + "/activate", null).expect(200);
  }

  @Test
  void closedWithoutAMergeItAsksWhyAndKeepsTheAnswer() throws Exception {
    JsonNode waiting = implemented(Map.of());
    shop.close(1);
    deliver("closed", 204);
    JsonNode closed = ada.api().get(path(waiting)).expect(200);
    assertThat(closed.at("/error/code").asString()).isEqualTo("pull_request_closed");
    ada.api().patch(path(waiting), Map.of("closed_reason", "The button stays")).expect(200);
    assertThat(ada.api().get(path(waiting)).expect(200).get("closed_reason").asString())
        .isEqualTo("The button stays");
    ada.api().post(path(waiting) + "/simulate", Map.of("events", 400)).expect(200);
    JsonNode next = ada.api().post(path(waiting) + "/iterate", null).expect(201);
    assertThat(next.at("/proposal/because").asString())
        .contains("Its pull request was closed: “The button stays”.");
    assertThat(next.get("description").asString()).contains("“The button stays”");
  }

  @Test
  void aConflictIsTold() throws Exception {
    JsonNode waiting = implemented(Map.of());
    shop.push("main", Map.of("index.html", KiteSite.INDEX.replace("Add to cart", "Order")));
    deliver("synchronize", 204);
    assertThat(ada.api().get(path(waiting) + "/status").expect(200).get("message").asString())
        .contains("cannot be merged")
        .contains("index.html");
    shop.undecided(true);
    deliver("synchronize", 204);
    assertThat(ada.api().get(path(waiting)).expect(200).at("/pull_request/conflicts").asBoolean())
        .as("what is known stays until GitHub has found out")
        .isTrue();
  }

  @Test
  void whatIsInTheWayOfItsBaseIsWrittenAgainOnTheSameDraft() throws Exception {
    JsonNode waiting = implemented(Map.of("activate_on_merge", true));
    String page = KiteSite.INDEX.replace("class=\"button\"", "class=\"button wide\"");
    String moved = shop.push("main", Map.of("index.html", page));
    deliver("synchronize", 204);
    JsonNode told = ada.api().get(path(waiting)).expect(200).get("pull_request");
    assertThat(told.get("conflicts").asBoolean()).as(told.toString()).isTrue();
    assertThat(told.at("/conflict_files/0").asString()).isEqualTo("index.html");

    ada.api().post(path(waiting) + "/implement", null).expect(202);
    JsonNode again = settled(id(waiting));
    assertThat(again.get("pr_number").asInt()).as(again.toString()).isEqualTo(1);
    assertThat(again.at("/pull_request/conflicts").asBoolean()).isFalse();
    assertThat(again.at("/pull_request/state").asString()).isEqualTo("draft");
    assertThat(shop.titles()).hasSize(1);
    assertThat(shop.branches()).containsExactlyInAnyOrder("main", "pryo/exp-" + id(waiting));
    JsonNode changes = ada.api().get(path(waiting) + "/changes").expect(200);
    assertThat(changes.get("base").asString()).isEqualTo(moved);
    assertThat(changes.get("diff").asString()).contains("button wide", "Buy now");
    shop.merge(1, FakeRepository.Way.SQUASH);
    deliver("closed", 204);
    assertThat(ada.api().get(path(waiting)).expect(200).get("status").asString())
        .isEqualTo("active");
  }

  /// An attempt to write it again ends at each write, before GitHub has done it and behind.
  @ParameterizedTest
  @CsvSource({
    "POST, /git/trees, false",
    "POST, /git/commits, false",
    "PATCH, /git/refs/.*, false",
    "PATCH, /git/refs/.*, true"
  })
  void writtenAgainItIsOneCommitWhereverAnAttemptEnds(String verb, String step, boolean done)
      throws Exception {
    JsonNode waiting = implemented(Map.of());
    String branch = waiting.get("branch").asString();
    String before = shop.head(branch);
    String page = KiteSite.INDEX.replace("class=\"button\"", "class=\"button wide\"");
    String moved = shop.push("main", Map.of("index.html", page));
    deliver("synchronize", 204);
    FakeFault fault = done ? FakeFault.answerLost() : FakeFault.cut();
    Person.GITHUB.plan(verb, "/repos/" + shop.fullName() + step, fault, fault, fault, fault);
    ada.api().post(path(waiting) + "/implement", null).expect(202);
    JsonNode again = settled(id(waiting));
    assertThat(again.at("/pull_request/conflicts").asBoolean()).as(again.toString()).isFalse();
    assertThat(shop.parents(shop.head(branch))).containsExactly(before, moved);
    assertThat(shop.titles()).hasSize(1);
    assertThat(shop.branches()).containsExactlyInAnyOrder("main", branch);
  }

  @Test
  void aDeliveryThatIsNotSignedIsRefused() throws Exception {
    implemented(Map.of());
    shop.merge(1, FakeRepository.Way.MERGE);
    String body = Person.GITHUB.delivery("closed", shop, 1);
    Api anyone = Api.anonymous(port);
    for (String signature :
        List.of("", "sha256=", "sha256=" + "0".repeat(64), signature(body, "another secret"))) {
      anyone
          .send(
              "POST",
              "/api/github/webhook",
              body,
              "X-GitHub-Event",
              "pull_request",
              "X-Hub-Signature-256",
              signature)
          .expect(401);
    }
    anyone
        .send(
            "POST",
            "/api/github/webhook",
            body + " ",
            "X-GitHub-Event",
            "pull_request",
            "X-Hub-Signature-256",
            signature(body, TestHome.WEBHOOK_SECRET))
        .expect(401);
  }

  @Test
  void whoMayNoLongerPushStartsNothing() throws Exception {
    shop.mayNotPush(ada.login());
    JsonNode failed = implemented(Map.of());
    assertThat(failed.at("/error/code").asString()).isEqualTo("not_allowed");
    assertThat(shop.branches()).containsExactly("main");
  }

  @Test
  void aRevokedConnectionStopsTheRunWithAWordAndItGoesOnAfterReconnecting() {
    Person.GITHUB.revokeAll(ada.login());
    JsonNode failed = implemented(Map.of());
    assertThat(failed.at("/error/code").asString()).isEqualTo("reconnect");
    assertThat(failed.at("/error/message").asString()).contains("Reconnect GitHub");
    assertThat(ada.isConnected()).isFalse();
    ada.connect();
    ada.api().post(path(failed) + "/implement", null).expect(202);
    assertThat(settled(id(failed)).get("status").asString()).isEqualTo("awaiting_merge");
  }

  @Test
  void aLimitIsWaitedOutWithinTheRun() {
    Person.GITHUB.plan(
        "POST", "/repos/" + shop.fullName() + "/git/trees", FakeFault.secondaryLimit(429, "1"));
    assertThat(implemented(Map.of()).get("status").asString()).isEqualTo("awaiting_merge");
  }

  @Test
  void aLongLimitSendsTheRunBackToTheQueueAndCostsNoAttempt() throws Exception {
    Person.GITHUB.plan(
        "POST", "/repos/" + shop.fullName() + "/git/trees", FakeFault.secondaryLimit(403, "150"));
    JsonNode made = create(Map.of());
    String message = "";
    for (int look = 0; look < 600 && !message.contains("limit on requests"); look++) {
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      message = ada.api().get(path(made) + "/status").expect(200).get("message").asString();
    }
    assertThat(message).contains("GitHub's limit on requests is reached until");
    ada.api().post(path(made) + "/cancel", null).expect(200);
  }

  private JsonNode implemented(Map<String, Object> more) {
    return settled(id(create(more)));
  }

  private JsonNode settled(String id) {
    String events = ada.api().get("/api/experiments/" + id + "/progress").text();
    JsonNode experiment = ada.api().get("/api/experiments/" + id).expect(200);
    assertThat(experiment.get("status").asString()).as(events).isNotEqualTo("implementing");
    return experiment;
  }

  private JsonNode create(Map<String, Object> more) {
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
    asked.putAll(more);
    return ada.api().post("/api/experiments", asked).expect(201);
  }

  private void deliver(String action, int status) throws Exception {
    String body = Person.GITHUB.delivery(action, shop, 1);
    Api.anonymous(port)
        .send(
            "POST",
            "/api/github/webhook",
            body,
            "X-GitHub-Event",
            "pull_request",
            "X-Hub-Signature-256",
            signature(body, TestHome.WEBHOOK_SECRET))
        .expect(status);
  }

  private static String signature(String body, String secret) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
  }

  private static String id(JsonNode experiment) {
    return experiment.get("id").asString();
  }

  private static String path(JsonNode experiment) {
    return "/api/experiments/" + id(experiment);
  }
}
