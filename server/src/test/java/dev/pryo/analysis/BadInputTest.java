package dev.pryo.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import dev.pryo.World;
import dev.pryo.receipt.VerifyCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// What cannot be computed is said in a sentence, and everything beside it is computed all the
/// same. From events to the analysis and its receipt, over HTTP.
@PryoTest
class BadInputTest {
  private static final int PEOPLE = 200;

  @LocalServerPort int port;
  @TempDir Path folder;

  private World world;
  private String id;
  private String key;

  /// Three goals and two tests: what is bad in one leaves the others alone.
  @BeforeEach
  void anExperimentOfThreeGoalsAndTwoTests() {
    world = World.create(port);
    activate(34, 33, 33);
  }

  private void activate(int control, int test1, int test2) {
    JsonNode experiment =
        world
            .owner()
            .post(
                "/api/experiments",
                Map.of(
                    "project_id",
                    world.project(),
                    "name",
                    "Three words",
                    "description",
                    "Which word is best?",
                    "start",
                    false,
                    "segments",
                    List.of(
                        segment("Control", control),
                        segment("Test 1", test1),
                        segment("Test 2", test2)),
                    "goals",
                    List.of(
                        Map.of("event", "purchase", "name", "Purchase", "kind", "conversion"),
                        Map.of("event", "balance", "name", "Balance", "kind", "sum"),
                        Map.of(
                            "event",
                            "help",
                            "name",
                            "Help",
                            "kind",
                            "conversion",
                            "role",
                            "guardrail",
                            "margin",
                            0.1))))
            .expect(201);
    id = experiment.get("id").asString();
    key = experiment.get("key").asString();
    world.owner().post(path("/activate"), Map.of("force", true)).expect(200);
  }

  private static Map<String, Object> segment(String name, int share) {
    return Map.of("name", name, "instructions", "say " + name, "traffic_percentage", share);
  }

  @Test
  void noDataAtAll() {
    JsonNode analysis = analysed();
    assertThat(analysis.at("/verdict/sentence").asString())
        .isEqualTo("Not yet. Nobody has been counted so far.");
    for (JsonNode comparison : analysis.at("/statistics/comparisons")) {
      isNoNumber(comparison, "Nobody has seen Control yet.");
    }
  }

  @Test
  void oneVisitor() {
    activate(50, 49, 1);
    healthy("control", 20);
    healthy("test1", 60);
    send("test2", 1, person -> 5.0, 1);
    JsonNode analysis = analysed();
    isNoNumber(
        of(analysis, "purchase", "test2"),
        "Only one person has seen Test 2: a comparison needs two.");
    isNoNumber(
        of(analysis, "balance", "test2"),
        "Only one person has seen Test 2: a comparison needs two.");
    isNoNumber(
        of(analysis, "help", "test2"), "Only one person has seen Test 2: a comparison needs two.");
    isAnalysed(of(analysis, "purchase", "test1"), 2);
    isAnalysed(of(analysis, "balance", "test1"), 0);
  }

  @Test
  void noConversionAtAll() {
    send("control", PEOPLE, BadInputTest::wavering, 0);
    send("test1", PEOPLE, BadInputTest::wavering, 0);
    send("test2", PEOPLE, BadInputTest::wavering, 30);
    JsonNode analysis = analysed();
    isNoNumber(of(analysis, "purchase", "test1"), "There is no “Purchase” yet in either segment.");
    JsonNode onlyThere = of(analysis, "purchase", "test2");
    assertThat(onlyThere.get("relative_lift").isNull()).isTrue();
    assertThat(onlyThere.get("difference").asDouble()).isEqualTo(0.15);
    assertThat(onlyThere.get("note").asString())
        .isEqualTo(
            "There is no change in percent, because the value of “Purchase” is zero in Control: read the difference instead.");
    isAnalysed(of(analysis, "balance", "test1"), 0);
  }

  @Test
  void aConstantMetric() {
    for (String segment : List.of("control", "test1", "test2")) {
      send(segment, PEOPLE, person -> 3.0, 20);
    }
    JsonNode analysis = analysed();
    for (String test : List.of("test1", "test2")) {
      isNoNumber(
          of(analysis, "balance", test),
          "Everybody in a segment has the same value of “Balance”: there is no chance in it to measure a change against.");
      isAnalysed(of(analysis, "purchase", test), 0);
    }
  }

  @Test
  void aNegativeBaselineRisesTowardsZero() {
    send("control", PEOPLE, person -> -10 + wavering(person) / 10, 20);
    send("test1", PEOPLE, person -> -5 + wavering(person) / 10, 20);
    send("test2", PEOPLE, person -> -15 + wavering(person) / 10, 20);
    JsonNode analysis = analysed();
    JsonNode risen = of(analysis, "balance", "test1");
    assertThat(risen.at("/control/mean").asDouble()).isCloseTo(-10, within(1e-12));
    assertThat(risen.get("relative_lift").asDouble()).isCloseTo(0.5, within(1e-12));
    assertThat(risen.at("/always_valid/interval/0").asDouble()).isBetween(0.4, 0.5);
    assertThat(risen.at("/always_valid/interval/1").asDouble()).isBetween(0.5, 0.6);
    assertThat(risen.at("/bayesian/chance_to_win").asDouble()).isGreaterThan(0.999);
    assertThat(risen.get("call").asString()).isEqualTo("better");
    JsonNode fallen = of(analysis, "balance", "test2");
    assertThat(fallen.get("relative_lift").asDouble()).isCloseTo(-0.5, within(1e-12));
    assertThat(fallen.get("call").asString()).isEqualTo("worse");
  }

  @Test
  void aDenominatorOfZero() {
    send("control", PEOPLE, BadInputTest::wavering, 20);
    send("test1", PEOPLE, person -> 3 + wavering(person), 20);
    send("test2", PEOPLE, BadInputTest::wavering, 60);
    JsonNode analysis = analysed();
    JsonNode balance = of(analysis, "balance", "test1");
    assertThat(balance.at("/control/mean").asDouble()).isZero();
    assertThat(balance.get("relative_lift").isNull()).isTrue();
    assertThat(balance.at("/always_valid/interval").isNull()).isTrue();
    assertThat(balance.get("bayesian").isNull()).isTrue();
    assertThat(balance.get("difference").asDouble()).isCloseTo(3, within(1e-12));
    assertThat(balance.at("/always_valid/p_value").asDouble()).isBetween(0.0, 0.01);
    assertThat(balance.get("note").asString())
        .isEqualTo(
            "There is no change in percent, because the value of “Balance” is zero in Control: read the difference instead.");
    isAnalysed(of(analysis, "purchase", "test2"), 2);
  }

  @Test
  void valuesTooLargeToBeAddedUp() {
    send("control", PEOPLE, BadInputTest::wavering, 20);
    send("test1", PEOPLE, person -> person == 7 ? 1e308 : 1e-300, 20);
    send("test2", PEOPLE, BadInputTest::wavering, 20);
    JsonNode analysis = analysed();
    isNoNumber(
        of(analysis, "balance", "test1"),
        "The values of “Balance” are too large to be added up: check what the site sends as value.");
    isAnalysed(of(analysis, "purchase", "test1"), 0);
    assertThat(of(analysis, "balance", "test2").get("difference").asDouble()).isZero();
  }

  /// Sums to zero over any even number of people.
  private static double wavering(int person) {
    return person % 2 == 0 ? 3 : -3;
  }

  private void healthy(String segment, int buyers) {
    send(segment, PEOPLE, person -> 20 + wavering(person), buyers);
  }

  /// People of one segment, each with a balance, of whom the first so many buy and a quarter asks
  /// for help.
  private void send(String segment, int people, IntFunction<Double> balance, int buyers) {
    List<Map<String, Object>> events = new ArrayList<>();
    for (int person = 0; person < people; person++) {
      String user = segment + "-" + person;
      Map<String, Object> exposure = event(user, "$exposure", null);
      exposure.put("experiment", key);
      exposure.put("segment", segment);
      events.add(exposure);
      events.add(event(user, "balance", balance.apply(person)));
      if (person < buyers) {
        events.add(event(user, "purchase", null));
      }
      if (person % 4 == 0) {
        events.add(event(user, "help", null));
      }
    }
    JsonNode answer =
        Api.anonymous(port)
            .post("/api/events?key=" + world.writeKey(), Map.of("events", events))
            .expect(200);
    assertThat(answer.get("accepted").asInt()).isEqualTo(events.size());
  }

  private static Map<String, Object> event(String user, String name, @Nullable Double value) {
    Map<String, Object> event = new HashMap<>();
    event.put("id", user + "-" + name);
    event.put("user_id", user);
    event.put("event", name);
    if (value != null) {
      event.put("value", value);
    }
    return event;
  }

  /// Whatever came in, the answer is 200, holds no NaN or infinity, and its receipt verifies.
  private JsonNode analysed() {
    Api.Answer answer = world.owner().post(path("/analyse"), null);
    JsonNode analysis = answer.expect(200);
    assertThat(answer.text()).doesNotContain("NaN", "Infinity");
    assertThat(analysis.at("/statistics/comparisons").size()).isEqualTo(6);
    Api.Answer receipt = world.owner().get(path("/receipt"));
    receipt.expect(200);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(said, true, StandardCharsets.UTF_8);
    try {
      Path file = Files.writeString(folder.resolve("receipt.json"), receipt.text());
      assertThat(VerifyCommand.run(List.of(file.toString()), print, print))
          .as(said.toString(StandardCharsets.UTF_8))
          .isZero();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return analysis;
  }

  private static JsonNode of(JsonNode analysis, String goal, String segment) {
    for (JsonNode comparison : analysis.at("/statistics/comparisons")) {
      if (comparison.get("goal").asString().equals(goal)
          && comparison.get("segment").asString().equals(segment)) {
        return comparison;
      }
    }
    throw new AssertionError("There is no " + goal + " of " + segment);
  }

  private static void isNoNumber(JsonNode comparison, String note) {
    for (String number :
        List.of("relative_lift", "difference", "interval", "p_value", "bayesian")) {
      assertThat(comparison.get(number).isNull()).as(number + " of " + comparison).isTrue();
    }
    assertThat(comparison.at("/always_valid/interval").isNull()).isTrue();
    assertThat(comparison.get("significant").asBoolean()).isFalse();
    assertThat(comparison.get("call").asString()).isEqualTo("no_data");
    assertThat(comparison.get("note").asString()).isEqualTo(note);
  }

  private static void isAnalysed(JsonNode comparison, double lift) {
    assertThat(comparison.get("relative_lift").asDouble()).isCloseTo(lift, within(1e-12));
    assertThat(comparison.at("/always_valid/p_value").asDouble()).isBetween(0.0, 1.0);
    assertThat(comparison.get("p_value").asDouble()).isBetween(0.0, 1.0);
  }

  private String path(String rest) {
    return "/api/experiments/" + id + rest;
  }
}
