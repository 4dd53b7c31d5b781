package dev.pryo.implementation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.KiteSite;
import dev.pryo.PryoTest;
import dev.pryo.codehost.CodeHosts;
import dev.pryo.codehost.PullRequest;
import dev.pryo.codehost.RepositoryRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@PryoTest
class ImplementationApiTest {
  @LocalServerPort int port;
  @Autowired CodeHosts hosts;
  private final KiteSite site = KiteSite.made();
  private Api api;
  private String project;

  @BeforeEach
  void aProject() {
    api = Api.signedUp(port);
    project = site.link(api);
  }

  @Test
  void fromTheWordsToARunningExperiment() {
    JsonNode made = create("change 'Add to cart' to 'Buy now'", Map.of());
    assertThat(made.get("status").asString()).isEqualTo("implementing");
    String path = path(made);
    JsonNode waiting = Waiting.settled(api, id(made));
    assertThat(waiting.get("status").asString()).as(waiting.toString()).isEqualTo("awaiting_merge");
    assertThat(waiting.get("branch").asString()).isEqualTo("pryo/exp-" + id(made));
    assertThat(waiting.get("pr_number").asInt()).isEqualTo(1);
    assertThat(waiting.get("pr_url").asString()).endsWith("/experiments/" + id(made) + "/changes");
    assertThat(waiting.at("/pull_request/base").asString()).isEqualTo("main");
    assertThat(waiting.at("/pull_request/repair_attempts").asInt()).isZero();

    JsonNode status = api.get(path + "/status").expect(200);
    assertThat(status.get("phase").isNull()).isTrue();
    assertThat(status.get("progress").asDouble()).isEqualTo(1);
    assertThat(status.get("pr_url")).isEqualTo(waiting.get("pr_url"));
    assertThat(status.get("checks").values().stream().map(check -> check.get("id").asString()))
        .contains("parses", "scope", "segments_differ");
    assertThat(status.at("/usage/cost_usd").asInt()).isZero();
    assertThat(status.get("error").isNull()).isTrue();
    assertThat(status.get("updated_at").asString()).isNotEmpty();

    JsonNode changes = api.get(path + "/changes").expect(200);
    assertThat(changes.get("diff").asString()).contains("Buy now").contains("+++ b/index.html");
    assertThat(changes.at("/files/0/status").asString()).isIn("added", "modified");
    assertThat(changes.get("base").asString()).hasSize(40);

    assertThat(conflict(api.post(path + "/activate", null))).contains("not merged");
    assertThat(conflict(api.post(path + "/implement", null))).contains("merge its pull request");
    JsonNode merged = api.post(path + "/merge", null).expect(200);
    assertThat(merged.at("/pull_request/state").asString()).isEqualTo("merged");
    assertThat(merged.get("status").asString()).isEqualTo("awaiting_merge");
    api.post(path + "/merge", null).expect(200);
    assertThat(site.read("index.html")).isNotEqualTo(KiteSite.INDEX).contains("/pryo.js");
    assertThat(api.get(path + "/changes").expect(200)).isEqualTo(changes);

    assertThat(api.post(path + "/activate", null).expect(200).get("status").asString())
        .isEqualTo("active");
    api.post(path + "/pause", null).expect(200);
    api.post(path + "/resume", null).expect(200);
  }

  @Test
  void progressIsToldUntilTheEnd() {
    JsonNode made = create("change 'Add to cart' to 'Buy now'", Map.of());
    Api.Answer stream = api.get(path(made) + "/progress");
    assertThat(stream.status()).isEqualTo(200);
    assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
    List<String> told = stream.text().lines().filter(line -> line.startsWith("data:")).toList();
    assertThat(told.getFirst()).contains("\"status\":\"implementing\"");
    assertThat(told.getLast()).contains("\"status\":\"awaiting_merge\"");
  }

  @Test
  void thePullRequestSaysWhatItIsAndNobodysWordsActInIt() {
    JsonNode made =
        create(
            "change 'Add to cart' to 'Buy now'",
            Map.of(
                "name", "Buy now, @everyone closes #1",
                "description",
                    "See https://evil.example <!-- x --> fixes #2 ![i](https://evil.example/i.png)"));
    JsonNode waiting = Waiting.settled(api, id(made));
    PullRequest pull = pull(waiting);
    assertThat(pull.title()).isEqualTo("A/B test: Buy now, everyone 1");
    assertThat(pull.body())
        .contains("| Control (`control`) | 50 % |")
        .contains("<https://kites.example/?pryo=" + waiting.get("key").asString() + "#test1>")
        .contains("100 % of the visitors take part", "### What changes\n- ")
        .contains("| Segment | Visitors | Preview |", "### What is measured\n- purchase")
        .contains("### How to try it\nRun or deploy this branch and open a preview link")
        .containsPattern("### Checks\n- (pass|warn) \\(")
        .contains("### Not verified\nNo browser has opened the site", "parses")
        .contains(
            "written by software: Pryo, in its edit mode (rules, no language model), asked by")
        .doesNotContain("evil.example", "@", "fixes", "<!--")
        .doesNotContainPattern("#[0-9]");
    String message =
        site.git(git ->
            git.log()
                .add(git.getRepository().resolve(waiting.get("branch").asString()))
                .setMaxCount(1)
                .call()
                .iterator()
                .next()
                .getFullMessage());
    assertThat(message).startsWith("A/B test: Buy now, everyone 1\n").contains("Pryo");
    JsonNode me = api.get("/api/auth/me").expect(200);
    String author =
        site.git(git ->
            git.log()
                .add(git.getRepository().resolve(waiting.get("branch").asString()))
                .setMaxCount(1)
                .call()
                .iterator()
                .next()
                .getAuthorIdent()
                .getEmailAddress());
    assertThat(author).isEqualTo(me.get("email").asString());
  }

  @Test
  void whereThePlaceIsNotCertainEveryOneIsListed() {
    JsonNode failed =
        Waiting.settled(api, id(create("change 'Read more' to 'Tell me more'", Map.of())));
    assertThat(failed.get("status").asString()).isEqualTo("failed");
    assertThat(failed.at("/error/code").asString()).isEqualTo("ambiguous");
    assertThat(failed.at("/error/retryable").asBoolean()).isFalse();
    assertThat(failed.at("/error/message").asString())
        .contains("about.html:9: <a class=\"more\">Read more</a>")
        .contains("about.html:10: <a class=\"more\">Read more</a>");
    JsonNode status = api.get(path(failed) + "/status").expect(200);
    assertThat(status.at("/error/code").asString()).isEqualTo("ambiguous");
    api.get(path(failed) + "/changes").expect(404);
    conflict(api.post(path(failed) + "/merge", null));
    conflict(api.patch(path(failed), Map.of("closed_reason", "It was not closed")));

    api.patch(path(failed), Map.of("segments", segments("change 'Add to cart' to 'Buy'")))
        .expect(200);
    JsonNode again = api.post(path(failed) + "/implement", null).expect(202);
    assertThat(again.get("error").isNull()).isTrue();
    JsonNode mended = Waiting.settled(api, id(failed));
    assertThat(mended.get("status").asString()).isEqualTo("awaiting_merge");
    assertThat(mended.get("branch").asString()).isEqualTo("pryo/exp-" + id(failed));
  }

  @Test
  void whatCannotBeDoneIsSaid() {
    JsonNode odd = Waiting.settled(api, id(create("make it feel more premium", Map.of())));
    assertThat(odd.at("/error/code").asString()).isEqualTo("cannot_edit");
    JsonNode branch =
        Waiting.settled(
            api, id(create("change 'Add to cart' to 'Buy now'", Map.of("base_branch", "gone"))));
    assertThat(branch.at("/error/code").asString()).isEqualTo("branch_not_found");
    assertThat(branch.at("/error/retryable").asBoolean()).isTrue();
    String github =
        api.post("/api/projects", Map.of("name", "Elsewhere", "repo_full_name", "kites/shop"))
            .expect(201)
            .get("id")
            .asString();
    JsonNode elsewhere =
        Waiting.settled(
            api, id(create("change 'Add to cart' to 'Buy now'", Map.of("project_id", github))));
    assertThat(elsewhere.at("/error/code").asString()).isEqualTo("github_not_connected");
  }

  @Test
  void aDirtyWorkingTreeIsLeftAloneUntilItIsClean() {
    JsonNode waiting =
        Waiting.settled(api, id(create("change 'Add to cart' to 'Buy now'", Map.of())));
    site.write("index.html", KiteSite.INDEX.replace("Kites", "Dragons"));
    assertThat(conflict(api.post(path(waiting) + "/merge", null))).contains("index.html");
    assertThat(site.read("index.html")).contains("Dragons");
    site.write("index.html", KiteSite.INDEX);
    api.post(path(waiting) + "/merge", null).expect(200);
  }

  @Test
  void ofFourMergesAndActivationsAtOnceOneActivationWins() throws Exception {
    JsonNode waiting =
        Waiting.settled(api, id(create("change 'Add to cart' to 'Buy now'", Map.of())));
    assertThat(atOnce(() -> api.post(path(waiting) + "/merge", null).status())).containsOnly(200);
    assertThat(atOnce(() -> api.post(path(waiting) + "/activate", null).status()))
        .containsOnly(200, 409)
        .containsOnlyOnce(200);
  }

  @Test
  void aMergeByHandIsSeenAndActivatesWhereThatWasAsked() {
    JsonNode waiting =
        Waiting.settled(
            api,
            id(create("change 'Add to cart' to 'Buy now'", Map.of("activate_on_merge", true))));
    site.git(git ->
        git.merge()
            .include(git.getRepository().resolve(waiting.get("branch").asString()))
            .setFastForward(org.eclipse.jgit.api.MergeCommand.FastForwardMode.NO_FF)
            .call());
    JsonNode status = api.get(path(waiting) + "/status").expect(200);
    assertThat(status.get("status").asString()).isEqualTo("active");
  }

  @Test
  void aDeletedBranchClosesThePullRequest() {
    JsonNode waiting =
        Waiting.settled(api, id(create("change 'Add to cart' to 'Buy now'", Map.of())));
    site.git(git ->
        git.branchDelete().setBranchNames(waiting.get("branch").asString()).setForce(true).call());
    JsonNode status = api.get(path(waiting) + "/status").expect(200);
    assertThat(status.at("/error/code").asString()).isEqualTo("pull_request_closed");
    JsonNode told =
        api.patch(path(waiting), Map.of("closed_reason", "Another idea came first")).expect(200);
    assertThat(told.get("closed_reason").asString()).isEqualTo("Another idea came first");
    assertThat(told.at("/pull_request/state").asString()).isEqualTo("closed");
    api.post(path(waiting) + "/implement", null).expect(202);
    JsonNode again = Waiting.settled(api, id(waiting));
    assertThat(again.get("status").asString()).as(again.toString()).isEqualTo("awaiting_merge");
    assertThat(again.get("branch").asString()).isEqualTo("pryo/exp-" + id(waiting) + "-2");
    assertThat(again.get("closed_reason").isNull()).isTrue();
  }

  @Test
  void whileItWaitsForTheMergeItsCodeMayNotBecomeWrong() {
    JsonNode waiting =
        Waiting.settled(api, id(create("change 'Add to cart' to 'Buy now'", Map.of())));
    api.patch(path(waiting), Map.of("plan", Map.of("baseline", 0.1, "mde", 0.2))).expect(200);
    List<Map<String, Object>> shares = segments("change 'Add to cart' to 'Buy now'");
    shares.get(0).put("traffic_percentage", 80);
    shares.get(1).put("traffic_percentage", 20);
    api.patch(path(waiting), Map.of("segments", shares)).expect(200);
    assertThat(conflict(api.patch(path(waiting), Map.of("segments", segments("hide the button")))))
        .contains("segments");
    assertThat(
            conflict(
                api.patch(
                    path(waiting),
                    Map.of("goals", List.of(Map.of("event", "sale", "kind", "conversion"))))))
        .contains("goals");
    assertThat(conflict(api.patch(path(waiting), Map.of("base_branch", "next"))))
        .contains("base_branch");
  }

  private PullRequest pull(JsonNode experiment) {
    return hosts
        .find("git")
        .orElseThrow()
        .pullRequest(
            RepositoryRef.git(site.folder().toUri().toString()),
            experiment.get("pr_number").asInt());
  }

  private JsonNode create(String instructions, Map<String, Object> more) {
    Map<String, Object> asked = new HashMap<>();
    asked.put("project_id", project);
    asked.put("name", "Buy now");
    asked.put("description", "A shorter word on the button sells more.");
    asked.put("segments", segments(instructions));
    asked.put(
        "goals",
        List.of(Map.of("event", "purchase", "kind", "conversion", "name", "a click on #buy")));
    asked.putAll(more);
    return api.post("/api/experiments", asked).expect(201);
  }

  private static List<Map<String, Object>> segments(String instructions) {
    return List.of(
        new HashMap<>(Map.of("name", "Control", "traffic_percentage", 50)),
        new HashMap<>(
            Map.of("name", "Buy now", "instructions", instructions, "traffic_percentage", 50)));
  }

  private static <T> List<T> atOnce(Callable<T> call) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<T> answers = new ArrayList<>();
      for (Future<T> answer : threads.invokeAll(Collections.nCopies(4, call))) {
        answers.add(answer.get());
      }
      return answers;
    }
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
