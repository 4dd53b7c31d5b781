package dev.pryo.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import dev.pryo.World;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// Why somebody counts or not, and how one is forgotten.
@PryoTest
class VisitorsApiTest {
  @LocalServerPort int port;
  private World world;
  private int sent;

  @BeforeEach
  void fresh() {
    world = World.create(port);
  }

  @Test
  void whoWasSeenAndReachedTheGoalCounts() {
    activate();
    send(exposure("u", "test1"), event("u", "sign_up"), event("u", "page_view"));
    JsonNode visitor = read("u");
    assertThat(visitor.get("counts").asBoolean()).isTrue();
    assertThat(visitor.get("segment").asString()).isEqualTo("test1");
    assertThat(visitor.get("reasons")).isEmpty();
    assertThat(visitor.at("/bucketing/takes_part").asBoolean()).isTrue();
    assertThat(visitor.at("/goals/0/event").asString()).isEqualTo("sign_up");
    assertThat(visitor.at("/goals/0/events").asInt()).isEqualTo(1);
    assertThat(visitor.at("/goals/0/mature").asBoolean()).isTrue();
    assertThat(whys(visitor)).containsExactly("no_goal", "counts", "counts");
    assertThat(visitor.get("complete").asBoolean()).isTrue();
  }

  @Test
  void eachReasonNotToCountIsSaid() {
    send(exposure("early", "control"));
    assertThat(reasons(read("early"))).containsExactly("not_started");
    activate();
    assertThat(reasons(read("early"))).containsExactly("before_start");
    send(
        with(exposure("previewer", "test1"), "preview", true),
        exposure("both", "control"),
        exposure("both", "test1"),
        event("both", "sign_up"),
        event("stranger", "sign_up"));
    send("Googlebot/2.1", exposure("crawler", "control"));
    assertThat(reasons(read("previewer"))).containsExactly("preview");
    assertThat(reasons(read("both"))).containsExactly("two_segments");
    assertThat(whys(read("both"))).containsOnly("two_segments");
    assertThat(reasons(read("stranger"))).containsExactly("not_exposed");
    assertThat(reasons(read("crawler"))).containsExactly("bot");
    assertThat(reasons(read("nobody"))).containsExactly("never_seen");
    world.owner().post(path("/pause"), null).expect(200);
    send(exposure("latecomer", "control"));
    assertThat(reasons(read("latecomer"))).containsExactly("after_end");
    world.owner().post(path("/resume"), null).expect(200);
    assertThat(reasons(read("latecomer"))).containsExactly("in_a_pause");
    world.owner().post(path("/simulate"), Map.of("events", 20)).expect(200);
    String simulated =
        world
            .owner()
            .get(path("/events?simulated=true"))
            .expect(200)
            .at("/items/0/user_id")
            .asString();
    assertThat(reasons(read(simulated))).containsExactly("simulated");
  }

  @Test
  void whoIsOutsideOfTheShareTakesNoPart() {
    world.owner().patch(path(""), Map.of("exposure_percentage", 0.0001)).expect(200);
    activate();
    Map<String, Object> outside = exposure("somebody", "control");
    outside.remove("segment");
    send(outside);
    JsonNode visitor = read("somebody");
    assertThat(visitor.at("/bucketing/takes_part").asBoolean()).isFalse();
    assertThat(reasons(visitor)).containsExactly("outside_the_experiment");
  }

  @Test
  void whatComesLateCountsAndIsMarked() {
    activate();
    String before = Instant.now().minus(2, ChronoUnit.HOURS).toString();
    send(exposure("u", "control"), with(event("u", "sign_up"), "timestamp", before));
    JsonNode events = read("u").get("events");
    assertThat(events.get(1).get("late").asBoolean()).isTrue();
    assertThat(events.get(1).at("/why/code").asString()).isEqualTo("before_start");
    assertThat(events.get(0).get("late").asBoolean()).isFalse();
  }

  @Test
  void anyIdIsFoundAndErased() {
    activate();
    List<String> ids =
        List.of(
            "a/b",
            "..",
            "a;b",
            "100%",
            "\\",
            "\"quoted\"",
            "it's",
            "<script>",
            "üñí 😀",
            "a b+c",
            "x".repeat(64),
            "?user_id=y#z");
    for (String id : ids) {
      send(exposure(id, "control"));
      assertThat(read(id).get("user_id").asString()).isEqualTo(id);
      assertThat(read(id).get("counts").asBoolean()).as(id).isTrue();
      erase(world.owner(), id).expect(204);
      assertThat(reasons(read(id))).as(id).containsExactly("never_seen");
    }
    for (String id : ids.stream().filter(id -> !id.equals("..")).toList()) {
      send(exposure(id, "control"));
      String inPath = URLEncoder.encode(id, UTF_8).replace("+", "%20");
      assertThat(
              world.owner().get(path("/visitors/" + inPath)).expect(200).get("counts").asBoolean())
          .isTrue();
      world.owner().delete(project("/visitors/" + inPath)).expect(204);
      assertThat(reasons(read(id))).containsExactly("never_seen");
    }
    assertThat(reasons(read("x".repeat(300)))).containsExactly("never_seen");
    for (String elsewhere :
        List.of("/api/projects%2F", "/api/projects/a%2Fb", "/api/projects/%5c")) {
      assertThat(world.owner().get(elsewhere).status()).as(elsewhere).isEqualTo(400);
    }
    world.owner().get(path("/visitors")).expect(422);
    world.owner().get(path("/visitors?user_id=%00")).expect(422);
  }

  @Test
  void whoIsErasedIsCountedByNoLaterAnalysis() {
    activate();
    List<Map<String, Object>> events = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      events.add(exposure("u" + i, i % 2 == 0 ? "control" : "test1"));
      events.add(event("u" + i, "sign_up"));
      events.add(event("u" + i, "page_view"));
    }
    events.add(with(exposure("u1", "test1"), "preview", true));
    events.add(with(event("u1", "sign_up"), "preview", true));
    send(events.toArray(Map[]::new));
    String other = World.create(port).project();
    assertThat(exposed()).isEqualTo(40);
    erase(world.owner(), "u1").expect(204);
    assertThat(exposed()).isEqualTo(39);
    assertThat(world.owner().get(path("/events?format=ndjson")).text())
        .contains("\"u2\"")
        .doesNotContain("\"u1\"");
    assertThat(read("u1").get("events")).isEmpty();
    erase(world.owner(), "u1").expect(204); // once more
    world.owner().delete("/api/projects/" + other + "/visitors/u2").expect(404);
    assertThat(exposed()).isEqualTo(39);
  }

  @Test
  void onlyOwnersErase() {
    Api viewer = member("viewer");
    Api editor = member("editor");
    Api stranger = Api.signedUp(port);
    activate();
    send(exposure("u", "control"));
    erase(viewer, "u").expect(403);
    erase(editor, "u").expect(403);
    erase(stranger, "u").expect(404);
    erase(Api.anonymous(port), "u").expect(401);
    stranger.get(path("/visitors/u")).expect(404);
    viewer.get(path("/visitors/u")).expect(200);
    assertThat(read("u").get("counts").asBoolean()).isTrue();
  }

  private Api member(String role) {
    String email = UUID.randomUUID() + "@example.org";
    JsonNode tokens =
        Api.anonymous(port)
            .post("/api/auth/signup", Map.of("email", email, "password", "correct horse battery"))
            .expect(201);
    world.owner().post(project("/members"), Map.of("email", email, "role", role)).expect(201);
    return Api.anonymous(port).with(tokens.get("access_token").asString());
  }

  private long exposed() {
    return world
        .owner()
        .post(path("/analyse"), Map.of())
        .expect(200)
        .at("/progress/exposed")
        .asLong();
  }

  private void activate() {
    world.owner().post(path("/activate"), Map.of("force", true)).expect(200);
  }

  private JsonNode read(String userId) {
    return world
        .owner()
        .get(path("/visitors?user_id=" + URLEncoder.encode(userId, UTF_8)))
        .expect(200);
  }

  private Api.Answer erase(Api who, String userId) {
    return who.delete(project("/visitors?user_id=" + URLEncoder.encode(userId, UTF_8)));
  }

  private static List<String> reasons(JsonNode visitor) {
    assertThat(visitor.get("counts").asBoolean()).isFalse();
    return StreamSupport.stream(visitor.get("reasons").spliterator(), false)
        .map(reason -> {
          assertThat(reason.get("detail").asString()).endsWith(".");
          return reason.get("code").asString();
        })
        .toList();
  }

  /// For each event, the newest first, why it does not count.
  private static List<String> whys(JsonNode visitor) {
    return StreamSupport.stream(visitor.get("events").spliterator(), false)
        .map(event -> event.get("counts").asBoolean() ? "counts" : event.at("/why/code").asString())
        .toList();
  }

  @SafeVarargs
  private void send(Map<String, Object>... events) {
    send("Mozilla/5.0", events);
  }

  @SafeVarargs
  private void send(String agent, Map<String, Object>... events) {
    JsonNode receipt =
        Api.anonymous(port)
            .send(
                "POST",
                "/api/events",
                List.of(events),
                "X-Pryo-Key",
                world.writeKey(),
                "User-Agent",
                agent)
            .expect(200);
    assertThat(receipt.get("rejected")).isEmpty();
  }

  private Map<String, Object> exposure(String user, String segment) {
    Map<String, Object> event = event(user, "$exposure");
    event.put("experiment", world.experiment());
    event.put("segment", segment);
    return event;
  }

  private Map<String, Object> event(String user, String name) {
    return new HashMap<>(Map.of("id", "e" + sent++, "user_id", user, "event", name));
  }

  private static Map<String, Object> with(Map<String, Object> event, String field, Object value) {
    event.put(field, value);
    return event;
  }

  private String path(String rest) {
    return "/api/experiments/" + world.experiment() + rest;
  }

  private String project(String rest) {
    return "/api/projects/" + world.project() + rest;
  }
}
