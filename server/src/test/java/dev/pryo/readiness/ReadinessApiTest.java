package dev.pryo.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import dev.pryo.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@PryoTest
class ReadinessApiTest {
  @LocalServerPort int port;
  private World world;
  private int sent;

  @BeforeEach
  void fresh() {
    world = World.create(port);
  }

  @Test
  void whatIsMissingIsNamedWithItsMend() {
    JsonNode readiness = read();
    assertThat(readiness.get("ready").asBoolean()).isFalse();
    assertThat(ids(readiness))
        .containsExactly(
            "merged", "client_seen", "exposure:control", "exposure:test1", "goal:sign_up");
    readiness
        .get("items")
        .forEach(item -> {
          assertThat(item.get("status").asString()).isEqualTo("fail");
          assertThat(item.get("detail").asString()).isNotEmpty();
          assertThat(item.get("mend").asString()).endsWith(".");
        });
    assertThat(item(readiness, "exposure:test1").get("segment").asString()).isEqualTo("test1");
    assertThat(item(readiness, "goal:sign_up").get("event").asString()).isEqualTo("sign_up");
  }

  @Test
  void eachPreviewTicksItsItem() {
    send(preview("$exposure", "control"));
    JsonNode first = read();
    assertThat(status(first, "client_seen")).isEqualTo("pass");
    assertThat(status(first, "exposure:control")).isEqualTo("pass");
    assertThat(item(first, "exposure:control").get("seen_at").isNull()).isFalse();
    assertThat(item(first, "exposure:control").get("mend").isNull()).isTrue();
    assertThat(status(first, "exposure:test1")).isEqualTo("fail");
    assertThat(status(first, "goal:sign_up")).isEqualTo("fail");
    send(preview("$exposure", "test1"), preview("sign_up", null));
    JsonNode second = read();
    assertThat(status(second, "exposure:test1")).isEqualTo("pass");
    assertThat(status(second, "goal:sign_up")).isEqualTo("pass");
    assertThat(second.get("ready").asBoolean()).as("it is not merged").isFalse();
  }

  @Test
  void aGoalThatNamesTheExperimentCountsAsSeenToo() {
    send(preview("sign_up", "test1"));
    assertThat(status(read(), "goal:sign_up")).isEqualTo("pass");
  }

  @Test
  void whatVisitorsSendIsNoPreview() {
    send(live("$exposure", "control"), live("sign_up", null));
    JsonNode readiness = read();
    assertThat(status(readiness, "client_seen")).isEqualTo("pass");
    assertThat(status(readiness, "exposure:control")).isEqualTo("fail");
    assertThat(status(readiness, "goal:sign_up")).isEqualTo("warn");
  }

  @Test
  void theMergeIsSeenAndThenAllIsReady() {
    world.owner().post(path("/implement"), null).expect(202);
    for (int i = 0; i < 3_000 && !status().equals("awaiting_merge"); i++) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    assertThat(item(read(), "merged").get("detail").asString()).contains("not merged");
    world.owner().post(path("/merge"), null).expect(200);
    send(preview("$exposure", "control"), preview("$exposure", "test1"), preview("sign_up", null));
    JsonNode readiness = read();
    assertThat(status(readiness, "merged")).isEqualTo("pass");
    assertThat(readiness.get("ready").asBoolean()).isTrue();
  }

  @Test
  void aStartByForceIsSaidButHindersNothing() {
    world.owner().post(path("/activate"), Map.of("force", true)).expect(200);
    assertThat(status(read(), "merged")).isEqualTo("warn");
  }

  @Test
  void previewsOfAnotherExperimentTickNothing() {
    String other =
        world
            .owner()
            .post("/api/experiments", World.experiment(world.project(), "Another"))
            .expect(201)
            .get("id")
            .asString();
    Map<String, Object> event = preview("$exposure", "control");
    event.put("experiment", other);
    send(event);
    assertThat(status(read(), "exposure:control")).isEqualTo("fail");
    Api.signedUp(port).get(path("/readiness")).expect(404);
  }

  private String status() {
    return world.owner().get(path("/status")).expect(200).get("status").asString();
  }

  private JsonNode read() {
    return world.owner().get(path("/readiness")).expect(200);
  }

  private static List<String> ids(JsonNode readiness) {
    return StreamSupport.stream(readiness.get("items").spliterator(), false)
        .map(item -> item.get("id").asString())
        .toList();
  }

  private static JsonNode item(JsonNode readiness, String id) {
    return StreamSupport.stream(readiness.get("items").spliterator(), false)
        .filter(item -> item.get("id").asString().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static String status(JsonNode readiness, String id) {
    return item(readiness, id).get("status").asString();
  }

  private Map<String, Object> preview(String name, @Nullable String segment) {
    Map<String, Object> event = live(name, segment);
    event.put("preview", true);
    return event;
  }

  private Map<String, Object> live(String name, @Nullable String segment) {
    Map<String, Object> event =
        new HashMap<>(Map.of("id", "e" + sent++, "user_id", "me", "event", name));
    if (segment != null) {
      event.put("experiment", world.experiment());
      event.put("segment", segment);
    }
    return event;
  }

  @SafeVarargs
  private void send(Map<String, Object>... events) {
    assertThat(
            Api.anonymous(port)
                .post("/api/events?key=" + world.writeKey(), List.of(events))
                .expect(200)
                .get("rejected"))
        .isEmpty();
  }

  private String path(String rest) {
    return "/api/experiments/" + world.experiment() + rest;
  }
}
