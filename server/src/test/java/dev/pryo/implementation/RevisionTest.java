package dev.pryo.implementation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.KiteModel;
import dev.pryo.KiteSite;
import dev.pryo.ModelTest;
import dev.pryo.TestModel;
import dev.pryo.TestModel.Laid;
import dev.pryo.TestModel.Talk;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.jgit.lib.Ref;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// Feedback on an open pull request becomes another commit on it.
@ModelTest
class RevisionTest {
  @LocalServerPort int port;
  private final KiteSite site = KiteSite.made();
  private Api api;
  private KiteModel kites;

  @BeforeEach
  void aProject() {
    api = Api.signedUp(port);
    kites = new KiteModel(api, site.link(api), TestModel.Shared.MODEL);
  }

  @Test
  void aRevisionIsAnotherCommitOnTheSamePullRequest() {
    JsonNode draft = kites.draft();
    JsonNode first = written(draft);
    Talk talk = kites.talk(draft, withRevisions(draft, "Buy it now"));
    JsonNode second = revised(draft, "Say “Buy it now” instead.");

    assertThat(second.get("status").asString()).isEqualTo("awaiting_merge");
    assertThat(second.get("pr_number")).isEqualTo(first.get("pr_number"));
    assertThat(second.get("branch")).isEqualTo(first.get("branch"));
    assertThat(talk.calls()).as("the earlier turns are not paid again").isEqualTo(2);
    JsonNode asked = talk.asked().getFirst();
    assertThat(asked.get("messages").size()).as("with all that was said before").isEqualTo(9);
    assertThat(asked.at("/messages/8").toString()).contains("Say “Buy it now” instead.");
    assertThat(api.get(path(draft) + "/changes").expect(200).get("diff").asString())
        .contains("Buy it now")
        .doesNotContain("'Buy now'");
    assertThat(commits(second)).isEqualTo(2);
    List<Ref> branches = site.git(git -> git.branchList().call());
    assertThat(branches).hasSize(2);
    assertThat(api.get(path(draft) + "/status").expect(200).at("/usage/calls").asInt())
        .isEqualTo(6);

    kites.talk(draft, withRevisions(draft, "Buy it now", "Get it now"));
    revised(draft, "Shorter: “Get it now”.");
    assertThat(commits(second)).isEqualTo(3);
    assertThat(api.get(path(draft) + "/changes").expect(200).get("diff").asString())
        .contains("Get it now");
    api.post(path(draft) + "/merge", null).expect(200);
    assertThat(site.read(KiteModel.SCRIPT)).contains("Get it now");
    assertThat(conflict(api.post(path(draft) + "/revise", Map.of("feedback", "Again."))))
        .contains("no open pull request");
  }

  @Test
  void aRevisionThatFailsLeavesThePullRequestAsItWas() {
    JsonNode draft = kites.draft();
    written(draft);
    JsonNode changes = api.get(path(draft) + "/changes").expect(200);
    String key = KiteModel.key(draft);
    kites.talk(
        draft,
        behind(
            KiteModel.good(key),
            TestModel.calls("give_up", Map.of("reason", "It cannot be bolder."))));
    JsonNode after = revised(draft, "Bolder, please.");

    assertThat(after.get("status").asString()).isEqualTo("awaiting_merge");
    assertThat(after.get("error").isNull()).isTrue();
    JsonNode status = api.get(path(draft) + "/status").expect(200);
    assertThat(status.get("message").asString())
        .startsWith("The last attempt ended without a commit: It cannot be bolder.");
    assertThat(status.get("checks").toString()).doesNotContain("fail");
    assertThat(api.get(path(draft) + "/changes").expect(200)).isEqualTo(changes);

    Talk talk = kites.talk(draft, withRevisions(draft, "Buy it now"));
    revised(draft, "Then say “Buy it now”.");
    assertThat(talk.calls()).as("the round that led nowhere is forgotten").isEqualTo(2);
    assertThat(talk.asked().getFirst().toString()).doesNotContain("Bolder");
    assertThat(api.get(path(draft) + "/status").expect(200).get("message").asString())
        .isEqualTo("The pull request waits for its merge.");
  }

  /// One run may cost $2, and so may each revision behind it.
  @Test
  void aRevisionMayCostWhatARunMay() {
    JsonNode draft = kites.draft();
    written(draft);
    JsonNode changes = api.get(path(draft) + "/changes").expect(200);
    Laid[] answers = withRevisions(draft, "Buy it now");
    Laid dear =
        new Laid(
            200,
            Map.of(),
            answers[4].body().replace("\"output_tokens\":500", "\"output_tokens\":270000"));
    Talk talk = kites.talk(draft, answers).after(dear);
    JsonNode after = revised(draft, "Say “Buy it now”.");
    assertThat(after.get("status").asString()).isEqualTo("awaiting_merge");
    assertThat(talk.calls()).isEqualTo(1);
    assertThat(api.get(path(draft) + "/status").expect(200).get("message").asString())
        .contains("could go beyond its $4", "PRYO_RUN_BUDGET_USD");
    assertThat(api.get(path(draft) + "/changes").expect(200)).isEqualTo(changes);
  }

  @Test
  void aBranchThatSomebodyChangedIsLeftAlone() {
    JsonNode draft = kites.draft();
    JsonNode first = written(draft);
    site.git(git -> {
      git.checkout().setName(first.get("branch").asString()).call();
      site.write("buy.js", "// by hand\n");
      git.commit().setAll(true).setMessage("By hand").setSign(false).call();
      return git.checkout().setName("main").call();
    });
    kites.talk(draft, withRevisions(draft, "Buy it now"));
    JsonNode after = revised(draft, "Say “Buy it now”.");

    assertThat(after.get("status").asString()).isEqualTo("awaiting_merge");
    assertThat(api.get(path(draft) + "/status").expect(200).get("message").asString())
        .contains("Somebody has changed the branch");
    assertThat(api.get(path(draft) + "/changes").expect(200).get("diff").asString())
        .contains("// by hand");
  }

  @Test
  void whatTheRevisionNoLongerChangesGoesBack() {
    JsonNode draft = kites.draft();
    String key = KiteModel.key(draft);
    written(draft);
    kites.talk(
        draft,
        behind(
            KiteModel.good(key),
            TestModel.calls("write_file", Map.of("path", "index.html", "content", KiteSite.INDEX)),
            KiteModel.flush()));
    revised(draft, "Leave the page alone; the script is loaded elsewhere.");
    assertThat(
            api.get(path(draft) + "/changes")
                .expect(200)
                .get("files")
                .valueStream()
                .map(file -> file.get("path").asString()))
        .contains(KiteModel.SCRIPT)
        .doesNotContain("index.html");
  }

  @Test
  void thereHasToBeSomethingToSayAndSomebodyToHearIt() {
    JsonNode draft = kites.draft();
    assertThat(conflict(api.post(path(draft) + "/revise", Map.of("feedback", "Bolder."))))
        .contains("no open pull request");
    written(draft);
    assertThat(api.post(path(draft) + "/revise", Map.of("feedback", " ")).status()).isEqualTo(422);
    assertThat(api.post(path(draft) + "/revise", Map.of("feedback", "x".repeat(2001))).status())
        .isEqualTo(422);
    assertThat(api.post(path(draft) + "/revise", Map.of()).status()).isEqualTo(422);
    assertThat(
            Api.signedUp(port).post(path(draft) + "/revise", Map.of("feedback", "Mine.")).status())
        .isEqualTo(404);

    JsonNode byRules = kites.draft("edit", "change 'Add to cart' to 'Buy now'", Map.of());
    api.post(path(byRules) + "/implement", null).expect(202);
    Waiting.settled(api, id(byRules));
    assertThat(conflict(api.post(path(byRules) + "/revise", Map.of("feedback", "Bolder."))))
        .contains("written by rules");
    assertThat(api.get(path(byRules)).expect(200).get("status").asString())
        .isEqualTo("awaiting_merge");
  }

  @Test
  void whileItIsRevisedNothingElseHappensToItAndItCanBeCancelled() {
    JsonNode draft = kites.draft();
    written(draft);
    Talk talk =
        kites.talk(draft, behind(KiteModel.good(KiteModel.key(draft)), TestModel.silence()));
    api.post(path(draft) + "/revise", Map.of("feedback", "Bolder.")).expect(202);
    talk.awaitSilence();
    assertThat(conflict(api.post(path(draft) + "/merge", null))).contains("no open pull request");
    conflict(api.post(path(draft) + "/revise", Map.of("feedback", "Bolder still.")));
    JsonNode cancelled = api.post(path(draft) + "/cancel", null).expect(200);
    assertThat(cancelled.get("status").asString()).isEqualTo("awaiting_merge");
    talk.release();
    api.post(path(draft) + "/merge", null).expect(200);
  }

  private JsonNode written(JsonNode draft) {
    kites.talk(draft, KiteModel.good(KiteModel.key(draft)));
    api.post(path(draft) + "/implement", null).expect(202);
    JsonNode waiting = Waiting.settled(api, id(draft));
    assertThat(waiting.get("status").asString()).as(waiting.toString()).isEqualTo("awaiting_merge");
    return waiting;
  }

  private JsonNode revised(JsonNode draft, String feedback) {
    JsonNode started = api.post(path(draft) + "/revise", Map.of("feedback", feedback)).expect(202);
    assertThat(started.get("status").asString()).isEqualTo("implementing");
    return Waiting.settled(api, id(draft));
  }

  /// The good answers, and for each of these words two more that change the button to them.
  private static Laid[] withRevisions(JsonNode draft, String... words) {
    String key = KiteModel.key(draft);
    return Stream.concat(
            Stream.of(KiteModel.good(key)),
            Stream.of(words)
                .flatMap(said ->
                    Stream.of(
                        TestModel.calls("write_file", KiteModel.script(key, said)),
                        KiteModel.flush())))
        .toArray(Laid[]::new);
  }

  private static Laid[] behind(Laid[] first, Laid... more) {
    return Stream.concat(Stream.of(first), Stream.of(more)).toArray(Laid[]::new);
  }

  private long commits(JsonNode experiment) {
    return site.git(git ->
        StreamSupport.stream(
                git.log()
                    .addRange(
                        git.getRepository().resolve("main"),
                        git.getRepository().resolve(experiment.get("branch").asString()))
                    .call()
                    .spliterator(),
                false)
            .count());
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
