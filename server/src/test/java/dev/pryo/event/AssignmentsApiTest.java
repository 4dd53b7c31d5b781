package dev.pryo.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import dev.pryo.experiment.Bucketing;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

@PryoTest
class AssignmentsApiTest {
  @LocalServerPort int port;
  @Autowired ApplicationContext server;

  @Test
  void aClientGetsWholeNumbersForTheActiveExperiments() {
    EventWorld world = new EventWorld(server, port);
    EventWorld.Made active = world.experiment("running", 25);
    world.status(world.experiment("over"), "finished");
    JsonNode experiments = get(world).expect(200).get("experiments");
    assertThat(experiments.size()).isEqualTo(1);
    JsonNode running = experiments.get(0);
    assertThat(running.propertyNames())
        .containsExactlyInAnyOrder("key", "id", "status", "seed", "exposure_bound", "segments");
    assertThat(running.get("key").asString()).isEqualTo("running");
    assertThat(running.get("id").asString()).isEqualTo(active.id().toString());
    assertThat(running.get("status").asString()).isEqualTo("active");
    assertThat(running.get("seed").asString()).hasSize(16);
    assertThat(running.get("exposure_bound").asLong())
        .isEqualTo(Bucketing.exposureBound(BigDecimal.valueOf(25)));
    assertThat(running.get("segments").toString())
        .isEqualTo(
            """
            [{"key":"control","weight":50,"until":2147483648},{"key":"test1","weight":50,"until":4294967296}]\
            """);
  }

  @Test
  void anUnchangedAnswerIsNotSentAgain() {
    EventWorld world = new EventWorld(server, port);
    world.experiment("running");
    Api.Answer first = get(world);
    assertThat(first.header("Cache-Control")).contains("max-age=30");
    String etag = String.valueOf(first.header("ETag"));
    Api.Answer again = get(world, "If-None-Match", etag);
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.text()).isEmpty();
    assertThat(again.header("ETag")).isEqualTo(etag);
    assertThat(again.header("Cache-Control")).contains("max-age=30");
    assertThat(get(world, "If-None-Match", "\"something else\"").status()).isEqualTo(200);
    assertThat(get(world, "If-None-Match", "\"a\", W/" + etag).status()).isEqualTo(304);
  }

  @Test
  void pauseAndResumeAreSeenAtOnce() {
    EventWorld world = new EventWorld(server, port);
    String id = world.experiment("running").id().toString();
    assertThat(get(world).expect(200).get("experiments").size()).isEqualTo(1);
    world.api.post("/api/experiments/" + id + "/pause", null).expect(200);
    assertThat(get(world).expect(200).get("experiments").size()).isZero();
    world.api.post("/api/experiments/" + id + "/resume", null).expect(200);
    assertThat(get(world).expect(200).get("experiments").size()).isEqualTo(1);
    world.api.post("/api/experiments/" + id + "/finish", null).expect(202);
    assertThat(get(world).expect(200).get("experiments").size()).isZero();
  }

  @Test
  void aLargerShareIsSeenAtOnceByRulesAndIngest() {
    EventWorld world = new EventWorld(server, port);
    String id = world.experiment("running", 0).id().toString();
    assertThat(get(world).expect(200).at("/experiments/0/exposure_bound").asLong()).isZero();
    Map<String, Object> event =
        Map.of("id", "a", "user_id", "u", "event", "$exposure", "experiment", "running");
    world.send(event).expect(200);
    world.api.patch("/api/experiments/" + id, Map.of("exposure_percentage", 100)).expect(200);
    assertThat(get(world).expect(200).at("/experiments/0/exposure_bound").asLong())
        .isEqualTo(1L << 32);
    world.send(List.of(event, again(event, "b"))).expect(200);
    assertThat(
            world.count(
                "select count(*) from event where project_no = :project and segment_no is not null"))
        .isEqualTo(1);
  }

  private static Map<String, Object> again(Map<String, Object> event, String id) {
    Map<String, Object> other = new HashMap<>(event);
    other.put("id", id);
    return other;
  }

  @Test
  void anUnknownKeyIs404() {
    for (String key : List.of("nope", "pk_" + "0".repeat(32))) {
      Api.anonymous(port).get("/api/assignments/" + key).expect(404);
    }
  }

  /// The two routes that pages call pass the other filters by; nobody shall see it by the answer.
  @Test
  void theShortWayAnswersLikeTheLongOne() {
    EventWorld world = new EventWorld(server, port);
    world.experiment("running");
    String key = world.project.writeKey();
    Api anyone = Api.anonymous(port);
    for (String origin : new String[] {"https://any.example", "null"}) {
      Api.Answer near = anyone.send("GET", "/api/assignments/" + key, null, "Origin", origin);
      Api.Answer far =
          anyone.send("GET", "/api/assignments/%70" + key.substring(1), null, "Origin", origin);
      assertThat(near.expect(200)).isEqualTo(far.expect(200));
      for (String header :
          new String[] {
            "Access-Control-Allow-Origin",
            "Access-Control-Expose-Headers",
            "Cache-Control",
            "Content-Security-Policy",
            "Content-Type",
            "ETag",
            "X-Content-Type-Options",
            "X-Frame-Options"
          }) {
        assertThat(near.header(header)).as(header).isEqualTo(far.header(header)).isNotNull();
      }
    }
    Api.Answer refused = anyone.send("POST", "/api/events", "[]", "Origin", "https://any.example");
    refused.expect(401);
    assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
  }

  private Api.Answer get(EventWorld world, String... headers) {
    return Api.anonymous(port)
        .send("GET", "/api/assignments/" + world.project.writeKey(), null, headers);
  }
}
