package dev.pryo.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.PryoTest;
import dev.pryo.World;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// Numbers that no type of ours can hold are named by their field, wherever they stand.
@PryoTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NumbersTest {
  @LocalServerPort int port;
  private World world;

  @BeforeAll
  void anExperiment() {
    world = World.create(port);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"seed": 1180591620717411303424} | seed
          {"seed": -9223372036854775809} | seed
          {"seed": 1e30} | seed
          {"events": 2147483648} | events
          {"events": 1180591620717411303424} | events
          {"effect": {"test1": 1e999}} | effect.test1
          {"effect": {"test1": -1e400}} | effect.test1
          """)
  void ofASimulation(String body, String field) {
    named("POST", "/api/experiments/" + world.experiment() + "/simulate", body, field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"plan": {"max_days": 1180591620717411303424}} | plan.max_days
          {"plan": {"baseline": 1e999}} | plan.baseline
          {"plan": {"mde": -1e999}} | plan.mde
          {"exposure_percentage": 1e999999999} | exposure_percentage
          {"exposure_percentage": 1e99999999999} | exposure_percentage
          {"exposure_percentage": 1e-99999999999} | exposure_percentage
          {"goals": [{"event": "a", "kind": "count", "window_hours": 3000000000}]} | goals[0].window_hours
          {"goals": [{"event": "a", "kind": "count"}, {"event": "b", "kind": "count", "window_hours": -1180591620717411303424}]} | goals[1].window_hours
          {"segments": [{"name": "Control", "traffic_percentage": 1e999999999}, {"name": "B", "traffic_percentage": 50}]} | segments[0].traffic_percentage
          """)
  void ofAnExperiment(String body, String field) {
    named("PATCH", "/api/experiments/" + world.experiment(), body, field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"retention_days": 1180591620717411303424} | retention_days
          {"monthly_budget_usd": 1e999999999} | monthly_budget_usd
          {"monthly_budget_usd": 1e99999999999} | monthly_budget_usd
          """)
  void ofAProject(String body, String field) {
    named("PATCH", "/api/projects/" + world.project(), body, field);
  }

  @ParameterizedTest
  @CsvSource({"limit=99999999999999999999, limit", "limit=1e3, limit"})
  void ofAnAddress(String query, String field) {
    named("GET", "/api/experiments/" + world.experiment() + "/events?" + query, null, field);
  }

  private void named(String method, String path, @Nullable String body, String field) {
    JsonNode problem = world.owner().send(method, path, body).expect(422);
    assertThat(problem.at("/errors/0/field").asString()).isEqualTo(field);
    assertThat(problem.get("detail").asString()).contains(field).endsWith(".");
  }

  @Test
  void aThousandDigitsAreReadAndNamedAndMoreAreNotRead() {
    String path = "/api/experiments/" + world.experiment() + "/simulate";
    named("POST", path, "{\"seed\": " + "9".repeat(1_000) + "}", "seed");
    for (int digits : new int[] {1_001, 500_000}) {
      JsonNode problem =
          world.owner().send("POST", path, "{\"seed\": " + "9".repeat(digits) + "}").expect(400);
      assertThat(problem.get("detail").asString()).contains("1000");
    }
  }
}
