package dev.pryo.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import dev.pryo.project.Projects;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"properties\": {\"a\": \"x\\u0000y\"}",
        "\"properties\": {\"a\\u0000\": 1}",
        "\"properties\": {\"a\": \"\\ud800\"}",
        "\"properties\": {\"a\": [\"\\udc00\\ud800\"]}",
        "\"properties\": {\"a\": 1, \"a\": 2}",
        "\"properties\": {\"a\": 1e999}",
        "\"properties\": {\"a\": NaN}",
        "\"properties\": {\"a\": 1e-99999}",
        "\"properties\": [1]",
        "\"properties\": \"text\"",
        "\"value\": \"12\"",
        "\"value\": Infinity",
        "\"value\": 1e309",
        "\"value\": {}",
        "\"user_id\": \"u\"",
        "\"preview\": \"yes\"",
        "\"preview\": 1",
        "\"timestamp\": 1767225600",
        "\"timestamp\": \"yesterday\"",
        "\"timestamp\": \"1970-01-01T00:00:00Z\"",
        "\"timestamp\": \"9999-12-31T23:59:59Z\"",
        "\"timestamp\": \"+999999999-12-31T23:59:59Z\"",
        "\"timestamp\": \"2026-02-30T00:00:00Z\"",
        "\"experiment\": \"nothing-like-it\"",
        "\"experiment\": 12",
        "\"experiment\": \"buy\", \"segment\": \"test9\"",
        "\"experiment\": \"buy\", \"experiment_id\": \"other\"",
        "\"segment\": \"test1\""
      })
  void aPoisonedEventIsRejectedAndItsNeighboursAreStored(String poison) {
    world.experiment("buy");
    JsonNode receipt =
        poisoned("{\"id\": \"bad\", \"user_id\": \"u\", \"event\": \"purchase\", " + poison + "}");
    assertThat(receipt.at("/rejected/0/id").asString()).isEqualTo("bad");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "7",
        "null",
        "[[]]",
        "\"text\"",
        "{\"id\": \"\", \"user_id\": \"u\", \"event\": \"e\"}",
        "{\"id\": 7, \"user_id\": \"u\", \"event\": \"e\"}",
        "{\"id\": \"a\\u0000\", \"user_id\": \"u\", \"event\": \"e\"}",
        "{\"id\": \"bad\", \"user_id\": \"\", \"event\": \"e\"}",
        "{\"id\": \"bad\", \"user_id\": [\"u\"], \"event\": \"e\"}",
        "{\"id\": \"bad\", \"user_id\": \"\\ud83d\", \"event\": \"e\"}",
        "{\"id\": \"bad\", \"user_id\": \"u\", \"event\": null}",
        "{\"id\": \"bad\", \"user_id\": \"u\", \"event\": \"e\\u0000\"}",
        "{\"id\": \"bad\", \"user_id\": \"u\", \"event\": \"$exposure\"}",
        "{\"id\": \"bad\", \"user_id\": \"u\"}"
      })
  void whatIsNoEventIsRejectedAndItsNeighboursAreStored(String poison) {
    poisoned(poison);
  }

  @Test
  void oversizedEventsAndIdsAreRejectedAlone() {
    poisoned(json("bad", "\"properties\": {\"a\": \"" + "x".repeat(33_000) + "\"}"));
    poisoned(json("bad", "\"a\": " + "[".repeat(300) + "]".repeat(300)));
    poisoned("{\"id\": \"" + "i".repeat(65) + "\", \"user_id\": \"u\", \"event\": \"e\"}");
    poisoned(json("bad", "\"event\": \"" + "e".repeat(201) + "\""));
    assertCounts(world.send("[" + json("i".repeat(64), "\"value\": 1") + "]"), 1, 0);
  }

  /// Eight good events around the bad one.
  private JsonNode poisoned(String bad) {
    long before = world.stored();
    List<String> events = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      events.add(
          json("good" + before + i, "\"value\": 1.5, \"properties\": {\"ä\": \"\\ud83d\\ude00\"}"));
    }
    events.add(4, bad);
    JsonNode receipt = world.send("[" + String.join(",", events) + "]").expect(200);
    assertThat(receipt.get("accepted").asInt()).as(receipt.toString()).isEqualTo(8);
    assertThat(receipt.get("rejected").size()).isEqualTo(1);
    assertThat(receipt.at("/rejected/0/index").asInt()).isEqualTo(4);
    assertThat(receipt.at("/rejected/0/reason").asString()).isNotBlank();
    assertThat(world.stored()).isEqualTo(before + 8);
    return receipt;
  }

  private static String json(String id, String more) {
    return "{\"id\": \"%s\", \"user_id\": \"u\", \"event\": \"purchase\", %s}"
        .formatted(id, more)
        .replace("\"event\": \"purchase\", \"event\"", "\"event\"");
  }

  @Test
  void bodiesThatAreNoJsonAre400() {
    for (String body : List.of("", "nope", "{\"id\":", "[1,]", "[".repeat(1_000_000))) {
      JsonNode problem = world.send(body).expect(400);
      assertThat(problem.get("detail").asString()).contains("JSON");
    }
  }

  @Test
  void tooManyEventsAndTooManyBytesAre413() {
    List<Object> events =
        IntStream.range(0, 1_001).mapToObj(i -> purchase("e" + i)).map(Object.class::cast).toList();
    world.send(events).expect(413);
    world.send(events.subList(0, 1_000)).expect(200);
    world.send("[" + " ".repeat(5 << 20) + "]").expect(413);
    assertThat(world.stored()).isEqualTo(1_000);
  }

  @Test
  void aLongBodyInChunksIsStoppedAtItsLimit() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          """
          POST /api/events HTTP/1.1\r
          Host: localhost\r
          X-Pryo-Key: %s\r
          Content-Type: application/json\r
          Transfer-Encoding: chunked\r
          \r
          """
              .formatted(world.project.writeKey())
              .getBytes(UTF_8));
      byte[] chunk = ("10000\r\n" + " ".repeat(0x10000) + "\r\n").getBytes(UTF_8);
      int sent = 0;
      try {
        for (; sent < 800; sent++) {
          out.write(chunk);
        }
      } catch (IOException closed) { // the server has heard enough
        assertThat(sent).isPositive();
      }
      assertThat(sent).as("chunks of 64 KiB").isLessThan(800);
      assertThat(firstLine(socket.getInputStream())).contains(" 413 ");
    }
  }

  private static String firstLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  @Test
  void compressedBodiesAreReadAndABombIsNot() throws Exception {
    assertThat(gzip(("[" + json("zipped", "\"value\": 1") + "]").getBytes(UTF_8))).isEqualTo(200);
    assertThat(world.stored()).isEqualTo(1);
    assertThat(gzip(new byte[200 << 20])).isEqualTo(413);
    assertThat(raw("no gzip at all".getBytes(UTF_8), "Content-Encoding", "gzip")).isEqualTo(400);
    assertThat(raw("[]".getBytes(UTF_8), "Content-Encoding", "br")).isEqualTo(415);
  }

  private int gzip(byte[] body) throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
      zip.write(body);
    }
    return raw(packed.toByteArray(), "Content-Encoding", "gzip");
  }

  private int raw(byte[] body, String... headers) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/events"))
            .header("X-Pryo-Key", world.project.writeKey())
            .header("Content-Type", "application/json")
            .headers(headers)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void aBeaconSendsPlainTextAndItsKeyInTheAddress() {
    Api anyone = Api.anonymous(port);
    String path = "/api/events?key=" + world.project.writeKey();
    anyone
        .send(
            "POST",
            path,
            "[" + json("beacon", "\"value\": 1") + "]",
            "Content-Type",
            "text/plain;charset=UTF-8")
        .expect(200);
    anyone
        .send("POST", path, "a=b", "Content-Type", "application/x-www-form-urlencoded")
        .expect(415);
    anyone.send("POST", path, "[]", "Content-Type", "application/json; charset=utf-16").expect(415);
    assertThat(world.stored()).isEqualTo(1);
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
                "select count(*) from event where project_no = :project and at < received_at - interval '299 days'"))
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
