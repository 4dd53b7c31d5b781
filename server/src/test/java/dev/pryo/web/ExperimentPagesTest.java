package dev.pryo.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import dev.pryo.TestRepository;
import dev.pryo.platform.Tenant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// An experiment from its sentence to the next one, by forms alone: no script runs here.
@PryoTest
class ExperimentPagesTest {
  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
        <head>
          <title>Blue mug</title>
          <script type="module" src="js/mug.js"></script>
        </head>
        <body>
          <h1>Blue mug</h1>
          <button id="buy" type="button">Add to cart</button>
        </body>
      </html>
      """;
  private static final String WORDS =
      "Change 'Add to cart' to 'Buy now'. I want more people to buy.";

  @LocalServerPort int port;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;

  @Test
  void aSentenceIsReadAndEveryPartQuotesTheWordsItCameFrom() {
    Visitor editor = Visitor.signedUp(port);
    String project = connected(editor);
    describe(editor, project, WORDS);
    assertThat(editor.page().select("mark").eachText())
        .hasSize(2)
        .allSatisfy(quote -> assertThat(WORDS).contains(quote));
    assertThat(editor.one("[name=\"segments[1].instructions\"]").text()).contains("Buy now");
    assertThat(value(editor, "goals[0].event")).isEqualTo("buy");
    assertThat(value(editor, "segments[0].traffic_percentage")).isEqualTo("50");
  }

  @Test
  void withoutAModelTheFormSaysHowToGetOne() {
    Visitor editor = Visitor.signedUp(port);
    String project = connected(editor);
    editor.open("/experiments/new?project=" + project.substring("/projects/".length()));
    assertThat(editor.text()).contains("edit mode, no model", "ANTHROPIC_API_KEY");
    assertThat(editor.page().select("[name=mode]")).isEmpty();
  }

  @Test
  void whatSomebodyEditedIsNotOverwrittenByReadingAgain() {
    Visitor editor = Visitor.signedUp(port);
    String project = connected(editor);
    describe(editor, project, WORDS);
    editor.send(
        "/experiments/new",
        Map.of(
            "do",
            "read",
            "segments[1].instructions",
            "Change 'Add to cart' to 'Mine'",
            "description",
            "Change 'Add to cart' to 'Yours'. I want more people to pay."));
    assertThat(editor.one("[name=\"segments[1].instructions\"]").text())
        .isEqualTo("Change 'Add to cart' to 'Mine'");
    assertThat(value(editor, "goals[0].event")).isEqualTo("pay");
  }

  @Test
  void segmentsAndGoalsComeGoAndSplitEvenly() {
    Visitor editor = Visitor.signedUp(port);
    String project = connected(editor);
    describe(editor, project, WORDS);
    editor.send("/experiments/new", Map.of("do", "add-segment"));
    assertThat(value(editor, "segments[0].traffic_percentage")).isEqualTo("33.34");
    assertThat(value(editor, "segments[2].traffic_percentage")).isEqualTo("33.33");
    editor.send("/experiments/new", Map.of("do", "remove-segment:1"));
    assertThat(editor.page().select("[name^=segments][name$=instructions]")).hasSize(2);
    editor.send("/experiments/new", Map.of("do", "add-goal"));
    assertThat(editor.page().select("[name$=event]")).hasSize(2);
    editor.send(
        "/experiments/new",
        Map.of("do", "save", "segments[0].traffic_percentage", "70", "name", "Uneven"));
    assertThat(editor.status()).isEqualTo(422);
    assertThat(editor.text()).contains("sum to 100");
  }

  @Test
  void aRatioAsksWhatItDividesByAndAHistoryIsKept() {
    Visitor editor = Visitor.signedUp(port);
    String project = connected(editor);
    describe(editor, project, WORDS);
    editor.send("/experiments/new", Map.of("do", "add-goal"));
    editor.send(
        "/experiments/new",
        Map.of(
            "do",
            "save",
            "goals[0].kind",
            "ratio",
            "goals[1].event",
            "help",
            "goals[1].use_history",
            "true"));
    assertThat(editor.status()).isEqualTo(422);
    assertThat(editor.text()).contains("must say what to divide by");
    editor.send("/experiments/new", Map.of("do", "save", "goals[0].denominator.event", "visit"));
    assertThat(editor.status()).as(editor.text()).isEqualTo(200);
    String experiment = editor.address().replaceAll("\\?.*", "");
    editor.open(experiment + "/edit");
    assertThat(value(editor, "goals[0].denominator.event")).isEqualTo("visit");
    assertThat(editor.one("[name=\"goals[1].use_history\"]").hasAttr("checked")).isTrue();
    editor.post(
        experiment + "/activate",
        Map.of("force", "true", "_csrf", editor.one("[name=_csrf]").attr("value")));
    assertThat(editor.text())
        .contains("buy per visit (count), should go up")
        .contains("help, adjusted for the 30 days before");
  }

  @Test
  void aFilterAndACapAreTypedCorrectedAndKept() {
    Visitor editor = Visitor.signedUp(port);
    String project = connected(editor);
    describe(editor, project, WORDS);
    assertThat(editor.page().select("[name=\"goals[0].cap_quantile\"]"))
        .as("who buys at all has no value to be cut")
        .isEmpty();
    editor.send("/experiments/new", Map.of("do", "show", "goals[0].kind", "sum"));
    editor.send("/experiments/new", Map.of("do", "add-condition:0"));
    Map<String, String> typed = new HashMap<>();
    typed.put("do", "save");
    typed.put("goals[0].cap_quantile", "9,5");
    typed.put("goals[0].filter[0].property", "plan");
    typed.put("goals[0].filter[0].op", "in");
    typed.put("goals[0].filter[0].value", "pro, 5, \"5\"");
    typed.put("goals[0].filter[1].property", "seats");
    typed.put("goals[0].filter[1].op", "ge");
    typed.put("goals[0].filter[1].value", "many");
    editor.send("/experiments/new", typed);
    assertThat(editor.status()).isEqualTo(422);
    assertThat(editor.byId("field-goals-0-cap_quantile-error").text())
        .isEqualTo("✕ must be from 50 to below 100: 99 cuts the largest hundredth.");
    editor.send("/experiments/new", Map.of("do", "save", "goals[0].cap_quantile", "99,5"));
    assertThat(editor.status()).isEqualTo(422);
    assertThat(editor.byId("field-goals-0-filter-1-value-error").text())
        .isEqualTo("✕ must be a number.");
    assertThat(editor.one("details.limits").hasAttr("open")).isTrue();
    editor.send("/experiments/new", Map.of("do", "save", "goals[0].filter[1].value", "2,5"));
    assertThat(editor.status()).as(editor.text()).isEqualTo(200);
    String experiment = editor.address().replaceAll("\\?.*", "");
    editor.open(experiment + "/edit");
    assertThat(value(editor, "goals[0].cap_quantile")).isEqualTo("99.5");
    assertThat(value(editor, "goals[0].filter[0].value")).isEqualTo("pro, 5, \"5\"");
    assertThat(value(editor, "goals[0].filter[1].value")).isEqualTo("2.5");
    // reading the words again takes nothing away that they do not say; an empty row is dropped
    editor.send(experiment + "/edit", Map.of("do", "read"));
    assertThat(value(editor, "goals[0].filter[1].property")).isEqualTo("seats");
    editor.send(
        experiment + "/edit",
        Map.of(
            "do", "save",
            "goals[0].filter[0].property", "",
            "goals[0].filter[0].op", "eq",
            "goals[0].filter[0].value", ""));
    assertThat(editor.status()).as(editor.text()).isEqualTo(200);
    editor.open(experiment + "/edit");
    assertThat(value(editor, "goals[0].filter[0].property")).isEqualTo("seats");
    assertThat(editor.page().select("[name^=\"goals[0].filter[1]\"]")).isEmpty();
    editor.post(
        experiment + "/activate",
        Map.of("force", "true", "_csrf", editor.one("[name=_csrf]").attr("value")));
    assertThat(editor.text())
        .contains("only where seats is at least 2.5, values above the 99.5 % quantile cut");
  }

  @Test
  void aCapOfAGoalWithoutValuesIsRefusedWhereItStands() {
    Visitor editor = Visitor.signedUp(port);
    String project = connected(editor);
    describe(editor, project, WORDS);
    editor.send("/experiments/new", Map.of("do", "save", "goals[0].cap_quantile", "99"));
    assertThat(editor.status()).isEqualTo(422);
    assertThat(editor.byId("field-goals-0-cap_quantile-error").text())
        .contains("is only for goals of the kind count, sum or mean: leave it out");
  }

  @Test
  void whatPryoFoundIsOnThePagesUntilItIsDismissed() {
    Visitor editor = Visitor.signedUp(port);
    String project = connected(editor);
    describe(editor, project, WORDS);
    editor.send("/experiments/new", Map.of("do", "save", "on_harm", "pause"));
    String experiment = editor.address().replaceAll("\\?.*", "");
    editor.open(experiment + "/edit");
    assertThat(editor.one("[name=on_harm]").hasAttr("checked")).isTrue();
    editor.post(
        experiment + "/activate",
        Map.of("force", "true", "_csrf", editor.one("[name=_csrf]").attr("value")));
    system(() ->
        sql.sql(
                """
                insert into alert (experiment_id, project_id, kind, sentence, paused, runs, at)
                select id, project_id, 'planned_end', 'You can stop. Nothing was found.', false, 1, now()
                  from experiment where id = :id::uuid\
                """)
            .param("id", experiment.substring("/experiments/".length()))
            .update());
    editor.open("/");
    assertThat(editor.text()).contains("The planned number has come: decide");
    editor.open(project);
    assertThat(editor.text()).contains("The planned number has come: decide");
    editor.open(experiment);
    assertThat(editor.text())
        .contains("The planned number has come: decide. You can stop. Nothing was found.");
    editor.send(experiment + "/dismiss", Map.of());
    assertThat(editor.text()).contains("Dismissed.").doesNotContain("Nothing was found.");
    editor.open(project);
    assertThat(editor.text()).doesNotContain("The planned number has come");
  }

  @Test
  void eachKindOfNoticeIsOnThePagesAndInTheLists() {
    Visitor editor = Visitor.signedUp(port);
    String project = connected(editor);
    describe(editor, project, WORDS);
    editor.send("/experiments/new", Map.of("do", "save"));
    String experiment = editor.address().replaceAll("\\?.*", "");
    editor.open(experiment + "/edit");
    editor.post(
        experiment + "/activate",
        Map.of("force", "true", "_csrf", editor.one("[name=_csrf]").attr("value")));
    Map<String, String> titles =
        Map.of(
            "split", "The split is broken",
            "settled", "It is settled: decide",
            "planned_end", "The planned number has come: decide",
            "max_days", "The longest time is over: decide");
    titles.forEach((kind, title) -> {
      notice(experiment, kind, false);
      for (String list : List.of("/", project)) {
        editor.open(list);
        assertThat(editor.text()).contains(title);
      }
      editor.open(experiment);
      assertThat(editor.text()).contains(title + ". Found: " + kind);
      editor.send(experiment + "/dismiss", Map.of());
    });
    editor.send(experiment + "/pause", Map.of());
    notice(experiment, "harm", true);
    for (String list : List.of("/", project)) {
      editor.open(list);
      assertThat(editor.text()).contains("It does harm");
    }
    editor.open(experiment);
    assertThat(editor.text())
        .contains("It does harm. Found: harm Pryo has paused it: everybody sees the control.");
  }

  private void notice(String experiment, String kind, boolean paused) {
    system(() ->
        sql.sql(
                """
                insert into alert (experiment_id, project_id, kind, sentence, paused, runs, at)
                select id, project_id, :kind, 'Found: ' || :kind, :paused, 1, now()
                  from experiment where id = :id::uuid\
                """)
            .param("kind", kind)
            .param("paused", paused)
            .param("id", experiment.substring("/experiments/".length()))
            .update());
  }

  @Test
  void visitorsAndTheRateOfTodayAreMeasured() {
    Visitor editor = Visitor.signedUp(port);
    String project = connected(editor);
    system(() ->
        sql.sql(
                """
                with p as (select no from project where id = :id::uuid),
                n as (insert into event_name (project_no, name) select no, 'buy' from p returning no)
                insert into event (project_no, event_key, user_key, user_id, name_no, at, received_at)
                select p.no, gen_random_uuid(), i, 'u' || i, case when i % 10 = 0 then n.no else 0 end, t, t
                  from p, n, generate_series(1, 1000) i,
                       lateral (select now() - make_interval(secs => 864.0 * i) as t) at\
                """)
            .param("id", project.substring("/projects/".length()))
            .update());
    describe(editor, project, WORDS);
    assertThat(value(editor, "visitors")).isEqualTo("100");
    assertThat(value(editor, "plan.baseline")).isEqualTo("10");
    assertThat(editor.text())
        .contains("Measured on your site in the last two weeks.", "It will hardly succeed:");
  }

  private <T> T system(Supplier<T> work) {
    return Objects.requireNonNull(Tenant.system(() -> transactions.execute(status -> work.get())));
  }

  @Test
  void theLengthSaysWhichLiftItCanNotice() {
    Visitor editor = Visitor.signedUp(port);
    String project = connected(editor);
    describe(editor, project, WORDS);
    List<Double> lifts = new ArrayList<>();
    for (String weeks : new String[] {"1", "3", "6"}) {
      editor.send(
          "/experiments/new",
          Map.of("do", "length", "weeks", weeks, "visitors", "1000", "plan.baseline", "10"));
      lifts.add(Double.valueOf(editor.one("#lift .big").text().replace(" %", "")));
    }
    assertThat(lifts).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(lifts.getFirst()).isBetween(10.0, 30.0);
  }

  @Test
  void wordsThatMeanTwoPlacesAreAnsweredWithThePlaces() {
    Visitor editor = Visitor.signedUp(port);
    String project =
        ProjectPagesTest.connect(
            editor,
            TestRepository.with(Map.of("mug.html", PAGE, "cup.html", PAGE.replace("mug", "cup"))));
    String experiment = started(editor, project, WORDS);
    written(editor, experiment);
    editor.open(experiment);
    assertThat(editor.text()).contains("Which one is meant?");
    assertThat(editor.page().select("[aria-labelledby=places] li").eachText())
        .hasSize(2)
        .anyMatch(place -> place.startsWith("mug.html:"))
        .anyMatch(place -> place.startsWith("cup.html:"));
    assertThat(editor.page().select("main a[href$=/edit]")).isNotEmpty();
  }

  @Test
  void whereThePullRequestWasClosedThePageAsksWhyAndKeepsTheAnswer() throws Exception {
    Visitor editor = Visitor.signedUp(port);
    Path folder = TestRepository.with(Map.of("mug.html", PAGE));
    String experiment = started(editor, ProjectPagesTest.connect(editor, folder), WORDS);
    written(editor, experiment);
    try (Git git = Git.open(folder.toFile())) {
      git.branchDelete()
          .setBranchNames("pryo/exp-" + experiment.substring("/experiments/".length()))
          .setForce(true)
          .call();
    }
    editor.open(experiment);
    assertThat(editor.text()).contains("The pull request was closed");
    editor.send(experiment + "/closed-reason", Map.of("closed_reason", "The <b>button</b> stays"));
    assertThat(editor.text()).contains("Kept.");
    assertThat(editor.byId("closed-reason").text()).isEqualTo("The <b>button</b> stays");
    assertThat(editor.page().select("form[action$=/closed-reason]")).isEmpty();
  }

  @Test
  void theWholeLoopNeedsNoScript() {
    Visitor editor = Visitor.signedUp(port);
    String project = connected(editor);
    String key = editor.byId("write-key").text();
    String experiment = started(editor, project, WORDS);
    assertThat(editor.address()).isEqualTo(experiment);
    written(editor, experiment);

    editor.open(experiment);
    assertThat(editor.text()).contains("The versions are written").contains("mug.html");
    assertThat(editor.page().select(".diff .add").text()).contains("Buy now");
    assertThat(editor.page().select("a[href^=https://mugs.example]").eachAttr("href"))
        .anyMatch(link -> link.endsWith("#test1"));
    editor.send(experiment + "/activate", Map.of("force", "false"));
    assertThat(editor.status()).isEqualTo(409);
    assertThat(editor.one("[role=alert]").text()).contains("not merged");

    editor.send(experiment + "/merge", Map.of());
    assertThat(editor.text()).contains("Merged into main");
    editor.send(experiment + "/activate", Map.of());
    assertThat(editor.text()).contains("Nobody has been counted yet");

    send(key, experiment.substring("/experiments/".length()));
    editor.send(experiment + "/analyse", Map.of());
    assertThat(editor.one("#lead").text()).contains("Test 1");
    assertThat(editor.text()).contains("400 people").contains("Not for deciding early");
    assertThat(editor.page().select(".behind a[href^=#fact-]"))
        .isNotEmpty()
        .allSatisfy(link -> assertThat(editor.page().select(link.attr("href"))).hasSize(1));
    assertThat(editor.page().select("script[type=application/json]")).isNotEmpty();
    assertThat(editor.page().select(".simulated")).isEmpty();

    editor.send(experiment + "/pause", Map.of());
    assertThat(editor.text()).contains("Paused");
    editor.send(experiment + "/resume", Map.of());
    editor.send(experiment + "/finish", Map.of());
    assertThat(editor.text()).contains("Finished");
    assertThat(editor.one(".verdict .chip").text()).doesNotContain("stop");
    editor.send(experiment + "/iterate", Map.of());
    assertThat(editor.text()).contains("Why this comes next");
    assertThat(editor.page().select("a[href=" + experiment + "]")).isNotEmpty();

    editor.open(experiment + "/events");
    assertThat(editor.page().select(".events tbody tr")).hasSize(100);
    assertThat(editor.page().select("a[href*=before]")).hasSize(1);
  }

  @Test
  void simulatedNumbersAreMarkedAndNeverMixedWithRealOnes() {
    Visitor editor = Visitor.signedUp(port);
    String project = connected(editor);
    String experiment = started(editor, project, WORDS);
    written(editor, experiment);
    editor.open(experiment);
    editor.send(experiment + "/simulate", Map.of());
    assertThat(editor.address()).startsWith(experiment + "/simulated");
    assertThat(editor.page().select(".simulated")).hasSize(1);
    assertThat(editor.page().title()).startsWith("Simulated");
    assertThat(editor.page().select("canvas").size()).isPositive();
    assertThat(editor.page().select("section:has(canvas) h2").eachText())
        .allSatisfy(title -> assertThat(title).startsWith("Simulated"));
    editor.open(experiment);
    assertThat(editor.page().select(".simulated")).isEmpty();
  }

  @Test
  void aViewerSeesEveryStageWithoutAButton() {
    Visitor editor = Visitor.signedUp(port);
    Visitor viewer = Visitor.signedUp(port);
    String project = connected(editor);
    editor.open(project + "/settings/members");
    editor.send(project + "/settings/members", Map.of("email", viewer.email(), "role", "viewer"));
    describe(editor, project, WORDS);
    editor.send("/experiments/new", Map.of("do", "save"));
    String experiment = editor.address().replaceAll("\\?.*", "");
    assertThat(viewer.open(experiment).page().select("main form, main button")).isEmpty();
    editor.send(experiment + "/edit", Map.of("do", "start"));
    written(editor, experiment);
    viewer.open(experiment);
    assertThat(viewer.text()).contains("The versions are written");
    assertThat(viewer.page().select("main form")).isEmpty();
  }

  private String connected(Visitor editor) {
    return ProjectPagesTest.connect(
        editor,
        TestRepository.with(
            Map.of(
                "mug.html",
                PAGE,
                "js/mug.js",
                "document.querySelector(\"#buy\").addEventListener(\"click\", () => {});\n")));
  }

  private static void describe(Visitor editor, String project, String words) {
    editor.open("/experiments/new?project=" + project.substring("/projects/".length()));
    editor.send("/experiments/new", Map.of("do", "read", "description", words));
    assertThat(editor.status()).isEqualTo(200);
  }

  private static String started(Visitor editor, String project, String words) {
    describe(editor, project, words);
    editor.send("/experiments/new", Map.of("do", "start"));
    assertThat(editor.status()).as(editor.text()).isEqualTo(200);
    return editor.address();
  }

  /// Asks for progress, as the page does, until polling ends.
  private static void written(Visitor editor, String experiment) {
    for (int i = 0; i < 3000; i++) {
      editor.open(experiment + "/progress?after=0");
      if (editor.status() == 286) {
        assertThat(editor.page().select("#log li")).isNotEmpty();
        return;
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    throw new AssertionError("It is still being written: " + editor.page().text());
  }

  private void send(String key, String experiment) {
    List<Map<String, Object>> events = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      String segment = i % 2 == 0 ? "control" : "test1";
      events.add(
          Map.of(
              "id",
              "x" + i,
              "user_id",
              "u" + i,
              "event",
              "$exposure",
              "experiment",
              experiment,
              "segment",
              segment));
      if (i % 10 < (i % 2 == 0 ? 2 : 6)) {
        events.add(Map.of("id", "g" + i, "user_id", "u" + i, "event", "buy"));
      }
    }
    assertThat(
            Api.anonymous(port).post("/api/events?key=" + key, events).expect(200).get("rejected"))
        .isEmpty();
  }

  private static String value(Visitor visitor, String field) {
    return visitor.one("[name=\"" + field + "\"]").attr("value");
  }
}
