package dev.pryo.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.World;
import dev.pryo.experiment.Bucketing;
import dev.pryo.platform.Tenant;
import dev.pryo.receipt.VerifyCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// An active experiment whose goals have two values for each visitor, and what its visitors send;
/// all over HTTP.
final class PairsWorld {
  private static final int BATCH = 1_000;

  private final int port;
  private final String email;
  private final Map<String, List<String>> members = new HashMap<>();
  private World world;
  private final String id;
  private final String key;
  private final List<Map<String, Object>> waiting = new ArrayList<>();
  private int events;

  /// @param tests how many test segments stand beside the control
  PairsWorld(int port, int tests, List<Map<String, Object>> goals) {
    this(port, tests, goals, "notify", Map.of());
  }

  /// @param onHarm what Pryo does where the experiment does harm
  PairsWorld(
      int port,
      int tests,
      List<Map<String, Object>> goals,
      String onHarm,
      Map<String, Object> plan) {
    this.world = World.create(port);
    this.port = port;
    this.email = world.owner().get("/api/auth/me").expect(200).get("email").asString();
    List<Map<String, Object>> segments = new ArrayList<>();
    int share = 100 / (tests + 1);
    segments.add(segment("Control", 100 - tests * share));
    for (int test = 1; test <= tests; test++) {
      segments.add(segment("Test " + test, share));
    }
    JsonNode made =
        world
            .owner()
            .post(
                "/api/experiments",
                Map.of(
                    "project_id",
                    world.project(),
                    "name",
                    "Pairs",
                    "description",
                    "Which words are best?",
                    "start",
                    false,
                    "segments",
                    segments,
                    "goals",
                    goals,
                    "on_harm",
                    onHarm,
                    "plan",
                    plan))
            .expect(201);
    this.id = made.get("id").asString();
    this.key = made.get("key").asString();
    post("/activate", Map.of("force", true));
  }

  private static Map<String, Object> segment(String name, int share) {
    return Map.of("name", name, "instructions", "say " + name, "traffic_percentage", share);
  }

  /// A ratio of what `event` adds up to over how often `by` is done.
  static Map<String, Object> ratio(String event, String by, String kind, String role) {
    return Map.of(
        "event",
        event,
        "kind",
        "ratio",
        "denominator",
        Map.of("event", by, "kind", kind),
        "role",
        role);
  }

  static Map<String, Object> withHistory(String event, String kind, String role) {
    return Map.of("event", event, "kind", kind, "use_history", true, "role", role);
  }

  static Map<String, Object> guarding(Map<String, Object> goal, double margin) {
    Map<String, Object> guard = new HashMap<>(goal);
    guard.put("role", "guardrail");
    guard.put("margin", margin);
    return guard;
  }

  /// Ids of so many visitors to whom Pryo gives this segment, always the same first ones.
  List<String> members(String segment, int number) {
    if (members.isEmpty()) {
      deal();
    }
    List<String> all = members.getOrDefault(segment, List.of());
    assertThat(all).hasSizeGreaterThanOrEqualTo(number);
    return all.subList(0, number);
  }

  /// Ids without end, each where the experiment's own hash puts it.
  private void deal() {
    JsonNode rules =
        Api.anonymous(port)
            .get("/api/assignments/" + world.writeKey())
            .expect(200)
            .at("/experiments/0");
    List<String> keys = new ArrayList<>();
    List<Long> until = new ArrayList<>();
    for (JsonNode segment : rules.get("segments")) {
      keys.add(segment.get("key").asString());
      until.add(segment.get("until").asLong());
    }
    for (int i = 0; i < 6_000; i++) {
      String user = "visitor" + i;
      Bucketing.assign(
              rules.get("seed").asString(), user, rules.get("exposure_bound").asLong(), until)
          .ifPresent(segment ->
              members.computeIfAbsent(keys.get(segment), key -> new ArrayList<>()).add(user));
    }
  }

  /// Where time has passed, so that the first access token has ended.
  void signInAgain() {
    JsonNode tokens =
        Api.anonymous(port)
            .post("/api/auth/login", Map.of("email", email, "password", "correct horse battery"))
            .expect(200);
    world =
        new World(
            world.owner().with(tokens.get("access_token").asString()),
            world.repository(),
            world.project(),
            world.writeKey(),
            world.experiment());
  }

  /// The address of its owner.
  String email() {
    return email;
  }

  JsonNode post(String path, @Nullable Object body) {
    return world.owner().post("/api/experiments/" + id + path, body).expect(200);
  }

  UUID id() {
    return UUID.fromString(id);
  }

  /// The id of whose experiment it is.
  UUID account() {
    return UUID.fromString(world.owner().get("/api/auth/me").expect(200).get("id").asString());
  }

  JsonNode experiment() {
    return world.owner().get("/api/experiments/" + id).expect(200);
  }

  /// The newest analysis.
  JsonNode analysis() {
    return world.owner().get("/api/experiments/" + id + "/analysis").expect(200);
  }

  /// The same day by day.
  JsonNode series() {
    return world.owner().get("/api/experiments/" + id + "/analysis/series").expect(200);
  }

  void exposed(String user, String segment) {
    Map<String, Object> event = event(user, "$exposure", null, null);
    event.put("experiment", key);
    event.put("segment", segment);
    waiting.add(event);
  }

  /// So many days before now.
  void exposed(String user, String segment, double days) {
    Duration ago = Duration.ofSeconds((long) (days * 86_400));
    Map<String, Object> event = event(user, "$exposure", null, Instant.now().minus(ago));
    event.put("experiment", key);
    event.put("segment", segment);
    waiting.add(event);
  }

  /// Makes it older behind the server's back.
  void startedBefore(JdbcClient sql, TransactionTemplate transactions, int days) {
    for (String move :
        List.of(
            "update active_period set since = since - make_interval(days => :days) where"
                + " experiment_id = :id",
            "update experiment set activated_at = activated_at - make_interval(days => :days) where"
                + " id = :id")) {
      Tenant.system(() ->
          transactions.execute(
              status -> sql.sql(move).param("days", days).param("id", id()).update()));
    }
  }

  void happened(String user, String name, @Nullable Double value) {
    waiting.add(event(user, name, value, null));
  }

  /// So many days before now.
  void before(String user, String name, @Nullable Double value, double days) {
    Duration ago = Duration.ofSeconds((long) (days * 86_400));
    waiting.add(event(user, name, value, Instant.now().minus(ago)));
  }

  /// The same with properties.
  void before(
      String user,
      String name,
      @Nullable Double value,
      double days,
      Map<String, Object> properties) {
    before(user, name, value, days);
    waiting.getLast().put("properties", properties);
  }

  private Map<String, Object> event(
      String user, String name, @Nullable Double value, @Nullable Instant at) {
    Map<String, Object> event = new HashMap<>();
    event.put("id", key + "-" + events++);
    event.put("user_id", user);
    event.put("event", name);
    if (value != null) {
      event.put("value", value);
    }
    if (at != null) {
      event.put("timestamp", at.toString());
    }
    return event;
  }

  /// Hands over what waits with this user agent.
  void sendAs(String userAgent) {
    Api.anonymous(port)
        .send(
            "POST",
            "/api/events?key=" + world.writeKey(),
            Map.of("events", List.copyOf(waiting)),
            "User-Agent",
            userAgent)
        .expect(200);
    waiting.clear();
  }

  /// Hands over what waits, as a `pryo.js` that says this of itself.
  void sendFrom(String client) {
    Api.anonymous(port)
        .post(
            "/api/events?key=%s&v=%s".formatted(world.writeKey(), client),
            Map.of("events", List.copyOf(waiting)))
        .expect(200);
    waiting.clear();
  }

  /// The first event's id once more, for another user.
  void sentAgain(String user) {
    Map<String, Object> event = event(user, "sign_up", null, null);
    event.put("id", key + "-0");
    JsonNode answer =
        Api.anonymous(port)
            .post("/api/events?key=" + world.writeKey(), Map.of("events", List.of(event)))
            .expect(200);
    assertThat(answer.get("duplicates").asInt()).isEqualTo(1);
  }

  /// Hands over what waits, in its order.
  void send() {
    for (int start = 0; start < waiting.size(); start += BATCH) {
      var batch = List.copyOf(waiting.subList(start, Math.min(start + BATCH, waiting.size())));
      JsonNode answer =
          Api.anonymous(port)
              .post("/api/events?key=" + world.writeKey(), Map.of("events", batch))
              .expect(200);
      assertThat(answer.get("accepted").asInt()).as(answer.toString()).isEqualTo(batch.size());
    }
    waiting.clear();
  }

  /// Whatever came in, the answer is 200, holds no NaN or infinity, and its receipt verifies.
  JsonNode analysed(Path folder) {
    send();
    Api.Answer answer = world.owner().post("/api/experiments/" + id + "/analyse", null);
    JsonNode analysis = answer.expect(200);
    assertThat(answer.text()).doesNotContain("NaN", "Infinity");
    verified(folder);
    return analysis;
  }

  /// The receipt of the newest analysis says what its counts give.
  void verified(Path folder) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(said, true, StandardCharsets.UTF_8);
    try {
      Path file =
          Files.writeString(
              folder.resolve("receipt.json"),
              world.owner().get("/api/experiments/" + id + "/receipt").text());
      assertThat(VerifyCommand.run(List.of(file.toString()), print, print))
          .as(said.toString(StandardCharsets.UTF_8))
          .isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode of(JsonNode analysis, String goal, String segment) {
    for (JsonNode comparison : analysis.at("/statistics/comparisons")) {
      if (comparison.get("goal").asString().equals(goal)
          && comparison.get("segment").asString().equals(segment)) {
        return comparison;
      }
    }
    throw new AssertionError("There is no " + goal + " of " + segment);
  }

  static void isNoNumber(JsonNode comparison, String note) {
    for (String number :
        List.of("relative_lift", "difference", "interval", "p_value", "bayesian")) {
      assertThat(comparison.get(number).isNull()).as(number + " of " + comparison).isTrue();
    }
    assertThat(comparison.at("/always_valid/interval").isNull()).isTrue();
    assertThat(comparison.get("call").asString()).isEqualTo("no_data");
    assertThat(comparison.get("note").asString()).isEqualTo(note);
  }
}
