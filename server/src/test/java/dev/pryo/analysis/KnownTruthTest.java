package dev.pryo.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.PryoTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// Data whose truth is known, from the events over HTTP to what a person reads.
@PryoTest
class KnownTruthTest {
  private static final Map<String, Object> SIGNED_UP =
      Map.of("event", "sign_up", "name", "Signed up", "kind", "conversion", "role", "primary");
  private static final Map<String, Object> REVENUE =
      Map.of("event", "order", "name", "Revenue", "kind", "sum", "role", "primary");
  private static final Map<String, Object> HELP =
      Map.of(
          "event",
          "help",
          "name",
          "Asked for help",
          "kind",
          "conversion",
          "role",
          "guardrail",
          "direction",
          "decrease",
          "margin",
          0.2);

  @LocalServerPort int port;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;
  @TempDir Path folder;

  @Test
  void noEffect() {
    PairsWorld world = new PairsWorld(port, 1, List.of(SIGNED_UP), "notify", planned());
    people(world, "control", 600, i -> i % 5 == 0);
    people(world, "test1", 600, i -> i % 5 == 1);
    JsonNode analysis = world.analysed(folder);
    said(
        analysis,
        "keep_running",
        "not_settled",
        "Not yet. The gain could still be anything from −31.5 % to +45.9 %. About 3 more days.");
    sound(analysis);
  }

  @Test
  void anEffect() {
    PairsWorld world = new PairsWorld(port, 1, List.of(SIGNED_UP), "notify", planned());
    people(world, "control", 600, i -> i % 5 == 0);
    people(world, "test1", 600, i -> i % 5 < 2);
    JsonNode analysis = world.analysed(folder);
    said(analysis, "ship", "primary_better", "Yes. Test 1 brings 100 % more “Signed up”.");
    sound(analysis);
  }

  @Test
  void harmToTheGoal() {
    PairsWorld world = new PairsWorld(port, 1, List.of(SIGNED_UP));
    people(world, "control", 600, i -> i % 5 < 2);
    people(world, "test1", 600, i -> i % 5 == 0);
    JsonNode analysis = world.analysed(folder);
    said(
        analysis,
        "keep_control",
        "primary_worse",
        "Yes. The new version is worse (Test 1: −50 %).");
  }

  @Test
  void harmToAGuardrailThoughTheGoalGains() {
    PairsWorld world = new PairsWorld(port, 1, List.of(SIGNED_UP, HELP));
    for (String segment : List.of("control", "test1")) {
      people(world, segment, 600, i -> i % 5 < (segment.equals("control") ? 1 : 2));
      for (int i = 0; i < 600; i++) {
        if (i % 10 < (segment.equals("control") ? 2 : 6)) {
          world.happened(segment + i, "help", null);
        }
      }
    }
    JsonNode analysis = world.analysed(folder);
    said(
        analysis,
        "keep_control",
        "guardrail_harmed",
        "Stop now: Test 1 brings 200 % more “Asked for help” (limit 20 %).");
  }

  @Test
  void anImbalance() {
    PairsWorld world = new PairsWorld(port, 1, List.of(SIGNED_UP));
    people(world, "control", 1_400, i -> i % 5 == 0);
    people(world, "test1", 600, i -> i % 5 < 2);
    JsonNode analysis = world.analysed(folder);
    said(
        analysis,
        "invalid",
        "sample_ratio_alarm",
        "Do not use these numbers: Test 1 got 30 %% of people instead of 50 %%. Likeliest cause: the site's own code chooses the segment: %,d people saw another than Pryo gives them."
            .formatted(mismatches(analysis)));
    assertThat(check(analysis, "sample_ratio").get("status").asString()).isEqualTo("fail");
    assertThat(analysis.at("/statistics/comparisons/0/call").asString()).isEqualTo("withheld");
  }

  @Test
  void bots() {
    PairsWorld world = new PairsWorld(port, 1, List.of(SIGNED_UP));
    people(world, "control", 600, i -> i % 5 == 0);
    people(world, "test1", 600, i -> i % 5 < 2);
    world.send();
    for (int i = 0; i < 300; i++) {
      world.exposed("crawler" + i, "test1");
    }
    world.sendAs("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)");
    JsonNode analysis = world.analysed(folder);
    said(analysis, "ship", "primary_better", "Yes. Test 1 brings 100 % more “Signed up”.");
    assertThat(check(analysis, "bots").get("detail").asString())
        .isEqualTo("300 crawlers or headless browsers came and are left out.");
    assertThat(analysis.at("/progress/exposed").asInt()).isEqualTo(1_200);
  }

  @Test
  void daysWithoutAnybody() {
    PairsWorld world = new PairsWorld(port, 1, List.of(SIGNED_UP));
    world.startedBefore(sql, transactions, 12);
    for (int day : new int[] {11, 10, 3, 2}) {
      for (int i = 0; i < 200; i++) {
        String user = "day%d-%d".formatted(day, i);
        world.exposed(user, i % 2 == 0 ? "control" : "test1", day);
        if (i % 10 < (i % 2 == 0 ? 2 : 5)) {
          world.before(user, "sign_up", null, day - 0.01);
        }
      }
    }
    JsonNode analysis = world.analysed(folder);
    said(analysis, "ship", "primary_better", "Yes. Test 1 brings 100 % more “Signed up”.");
    assertThat(analysis.at("/progress/exposed").asInt()).isEqualTo(800);
    assertThat(check(analysis, "novelty").get("detail").asString())
        .isEqualTo("Too few days to hold the first against the later ones.");
  }

  @Test
  void oneVisitorAndNone() {
    PairsWorld world = new PairsWorld(port, 1, List.of(SIGNED_UP));
    JsonNode none = world.analysed(folder);
    said(none, "keep_running", "no_people", "No. Nobody has been counted yet.");
    assertThat(check(none, "exposures").get("status").asString()).isEqualTo("warn");
    people(world, "test1", 1, i -> true);
    JsonNode one = world.analysed(folder);
    said(
        one,
        "keep_running",
        "too_few_people",
        "No. 1 person so far: too few to say anything. About 28 more days.");
    assertThat(one.at("/statistics/comparisons/0/note").asString())
        .isEqualTo("Nobody has seen Control yet.");
  }

  @Test
  void negativeValues() {
    PairsWorld world = new PairsWorld(port, 1, List.of(REVENUE));
    values(world, "control", i -> -10.0 + i % 3);
    values(world, "test1", i -> -5.0 + i % 3);
    JsonNode analysis = world.analysed(folder);
    said(analysis, "ship", "primary_better", "Yes. Test 1 raises “Revenue” by 55.6 %.");
    assertThat(check(analysis, "outliers").get("status").asString()).isEqualTo("pass");
  }

  @Test
  void aWhale() {
    PairsWorld world = new PairsWorld(port, 1, List.of(REVENUE));
    values(world, "control", i -> 10.0 + i % 3);
    values(world, "test1", i -> i == 0 ? 20_000.0 : 10.0 + i % 3);
    JsonNode analysis = world.analysed(folder);
    assertThat(analysis.at("/verdict/decision").asString()).isEqualTo("keep_running");
    assertThat(check(analysis, "outliers").get("detail").asString())
        .isEqualTo(
            "One person makes up 85.9 % of “Revenue” in Test 1. Without the largest person of each"
                + " segment the change of Test 1 is +0.1 % instead of +605.8 %. See who that is, a"
                + " reseller, a test or a wrong unit, before you rely on the change.");
  }

  @Test
  void aRatioWithNothingToDivideBy() {
    PairsWorld world =
        new PairsWorld(port, 1, List.of(PairsWorld.ratio("paid", "visit", "count", "primary")));
    for (int i = 0; i < 200; i++) {
      String segment = i % 2 == 0 ? "control" : "test1";
      world.exposed(segment + i, segment);
      world.happened(segment + i, "paid", 5.0);
    }
    JsonNode analysis = world.analysed(folder);
    said(
        analysis,
        "keep_running",
        "too_few_people",
        "No. 200 people so far: too few to say anything. About 28 more days.");
    PairsWorld.isNoNumber(
        analysis.at("/statistics/comparisons/0"),
        "There is no “visit” in Control yet, so there is nothing to divide by.");
  }

  @Test
  void anIdThatIsUsedTwiceIsNoticed() {
    PairsWorld world = new PairsWorld(port, 1, List.of(SIGNED_UP));
    people(world, "control", 100, i -> i % 5 == 0);
    people(world, "test1", 100, i -> i % 5 == 0);
    world.send();
    world.sentAgain("somebody else");
    JsonNode analysis = world.analysed(folder);
    assertThat(check(analysis, "duplicates").get("detail").asString())
        .startsWith("1 event of the project that names no experiment (")
        .contains(") came with an id that another event has already,");
  }

  private static Map<String, Object> planned() {
    return Map.of("baseline", 0.2, "mde", 0.2);
  }

  private static void people(PairsWorld world, String segment, int number, IntPredicate signsUp) {
    for (int i = 0; i < number; i++) {
      world.exposed(segment + i, segment);
      if (signsUp.test(i)) {
        world.happened(segment + i, "sign_up", null);
      }
    }
  }

  private interface Value {
    double of(int person);
  }

  private static void values(PairsWorld world, String segment, Value value) {
    for (int i = 0; i < 300; i++) {
      world.exposed(segment + i, segment);
      world.happened(segment + i, "order", value.of(i));
    }
  }

  private static void said(JsonNode analysis, String decision, String rule, String sentence) {
    assertThat(analysis.at("/verdict/sentence").asString()).isEqualTo(sentence);
    assertThat(analysis.at("/verdict/decision").asString()).isEqualTo(decision);
    assertThat(analysis.at("/verdict/rule").asString()).isEqualTo(rule);
  }

  /// Nothing is wrong but that the plan is not filled yet, and that a test chooses segments itself.
  private static void sound(JsonNode analysis) {
    for (JsonNode check : analysis.get("checks")) {
      if (!List.of("sample_size", "assignment_mismatch").contains(check.get("id").asString())) {
        assertThat(check.get("status").asString()).as(check.toString()).isEqualTo("pass");
      }
    }
  }

  private static JsonNode check(JsonNode analysis, String id) {
    for (JsonNode check : analysis.get("checks")) {
      if (check.get("id").asString().equals(id)) {
        return check;
      }
    }
    throw new AssertionError("There is no check " + id);
  }

  private static int mismatches(JsonNode analysis) {
    String detail = check(analysis, "assignment_mismatch").get("detail").asString();
    return Integer.parseInt(detail.split(" ", 2)[0].replace(",", ""));
  }
}
