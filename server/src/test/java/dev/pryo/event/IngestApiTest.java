package dev.pryo.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import dev.pryo.project.Projects;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

@PryoTest
class IngestApiTest {
  @LocalServerPort int port;
  @Autowired ApplicationContext server;
  private EventWorld world;

  @BeforeEach
  void fresh() {
    world = new EventWorld(server, port);
  }

  @Test
  void eventsAreCountedAsAcceptedAndTheirRepeatsAsDuplicates() {
    List<Object> events = List.of(purchase("a"), purchase("b"), purchase("a"));
    assertCounts(world.send(events), 2, 1);
    assertCounts(world.send(Map.of("events", events)), 0, 3);
    assertCounts(world.send(purchase("c")), 1, 0);
    assertThat(world.stored()).isEqualTo(3);
  }

  @Test
  void theFirstWriteStands() {
    world.send(event("a", "purchase", "value", 1)).expect(200);
    world.send(event("a", "refund", "value", 2)).expect(200);
    assertThat(world.count("select sum(value)::bigint from event where project_no = :project"))
        .isEqualTo(1);
  }

  @Test
  void theSameIdInAnotherProjectIsAnotherEvent() {
    EventWorld other = new EventWorld(server, port);
    assertCounts(world.send(purchase("same")), 1, 0);
    assertCounts(other.send(purchase("same")), 1, 0);
  }

  @Test
  void thirtyTwoRepeatsAtOnceAreOneEvent() throws Exception {
    String id = UUID.randomUUID().toString();
    int accepted = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
      List<Future<JsonNode>> answers =
          threads.invokeAll(
              Collections.nCopies(
                  32, (Callable<JsonNode>) () -> world.send(purchase(id)).expect(200)));
      for (Future<JsonNode> answer : answers) {
        accepted += answer.get().get("accepted").asInt();
      }
    }
    assertThat(accepted).isEqualTo(1);
    assertThat(world.stored()).isEqualTo(1);
  }

  /// Groups that hold the same events in opposite orders are written at the same time.
  @Test
  void theSameEventsInOppositeOrdersDoNotLockEachOtherOut() throws Exception {
    List<Object> there = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      there.add(purchase("e" + i));
    }
    List<Object> back = new ArrayList<>(there);
    Collections.reverse(back);
    List<Callable<JsonNode>> requests = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      List<Object> events = i % 2 == 0 ? there : back;
      requests.add(() -> world.send(events).expect(200));
    }
    int accepted = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(12)) {
      for (Future<JsonNode> answer : threads.invokeAll(requests)) {
        accepted += answer.get().get("accepted").asInt();
      }
    }
    assertThat(accepted).isEqualTo(400);
    assertThat(world.stored()).isEqualTo(400);
  }

  @Test
  void eventsOfARequestArriveInTheirOrder() {
    List<Object> events = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      events.add(event("e" + i, "step", "value", i));
    }
    assertCounts(world.send(events), 50, 0);
    assertThat(
            world.count(
                """
                select count(*) from (
                  select value, row_number() over (order by seq) - 1 as place
                    from event where project_no = :project) e
                 where value = place\
                """))
        .isEqualTo(50);
  }

  @Test
  void manyProjectsShareStatementsAndEachGetsItsOwnAnswer() throws Exception {
    EventWorld other = new EventWorld(server, port);
    List<Callable<JsonNode>> requests = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      EventWorld sender = i % 2 == 0 ? world : other;
      List<Object> events =
          List.of(purchase("e" + i / 4), purchase("own" + i), Map.of("id", "bad" + i));
      requests.add(() -> sender.send(events).expect(200));
    }
    int accepted = 0;
    int duplicates = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(30)) {
      for (Future<JsonNode> answer : threads.invokeAll(requests)) {
        accepted += answer.get().get("accepted").asInt();
        duplicates += answer.get().get("duplicates").asInt();
        assertThat(answer.get().get("rejected").size()).isEqualTo(1);
      }
    }
    assertThat(accepted).isEqualTo(90);
    assertThat(duplicates).isEqualTo(30);
    assertThat(world.stored() + other.stored()).isEqualTo(90);
  }

  @Test
  void aWrongWriteKeyIs401AndTellsTheMend() {
    Api anyone = Api.anonymous(port);
    for (String key : List.of("", "nope", "pk_" + "0".repeat(32))) {
      JsonNode problem = anyone.send("POST", "/api/events", "[]", "X-Pryo-Key", key).expect(401);
      assertThat(problem.get("detail").asString()).contains("X-Pryo-Key");
    }
    anyone.post("/api/events", "[]").expect(401);
  }

  @Test
  void anOldWriteKeyWorksOnForADayUnlessItIsEndedAtOnce() {
    Projects projects = server.getBean(Projects.class);
    world.send(purchase("first")).expect(200);
    dev.pryo.platform.Tenant.as(
        world.account.id(),
        () -> projects.rotateWriteKey(world.account, world.project.id(), false));
    world.send(purchase("second")).expect(200);
    dev.pryo.platform.Tenant.as(
        world.account.id(), () -> projects.rotateWriteKey(world.account, world.project.id(), true));
    world.send(purchase("third")).expect(401);
  }

  @Test
  void aDeletedProjectTakesItsEventsWithIt() {
    Projects projects = server.getBean(Projects.class);
    world.send(purchase("a")).expect(200);
    dev.pryo.platform.Tenant.as(
        world.account.id(),
        () -> {
          projects.delete(world.account, world.project.id());
          return true;
        });
    assertThat(world.stored()).isZero();
    world.send(purchase("b")).expect(401);
  }

  @Test
  void onlyListedOriginsMaySendWhereThereIsAList() {
    EventWorld picky = new EventWorld(server, port, List.of("https://shop.example"));
    assertThat(origin(picky, "https://shop.example")).isEqualTo(200);
    assertThat(origin(picky, "https://shop.example.evil")).isEqualTo(403);
    assertThat(origin(picky, "null")).isEqualTo(403);
    picky.send("[]").expect(200);
    assertThat(origin(world, "https://anywhere.example")).isEqualTo(200);
  }

  private static int origin(EventWorld sender, String origin) {
    return sender.send("[]", "Origin", origin).status();
  }

  @Test
  void aForeignExperimentIsUnknown() {
    EventWorld other = new EventWorld(server, port);
    EventWorld.Made foreign = other.experiment("theirs");
    EventWorld.Made own = world.experiment("ours");
    for (String name : List.of(foreign.key(), foreign.id().toString())) {
      assertThat(
              world
                  .send(event("f" + name.length(), "x", "experiment", name))
                  .expect(200)
                  .get("rejected")
                  .size())
          .isEqualTo(1);
    }
    assertCounts(world.send(event("k", "x", "experiment", own.key())), 1, 0);
    assertCounts(world.send(event("i", "x", "experiment_id", own.id().toString())), 1, 0);
  }

  /// Looked up together, and as often as they come.
  @Test
  void aThousandUnknownExperimentsAreRejectedAndTheKnownOneIsFound() {
    EventWorld.Made known = world.experiment("known");
    List<Object> events = new ArrayList<>();
    for (int i = 0; i < 998; i++) {
      events.add(event("e" + i, "x", "experiment", i % 2 == 0 ? "no" + i : UUID.randomUUID()));
    }
    events.add(event("by key", "x", "experiment", known.key()));
    events.add(event("by id", "x", "experiment", known.id().toString().toUpperCase(Locale.ROOT)));
    JsonNode receipt = world.send(events).expect(200);
    assertThat(receipt.get("accepted").asInt()).isEqualTo(2);
    assertThat(receipt.get("rejected").size()).isEqualTo(998);
    world.experiment("no0");
    assertCounts(world.send(event("now", "x", "experiment", "no0")), 1, 0);
  }

  @Test
  void withoutASegmentItIsTheBucketedOneAndAnotherSegmentIsAMismatch() {
    EventWorld.Made experiment = world.experiment("buy");
    for (int i = 0; i < 20; i++) {
      world
          .send(
              Map.of(
                  "id", "plain" + i, "user_id", "u" + i, "event", "$exposure", "experiment", "buy"))
          .expect(200);
      for (String segment : List.of("control", "test1")) {
        world
            .send(
                Map.of(
                    "id",
                    segment + i,
                    "user_id",
                    "u" + i,
                    "event",
                    "$exposure",
                    "experiment",
                    "buy",
                    "segment",
                    segment))
            .expect(200);
      }
    }
    assertThat(world.count("select count(*) from event where project_no = :project and mismatch"))
        .isEqualTo(20);
    assertThat(
            world.count(
                """
                select count(*) from event p join event s on s.user_key = p.user_key and s.project_no = p.project_no
                 where p.project_no = :project and p.event_id like 'plain%' and s.event_id not like 'plain%'
                   and not s.mismatch and s.segment_no = p.segment_no\
                """))
        .isEqualTo(20);
    assertThat(experiment.no()).isPositive();
  }

  @Test
  void aUserOutsideTheExperimentIsKeptAndExposedToNothing() {
    world.experiment("nobody", 0);
    assertCounts(world.send(event("out", "$exposure", "experiment", "nobody")), 1, 0);
    assertThat(
            world.count(
                "select count(*) from event where project_no = :project and segment_no is null"))
        .isEqualTo(1);
  }

  @Test
  void aTimeUpToADayAheadBecomesTheTimeOfReceipt() {
    Instant now = Instant.now();
    world
        .send(event("ahead", "x", "timestamp", now.plus(Duration.ofHours(23)).toString()))
        .expect(200);
    world.send(event("none", "x", "value", 1)).expect(200);
    world
        .send(event("late", "x", "timestamp", now.minus(Duration.ofDays(300)).toString()))
        .expect(200);
    assertThat(
            world.count(
                "select count(*) from event where project_no = :project and at = received_at"))
        .isEqualTo(2);
    assertThat(
            world.count(
                "select count(*) from event where project_no = :project and at < received_at -"
                    + " interval '299 days'"))
        .isEqualTo(1);
    for (Instant refused :
        List.of(now.plus(Duration.ofHours(25)), now.minus(Duration.ofDays(396)))) {
      JsonNode receipt = world.send(event("no", "x", "timestamp", refused.toString())).expect(200);
      assertThat(receipt.at("/rejected/0/reason").asString()).contains("timestamp");
    }
  }

  @Test
  void crawlersAreMarkedAndServersAreNot() {
    String bots = "select count(*) from event where project_no = :project and bot";
    world.send(purchase("server"), "User-Agent", "python-requests/2.32").expect(200);
    world
        .send(
            purchase("person"),
            "User-Agent",
            "Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0 Safari/537.36")
        .expect(200);
    assertThat(world.count(bots)).isZero();
    world
        .send(purchase("crawler"), "User-Agent", "Mozilla/5.0 (compatible; Googlebot/2.1)")
        .expect(200);
    world
        .send(purchase("headless"), "User-Agent", "Mozilla/5.0 HeadlessChrome/130.0 Safari/537.36")
        .expect(200);
    assertThat(world.count(bots)).isEqualTo(2);
  }

  /// Read off the user agent, kept as two words, and only where results can be told apart by them.
  @Test
  void anExposureFromABrowserSaysDeviceAndBrowser() {
    EventWorld.Made experiment = world.experiment("devices");
    String phone =
        "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/130.0 Mobile"
            + " Safari/537.36";
    Map<String, Object> said = exposure("said", experiment.key());
    said.put("properties", Map.of("device", "kiosk", "country", "DE"));
    Map<String, Object> empty = exposure("empty", experiment.key());
    empty.put("properties", Map.of());
    world
        .send(
            List.of(exposure("bare", experiment.key()), said, empty, purchase("no exposure")),
            "User-Agent",
            phone)
        .expect(200);
    world
        .send(exposure("server", experiment.key()), "User-Agent", "python-requests/2.32")
        .expect(200);
    Map<String, String> kept =
        Map.of(
            "bare", "{\"device\": \"phone\", \"browser\": \"Chrome\"}",
            "said", "{\"device\": \"kiosk\", \"browser\": \"Chrome\", \"country\": \"DE\"}",
            "empty", "{\"device\": \"phone\", \"browser\": \"Chrome\"}");
    kept.forEach((id, properties) ->
        assertThat(
                world.count(
                    "select count(*) from event where project_no = :project and event_id = '%s' and properties = '%s'"
                        .formatted(id, properties)))
            .as(id)
            .isEqualTo(1));
    assertThat(
            world.count(
                "select count(*) from event where project_no = :project and properties is null"))
        .isEqualTo(2);
  }

  private static Map<String, Object> exposure(String id, String experiment) {
    return new HashMap<>(
        Map.of("id", id, "user_id", id, "event", "$exposure", "experiment", experiment));
  }

  private static void assertCounts(Api.Answer answer, int accepted, int duplicates) {
    JsonNode receipt = answer.expect(200);
    assertThat(receipt.get("accepted").asInt()).as(receipt.toString()).isEqualTo(accepted);
    assertThat(receipt.get("duplicates").asInt()).as(receipt.toString()).isEqualTo(duplicates);
  }

  private static Map<String, Object> purchase(String id) {
    return Map.of("id", id, "user_id", "u", "event", "purchase");
  }

  private static Map<String, Object> event(String id, String name, String field, Object value) {
    return Map.of("id", id, "user_id", "u", "event", name, field, value);
  }
}
