package dev.pryo.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import dev.pryo.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// Goals that differ in nothing but their filter: orders on phones, and orders on desktops.
@PryoTest
class TwinGoalsTest {
  private static final int PEOPLE = 200;

  @LocalServerPort int port;
  private World world;

  @BeforeEach
  void aProject() {
    world = World.create(port);
  }

  /// On phones more than four times as many order with the test segment, on desktops as many as
  /// with the control.
  @Test
  void eachHasNumbersFactsAndPicturesOfItsOwn() {
    String id = made(orders("phone", null), orders("desktop", null)).get("id").asString();
    world.owner().post(path(id, "/activate"), Map.of("force", true)).expect(200);
    send(id, "control", 20, 10);
    send(id, "test1", 90, 10);
    assertTwins(analyse(id));
    // the next look starts from what each of them has reached, not from the other's
    send(id, "test1", 91, 10);
    JsonNode analysis = analyse(id);
    assertThat(analysis.at("/statistics/comparisons/1/always_valid/p_value").asDouble())
        .isEqualTo(1);
    List<String> plots = new ArrayList<>();
    JsonNode series = world.owner().get(path(id, "/analysis/series")).expect(200);
    series.get("plots").forEach(plot -> plots.add(plot.get("id").asString()));
    assertThat(plots)
        .doesNotHaveDuplicates()
        .contains(
            "cumulative.order.device.eq.phone",
            "lift_over_time.order.conversion.device.eq.phone",
            "lift_over_time.order.conversion.device.eq.desktop");
  }

  private static void assertTwins(JsonNode analysis) {
    JsonNode phone = analysis.at("/statistics/comparisons/0");
    JsonNode desktop = analysis.at("/statistics/comparisons/1");
    assertThat(phone.get("goal").asString()).isEqualTo("order");
    assertThat(phone.get("goal_name").asString()).isEqualTo("order where device is phone");
    assertThat(phone.at("/filter/0/value").asString()).isEqualTo("phone");
    assertThat(phone.at("/control/mean").asDouble()).isEqualTo(0.1);
    assertThat(phone.at("/test/mean").asDouble()).isEqualTo(0.45);
    assertThat(phone.get("significant").asBoolean()).isTrue();
    assertThat(desktop.get("goal_name").asString()).isEqualTo("order where device is desktop");
    assertThat(desktop.at("/control/mean").asDouble()).isEqualTo(0.05);
    assertThat(desktop.at("/test/mean").asDouble()).isEqualTo(0.05);
    assertThat(desktop.get("significant").asBoolean()).isFalse();
    Map<String, Double> facts = new HashMap<>();
    analysis
        .get("facts")
        .forEach(fact ->
            assertThat(facts.put(fact.get("id").asString(), fact.get("value").asDouble()))
                .isNull());
    assertThat(facts)
        .containsEntry("value.order.conversion.device.eq.phone.test1", 0.45)
        .containsEntry("value.order.conversion.device.eq.desktop.test1", 0.05);
    JsonNode raw = analysis.at("/raw_data/segments/1/events");
    assertThat(raw.at("/order where device is phone/users").asInt()).isEqualTo(90);
    assertThat(raw.at("/order where device is desktop/users").asInt()).isEqualTo(10);
  }

  @Test
  void theSameFilterTwiceOrOneNameForBothIsRefused() {
    List<Map<String, Object>> conditions =
        List.of(condition("device", "phone"), condition("country", "DE"));
    assertThat(
            refused(
                orders(conditions, "Orders", "primary"),
                orders(conditions.reversed(), "Orders again", "secondary")))
        .isEqualTo("goals[1].event");
    assertThat(refused(orders("phone", "Orders"), orders("desktop", "Orders")))
        .isEqualTo("goals[1].name");
    JsonNode one = made(orders("phone", "Orders"), orders("desktop", "Orders on desktops"));
    assertThat(one.at("/goals/1/name").asString()).isEqualTo("Orders on desktops");
  }

  @Test
  void aSimulationSendsEventsForBoth() {
    String id = made(orders("phone", null), orders("desktop", null)).get("id").asString();
    world.owner().post(path(id, "/simulate"), Map.of("events", 400, "seed", 3)).expect(200);
    JsonNode analysis = world.owner().get(path(id, "/analysis?source=simulated")).expect(200);
    for (int goal = 0; goal < 2; goal++) {
      assertThat(analysis.at("/statistics/comparisons/%d/control/mean".formatted(goal)).asDouble())
          .isGreaterThan(0);
    }
  }

  private static Map<String, Object> orders(String device, @Nullable String name) {
    return orders(
        List.of(condition("device", device)),
        name,
        device.equals("phone") ? "primary" : "secondary");
  }

  private static Map<String, Object> orders(
      List<Map<String, Object>> filter, @Nullable String name, String role) {
    Map<String, Object> goal = new HashMap<>();
    goal.put("event", "order");
    goal.put("kind", "conversion");
    goal.put("role", role);
    goal.put("filter", filter);
    if (name != null) {
      goal.put("name", name);
    }
    return goal;
  }

  private static Map<String, Object> condition(String property, String value) {
    return Map.of("property", property, "op", "eq", "value", value);
  }

  private Map<String, Object> asked(List<Map<String, Object>> goals) {
    Map<String, Object> asked = new HashMap<>(World.experiment(world.project(), "Order button"));
    asked.put("goals", goals);
    return asked;
  }

  @SafeVarargs
  private JsonNode made(Map<String, Object>... goals) {
    return world.owner().post("/api/experiments", asked(List.of(goals))).expect(201);
  }

  @SafeVarargs
  private String refused(Map<String, Object>... goals) {
    JsonNode problem = world.owner().post("/api/experiments", asked(List.of(goals))).expect(422);
    assertThat(problem.get("errors").size()).isEqualTo(1);
    return problem.at("/errors/0/field").asString();
  }

  /// So many people of the segment, of whom the first order on a phone and the last on a desktop.
  private void send(String experiment, String segment, int phones, int desktops) {
    List<Map<String, Object>> events = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      Map<String, Object> exposure = event(segment, i, "$exposure");
      exposure.put("experiment", experiment);
      exposure.put("segment", segment);
      events.add(exposure);
      if (i < phones || i >= PEOPLE - desktops) {
        Map<String, Object> order = event(segment, i, "order");
        order.put("properties", Map.of("device", i < phones ? "phone" : "desktop"));
        events.add(order);
      }
    }
    Api.anonymous(port).post("/api/events?key=" + world.writeKey(), events).expect(200);
  }

  private static Map<String, Object> event(String segment, int person, String name) {
    Map<String, Object> event = new HashMap<>();
    event.put("id", "%s-%d-%s".formatted(segment, person, name));
    event.put("user_id", "%s-%d".formatted(segment, person));
    event.put("event", name);
    return event;
  }

  private JsonNode analyse(String experiment) {
    return world.owner().post(path(experiment, "/analyse"), null).expect(200);
  }

  private static String path(String experiment, String rest) {
    return "/api/experiments/" + experiment + rest;
  }
}
