package dev.pryo.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.pryo.Browser;
import dev.pryo.KiteModel;
import dev.pryo.KiteSite;
import dev.pryo.ModelTest;
import dev.pryo.TestModel;
import dev.pryo.TestModel.Laid;
import dev.pryo.TestModel.Talk;
import dev.pryo.account.Accounts;
import dev.pryo.account.SignIns;
import dev.pryo.platform.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// An experiment that a model writes, on the pages: by forms alone, and in a browser.
@ModelTest
class AgentPagesTest {
  private static final String HOSTILE = "</code><img src=x onerror=alert(1)><b>";

  @RegisterExtension static final Browser browser = new Browser();

  @Autowired Accounts accounts;
  @Autowired SignIns signIns;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;
  @LocalServerPort int port;

  private final KiteSite site = KiteSite.made();

  @Test
  void theFormOffersWhoWritesAndSaysWhatItMayCost() {
    Visitor editor = Visitor.signedUp(port);
    String experiment = draft(editor);
    assertThat(editor.page().select("[name=mode]").eachAttr("value"))
        .containsExactly("auto", "agent", "edit");
    assertThat(editor.one("[name=mode][checked]").attr("value")).isEqualTo("agent");
    assertThat(editor.text()).contains("claude-sonnet-4-6", "At most $2.00 a run.");
    assertThat(editor.one("#estimate").attr("hx-get")).isEqualTo(experiment + "/estimate");
    editor.open(experiment + "/estimate");
    assertThat(editor.page().text())
        .containsPattern("\\$0\\.\\d\\d to \\$0\\.\\d\\d: about [\\d,]+ tokens");
  }

  @Test
  void aRunIsReviewedRevisedAndReadInItsTranscript() {
    Visitor editor = Visitor.signedUp(port);
    String experiment = draft(editor);
    String key = key(editor);
    talk(key, KiteModel.good(key));
    editor.send(experiment + "/edit", Map.of("do", "start"));
    written(editor, experiment);
    assertThat(editor.page().select("#log li").eachText())
        .anySatisfy(line -> assertThat(line).contains("Reads index.html"))
        .anySatisfy(line -> assertThat(line).contains("Writes buy.js"));
    assertThat(editor.one("#phase").text()).contains("Calls 4", "$0.08", "A run may cost $2.00");

    editor.open(experiment);
    assertThat(editor.text()).contains("The versions are written", "What the model used", "$0.08");
    assertThat(editor.page().select("details.file[open] > summary code").eachText())
        .contains("index.html", KiteModel.SCRIPT);
    assertThat(editor.page().select("details.file:not([open]) > summary code").eachText())
        .as("so long that nobody would come to what stands behind it")
        .containsExactly("pryo/pryo.js");
    Laid[] good = KiteModel.good(key);
    talk(
        key,
        good[0],
        good[1],
        good[2],
        good[3],
        TestModel.calls("write_file", KiteModel.script(key, "Buy it now")),
        KiteModel.flush());
    editor.send(experiment + "/revise", Map.of("feedback", "Say “Buy it now”."));
    assertThat(editor.status()).as(editor.text()).isEqualTo(200);
    written(editor, experiment);
    editor.open(experiment);
    assertThat(editor.page().select(".diff .add").text()).contains("Buy it now");

    editor.open(experiment + "/transcript");
    assertThat(editor.text()).contains("flush_writes {", "Say “Buy it now”.", "Called", "Told");
    editor.open(experiment);
    editor.send(experiment + "/revise", Map.of("feedback", " "));
    assertThat(editor.status()).isEqualTo(422);
    assertThat(editor.one("[role=alert]").text()).contains("feedback must not be empty");
  }

  @Test
  void whatDidNotPassItsChecksIsShownWithTheDiff() {
    Visitor editor = Visitor.signedUp(port);
    String experiment = draft(editor);
    String key = key(editor);
    Map<String, Object> dangerous =
        Map.of(
            "path",
            KiteModel.SCRIPT,
            "content",
            "eval('%s'); window.pryo.variant('%s') === 'test1' && window.pryo.trackEvent('purchase');\n"
                .formatted(HOSTILE.replace("/", "\\/"), key));
    talk(
        key,
        KiteModel.plan(key),
        KiteModel.read(),
        TestModel.calls("write_file", dangerous),
        KiteModel.flush());
    editor.send(experiment + "/edit", Map.of("do", "start"));
    written(editor, experiment);
    editor.open(experiment);
    assertThat(editor.text())
        .contains("It did not pass its checks", "is nowhere in the repository", "eval")
        .contains("What the model used");
    assertThat(editor.page().select(".diff .add").text()).contains("eval");
    assertThat(editor.page().select("main img")).isEmpty();
    assertThat(editor.hasForm(experiment + "/implement")).isTrue();
  }

  @Test
  void aRevisionThatDidNotPassIsShownBesideWhatIsProposed() {
    Visitor editor = Visitor.signedUp(port);
    String experiment = draft(editor);
    String key = key(editor);
    Laid[] good = KiteModel.good(key);
    talk(key, good);
    editor.send(experiment + "/edit", Map.of("do", "start"));
    written(editor, experiment);
    Map<String, Object> worse =
        Map.of(
            "path",
            KiteModel.SCRIPT,
            "replacements",
            List.of(Map.of("old", "const button", "new", "eval('1');\nconst button")));
    talk(
        key,
        good[0],
        good[1],
        good[2],
        good[3],
        TestModel.calls("write_file", worse),
        KiteModel.flush());
    editor.open(experiment);
    editor.send(experiment + "/revise", Map.of("feedback", "Use eval."));
    written(editor, experiment);
    editor.open(experiment);
    assertThat(editor.text()).contains("the pull request is as it was", "did not commit");
    assertThat(editor.one("[aria-labelledby=unproposed]").text()).contains("eval('1')");
    assertThat(editor.one("[aria-labelledby=files]").text()).doesNotContain("eval('1')");
    assertThat(editor.one("[aria-labelledby=checked]").text()).doesNotContain("✕");
  }

  @Test
  void whatWasSaidOnThePullRequestIsShownWithWhatCameOfIt() {
    Visitor editor = Visitor.signedUp(port);
    String experiment = draft(editor);
    String key = key(editor);
    talk(key, KiteModel.good(key));
    editor.send(experiment + "/edit", Map.of("do", "start"));
    written(editor, experiment);
    editor.open(experiment);
    assertThat(editor.page().select("#remarks")).as("nothing was said yet").isEmpty();
    said(experiment);
    editor.open(experiment);
    assertThat(editor.one("[aria-labelledby=remarks]").text())
        .contains("▲ Checks failed")
        .contains("Failed: lint", "Fails without the change too: e2e", "✓ Another commit.", "$0.08")
        .contains("octocat asked: " + HOSTILE, "It takes no feedback.")
        .contains("Tried to mend failed checks 1 of at most 2 times.");
    assertThat(editor.page().select("[aria-labelledby=remarks] time")).hasSize(2);
    assertThat(editor.one(".verdict a[href=#feedback]").text()).isEqualTo("Ask for another commit");
    assertThat(editor.page().select("textarea#feedback")).hasSize(1);
    assertThat(editor.page().select("main img")).isEmpty();
  }

  /// As a host would have told it: a check failed, which was mended, and somebody asked in vain.
  private void said(String experiment) {
    String id = experiment.substring(experiment.lastIndexOf('/') + 1);
    Tenant.system(() ->
        transactions.execute(status -> {
          sql.sql(
                  """
                  insert into remark (experiment_id, project_id, pr_number, cause, source, about, on_base, login,
                                      job_id, refusal, at)
                  select e.id, e.project_id, e.pr_number, cause, cause, about, base, login, job, refusal, now()
                    from experiment e, (select id from job where experiment_id = :id::uuid) j (done),
                         lateral (values ('checks', 'lint', 'e2e', null, j.done, null),
                                         ('comment', :hostile, '', 'octocat', null, 'It takes no feedback.'))
                                 r (cause, about, base, login, job, refusal)
                   where e.id = :id::uuid\
                  """)
              .param("id", id)
              .param("hostile", HOSTILE)
              .update();
          return sql.sql(
                  "update experiment set pr_checks = 'failed', pr_repairs = 1 where id = :id::uuid")
              .param("id", id)
              .update();
        }));
  }

  @Test
  void theProjectsBudgetIsSetByAForm() {
    Visitor editor = Visitor.signedUp(port);
    String project = connected(editor);
    editor.open(project + "/settings/general");
    editor.send(project + "/settings/general", Map.of("monthly_budget_usd", "twenty"));
    assertThat(editor.status()).isEqualTo(422);
    assertThat(editor.text()).contains("must be a number of dollars");
    editor.send(project + "/settings/general", Map.of("monthly_budget_usd", "20,5"));
    editor.open(project + "/settings/general");
    assertThat(editor.one("[name=monthly_budget_usd]").attr("value")).isEqualTo("20.5");
  }

  @Test
  void inABrowserTheEstimateComesByItselfAndAllPagesAreQuietAndAccessible() {
    Visitor editor = Visitor.signedUp(port);
    String experiment = draft(editor);
    String key = key(editor);
    List<String> complaints = new ArrayList<>();
    for (int width : new int[] {375, 1440}) {
      Page page = watched(editor.email(), width, complaints);
      page.navigate(address(experiment));
      // a function to wait for would be evaluated in the page, whose policy forbids that
      page.locator("#estimate", new Page.LocatorOptions().setHasText("tokens")).waitFor();
      check(page, complaints, "draft " + width);
    }
    Laid[] good = KiteModel.good(key);
    talk(
        key,
        good[0],
        TestModel.calls("read_multiple_files", Map.of("files", List.of(HOSTILE))),
        good[2],
        TestModel.calls("flush_writes", Map.of("summary", HOSTILE.repeat(20))));
    editor.send(experiment + "/edit", Map.of("do", "start"));
    written(editor, experiment);
    said(experiment);
    for (int width : new int[] {375, 1440}) {
      for (String path : List.of(experiment, experiment + "/transcript")) {
        Page page = watched(editor.email(), width, complaints);
        page.navigate(address(path));
        check(page, complaints, path + " " + width);
        if (path.endsWith("/transcript")) {
          assertThat(
                  page.locator("ol.log .entry")
                      .first()
                      .evaluate("entry => getComputedStyle(entry).backgroundColor"))
              .as("a transcript's line is not in the green of what went well")
              .isEqualTo("rgba(0, 0, 0, 0)");
        }
      }
    }
    assertThat(complaints).isEmpty();
  }

  private Page watched(String email, int width, List<String> complaints) {
    BrowserContext visitor = browser.visitor(new NewContextOptions().setViewportSize(width, 900));
    Page page = visitor.newPage();
    page.navigate(address("/link/" + signIns.link(accounts.byEmail(email).orElseThrow())));
    page.onConsoleMessage(message -> complaints.add("console: " + message.text()));
    page.onPageError(error -> complaints.add("error: " + error));
    page.onDialog(dialog -> {
      complaints.add("dialog: " + dialog.message());
      dialog.dismiss();
    });
    return page;
  }

  private static void check(Page page, List<String> complaints, String name) {
    new AxeBuilder(page)
        .analyze()
        .getViolations()
        .forEach(violation ->
            complaints.add(
                "%s: %s %s"
                    .formatted(
                        name,
                        violation.getId(),
                        violation.getNodes().stream().map(node -> node.getHtml()).toList())));
    Object over =
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
    if (!Integer.valueOf(0).equals(over)) {
      complaints.add("%s: %s px too wide".formatted(name, over));
    }
    if (page.locator("main img").count() != 0) {
      complaints.add(name + ": hostile markup became an element");
    }
  }

  /// A draft that a model shall write.
  ///
  /// @return its address
  private String draft(Visitor editor) {
    String project = connected(editor).substring("/projects/".length());
    editor.open("/experiments/new?project=" + project);
    assertThat(editor.one("[name=mode][checked]").attr("value")).isEqualTo("auto");
    editor.send(
        "/experiments/new",
        Map.of(
            "do",
            "read",
            "mode",
            "agent",
            "description",
            "Change 'Add to cart' to 'Buy now'. I want more people to purchase."));
    editor.send(
        "/experiments/new",
        Map.of(
            "do",
            "save",
            "name",
            "Kites " + UUID.randomUUID().toString().substring(0, 8),
            "goals[0].event",
            "purchase",
            "segments[1].instructions",
            "Make the button feel like a decision."));
    assertThat(editor.status()).as(editor.text()).isEqualTo(200);
    return editor.address().replaceAll("\\?.*", "");
  }

  private String connected(Visitor editor) {
    return ProjectPagesTest.connect(editor, site.folder());
  }

  /// The experiment's key, which is made of its name.
  private static String key(Visitor editor) {
    return editor
        .one("[name=name]")
        .attr("value")
        .toLowerCase(java.util.Locale.ROOT)
        .replace(' ', '-');
  }

  private static Talk talk(String key, Laid... answers) {
    return TestModel.Shared.MODEL.talk(key, answers);
  }

  private static void written(Visitor editor, String experiment) {
    for (int i = 0; i < 5000; i++) {
      editor.open(experiment + "/progress?after=0");
      if (editor.status() == 286) {
        return;
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    throw new AssertionError("It is still being written: " + editor.page().text());
  }

  private String address(String path) {
    return "http://127.0.0.1:" + port + path;
  }
}
