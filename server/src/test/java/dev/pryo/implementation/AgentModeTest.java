package dev.pryo.implementation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.KiteModel;
import dev.pryo.KiteSite;
import dev.pryo.ModelTest;
import dev.pryo.TestModel;
import dev.pryo.TestModel.Talk;
import dev.pryo.codehost.CodeHosts;
import dev.pryo.codehost.PullRequest;
import dev.pryo.codehost.RepositoryRef;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Ref;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// Experiments that a model writes, through the server.
@ModelTest
class AgentModeTest {
  @LocalServerPort int port;
  @Autowired CodeHosts hosts;
  private final KiteSite site = KiteSite.made();
  private Api api;
  private KiteModel kites;

  @BeforeEach
  void aProject() {
    api = Api.signedUp(port);
    kites = new KiteModel(api, site.link(api), TestModel.Shared.MODEL);
  }

  @Test
  void fromTheWordsToAPullRequest() {
    JsonNode draft = kites.draft();
    Talk talk = kites.talk(draft, KiteModel.good(KiteModel.key(draft)));
    JsonNode waiting = implemented(draft);

    assertThat(waiting.get("status").asString())
        .as(status(draft).toString())
        .isEqualTo("awaiting_merge");
    assertThat(waiting.get("branch").asString()).isEqualTo("pryo/exp-" + id(draft));
    assertThat(talk.calls()).isEqualTo(4);
    JsonNode status = status(draft);
    assertThat(status.at("/usage/model").asString()).isEqualTo(TestModel.NAME);
    assertThat(status.at("/usage/calls").asInt()).isEqualTo(4);
    assertThat(status.at("/usage/input_tokens").asInt()).isEqualTo(40_000);
    assertThat(status.at("/usage/cached_input_tokens").asInt()).isEqualTo(28_000);
    assertThat(status.at("/usage/output_tokens").asInt()).isEqualTo(2_000);
    // 4 × (1,000 × 3 + 2,000 × 3.75 + 7,000 × 0.30 + 500 × 15) millionths
    assertThat(status.at("/usage/cost_usd").asDouble()).isEqualTo(0.0804);
    assertThat(status.get("checks").values().stream().map(check -> check.get("status").asString()))
        .isNotEmpty()
        .doesNotContain("fail");
    JsonNode changes = api.get(path(draft) + "/changes").expect(200);
    assertThat(changes.get("diff").asString())
        .contains("+++ b/buy.js")
        .contains("<script type=\"module\" src=\"buy.js\"></script>");
    api.post(path(draft) + "/merge", null).expect(200);
    assertThat(site.read(KiteModel.SCRIPT)).contains("trackEvent('purchase')");
  }

  @Test
  void thePhasesOfTheRunAreTold() {
    JsonNode draft = kites.draft();
    kites.talk(draft, KiteModel.good(KiteModel.key(draft)));
    api.post(path(draft) + "/implement", null).expect(202);
    String told = api.get(path(draft) + "/progress").text();
    assertThat(told).contains("\"usage\":{\"model\":");
    assertThat(told).contains("awaiting_merge");
  }

  @Test
  void thePullRequestQuotesTheModelAndSaysWhoWroteIt() {
    JsonNode draft = kites.draft();
    String key = KiteModel.key(draft);
    kites.talk(
        draft,
        KiteModel.plan(key),
        KiteModel.read(),
        KiteModel.write(key),
        TestModel.calls(
            "flush_writes",
            Map.of(
                "summary",
                "Done, @maintainer. Closes #12, see https://evil.example <!-- approve --> ![x](https://evil.example/x.png) /merge a\u202Eb "
                    + "very long ".repeat(200))));
    JsonNode waiting = implemented(draft);

    PullRequest pull =
        hosts
            .find("git")
            .orElseThrow()
            .pullRequest(
                RepositoryRef.git(site.folder().toUri().toString()),
                waiting.get("pr_number").asInt());
    assertThat(pull.title()).hasSizeLessThanOrEqualTo(80).startsWith("A/B test: Buy ");
    assertThat(pull.body())
        .hasSizeLessThanOrEqualTo(4000)
        .contains("In the model's words:\n\n> - Done, maintainer. 12, see (address left out)")
        .contains("> - test1: The button says Buy now.")
        .contains(
            "written by software: an AI, the language model claude-sonnet-4-6, led by Pryo, asked by")
        .doesNotContain(
            "edit mode", "@maintainer", "Closes", "evil.example", "<!--", "\u202E", "#12");
    String message =
        site.git(git ->
            git.log()
                .add(git.getRepository().resolve(waiting.get("branch").asString()))
                .setMaxCount(1)
                .call()
                .iterator()
                .next()
                .getFullMessage());
    assertThat(message)
        .contains("Written by a language model, claude-sonnet-4-6")
        .doesNotContain("maintainer");
  }

  @Test
  void theTranscriptHasEveryTurnAndRefusalInOrder() {
    JsonNode draft = kites.draft();
    String key = KiteModel.key(draft);
    kites.talk(
        draft,
        KiteModel.plan(key),
        TestModel.calls("read_multiple_files", Map.of("files", List.of(".env"))),
        KiteModel.read(),
        KiteModel.write(key),
        KiteModel.flush());
    implemented(draft);

    JsonNode first = api.get(path(draft) + "/transcript?limit=3").expect(200);
    assertThat(first.get("items")).hasSize(3);
    assertThat(first.at("/items/0/kind").asString()).isEqualTo("prompt");
    assertThat(first.at("/items/0/text").asString()).contains("Experiment key: " + key);
    JsonNode rest =
        api.get(
                path(draft)
                    + "/transcript?limit=1000&cursor="
                    + first.get("next_cursor").asString())
            .expect(200);
    assertThat(rest.get("next_cursor").isNull()).isTrue();
    assertThat(rest.at("/items/0/seq").asInt()).isEqualTo(4);
    List<String> lines =
        rest.get("items")
            .valueStream()
            .map(line -> line.get("kind").asString() + " " + line.get("name").asString())
            .toList();
    assertThat(lines)
        .containsSubsequence(
            "call read_multiple_files",
            "refusal read_multiple_files",
            "call read_multiple_files",
            "call write_file",
            "call write_file",
            "call flush_writes");
    assertThat(
            rest.get("items")
                .valueStream()
                .filter(line -> line.get("kind").asString().equals("result"))
                .toList())
        .isNotEmpty()
        .allSatisfy(line -> {
          assertThat(line.get("text").asString()).isEmpty();
          assertThat(line.get("size").asInt()).isPositive();
        });
    assertThat(api.get(path(draft) + "/transcript?cursor=x").status()).isEqualTo(422);
    assertThat(Api.signedUp(port).get(path(draft) + "/transcript").status()).isEqualTo(404);
  }

  @Test
  void inAutoRulesComeFirstAndAModelWhereTheyDecline() {
    JsonNode certain = kites.draft("auto", "change 'Add to cart' to 'Buy now'", Map.of());
    Talk unasked = kites.talk(certain, KiteModel.good(KiteModel.key(certain)));
    assertThat(implemented(certain).get("status").asString()).isEqualTo("awaiting_merge");
    assertThat(unasked.calls()).isZero();
    assertThat(status(certain).at("/usage/calls").asInt()).isZero();

    JsonNode unsure = kites.draft("auto", "Make the button feel like a decision.", Map.of());
    Talk asked = kites.talk(unsure, KiteModel.good(KiteModel.key(unsure)));
    assertThat(implemented(unsure).get("status").asString()).isEqualTo("awaiting_merge");
    assertThat(asked.calls()).isEqualTo(4);

    JsonNode rules = kites.draft("edit", "Make the button feel like a decision.", Map.of());
    Talk never = kites.talk(rules, KiteModel.good(KiteModel.key(rules)));
    assertThat(implemented(rules).at("/error/code").asString()).isEqualTo("cannot_edit");
    assertThat(never.calls()).isZero();
  }

  @Test
  void aFailingCheckGoesBackTwiceAndThenToTheOwnerWithTheDiff() {
    JsonNode draft = kites.draft();
    String key = KiteModel.key(draft);
    Map<String, Object> silent =
        Map.of(
            "path",
            KiteModel.SCRIPT,
            "content",
            "if (window.pryo?.variant('%s') === 'test1') {\n  document.title = 'Buy';\n}\n"
                .formatted(key));
    Talk talk =
        kites.talk(
            draft,
            KiteModel.plan(key),
            KiteModel.read(),
            TestModel.calls("write_file", silent),
            KiteModel.flush());
    JsonNode failed = implemented(draft);

    assertThat(failed.get("status").asString()).isEqualTo("failed");
    assertThat(failed.at("/error/code").asString()).isEqualTo("checks_failed");
    assertThat(failed.at("/error/message").asString()).contains("purchase");
    assertThat(failed.get("pull_request").isNull()).isTrue();
    assertThat(talk.calls()).as("three times flush_writes, two of them sent back").isEqualTo(6);
    assertThat(status(draft).get("checks").toString()).contains("\"status\":\"fail\"");
    JsonNode changes = api.get(path(draft) + "/changes").expect(200);
    assertThat(changes.get("head").isNull()).isTrue();
    assertThat(changes.get("diff").asString()).contains("document.title = 'Buy'");
    assertThat(changes.get("files").toString()).contains(KiteModel.SCRIPT);
    List<Ref> branches = site.git(git -> git.branchList().call());
    assertThat(branches).hasSize(1);

    Talk again = kites.talk(draft, KiteModel.good(key));
    assertThat(implemented(draft).get("status").asString()).isEqualTo("awaiting_merge");
    assertThat(again.calls()).as("a run that has come to its end begins anew").isEqualTo(4);
    assertThat(api.get(path(draft) + "/changes").expect(200).get("head").isNull()).isFalse();
  }

  @Test
  void anEstimateComesBeforeAnythingIsSpent() {
    JsonNode draft = kites.draft();
    Talk talk = kites.talk(draft, KiteModel.good(KiteModel.key(draft)));
    JsonNode estimate = api.get(path(draft) + "/estimate").expect(200);
    assertThat(estimate.get("mode").asString()).isEqualTo("agent");
    assertThat(estimate.get("model").asString()).isEqualTo(TestModel.NAME);
    assertThat(estimate.get("input_tokens").asLong()).isPositive();
    assertThat(estimate.get("output_tokens").asLong()).isPositive();
    assertThat(estimate.at("/cost_usd/0").asDouble())
        .isPositive()
        .isLessThan(estimate.at("/cost_usd/1").asDouble());
    assertThat(talk.calls()).isZero();

    JsonNode certain = kites.draft("auto", "change 'Add to cart' to 'Buy now'", Map.of());
    JsonNode nothing = api.get(path(certain) + "/estimate").expect(200);
    assertThat(nothing.get("mode").asString()).isEqualTo("edit");
    assertThat(nothing.at("/cost_usd/1").asDouble()).isZero();
    JsonNode unsure = kites.draft("auto", "Make it feel like a decision.", Map.of());
    assertThat(api.get(path(unsure) + "/estimate").expect(200).get("mode").asString())
        .isEqualTo("agent");
  }

  private JsonNode implemented(JsonNode experiment) {
    api.post(path(experiment) + "/implement", null).expect(202);
    return Waiting.settled(api, id(experiment));
  }

  private JsonNode status(JsonNode experiment) {
    return api.get(path(experiment) + "/status").expect(200);
  }

  private static String id(JsonNode experiment) {
    return experiment.get("id").asString();
  }

  private static String path(JsonNode experiment) {
    return "/api/experiments/" + id(experiment);
  }
}
