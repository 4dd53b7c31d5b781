package dev.pryo.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.KiteSite;
import dev.pryo.ModelTest;
import dev.pryo.TestModel;
import dev.pryo.TestModel.Talk;
import dev.pryo.account.Accounts;
import dev.pryo.account.SignIns;
import dev.pryo.codehost.FakeRepository;
import dev.pryo.platform.Tenant;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// Whatever becomes of a pull request on GitHub and of its roll-out is one state: in the list, on
/// the experiment's page, and in the API.
@ModelTest
class StatesTest {
  @LocalServerPort int port;
  @Autowired Accounts accounts;
  @Autowired SignIns signIns;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;
  private String session = "";

  @AfterEach
  void nothingWasUnlikeGitHub() {
    assertThat(Person.GITHUB.complaints()).isEmpty();
  }

  @Test
  void failedChecksAreRepairedTwiceAndThenLeftToPeople() throws Exception {
    OpenPull pull = OpenPull.written(port);
    shows(pull, "Waits for your review", "Pull request #1, into main", "The versions are written");
    pull.said().ran(pull.shop().head("main"), "e2e", "failure");
    failing(pull, "e2e", "lint");
    Talk talk = pull.talk("Buy it now", "Get it now").after(TestModel.silence());
    pull.deliver("check_run", "completed");
    talk.awaitSilence();
    shows(
        pull,
        "Repairing",
        "Being repaired",
        "attempt 1 of at most 2",
        "lint",
        "e2e (on main too, and left as it is)");
    JsonNode repairing = pull.experiment();
    assertThat(repairing.get("status").asString()).isEqualTo("implementing");
    assertThat(repairing.at("/pull_request/repairing").asBoolean()).isTrue();
    assertThat(repairing.at("/pull_request/repair_attempts").asInt()).isEqualTo(1);

    talk.release();
    pull.remarks(1);
    shows(
        pull,
        "Repaired",
        "Repaired",
        "Another commit was made for lint: attempt 1 of at most 2.",
        "have not begun again",
        "Wait for them before you merge.",
        "$0.04");
    assertThat(pull.experiment().at("/pull_request/repairing").asBoolean()).isFalse();
    pull.said().ran(pull.head(), "lint", "success");
    pull.deliver("check_run", "completed");
    shows(pull, "Repaired", "✓ Repaired", "Look at it, then merge.", "The checks pass now.");

    failing(pull, "lint");
    pull.deliver("check_run", "completed");
    pull.remarks(2);
    shows(pull, "Repaired", "Repaired", "attempt 2 of at most 2");
    failing(pull, "lint");
    pull.deliver("check_run", "completed");
    pull.remarks(3);
    shows(
        pull,
        "Checks failed",
        "▲ Checks failed",
        "The repository's own checks failed.",
        "lint",
        "Pryo has tried 2 times");
    assertThat(row(pull).text()).contains("See the failed checks");
    assertThat(pull.status().get("message").asString()).contains("own checks fail");
  }

  @Test
  void aRepairIsNoneAnyMoreWhereSomebodyHasPushedOnTopOfIt() throws Exception {
    OpenPull pull = OpenPull.written(port);
    failing(pull, "lint");
    pull.talk("Buy it now");
    pull.deliver("check_run", "completed");
    pull.remarks(1);
    shows(pull, "Repaired", "Repaired", "Another commit was made for lint");
    String repaired = pull.head();
    pull.shop().push(pull.branch(), Map.of("buy.js", "// by hand\n"));
    shows(pull, "Waits for your review", "Pull request #1, into main", "The versions are written");
    pull.shop().reset(pull.branch(), repaired);
    shows(pull, "Repaired", "Repaired", "Another commit was made for lint");
  }

  @Test
  void checksThatFailOnTheBaseTooAreLeftAndSaidToBeSo() throws Exception {
    OpenPull pull = OpenPull.written(port);
    pull.said().ran(pull.shop().head("main"), "e2e", "failure");
    failing(pull, "e2e");
    pull.deliver("check_run", "completed");
    pull.remarks(1);
    shows(
        pull,
        "Checks failed",
        "▲ Checks failed",
        "Checks failed that fail on main too.",
        "e2e",
        "mend them on main, or merge in spite of them");
    Element there = one(page(pull, ""), ".verdict a.btn");
    assertThat(there.text()).isEqualTo("See the checks there");
    assertThat(there.attr("href"))
        .isEqualTo(pull.experiment().at("/pull_request/url").asString())
        .endsWith("/pull/1");
  }

  @Test
  void anAttemptInVainSaysWhatIsLeftToDo() throws Exception {
    OpenPull pull = OpenPull.written(port);
    String project = pull.experiment().get("project_id").asString();
    pull.ada().api().patch("/api/projects/" + project, Map.of("monthly_budget_usd", 0)).expect(200);
    failing(pull, "lint");
    pull.deliver("check_run", "completed");
    pull.remarks(1);
    shows(
        pull,
        "Checks failed",
        "▲ Checks failed",
        "attempt 1 of at most 2, ended without a commit",
        "ask for another commit");
    assertThat(page(pull, "").text()).contains("beyond its $0 a month");
  }

  @Test
  void whatRulesWroteIsLeftToPeople() throws Exception {
    OpenPull pull = OpenPull.writtenByRules(port);
    failing(pull, "lint");
    pull.deliver("check_run", "completed");
    pull.remarks(1);
    shows(pull, "Checks failed", "▲ Checks failed", "lint", "written by rules");
  }

  @Test
  void aRevisionIsAnotherCommitOnGitHubWhoeverAsksForIt() throws Exception {
    OpenPull pull = OpenPull.written(port);
    String first = pull.head();
    Talk asked = pull.talk("Buy it now", "Get it now").after(TestModel.silence());
    post(pull, "revise", Map.of("feedback", "Say “Buy it now”."));
    asked.awaitSilence();
    shows(
        pull,
        "Revising",
        "Being revised",
        "as somebody asked for here",
        "Buy it now",
        "pull request #1");
    assertThat(pull.experiment().at("/pull_request/repairing").asBoolean()).isFalse();
    asked.release();
    pull.settled();
    String second = pull.head();
    assertThat(pull.shop().parents(second)).containsExactly(first);
    shows(pull, "Waits for your review", "Pull request #1, into main");

    Talk commented = pull.talk("Buy it now", "Get it now").after(TestModel.silence());
    String login = pull.ada().login();
    pull.said().comment(1, login, "/pryo Say “Get it now”.");
    pull.deliver("issue_comment", "created");
    commented.awaitSilence();
    shows(pull, "Revising", "Being revised", login + " asked for on the pull request", "Get it");
    commented.release();
    pull.remarks(1);
    shows(pull, "Waits for your review", "Pull request #1, into main");
    assertThat(pull.shop().parents(pull.head())).containsExactly(second);
    assertThat(pull.shop().titles()).hasSize(1);
  }

  @Test
  void aMovedBaseIsAConflictThenWrittenAgainThenMerged() throws Exception {
    OpenPull pull = OpenPull.written(port);
    String wide = KiteSite.INDEX.replace("class=\"button\"", "class=\"button wide\"");
    String first = pull.head();
    String moved = pull.shop().push("main", Map.of("index.html", wide));
    shows(pull, "Conflicts with its base", "▲ Conflicts with main", "index.html");
    assertThat(row(pull).text()).contains("Solve the conflict");
    Talk talk = pull.talk().after(TestModel.silence());
    post(pull, "implement", Map.of());
    talk.awaitSilence();
    shows(pull, "Writing again", "Being written again", "as it is now", "index.html");
    talk.release();
    pull.settled();
    shows(pull, "Waits for your review", "Pull request #1, into main");
    assertThat(pull.shop().parents(pull.head())).containsExactly(first, moved);
    assertThat(pull.shop().titles()).hasSize(1);
    pull.shop().merge(1, FakeRepository.Way.SQUASH);
    shows(pull, "Merged, not running", "✓ Merged into main");
  }

  @Test
  void aRollOutThatAModelWritesIsReadLikeAnyOtherRun() throws Exception {
    OpenPull pull = OpenPull.writtenByRules(port);
    pull.shop().merge(1, FakeRepository.Way.SQUASH);
    shows(pull, "Merged, not running", "✓ Merged into main");
    post(pull, "activate", null);
    post(pull, "finish", null);
    assertThat(pull.ada().api().get(pull.path() + "/rollout/transcript").status()).isEqualTo(404);
    String page = Objects.requireNonNull(pull.shop().files("main").get("index.html"));
    pull.shop().push("main", Map.of("index.html", page.replace("Add to cart", "Into the cart")));

    Talk talk = removing(pull).after(TestModel.silence());
    post(pull, "rollout", Map.of("segment", "control"));
    talk.awaitSilence();
    rolls(pull, "Rolling out", "Being written", "The clean-up is being written.");
    talk.release();
    rolls(pull, "Roll-out waits", "▲ Waits for its merge", "Pull request #2", "$0.06");
    assertThat(row(pull).text()).contains("Merge the clean-up");
    assertTranscript(pull);

    pull.shop().close(2);
    rolls(pull, "Roll-out closed", "▲ Closed", "closed without a merge", "still in the code");
    removing(pull);
    post(pull, "rollout", Map.of("segment", "control"));
    rolls(pull, "Roll-out waits", "▲ Waits for its merge", "Pull request #3", "$0.12");
    pull.shop().merge(3, FakeRepository.Way.SQUASH);
    rolls(pull, "Rolled out", "✓ Rolled out", "The experiment is out of the code.");
  }

  @Test
  void failedChecksOfACleanUpAreToldByTheirNames() throws Exception {
    OpenPull pull = OpenPull.writtenByRules(port);
    pull.shop().merge(1, FakeRepository.Way.SQUASH);
    shows(pull, "Merged, not running", "✓ Merged into main");
    post(pull, "activate", null);
    post(pull, "finish", null);
    post(pull, "rollout", Map.of("segment", "control"));
    rolls(pull, "Roll-out waits", "▲ Waits for its merge", "Pull request #2");
    String branch = pull.branch() + "-rollout";
    String head = pull.shop().head(branch);
    pull.said().ran(pull.shop().head("main"), "e2e", "failure");
    pull.said().ran(head, "e2e", "failure");
    pull.said().ran(head, "lint <b>", "failure");
    pull.deliver("check_run", "completed", 2);
    JsonNode told = pull.experiment().at("/rollout/pull_request");
    assertThat(told.get("checks").asString()).isEqualTo("failed");
    assertThat(told.get("failed_checks").toString()).isEqualTo("[\"lint\"]");
    assertThat(told.get("failed_on_base").toString()).isEqualTo("[\"e2e\"]");
    rolls(
        pull,
        "Roll-out fails checks",
        "▲ Checks failed",
        "failed on the clean-up",
        "lint",
        "e2e (on main too)",
        "put right on " + branch,
        "close pull request #2 and ask for the roll-out again");
    assertThat(row(pull).text()).contains("See the failed checks");
    assertThat(one(page(pull, ""), "#rollout a.btn").text()).isEqualTo("See the checks there");
    assertThat(page(pull, "/rollout").select("main form[action$=/merge]")).isEmpty();

    long asked = pull.said().comment(2, pull.ada().login(), "/pryo Mend it.");
    pull.deliver("issue_comment", "created", 2);
    assertThat(pull.said().reactions(asked)).containsExactly("confused");

    pull.said().ran(head, "lint <b>", "success");
    rolls(
        pull,
        "Roll-out fails checks",
        "▲ Checks failed",
        "Checks failed that fail on main too.",
        "merge in spite of them");
    pull.said().ran(head, "e2e", "success");
    rolls(pull, "Roll-out waits", "▲ Waits for its merge", "Pull request #2");
    assertThat(pull.experiment().at("/rollout/pull_request/checks").asString()).isEqualTo("passed");
    assertThat(pull.shop().head(branch)).as("nothing is pushed").isEqualTo(head);

    Tenant.system(() ->
        transactions.execute(status ->
            sql.sql(
                    """
                    update experiment set rollout = rollout || '{"error": {"code": "branch_changed",
                      "message": "Somebody has changed the branch.", "retryable": true}}' where id = :id\
                    """)
                .param("id", UUID.fromString(pull.id()))
                .update()));
    rolls(
        pull,
        "Roll-out waits",
        "▲ Waits for its merge",
        "Look at it, then merge it",
        "The last attempt to write it again ended without a commit: Somebody has changed the branch.");
  }

  /// Has the model leave the button as the team has it.
  private static Talk removing(OpenPull pull) {
    return pull.kites()
        .talk(
            pull.draft(),
            TestModel.calls(
                "write_file",
                Map.of(
                    "path",
                    "index.html",
                    "content",
                    KiteSite.INDEX.replace("Add to cart", "Into the cart"))),
            TestModel.calls("compare_changes", Map.of()),
            TestModel.calls("flush_writes", Map.of("summary", "The team's words stay.")));
  }

  private void assertTranscript(OpenPull pull) {
    Document read = page(pull, "/rollout/transcript");
    assertThat(read.text()).contains("Transcript of the roll-out", "The team's words stay.");
    assertThat(read.text()).contains("Calls 3", "$0.06");
    assertThat(one(page(pull, ""), "#rollout a[href$=/rollout/transcript]").text())
        .isEqualTo("Read the transcript");
    String path = pull.path() + "/rollout/transcript";
    JsonNode all = pull.ada().api().get(path + "?limit=1000").expect(200);
    assertThat(all.at("/usage/calls").asInt()).isEqualTo(3);
    assertThat(all.at("/usage/cost_usd").asDouble()).isEqualTo(0.0603);
    assertThat(all.get("items").toString()).contains("flush_writes");
    JsonNode first = pull.ada().api().get(path + "?limit=1").expect(200);
    assertThat(first.get("items")).hasSize(1);
    assertThat(first.get("next_cursor").asString()).isEqualTo("1");
    assertThat(pull.ada().api().get(path + "?limit=0&cursor=x").expect(422).toString())
        .contains("\"limit\"", "from 1 to 1000", "\"cursor\"", "next_cursor");
    assertThat(pull.ada().api().get(pull.path() + "/transcript").expect(200).get("items"))
        .as("rules wrote the experiment")
        .isEmpty();
    assertThat(page(pull, "/transcript").text())
        .contains("No model was asked for this experiment.")
        .doesNotContain("What the model used");
    Api.signedUp(port).get(path).expect(404);
  }

  private static void failing(OpenPull pull, String... checks) throws Exception {
    for (String check : checks) {
      pull.said().ran(pull.head(), check, "failure");
    }
  }

  private static void post(OpenPull pull, String verb, @Nullable Object body) {
    int status = pull.ada().api().post(pull.path() + "/" + verb, body).status();
    assertThat(status).as(verb).isBetween(200, 202);
  }

  /// The experiment's page and its row in the list once this is the state.
  private void shows(OpenPull pull, String state, String chip, String... words) {
    stands(pull, state, ".verdict", chip, words);
  }

  private void rolls(OpenPull pull, String state, String chip, String... words) {
    stands(pull, state, "#rollout", chip, words);
  }

  private void stands(OpenPull pull, String state, String part, String chip, String... words) {
    Document page = page(pull, "");
    for (int look = 0; look < 600 && !text(page, "#state").equals(state); look++) {
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos()); // it rests between looks at GitHub
      page = page(pull, "");
    }
    assertThat(text(page, "#state")).as(page.text()).isEqualTo(state);
    assertThat(page.title()).startsWith(state);
    assertThat(text(page, part + " .chip")).as(page.text()).isEqualTo(chip);
    for (String word : words) {
      assertThat(text(page, part)).contains(word);
    }
    assertThat(text(row(pull), ".chip")).isEqualTo(state);
  }

  private Element row(OpenPull pull) {
    String project = pull.experiment().get("project_id").asString();
    Document list = open("/projects/" + project, pull);
    return one(list, "li:has(a[href=/experiments/%s])".formatted(pull.id()));
  }

  private Document page(OpenPull pull, String more) {
    return open("/experiments/" + pull.id() + more, pull);
  }

  private Document open(String path, OpenPull pull) {
    if (session.isEmpty()) {
      String email = pull.ada().api().get("/api/auth/me").expect(200).get("email").asString();
      String link = signIns.link(accounts.byEmail(email).orElseThrow());
      session = Person.cookie(Api.anonymous(port).get("/link/" + link));
    }
    Api.Answer answer =
        Api.anonymous(port).send("GET", path, null, "Cookie", session, "Accept", "text/html");
    assertThat(answer.status()).as(path).isEqualTo(200);
    return Jsoup.parse(answer.text());
  }

  private static String text(Element within, String css) {
    return one(within, css).text();
  }

  private static Element one(Element within, String css) {
    Element found = within.selectFirst(css);
    assertThat(found).as("%s in %s", css, within.text()).isNotNull();
    return Objects.requireNonNull(found);
  }
}
