package dev.pryo.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import dev.pryo.World;
import dev.pryo.platform.Tenant;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@PryoTest
class ReceiptTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int PEOPLE = 400;

  @LocalServerPort int port;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;
  @TempDir Path folder;

  private World world;
  private String experiment;
  private String key;

  private record Said(int exit, String out, String err) {}

  @BeforeEach
  void anActiveExperiment() {
    world = World.create(port);
    experiment = world.experiment();
    key = world.owner().get(path("")).expect(200).get("key").asString();
    world.owner().post(path("/activate"), Map.of("force", true)).expect(200);
  }

  @Test
  void aReceiptSaysWhatTheAnalysisSaysAndVerifies() {
    send("control", 0, 40);
    send("test1", 0, 140);
    JsonNode analysis = world.owner().post(path("/analyse"), null).expect(200);
    JsonNode receipt = receipt();
    for (String same :
        List.of(
            "statistics",
            "checks",
            "progress",
            "verdict",
            "winner_recommendation",
            "generated_at",
            "source")) {
      assertThat(receipt.get(same)).as(same).isEqualTo(analysis.get(same));
    }
    assertThat(receipt.get("analysis_id")).isEqualTo(analysis.get("id"));
    assertThat(receipt.get("simulated").asBoolean()).isFalse();
    assertThat(receipt.at("/counts/users/1").asInt()).isEqualTo(PEOPLE);
    assertThat(receipt.at("/experiment/segments/0/until").asLong()).isEqualTo(1L << 31);
    assertThat(receipt.get("carried").isNull()).isTrue();
    Said said = verify(receipt, "--key", publicKey());
    assertThat(said.err()).isEmpty();
    assertThat(said.exit()).isZero();
    assertThat(said.out().lines().toList())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("sign_up (conversion), test1 against control: lift 2.500,")
                    .endsWith("better, recomputed"),
            line ->
                assertThat(line)
                    .startsWith("Verified: Ship Start free: it brings 250 % more “sign_up”.")
                    .contains(publicKey())
                    .endsWith("and all numbers follow from the counts."));
  }

  @Test
  void whatRunsOnFromEarlierLooksIsSignedAndSaidToBeTakenOver() {
    send("control", 0, 40);
    send("test1", 0, 110);
    world.owner().post(path("/analyse"), null).expect(200);
    send("control", 1, 60);
    send("test1", 1, 40);
    world.owner().post(path("/analyse"), null).expect(200);
    Said said = verify(receipt());
    assertThat(said.exit()).isZero();
    assertThat(said.out())
        .contains("(running p ", "taken over from the look of ")
        .contains("what the look of ", " had reached, which is signed but not computed again.");
  }

  @Test
  void aReceiptOfSimulatedDataSaysSo() {
    world = World.create(port);
    experiment = world.experiment();
    world.owner().post(path("/simulate"), Map.of("events", 400, "seed", 7)).expect(200);
    JsonNode receipt = receipt();
    assertThat(receipt.get("simulated").asBoolean()).isTrue();
    assertThat(verify(receipt).out()).contains("Verified: (simulated data) ");
  }

  @Test
  void whatWasChangedAfterwardsIsRefused() {
    send("control", 0, 40);
    send("test1", 0, 140);
    world.owner().post(path("/analyse"), null).expect(200);
    String changed = "The signature does not hold: the receipt was changed after it was signed";
    ObjectNode count = receipt();
    ((ArrayNode) count.at("/counts/users")).set(0, JSON.valueToTree(PEOPLE + 1));
    refuses(verify(count), changed);
    ObjectNode verdict = receipt();
    ((ObjectNode) verdict.get("verdict")).put("decision", "keep_control");
    refuses(verify(verdict), changed);
    ObjectNode more = receipt();
    more.put("note", "approved");
    refuses(verify(more), changed);
    ObjectNode named = receipt();
    named.put("public_key", Signing.base64(fresh().getPublic()));
    refuses(verify(named), changed);
    ObjectNode unsigned = receipt();
    unsigned.remove("signature");
    refuses(verify(unsigned), changed);
    ObjectNode unkeyed = receipt();
    unkeyed.put("public_key", "none");
    refuses(verify(unkeyed), changed);
  }

  @Test
  void numbersThatDoNotFollowFromTheCountsAreRefusedWhoeverSignedThem() {
    send("control", 0, 40);
    send("test1", 0, 140);
    world.owner().post(path("/analyse"), null).expect(200);
    KeyPair mine = fresh();
    assertThat(verify(signed(receipt(), mine)).exit()).isZero();
    refuses(
        verify(signed(receipt(), mine), "--key", publicKey()),
        "It is signed with the key %s, not with the one you ask for."
            .formatted(Signing.base64(mine.getPublic())));
    ObjectNode p = receipt();
    ((ObjectNode) p.at("/statistics/comparisons/0/always_valid")).put("p_value", 0.5);
    refuses(
        verify(signed(p, mine)),
        "The signature holds, but the numbers do not: statistics.comparisons[0].always_valid.p_value is 0.5, and the counts give");
    ObjectNode verdict = receipt();
    ((ObjectNode) verdict.get("verdict")).put("sentence", "Yes.");
    refuses(verify(signed(verdict, mine)), "verdict.sentence is \"Yes.\", and the counts give");
    ObjectNode count = receipt();
    ((ObjectNode) count.at("/counts/goals/0")).put("converted", 41);
    refuses(verify(signed(count, mine)), "The signature holds, but the numbers do not: ");
    ObjectNode bounds = receipt();
    ((ObjectNode) bounds.at("/experiment/segments/0")).put("until", 7);
    refuses(verify(signed(bounds, mine)), "The signature holds, but the numbers do not: ");
    ObjectNode part = receipt();
    part.remove("counts");
    refuses(verify(signed(part, mine)), "it lacks a part of a receipt");
  }

  @Test
  void theSumsOfRatiosAndHistoriesAreSignedAndComputedAgain() {
    activate(
        Map.of(
            "event",
            "paid",
            "kind",
            "ratio",
            "denominator",
            Map.of("event", "visit", "kind", "count")),
        Map.of("event", "paid", "kind", "sum", "use_history", true));
    List<Map<String, Object>> events = new ArrayList<>();
    for (int person = 0; person < 60; person++) {
      String segment = person % 2 == 0 ? "control" : "test1";
      String user = segment + person;
      Map<String, Object> earlier = event(user, "paid");
      earlier.put("id", user + "-earlier");
      earlier.put("value", person % 7);
      earlier.put("timestamp", Instant.now().minus(Duration.ofDays(2)).toString());
      Map<String, Object> exposure = event(user, "$exposure");
      exposure.put("experiment", key);
      exposure.put("segment", segment);
      Map<String, Object> paid = event(user, "paid");
      paid.put("value", 3 + person % 7 + person % 3);
      events.addAll(List.of(earlier, exposure, event(user, "visit"), paid));
    }
    send(events);
    world.owner().post(path("/analyse"), null).expect(200);
    KeyPair mine = fresh();
    Said said = verify(signed(receipt(), mine));
    assertThat(said.exit()).as(said.err()).isZero();
    assertThat(said.out())
        .contains("paid (ratio, per “visit”), test1 against control: lift ")
        .contains("paid (sum, adjusted for history), test1 against control: lift ");
    for (int total : new int[] {0, 2}) { // both goals in the control
      ObjectNode changed = receipt();
      ObjectNode second = (ObjectNode) changed.at("/counts/goals/%d/second".formatted(total));
      second.put("product", second.get("product").asDouble() + 1);
      refuses(verify(signed(changed, mine)), "The signature holds, but the numbers do not: ");
    }
  }

  @Test
  void everyKindOfGoalIsSignedAndComputedAgain() {
    activateDaysAgo(
        Map.of("event", "buy", "kind", "conversion"),
        Map.of("event", "view", "kind", "count", "role", "secondary"),
        Map.of("event", "paid", "kind", "sum", "role", "secondary", "use_history", true),
        Map.of("event", "rating", "kind", "mean", "role", "secondary"),
        Map.of(
            "event",
            "paid",
            "kind",
            "ratio",
            "role",
            "secondary",
            "denominator",
            Map.of("event", "view", "kind", "count")),
        Map.of("event", "join", "kind", "conversion", "role", "secondary", "window_hours", 2),
        Map.of(
            "event",
            "leave",
            "kind",
            "conversion",
            "direction",
            "decrease",
            "role",
            "guardrail",
            "margin",
            0.2));
    List<Map<String, Object>> events = new ArrayList<>();
    for (int person = 0; person < 80; person++) {
      everything(events, person % 2 == 0 ? "control" : "test1", person);
    }
    send(events);
    world.owner().post(path("/analyse"), null).expect(200);
    KeyPair mine = fresh();
    Said said = verify(signed(receipt(), mine));
    assertThat(said.exit()).as(said.err()).isZero();
    assertThat(said.out().lines().filter(line -> line.contains(": lift ")))
        .hasSize(7)
        .allMatch(line -> line.endsWith("recomputed"));
    assertThat(said.out())
        .contains(
            "buy (conversion), test1",
            "view (count), test1",
            "paid (sum, adjusted for history), test1",
            "rating (mean), test1",
            "paid (ratio, per “view”), test1",
            "join (conversion), test1",
            "leave (conversion), test1");
    ArrayNode totals = (ArrayNode) receipt().at("/counts/goals");
    assertThat(totals).hasSize(14);
    for (int at = 0; at < totals.size(); at++) {
      ObjectNode changed = receipt();
      ObjectNode total = (ObjectNode) changed.at("/counts/goals/" + at);
      total.put("converted", total.get("converted").asLong() - 1);
      total.put("sum", total.get("sum").asDouble() + 1);
      refuses(verify(signed(changed, mine)), "The signature holds, but the numbers do not: ");
    }
    ObjectNode margin = receipt();
    ((ObjectNode) margin.at("/experiment/goals/6")).put("margin", 0.9);
    refuses(verify(signed(margin, mine)), "The signature holds, but the numbers do not: ");
  }

  /// Active since three days ago, so that windows have passed.
  @SafeVarargs
  private final void activateDaysAgo(Map<String, Object>... goals) {
    activate(goals);
    Tenant.system(() ->
        transactions.execute(status -> {
          UUID id = UUID.fromString(experiment);
          sql.sql(
                  "update active_period set since = since - interval '3 days' where experiment_id = :id")
              .param("id", id)
              .update();
          return sql.sql(
                  "update experiment set activated_at = activated_at - interval '3 days' where id = :id")
              .param("id", id)
              .update();
        }));
  }

  /// What a person did: before, and within an hour after the exposure of yesterday.
  private void everything(List<Map<String, Object>> events, String segment, int person) {
    String user = segment + person;
    Instant seen = Instant.now().minus(Duration.ofDays(1));
    Map<String, Object> exposure = event(user, "$exposure");
    exposure.put("experiment", key);
    exposure.put("segment", segment);
    exposure.put("timestamp", seen.toString());
    events.add(exposure);
    events.add(valued(user, "paid", seen.minus(Duration.ofDays(4)), "before", person % 7));
    Instant after = seen.plus(Duration.ofMinutes(20));
    events.add(valued(user, "view", after, "1", 0));
    events.add(valued(user, "paid", after, "1", 3 + person % 7 + person % 3));
    events.add(valued(user, "rating", after, "1", 1 + person % 5));
    events.add(valued(user, "rating", after, "2", 1 + person % 3));
    for (String name : List.of("buy", "join", "leave")) {
      if ((person + name.length()) % 5 < 2) {
        events.add(valued(user, name, after, "1", 0));
      }
    }
    if (person % 3 == 0) {
      events.add(valued(user, "view", after, "2", 0));
    }
  }

  private static Map<String, Object> valued(
      String user, String name, Instant at, String number, double value) {
    Map<String, Object> event = event(user, name);
    event.put("id", "%s-%s-%s".formatted(user, name, number));
    event.put("timestamp", at.toString());
    event.put("value", value);
    return event;
  }

  @SafeVarargs
  private final void activate(Map<String, Object>... goals) {
    Map<String, Object> asked = new HashMap<>(World.experiment(world.project(), "Pairs"));
    asked.put("goals", List.of(goals));
    JsonNode made = world.owner().post("/api/experiments", asked).expect(201);
    experiment = made.get("id").asString();
    key = made.get("key").asString();
    world.owner().post(path("/activate"), Map.of("force", true)).expect(200);
  }

  @Test
  void aFileThatIsNoReceiptIsNamed() throws IOException {
    world.owner().post(path("/analyse"), null).expect(200);
    String whole = receipt().toString();
    refuses(verify(whole.substring(0, whole.length() / 2)), "ends too early");
    refuses(verify("a receipt"), "is not JSON");
    refuses(verify("{}"), "is not a receipt of Pryo");
    refuses(verify("[1]"), "is not a receipt of Pryo");
    refuses(verify(""), "ends too early", "is not a receipt");
    ObjectNode later = receipt();
    later.put("format", "pryo-receipt/2");
    refuses(verify(later), "It has the format pryo-receipt/2");
    refuses(run(folder.resolve("none.json").toString()), "There is no file");
    refuses(run(folder.toString()), "cannot be read");
    assertThat(run().exit()).isEqualTo(2);
    assertThat(run("a", "b").err()).startsWith("Usage: ");
  }

  @Test
  void aReceiptIsForMembersAndItsKeyForAnyone() {
    assertThat(world.owner().get(path("/receipt")).status()).isEqualTo(404);
    world.owner().post(path("/analyse"), null).expect(200);
    assertThat(Api.signedUp(port).get(path("/receipt")).status()).isEqualTo(404);
    assertThat(Api.anonymous(port).get(path("/receipt")).status()).isEqualTo(401);
    JsonNode answer = Api.anonymous(port).get("/api/receipt-key").expect(200);
    assertThat(answer.get("algorithm").asString()).isEqualTo("Ed25519");
    assertThat(answer.get("public_key")).isEqualTo(receipt().get("public_key"));
  }

  private void refuses(Said said, String... oneOf) {
    assertThat(said.exit()).as(said.err()).isEqualTo(1);
    assertThat(said.err().lines()).hasSize(1);
    assertThat(said.err()).startsWith("pryo: ").containsAnyOf(oneOf);
    assertThat(said.out()).doesNotContain("Verified");
  }

  private Said verify(JsonNode receipt, String... more) {
    return verify(receipt.toString(), more);
  }

  private Said verify(String text, String... more) {
    try {
      Path file = Files.writeString(folder.resolve("receipt.json"), text);
      List<String> arguments = new ArrayList<>(List.of(file.toString()));
      arguments.addAll(List.of(more));
      return run(arguments.toArray(String[]::new));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Said run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        VerifyCommand.run(
            List.of(arguments),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Said(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static ObjectNode signed(ObjectNode receipt, KeyPair by) {
    receipt.put("public_key", Signing.base64(by.getPublic()));
    return receipt.put("signature", Signing.sign(receipt, by.getPrivate()));
  }

  private static KeyPair fresh() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String publicKey() {
    return Api.anonymous(port).get("/api/receipt-key").expect(200).get("public_key").asString();
  }

  private ObjectNode receipt() {
    return (ObjectNode) world.owner().get(path("/receipt")).expect(200);
  }

  /// People of one segment, of whom the first so many sign up.
  private void send(String segment, int wave, int signUps) {
    List<Map<String, Object>> events = new ArrayList<>();
    for (int person = 0; person < PEOPLE; person++) {
      String user = "%s-%d-%d".formatted(segment, wave, person);
      Map<String, Object> exposure = event(user, "$exposure");
      exposure.put("experiment", key);
      exposure.put("segment", segment);
      events.add(exposure);
      if (person < signUps) {
        events.add(event(user, "sign_up"));
      }
    }
    send(events);
  }

  private void send(List<Map<String, Object>> events) {
    JsonNode answer =
        Api.anonymous(port)
            .post("/api/events?key=" + world.writeKey(), Map.of("events", events))
            .expect(200);
    assertThat(answer.get("accepted").asInt()).isEqualTo(events.size());
  }

  private static Map<String, Object> event(String user, String name) {
    Map<String, Object> event = new HashMap<>();
    event.put("id", user + "-" + name);
    event.put("user_id", user);
    event.put("event", name);
    return event;
  }

  private String path(String rest) {
    return "/api/experiments/" + experiment + rest;
  }
}
