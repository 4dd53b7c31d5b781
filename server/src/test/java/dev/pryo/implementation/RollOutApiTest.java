package dev.pryo.implementation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.DeadProcess;
import dev.pryo.PryoTest;
import dev.pryo.TestRepository;
import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.Check;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.rollout.Footprint;
import dev.pryo.codehost.CodeHosts;
import dev.pryo.experiment.Experiments;
import dev.pryo.platform.Tenant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// Experiments taken out of a repository again, over HTTP.
@PryoTest
class RollOutApiTest {
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
        <head>
          <meta charset="utf-8">
          <title>Blue mug</title>
          <link rel="stylesheet" href="css/site.css">
        </head>
        <body>
          <h1>Blue mug</h1>
          <p>Holds tea and coffee alike.</p>
          <button class="buy" type="button">Add to cart</button>
        </body>
      </html>
      """;

  private static final String MUG =
      """
      export default function Mug() {
        return (
          <main>
            <h1>Blue mug</h1>
            <p>Holds tea and coffee alike.</p>
            <button>Add to cart</button>
          </main>
        )
      }
      """;

  @LocalServerPort int port;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;
  @Autowired Experiments experiments;
  @Autowired CodeHosts hosts;
  @Autowired Footprints footprints;
  @Autowired StillCounted stillCounted;
  private Api api;
  private Path shop;
  private String project;

  @BeforeEach
  void aShop() {
    api = Api.signedUp(port);
    link(Map.of("mug.html", PAGE, "css/site.css", ".buy {\n  color: blue;\n}\n"));
  }

  private void link(Map<String, String> files) {
    shop = TestRepository.with(files);
    project =
        api.post(
                "/api/projects",
                Map.of(
                    "name", "Mugs",
                    "consent", "granted",
                    "repository", Map.of("host", "git", "url", shop.toUri().toString())))
            .expect(201)
            .get("id")
            .asString();
  }

  private void linkComponents() {
    link(
        Map.of(
            "package.json",
            "{ \"dependencies\": { \"react\": \"^19.0.0\" } }\n",
            "src/main.jsx",
            "import Mug from './Mug'\n\nexport default [Mug]\n",
            "src/Mug.jsx",
            MUG));
  }

  @Test
  void theControlIsTheSiteAsItWas() throws IOException {
    String id = merged("Buy now", "change 'Add to cart' to 'Buy now'");
    assertThat(files()).contains("css/pryo-buy-now.css");
    JsonNode rollout = rolledOut(id, "control");
    assertThat(rollout.get("status").asString()).as(rollout.toString()).isEqualTo("awaiting_merge");
    assertThat(rollout.at("/pull_request/head").asString())
        .isEqualTo("pryo/exp-%s-rollout".formatted(id));
    assertThat(rollout.at("/pull_request/url").asString())
        .endsWith("/experiments/" + id + "/rollout");
    assertThat(Files.readString(shop.resolve("mug.html"))).isNotEqualTo(PAGE);

    JsonNode merged = api.post(path(id, "merge"), null).expect(200);
    assertThat(merged.at("/rollout/status").asString()).isEqualTo("done");
    assertThat(merged.get("status").asString()).isEqualTo("finished");
    assertThat(Files.readString(shop.resolve("mug.html"))).isEqualTo(PAGE);
    assertThat(files()).containsExactlyInAnyOrder("mug.html", "css/site.css");
    assertThat(api.post(path(id, "rollout"), Map.of("segment", "control")).expect(409).toString())
        .contains("rolled out already");
  }

  @Test
  void aSegmentStaysAsIfThePageHadBeenWrittenSo() throws IOException {
    String id = merged("Buy now", "change 'Add to cart' to 'Buy now'");
    rolledOut(id, "test1");
    api.post(path(id, "merge"), null).expect(200);
    assertThat(Files.readString(shop.resolve("mug.html")))
        .isEqualTo(PAGE.replace("Add to cart", "Buy now"));
    assertThat(files()).containsExactlyInAnyOrder("mug.html", "css/site.css");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void twoExperimentsOnOnePageGoInEitherOrder(boolean firstOneFirst) throws IOException {
    String buy = merged("Buy now", "change 'Add to cart' to 'Buy now'");
    String cup =
        merged(draft("Big cup", "make the headline say 'Big cup'", "Holds tea and coffee alike."));
    String first = firstOneFirst ? buy : cup;
    String second = firstOneFirst ? cup : buy;
    rolledOut(first, "control");
    api.post(path(first, "merge"), null).expect(200);
    assertThat(Files.readString(shop.resolve("mug.html")))
        .contains("/pryo.js", firstOneFirst ? "big-cup" : "buy-now")
        .doesNotContain(firstOneFirst ? "buy-now" : "big-cup");
    rolledOut(second, "control");
    api.post(path(second, "merge"), null).expect(200);
    assertThat(Files.readString(shop.resolve("mug.html"))).isEqualTo(PAGE);
    assertThat(files()).containsExactlyInAnyOrder("mug.html", "css/site.css");
  }

  /// On a page the module of the first one sends what both count.
  @Test
  void whatSendsAnEventThatBothCountGoesWithTheLast() throws IOException {
    String first = running(draft("Buy now", "change 'Add to cart' to 'Buy now'"));
    String second =
        running(draft("Big cup", "make the headline say 'Big cup'", "Holds tea and coffee alike."));
    api.post(path(first, "finish"), null).expect(202);
    assertThat(RollOutByModelTest.body(hosts, shop, rolledOut(first, "test1")))
        .contains("What sends “purchase” stays, since another experiment counts it")
        .doesNotContain("still_counted");
    api.post(path(first, "merge"), null).expect(200);
    assertThat(Files.readString(shop.resolve("mug.html")))
        .contains("data-pryo=\"buy-now:goal\"", ">Buy now<", "data-pryo=\"big-cup\"");
    assertThat(Files.readString(shop.resolve("pryo/buy-now.js")))
        .contains("trackEvent(\"purchase\")")
        .doesNotContain("test1", "variant");

    api.post(path(second, "finish"), null).expect(202);
    assertThat(RollOutByModelTest.body(hosts, shop, rolledOut(second, "control")))
        .doesNotContain("purchase");
    api.post(path(second, "merge"), null).expect(200);
    assertThat(Files.readString(shop.resolve("mug.html")))
        .isEqualTo(PAGE.replace("Add to cart", "Buy now"));
    assertThat(files()).containsExactlyInAnyOrder("mug.html", "css/site.css");
  }

  /// What sends the event is found when the second one is written, and would go with the merge of
  /// what waits.
  @Test
  void aCleanUpThatWaitsIsWrittenAgainForWhoComesToNeedSomethingOfIt() throws IOException {
    linkComponents();
    String first = merged("Buy now", "change 'Add to cart' to 'Buy now'");
    JsonNode waits = rolledOut(first, "control");
    assertThat(RollOutByModelTest.body(hosts, shop, waits)).doesNotContain("### What stays");
    String second = draft("Big cup", "make the headline say 'Big mug'");
    api.post(path(second, "implement"), null).expect(202);
    JsonNode written = Waiting.settled(api, second);
    assertThat(written.get("status").asString()).as(written.toString()).isEqualTo("awaiting_merge");

    JsonNode again = awaited(first);
    assertThat(again.at("/pull_request/number")).isEqualTo(waits.at("/pull_request/number"));
    api.post(path(first, "merge"), null).expect(200);
    assertThat(Files.readString(shop.resolve("src/Mug.jsx")))
        .contains("onClick={() => trackEvent('purchase')}", "from './lib/pryo'")
        .doesNotContain("buy-now", "useVariant");

    api.post(path(second, "merge"), null).expect(409);
    merged(second);
    rolledOut(second, "control");
    api.post(path(second, "merge"), null).expect(200);
    assertThat(Files.readString(shop.resolve("src/Mug.jsx"))).isEqualTo(MUG);
    assertThat(files()).containsExactlyInAnyOrder("package.json", "src/main.jsx", "src/Mug.jsx");
  }

  /// The clean-up of the last one that counts the event takes along what stayed of the first; then
  /// a third one comes that counts it.
  @Test
  void whatStayedOfOneThatIsGoneStaysForWhoComesLast() throws IOException {
    linkComponents();
    String first = running(draft("Buy now", "change 'Add to cart' to 'Buy now'"));
    String second =
        running(draft("Big cup", "make the headline say 'Big cup'", "Holds tea and coffee alike."));
    api.post(path(first, "finish"), null).expect(202);
    rolledOut(first, "control");
    api.post(path(first, "merge"), null).expect(200);
    api.post(path(second, "finish"), null).expect(202);
    rolledOut(second, "control");
    String third =
        draft("Tea", "change 'Holds tea and coffee alike.' to 'Holds tea.'", "Add to cart");
    api.post(path(third, "implement"), null).expect(202);
    JsonNode written = Waiting.settled(api, third);
    assertThat(written.get("status").asString()).as(written.toString()).isEqualTo("awaiting_merge");
    awaited(second);
    api.post(path(second, "merge"), null).expect(200);
    assertThat(Files.readString(shop.resolve("src/Mug.jsx")))
        .contains("onClick={() => trackEvent('purchase')}", "from './lib/pryo'")
        .doesNotContain("big-cup", "useVariant");
  }

  /// What the first one added sends what the second one was made to count since. As where a model
  /// wrote it, the record does not say what sends it.
  @Test
  void aRollOutSaysWhichGoalsOfOthersItEnds() {
    String first = merged("Buy now", "change 'Add to cart' to 'Buy now'");
    forgetSegments(first);
    String second =
        tracking(
            "Big cup", "make the headline say 'Big cup'", "sip", "Holds tea and coffee alike.");
    api.post(path(second, "implement"), null).expect(202);
    assertThat(Waiting.settled(api, second).get("status").asString()).isEqualTo("awaiting_merge");
    asPryo(
        "update experiment set goals = replace(goals::text, 'sip', 'purchase')::jsonb where id = :id",
        second);
    assertThat(RollOutByModelTest.body(hosts, shop, rolledOut(first, "control")))
        .contains(
            "- still_counted (look at this): “Big cup” counts “purchase” too, and what sends it goes"
                + " with this");
  }

  /// In components one line tracks a click for both, and goes with the first.
  @Test
  void anEventThatAnotherOneStillCountsIsWarnedOf() {
    String first = merged("Buy now", "change 'Add to cart' to 'Buy now'");
    String second =
        draft("Big cup", "make the headline say 'Big cup'", "Holds tea and coffee alike.");
    api.post(path(second, "implement"), null).expect(202);
    Waiting.settled(api, second);
    api.post(path(second, "merge"), null).expect(200);
    api.post(path(second, "activate"), null).expect(200);
    String sends = "<a onClick={() => trackEvent('purchase')}>Buy</a>";
    ChangeSet goes = new ChangeSet(List.of(change("a.jsx", sends, "<a>Buy</a>")));
    assertThat(warnings(first, goes, Map.of("a.jsx", sends)))
        .containsExactly(
            "“Big cup” counts “purchase” too, and what sends it goes with this: merge this once that"
                + " is decided, or write the line again.");
    assertThat(warnings(first, goes, Map.of("a.jsx", sends, "b.jsx", sends))).isEmpty();
    assertThat(warnings(first, goes, Map.of("c.jsx", "<b>Big cup</b>"))).hasSize(1);
    api.post(path(second, "finish"), null).expect(202);
    assertThat(warnings(first, goes, Map.of("a.jsx", sends))).isEmpty();
  }

  private static FileChange change(String path, String before, String after) {
    return new FileChange(
        path, before.getBytes(StandardCharsets.UTF_8), after.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> warnings(String id, ChangeSet changes, Map<String, String> others) {
    List<FileChange> written =
        others.entrySet().stream().map(one -> change(one.getKey(), "", one.getValue())).toList();
    Footprint other =
        Footprint.of(
            "big-cup", new Outcome.Done(new ChangeSet(written), List.of(), List.of(), List.of()));
    return stillCounted
        .warnings(experiments.find(UUID.fromString(id)).orElseThrow(), List.of(other), changes)
        .stream()
        .map(Check::detail)
        .toList();
  }

  @Test
  void anElementThatTheNextExperimentTookOverIsNamedWithIt() {
    String first = merged("Buy now", "change 'Add to cart' to 'Buy now'");
    merged("Order", "change 'Add to cart' to 'Order'");
    JsonNode rollout = rolledOut(first, "control");
    assertThat(rollout.at("/error/code").asString())
        .as(rollout.toString())
        .isEqualTo("lines_changed");
    assertThat(rollout.at("/error/message").asString()).contains("mug.html:", "(order)");
  }

  @Test
  void linesThatTheTeamChangedSinceAreNamed() throws IOException {
    String id = merged("Buy now", "change 'Add to cart' to 'Buy now'");
    String written = Files.readString(shop.resolve("mug.html"));
    TestRepository.commit(
        shop, Map.of("mug.html", written.replace("Add to cart", "Into the cart")), "Words");
    JsonNode rollout = rolledOut(id, "control");
    assertThat(rollout.get("status").asString()).isEqualTo("failed");
    assertThat(rollout.at("/error/code").asString()).isEqualTo("lines_changed");
    int line = (int) written.substring(0, written.indexOf("Add to cart")).lines().count();
    assertThat(rollout.at("/error/message").asString()).contains("mug.html:" + line);
  }

  @Test
  void linesBesideStayAsTheTeamChangedThem() throws IOException {
    String id = merged("Buy now", "change 'Add to cart' to 'Buy now'");
    String now =
        Files.readString(shop.resolve("mug.html")).replace("Holds tea", "Holds cocoa, tea");
    TestRepository.commit(shop, Map.of("mug.html", now), "Cocoa");
    rolledOut(id, "control");
    api.post(path(id, "merge"), null).expect(200);
    assertThat(Files.readString(shop.resolve("mug.html")))
        .isEqualTo(PAGE.replace("Holds tea", "Holds cocoa, tea"));
  }

  @Test
  void killedBetweenTheCommitAndTheAnswerItMakesNoSecondOne() throws Exception {
    String id = merged("Buy now", "change 'Add to cart' to 'Buy now'");
    JsonNode first = rolledOut(id, "control");
    TestRepository.commit(shop, Map.of("later.html", "<p>Later</p>"), "Meanwhile");
    asPryo(
        "update experiment set rollout = rollout || '{\"status\": \"implementing\", \"pull_request\": null}' where id = :id",
        id);
    asPryo(
        "update job set state = 'running', attempts = 1 where experiment_id = :id and kind = 'rollout'",
        id);
    JsonNode second = awaited(id);
    assertThat(second.get("status").asString()).as(second.toString()).isEqualTo("awaiting_merge");
    assertThat(second.at("/pull_request/number")).isEqualTo(first.at("/pull_request/number"));
    try (Git git = Git.open(shop.toFile())) {
      assertThat(git.branchList().call())
          .extracting(Ref::getName)
          .filteredOn(name -> name.contains("rollout"))
          .containsExactly("refs/heads/pryo/exp-" + id + "-rollout");
    }
  }

  /// Where a process died that wrote a clean-up by rules.
  enum Point {
    BEFORE_THE_COMMIT,
    BEHIND_THE_COMMIT,
    BEHIND_THE_PULL_REQUEST
  }

  @ParameterizedTest
  @EnumSource
  void killedAnywhereItIsOneBranchAndOnePullRequest(Point point) throws Exception {
    String id = merged("Buy now", "change 'Add to cart' to 'Buy now'");
    JsonNode first = rolledOut(id, "control");
    String branch = "refs/heads/pryo/exp-" + id + "-rollout";
    try (Git git = Git.open(shop.toFile())) {
      String pull = "refs/pryo/pulls/" + first.at("/pull_request/number").asInt();
      if (point != Point.BEHIND_THE_PULL_REQUEST) {
        delete(git, pull);
      }
      if (point == Point.BEFORE_THE_COMMIT) {
        delete(git, branch);
      }
      asPryo(
          """
          update experiment set rollout = rollout || '{"status": "implementing", "pull_request": null}'
           where id = :id\
          """,
          id);
      asPryo("update footprint set commit = null where experiment_id = :id", id);
      TestRepository.commit(shop, Map.of("later.html", "<p>Later</p>"), "Meanwhile");
      DeadProcess.began(sql, transactions, id, "rollout");

      JsonNode again = awaited(id);
      assertThat(again.get("status").asString()).as(again.toString()).isEqualTo("awaiting_merge");
      assertThat(again.at("/pull_request/number")).isEqualTo(first.at("/pull_request/number"));
      assertThat(refs(git, "refs/heads/pryo/"))
          .filteredOn(name -> name.contains("rollout"))
          .containsExactly(branch);
      assertThat(refs(git, "refs/pryo/pulls/")).hasSize(2);
    }
    api.post(path(id, "merge"), null).expect(200);
    assertThat(Files.readString(shop.resolve("mug.html"))).isEqualTo(PAGE);
    assertThat(files()).containsExactlyInAnyOrder("mug.html", "css/site.css", "later.html");
  }

  private static List<String> refs(Git git, String prefix) throws IOException {
    return git.getRepository().getRefDatabase().getRefsByPrefix(prefix).stream()
        .map(Ref::getName)
        .toList();
  }

  private static void delete(Git git, String ref) throws IOException {
    RefUpdate update = git.getRepository().updateRef(ref);
    update.setForceUpdate(true);
    update.delete();
  }

  @Test
  void whatCannotBeRolledOutSaysWhatComesFirst() {
    String id = draft("Buy now", "change 'Add to cart' to 'Buy now'");
    assertThat(api.post(path(id, "rollout"), Map.of("segment", "control")).expect(409).toString())
        .contains("nothing to roll out");
    assertThat(api.post(path(id, "rollout"), Map.of("segment", "test7")).expect(422).toString())
        .contains("control, test1");
    Api.signedUp(port).post(path(id, "rollout"), Map.of("segment", "control")).expect(404);
  }

  /// As where a model wrote it: the record says how the site was, and not what a segment is alone.
  @Test
  void withoutAModelASegmentThatTheRecordDoesNotKnowNamesTheWaysOut() {
    String id = merged("Buy now", "change 'Add to cart' to 'Buy now'");
    forgetSegments(id);
    JsonNode rollout = rolledOut(id, "test1");
    assertThat(rollout.get("status").asString()).as(rollout.toString()).isEqualTo("failed");
    assertThat(rollout.at("/error/code").asString()).isEqualTo("segment_unknown");
    assertThat(rollout.at("/error/message").asString())
        .contains("“Test”", "Roll out the control", "by hand", "ANTHROPIC_API_KEY");
    assertThat(rolledOut(id, "control").get("status").asString()).isEqualTo("awaiting_merge");
  }

  private void forgetSegments(String id) {
    UUID experiment = UUID.fromString(id);
    List<FileChange> changes =
        footprints.of(experiment).orElseThrow().footprint().files().stream()
            .filter(file -> !Arrays.equals(file.base(), file.written()))
            .map(file -> new FileChange(file.path(), file.base(), file.written()))
            .toList();
    Outcome.Done byModel =
        new Outcome.Done(new ChangeSet(changes), List.of(), List.of(), List.of());
    Tenant.system(() ->
        transactions.execute(status -> {
          footprints.keep(experiments.find(experiment).orElseThrow(), byModel);
          return true;
        }));
  }

  private String draft(String name, String instructions) {
    return draft(name, instructions, "Add to cart");
  }

  private String draft(String name, String instructions, String clicked) {
    return tracking(name, instructions, "purchase", clicked);
  }

  private String tracking(String name, String instructions, String event, String clicked) {
    return api.post(
            "/api/experiments",
            Map.of(
                "project_id",
                project,
                "name",
                name,
                "description",
                "Track '%s' when '%s' is clicked.".formatted(event, clicked),
                "start",
                false,
                "segments",
                List.of(
                    Map.of("name", "Control", "traffic_percentage", 50),
                    Map.of("name", "Test", "instructions", instructions, "traffic_percentage", 50)),
                "goals",
                List.of(Map.of("event", event, "kind", "conversion", "role", "primary"))))
        .expect(201)
        .get("id")
        .asString();
  }

  private String merged(String name, String instructions) {
    return merged(draft(name, instructions));
  }

  private String merged(String id) {
    api.post(path(running(id), "finish"), null).expect(202);
    return id;
  }

  private String running(String id) {
    api.post(path(id, "implement"), null).expect(202);
    JsonNode written = Waiting.settled(api, id);
    assertThat(written.get("status").asString()).as(written.toString()).isEqualTo("awaiting_merge");
    api.post(path(id, "merge"), null).expect(200);
    api.post(path(id, "activate"), null).expect(200);
    return id;
  }

  private JsonNode rolledOut(String id, String segment) {
    api.post(path(id, "rollout"), Map.of("segment", segment)).expect(202);
    return awaited(id);
  }

  private JsonNode awaited(String id) {
    for (int i = 0; i < 1200; i++) {
      JsonNode rollout = api.get("/api/experiments/" + id).expect(200).get("rollout");
      if (!rollout.get("status").asString().equals("implementing")) {
        return rollout;
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    throw new AssertionError("still being written after two minutes");
  }

  private void asPryo(String update, String id) {
    Tenant.system(() ->
        transactions.execute(status -> sql.sql(update).param("id", UUID.fromString(id)).update()));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(shop)) {
      return all.filter(Files::isRegularFile)
          .map(file -> shop.relativize(file).toString())
          .filter(file -> !file.startsWith(".git"))
          .toList();
    }
  }

  private static String path(String id, String verb) {
    return "/api/experiments/" + id + "/" + verb;
  }
}
