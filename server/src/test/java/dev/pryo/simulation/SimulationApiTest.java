package dev.pryo.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import dev.pryo.World;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@PryoTest
class SimulationApiTest {
  @LocalServerPort int port;
  private World world;

  @BeforeEach
  void fresh() {
    world = World.create(port);
  }

  @Test
  void aHundredAndTwentyEventsAreSentMarkedAndAnalysed() {
    JsonNode run = simulate(Map.of());
    assertThat(run.propertyNames())
        .containsExactlyInAnyOrder(
            "sent", "event_ids_used", "segments", "analysis_done", "simulated");
    assertThat(run.get("sent").asInt()).isEqualTo(120);
    assertThat(run.get("simulated").asBoolean()).isTrue();
    assertThat(run.get("analysis_done").asBoolean()).isTrue();
    List<JsonNode> events = events("?limit=1000");
    assertThat(events).hasSize(120).allMatch(event -> event.get("simulated").asBoolean());
    assertThat(ids(events)).isEqualTo(strings(run.get("event_ids_used")));
    Instant week = Instant.now().minus(Duration.ofDays(7));
    List<Instant> times =
        events.stream().map(e -> Instant.parse(e.get("timestamp").asString())).toList();
    assertThat(times).allMatch(at -> at.isAfter(week) && !at.isAfter(Instant.now()));
    assertThat(times).anyMatch(at -> at.isBefore(week.plus(Duration.ofDays(2))));
    long visitors =
        events.stream().filter(e -> e.get("event").asString().equals("$exposure")).count();
    assertThat(run.at("/segments/control").asLong() + run.at("/segments/test1").asLong())
        .isEqualTo(visitors)
        .isEqualTo(events.stream().map(e -> e.get("user_id").asString()).distinct().count());
  }

  @Test
  void theSameSeedGivesTheSameVisitorsAndReplacesTheRunBefore() {
    JsonNode first = simulate(Map.of("events", 300, "seed", 7));
    JsonNode again = simulate(Map.of("events", 300, "seed", 7));
    assertThat(again.get("segments")).isEqualTo(first.get("segments"));
    assertThat(again.get("event_ids_used")).isEqualTo(first.get("event_ids_used"));
    assertThat(events("?limit=1000")).hasSize(300);
    JsonNode other = simulate(Map.of("events", 50, "seed", 8));
    assertThat(strings(other.get("event_ids_used")))
        .doesNotContainAnyElementsOf(strings(first.get("event_ids_used")));
    assertThat(events("?limit=1000")).hasSize(50);
  }

  @Test
  void anEffectIsSeenInTheAnalysisAndTheStageStays() {
    simulate(Map.of("events", 10_000, "seed", 1, "effect", Map.of("test1", 1.0)));
    JsonNode analysis = world.owner().get(path("/analysis?source=simulated")).expect(200);
    assertThat(analysis.at("/source").asString()).isEqualTo("simulated");
    JsonNode comparison = analysis.at("/statistics/comparisons/0");
    assertThat(comparison.get("relative_lift").asDouble()).isBetween(0.7, 1.3);
    assertThat(comparison.at("/control/mean").asDouble()).isBetween(0.08, 0.12);
    JsonNode experiment = world.owner().get(path("")).expect(200);
    assertThat(experiment.get("status").asString()).isEqualTo("draft");
  }

  @Test
  void whatIsSimulatedPassesTheFilterOfItsGoal() {
    Map<String, Object> upgrades =
        Map.of(
            "event",
            "upgrade",
            "kind",
            "conversion",
            "filter",
            List.of(
                Map.of("property", "plan", "op", "eq", "value", "pro"),
                Map.of("property", "seats", "op", "gt", "value", 4)));
    world.owner().patch(path(""), Map.of("goals", List.of(upgrades))).expect(200);
    simulate(Map.of("events", 2_000, "seed", 1));
    JsonNode analysis = world.owner().get(path("/analysis?source=simulated")).expect(200);
    assertThat(analysis.at("/statistics/comparisons/0/control/mean").asDouble())
        .isBetween(0.05, 0.2);
  }

  /// Visitors fall into segments anew in each run: the bounds are five standard errors.
  @Test
  void ratiosAreSimulatedOnBothSidesAndHistoryHasNothingToSay() {
    Map<String, Object> perOrder =
        Map.of(
            "event",
            "paid",
            "kind",
            "ratio",
            "denominator",
            Map.of("event", "order", "kind", "count"));
    Map<String, Object> ownAverage =
        Map.of(
            "event",
            "paid",
            "kind",
            "ratio",
            "denominator",
            Map.of("event", "paid", "kind", "count"));
    Map<String, Object> spent = Map.of("event", "spent", "kind", "sum", "use_history", true);
    world
        .owner()
        .patch(path(""), Map.of("goals", List.of(ownAverage, perOrder, spent)))
        .expect(200);
    simulate(Map.of("events", 10_000, "seed", 1, "effect", Map.of("test1", 1.0)));
    JsonNode analysis = world.owner().get(path("/analysis?source=simulated")).expect(200);
    for (int goal = 0; goal < 2; goal++) {
      JsonNode comparison = analysis.at("/statistics/comparisons/" + goal);
      assertThat(comparison.get("estimator").asString()).isEqualTo("ratio");
      double lower = comparison.at("/interval/0").asDouble();
      double five = 5 * (comparison.at("/interval/1").asDouble() - lower) / 3.92;
      assertThat(comparison.get("relative_lift").asDouble()).isBetween(1 - five, 1 + five);
      assertThat(lower).isPositive();
    }
    assertThat(analysis.at("/statistics/comparisons/2/estimator").asString()).isEqualTo("mean");
    assertThat(analysis.at("/statistics/comparisons/2/relative_lift").isNumber()).isTrue();
  }

  @Test
  void simulatedEventsNeverEnterALiveAnalysis() {
    simulate(Map.of("events", 500));
    world.owner().post(path("/activate"), Map.of("force", true)).expect(200);
    simulate(Map.of("events", 500));
    JsonNode analysis = world.owner().post(path("/analyse"), Map.of()).expect(200);
    assertThat(analysis.at("/source").asString()).isEqualTo("live");
    assertThat(analysis.at("/progress/exposed").asLong()).isZero();
  }

  @Test
  void wrongWishesNameTheField() {
    for (Map.Entry<String, Object> wish :
        Map.<String, Object>of(
                "{\"events\": 0}", "events",
                "{\"events\": 10001}", "events",
                "{\"events\": \"many\"}", "events",
                "{\"effect\": {\"test9\": 0.1}}", "effect.test9",
                "{\"effect\": {\"test1\": -2}}", "effect.test1",
                "{\"effect\": {\"test1\": null}}", "effect.test1")
            .entrySet()) {
      JsonNode problem = world.owner().post(path("/simulate"), wish.getKey()).expect(422);
      assertThat(problem.at("/errors/0/field").asString()).isEqualTo(wish.getValue());
    }
  }

  @Test
  void somebodyElseMayNot() {
    Api.signedUp(port).post(path("/simulate"), Map.of()).expect(404);
  }

  private JsonNode simulate(Map<String, Object> wish) {
    return world.owner().post(path("/simulate"), wish).expect(200);
  }

  private List<JsonNode> events(String query) {
    return list(world.owner().get(path("/events" + query)).expect(200).get("items"));
  }

  private static Set<String> ids(List<JsonNode> events) {
    Set<String> ids = new HashSet<>();
    events.forEach(event -> ids.add(event.get("id").asString()));
    return ids;
  }

  private static Set<String> strings(JsonNode array) {
    Set<String> texts = new HashSet<>();
    array.forEach(text -> texts.add(text.asString()));
    return texts;
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private String path(String more) {
    return "/api/experiments/" + world.experiment() + more;
  }
}
