package dev.pryo.implementation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.KiteModel;
import dev.pryo.KiteSite;
import dev.pryo.ModelTest;
import dev.pryo.TestModel;
import dev.pryo.TestModel.Laid;
import dev.pryo.TestModel.Talk;
import dev.pryo.codehost.CodeHosts;
import dev.pryo.codehost.PullRequest;
import dev.pryo.codehost.RepositoryRef;
import dev.pryo.platform.Tenant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// Roll-outs that a model writes, since the record alone does not know how: its preparation came to
/// nothing, or lines were changed since.
@ModelTest
class RollOutByModelTest {
  static final String PLAIN =
      """
      const button = document.querySelector('#buy');
      button.textContent = 'Buy now';
      """;
  private static final String SENDS =
      """
      const button = document.querySelector('#buy');
      button.addEventListener('click', () => window.pryo?.trackEvent('purchase'));
      """;
  static final String LOADED =
      KiteSite.INDEX.replace(
          "<title>Kites</title>\n",
          "<title>Kites</title>\n    <script type=\"module\" src=\"buy.js\"></script>\n");

  @LocalServerPort int port;
  @Autowired CodeHosts hosts;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;
  @Autowired Preparations preparations;
  private final KiteSite site = KiteSite.made();
  private Api api;
  private KiteModel kites;

  @BeforeEach
  void aProject() {
    api = Api.signedUp(port);
    kites = new KiteModel(api, site.link(api), TestModel.Shared.MODEL);
  }

  @Test
  void aSegmentThatAModelWroteStaysWithoutATraceOfPryo() {
    JsonNode draft = kites.draft();
    kites.talk(draft, KiteModel.good(KiteModel.key(draft)));
    merged(draft);
    Talk talk = kites.talk(draft, removing(KiteModel.key(draft)));
    JsonNode rollout = rolledOut(draft, "test1");
    assertThat(rollout.get("status").asString()).as(rollout.toString()).isEqualTo("awaiting_merge");
    assertThat(talk.calls()).isEqualTo(3);
    assertThat(body(rollout))
        .contains("### What the model did", "> The button says Buy now.", TestModel.NAME)
        .contains("others_stay", "in_use")
        .contains("### Why the record does not have the segment\n> Not today.")
        .doesNotContain("Lines that were changed since", "without a language model");
    assertThat(api.get(path(draft) + "/status").expect(200).at("/usage/calls").asInt())
        .as("four that wrote it, one that gave up, three that took it out")
        .isEqualTo(8);

    api.post(path(draft) + "/merge", null).expect(200);
    assertThat(site.read("index.html")).isEqualTo(LOADED);
    assertThat(site.read(KiteModel.SCRIPT)).isEqualTo(PLAIN);
    assertThat(paths()).containsExactlyInAnyOrder("index.html", "about.html", KiteModel.SCRIPT);
  }

  @Test
  void linesThatTheTeamChangedAreTheModelsAndAreNamed() {
    JsonNode draft = kites.draft("edit", "change 'Add to cart' to 'Buy now'", Map.of());
    merged(draft);
    String now = site.read("index.html").replace("Add to cart", "Into the cart");
    site.write("index.html", now);
    site.git(git -> git.commit().setAll(true).setMessage("Words").setSign(false).call());
    String written = now.lines().filter(line -> line.contains("Into the cart")).findFirst().get();
    int line = (int) now.substring(0, now.indexOf("Into the cart")).lines().count();
    kites.talk(
        draft,
        TestModel.calls(
            "write_file",
            Map.of(
                "path",
                "index.html",
                "content",
                KiteSite.INDEX.replace("Add to cart", "Into the cart"))),
        TestModel.calls("compare_changes", Map.of()),
        TestModel.calls(
            "flush_writes", Map.of("summary", "The button keeps “Into the cart”, @maintainer.")));
    JsonNode rollout = rolledOut(draft, "control");
    assertThat(rollout.get("status").asString()).as(rollout.toString()).isEqualTo("awaiting_merge");
    assertThat(written).contains("data-pryo");
    assertThat(body(rollout))
        .contains("### Lines that were changed since\n- `index.html:" + line + "`")
        .contains("> The button keeps “Into the cart”, maintainer.");

    api.post(path(draft) + "/merge", null).expect(200);
    assertThat(site.read("index.html"))
        .isEqualTo(KiteSite.INDEX.replace("Add to cart", "Into the cart"));
    assertThat(paths()).containsExactlyInAnyOrder("index.html", "about.html");
  }

  /// The record does not tell what sends the event from the rest that the model wrote.
  @Test
  void whatSendsAnEventThatAnotherOneCountsIsLeftThereByTheModel() {
    JsonNode first = sold();
    JsonNode second = counting();
    api.post(path(first) + "/finish", null).expect(202);
    Talk talk = kites.talk(first, keeping(KiteModel.key(first)));
    JsonNode rollout = rolledOut(first, "control");
    assertThat(rollout.get("status").asString()).as(rollout.toString()).isEqualTo("awaiting_merge");
    assertThat(talk.asked().getFirst().toString())
        .contains("what sends `purchase` stays", "another experiment counts it");
    assertThat(body(rollout))
        .contains("- What sends “purchase” stays, since another experiment counts it")
        .contains("still_sent", TestModel.NAME, "> A click is still tracked.")
        .doesNotContain("still_counted");
    api.post(path(first) + "/merge", null).expect(200);
    assertThat(site.read(KiteModel.SCRIPT)).isEqualTo(SENDS);
    assertThat(site.read("index.html")).isEqualTo(LOADED);

    api.post(path(second) + "/finish", null).expect(202);
    assertThat(rolledOut(second, "control").get("status").asString()).isEqualTo("awaiting_merge");
    api.post(path(second) + "/merge", null).expect(200);
    assertThat(site.read("index.html")).isEqualTo(KiteSite.INDEX);
    assertThat(paths()).containsExactlyInAnyOrder("index.html", "about.html");
  }

  /// It holds nobody up.
  @Test
  void whereTheModelDoesNotLeaveItThereThatIsTold() {
    JsonNode first = sold();
    counting();
    api.post(path(first) + "/finish", null).expect(202);
    kites.talk(first, TestModel.calls("give_up", Map.of("reason", "Too hard.")));
    JsonNode rollout = rolledOut(first, "control");
    assertThat(rollout.get("status").asString()).as(rollout.toString()).isEqualTo("awaiting_merge");
    assertThat(body(rollout))
        .contains("- still_counted (look at this): “Another ", "counts “purchase” too")
        .doesNotContain("### What stays", "still_sent");
    api.post(path(first) + "/merge", null).expect(200);
    assertThat(site.read("index.html")).isEqualTo(KiteSite.INDEX);
  }

  private JsonNode sold() {
    JsonNode draft = kites.draft();
    kites.talk(draft, KiteModel.good(KiteModel.key(draft)));
    running(draft);
    return draft;
  }

  /// Another one, which finds that the event is sent already.
  private JsonNode counting() {
    JsonNode draft =
        kites.draft(
            "edit",
            "change 'Read more' to 'More' in all places",
            Map.of("name", "Another " + UUID.randomUUID()));
    running(draft);
    return draft;
  }

  private static Laid[] keeping(String key) {
    return leaving(key, SENDS, "A click is still tracked.");
  }

  @Test
  void aModelTakesAwayOnlyWhatTheExperimentAddedAndNobodyChanged() {
    String theirs = "// The team's.\n";
    JsonNode draft = kites.draft();
    String key = KiteModel.key(draft);
    kites.talk(draft, KiteModel.good(key));
    merged(draft);
    site.write(KiteModel.SCRIPT, site.read(KiteModel.SCRIPT) + theirs);
    site.git(git -> git.commit().setAll(true).setMessage("Ours").setSign(false).call());
    Laid[] good = removing(key);
    Talk talk =
        kites.talk(
            draft,
            TestModel.calls(
                "remove_file",
                Map.of("path", "index.html"),
                "remove_file",
                Map.of("path", KiteModel.SCRIPT),
                "remove_file",
                Map.of("path", "about.html")),
            good[0],
            TestModel.calls(
                "write_file", Map.of("path", KiteModel.SCRIPT, "content", PLAIN + theirs)),
            good[2]);
    JsonNode rollout = rolledOut(draft, "test1");
    assertThat(rollout.get("status").asString()).as(rollout.toString()).isEqualTo("awaiting_merge");
    assertThat(talk.asked().get(1).toString())
        .contains("index.html stays: only a file that the experiment added")
        .contains("buy.js stays: only a file that the experiment added")
        .contains("“about.html” is none of the files");

    api.post(path(draft) + "/merge", null).expect(200);
    assertThat(site.read("index.html")).isEqualTo(LOADED);
    assertThat(site.read(KiteModel.SCRIPT)).isEqualTo(PLAIN + theirs);
    assertThat(paths()).containsExactlyInAnyOrder("index.html", "about.html", KiteModel.SCRIPT);
  }

  @Test
  void whatDoesNotPassTheChecksIsProposedToNobody() {
    JsonNode draft = kites.draft();
    String key = KiteModel.key(draft);
    kites.talk(draft, KiteModel.good(key));
    merged(draft);
    Talk talk =
        kites.talk(
            draft,
            TestModel.calls("remove_file", Map.of("path", KiteModel.SCRIPT)),
            TestModel.calls("flush_writes", Map.of("summary", "Done.")));
    JsonNode rollout = rolledOut(draft, "test1");
    assertThat(rollout.at("/error/code").asString())
        .as(rollout.toString())
        .isEqualTo("checks_failed");
    assertThat(rollout.at("/error/message").asString()).contains("index.html", key);
    assertThat(talk.calls()).as("mended twice at most").isEqualTo(4);
    assertThat(branches()).noneMatch(branch -> branch.contains("rollout"));
  }

  @Test
  void killedAnywhereItPaysForWhatIsMissingOnlyAndMakesNoSecondOne() {
    JsonNode draft = kites.draft();
    String key = KiteModel.key(draft);
    kites.talk(draft, KiteModel.good(key));
    merged(draft);
    kites.talk(draft, removing(key));
    JsonNode first = rolledOut(draft, "test1");
    for (int kept = 6; kept >= 0; kept -= 2) {
      Talk talk = kites.talk(draft, removing(key));
      killed(id(draft), kept);
      JsonNode again = awaited(draft);
      assertThat(again.get("status").asString()).as(again.toString()).isEqualTo("awaiting_merge");
      assertThat(talk.calls()).as("%d entries kept", kept).isEqualTo(3 - kept / 2);
      assertThat(again.at("/pull_request/number")).isEqualTo(first.at("/pull_request/number"));
      assertThat(branches())
          .filteredOn(branch -> branch.contains("rollout"))
          .containsExactly("refs/heads/pryo/exp-" + id(draft) + "-rollout");
    }
  }

  /// Takes out what [KiteModel#good] wrote, and leaves its segment.
  static Laid[] removing(String key) {
    return leaving(key, PLAIN, "The button says Buy now.");
  }

  private static Laid[] leaving(String key, String script, String summary) {
    return new Laid[] {
      TestModel.calls(
          "write_file",
          Map.of("path", KiteModel.SCRIPT, "content", script),
          "write_file",
          Map.of(
              "path",
              "index.html",
              "replacements",
              List.of(
                  Map.of(
                      "old", "<button data-pryo=\"%s\" id".formatted(key), "new", "<button id")))),
      TestModel.calls("compare_changes", Map.of()),
      TestModel.calls("flush_writes", Map.of("summary", summary))
    };
  }

  /// Written and merged; where a model is asked what the segment is without the experiment, it does
  /// not know.
  private void merged(JsonNode draft) {
    running(draft);
    api.post(path(draft) + "/finish", null).expect(202);
  }

  private void running(JsonNode draft) {
    api.post(path(draft) + "/implement", null).expect(202);
    JsonNode written = Waiting.settled(api, id(draft));
    assertThat(written.get("status").asString()).as(written.toString()).isEqualTo("awaiting_merge");
    kites.talk(draft, TestModel.calls("give_up", Map.of("reason", "Not today.")));
    api.post(path(draft) + "/merge", null).expect(200);
    Waiting.prepared(preparations, id(draft));
    api.post(path(draft) + "/activate", null).expect(200);
  }

  private JsonNode rolledOut(JsonNode draft, String segment) {
    api.post(path(draft) + "/rollout", Map.of("segment", segment)).expect(202);
    return awaited(draft);
  }

  private JsonNode awaited(JsonNode draft) {
    for (int i = 0; i < 1200; i++) {
      JsonNode rollout = api.get(path(draft)).expect(200).get("rollout");
      if (!rollout.get("status").asString().equals("implementing")) {
        return rollout;
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    throw new AssertionError("still being written after two minutes");
  }

  private String body(JsonNode rollout) {
    return body(hosts, site.folder(), rollout);
  }

  /// What the clean-up's pull request says.
  static String body(CodeHosts hosts, Path repository, JsonNode rollout) {
    PullRequest pull =
        hosts
            .find("git")
            .orElseThrow()
            .pullRequest(
                RepositoryRef.git(repository.toUri().toString()),
                rollout.at("/pull_request/number").asInt());
    return String.valueOf(pull.body());
  }

  /// A process died when so many entries of the roll-out's transcript were kept.
  private void killed(String id, int kept) {
    asPryo(
        "delete from transcript where experiment_id = :id and run < 0 and position >= " + kept, id);
    asPryo(
        "update experiment set rollout = rollout || '{\"status\": \"implementing\","
            + " \"pull_request\": null}' where id = :id",
        id);
    asPryo(
        "update job set state = 'running', attempts = 1 where experiment_id = :id and kind ="
            + " 'rollout'",
        id);
  }

  private void asPryo(String update, String id) {
    Tenant.system(() ->
        transactions.execute(status -> sql.sql(update).param("id", UUID.fromString(id)).update()));
  }

  private List<String> branches() {
    return site.git(git -> git.branchList().call().stream().map(Ref::getName).toList());
  }

  private List<String> paths() {
    return site.git(git -> {
      try (var walk = new TreeWalk(git.getRepository())) {
        walk.addTree(git.getRepository().resolve("HEAD^{tree}"));
        walk.setRecursive(true);
        List<String> paths = new ArrayList<>();
        while (walk.next()) {
          paths.add(walk.getPathString());
        }
        return paths;
      }
    });
  }

  private static String id(JsonNode experiment) {
    return experiment.get("id").asString();
  }

  private static String path(JsonNode experiment) {
    return "/api/experiments/" + id(experiment);
  }
}
