package dev.pryo.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@PryoTest
class RawEventsApiTest {
  @LocalServerPort int port;
  @Autowired ApplicationContext server;
  private EventWorld world;
  private EventWorld.Made experiment;

  @BeforeEach
  void fresh() {
    world = new EventWorld(server, port);
    experiment = world.experiment("buy");
  }

  @Test
  void anEventReadsAsItWasSent() {
    Map<String, Object> event = event("an id", "u", "purchase");
    event.putAll(
        Map.of(
            "value",
            2.5,
            "segment",
            "test1",
            "timestamp",
            "2026-11-20T10:00:00+01:00",
            "properties",
            Map.of("path", "/pricing", "ü", List.of(1, true))));
    world.send(event, "User-Agent", "Googlebot/2.1").expect(200);
    JsonNode read = list("").get("items").get(0);
    assertThat(read.propertyNames())
        .containsExactlyInAnyOrder(
            "id",
            "user_id",
            "event",
            "timestamp",
            "received_at",
            "value",
            "properties",
            "experiment",
            "segment",
            "simulated",
            "preview",
            "bot");
    assertThat(read.get("id").asString()).isEqualTo("an id");
    assertThat(read.get("timestamp").asString()).isEqualTo("2026-11-20T09:00:00Z");
    assertThat(read.get("properties"))
        .isEqualTo(JsonMapper.shared().readTree("{\"ü\": [1, true], \"path\": \"/pricing\"}"));
    assertThat(read.get("experiment").asString()).isEqualTo("buy");
    assertThat(read.get("segment").asString()).isEqualTo("test1");
    assertThat(read.get("bot").asBoolean()).isTrue();
    assertThat(read.get("preview").asBoolean()).isFalse();
  }

  @Test
  void pagesGoFromTheNewestToTheOldest() {
    List<Object> events = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      events.add(event("e" + i, "u" + i, "$exposure"));
    }
    world.send(events).expect(200);
    List<String> read = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = list("?limit=50" + cursor);
      page.get("items").forEach(item -> read.add(item.get("id").asString()));
      cursor =
          page.get("next_cursor").isNull() ? "" : "&cursor=" + page.get("next_cursor").asString();
    } while (!cursor.isEmpty());
    assertThat(read).hasSize(120).startsWith("e119", "e118").endsWith("e0");
  }

  @Test
  void previewsAndSimulationsAreShownWhereTheyAreAskedFor() {
    Map<String, Object> preview = event("previewed", "p", "$exposure");
    preview.put("preview", true);
    world.send(List.of(preview, event("real", "u", "$exposure"))).expect(200);
    assertThat(ids("")).containsExactly("real", "previewed");
    assertThat(ids("?preview=true")).containsExactly("previewed");
    assertThat(ids("?preview=false")).containsExactly("real");
    assertThat(ids("?simulated=true")).isEmpty();
    assertThat(ids("?simulated=false&preview=false")).containsExactly("real");
    assertThat(ids("?simulated=true&preview=true")).isEmpty();
  }

  @Test
  void aFileOfLinesHasEveryEventOnce() {
    Set<String> sent = new HashSet<>();
    for (int request = 0; request < 3; request++) {
      List<Object> events = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        String id = "e" + request + "-" + i;
        sent.add(id);
        events.add(event(id, "u" + i, i % 3 == 0 ? "anything" : "purchase"));
      }
      world.send(events).expect(200);
    }
    Api.Answer file = world.api.get(path("?format=ndjson"));
    assertThat(file.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"buy-events.ndjson\"");
    List<String> ids =
        file.text()
            .lines()
            .map(line -> JsonMapper.shared().readTree(line).get("id").asString())
            .toList();
    assertThat(ids).hasSize(1_500).containsExactlyInAnyOrderElementsOf(sent);
  }

  @Test
  void aTableRunsNoFormulas() {
    Map<String, Object> evil = event("=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0");
    evil.put("properties", Map.of("a", "x,\"y\"\n"));
    evil.put("value", -5);
    world.send(List.of(evil, event("\tid", "-u", "\rname"))).expect(200);
    Api.Answer file = world.api.get(path("?format=csv"));
    assertThat(file.header("Content-Type")).startsWith("text/csv");
    String[] lines = file.text().split("\r\n");
    assertThat(lines[0])
        .isEqualTo(
            "id,user_id,event,timestamp,received_at,value,properties,experiment,segment,simulated,preview,bot");
    assertThat(file.text())
        .contains("\r\n'=1+1,'@SUM(A1),'+cmd|' /C calc'!A0,")
        .contains(",-5.0,\"{\"\"a\"\": \"\"x,\\\"\"y\\\"\"\\n\"\"}\",buy,")
        .contains("\r\n'\tid,'-u,\"'\rname\",");
  }

  @Test
  void wrongQuestionsNameTheField() {
    for (String query :
        List.of("limit=0", "limit=1001", "cursor=x", "format=xml", "simulated=maybe")) {
      JsonNode problem = world.api.get(path("?" + query)).expect(422);
      assertThat(problem.at("/errors/0/field").asString()).isEqualTo(query.split("=")[0]);
    }
  }

  @Test
  void somebodyElseFindsNothing() {
    Api stranger = new EventWorld(server, port).api;
    stranger.get(path("")).expect(404);
    stranger.get(path("?format=ndjson")).expect(404);
    Api.anonymous(port).get(path("")).expect(401);
  }

  private JsonNode list(String query) {
    return world.api.get(path(query)).expect(200);
  }

  private List<String> ids(String query) {
    return StreamSupport.stream(list(query).get("items").spliterator(), false)
        .map(item -> item.get("id").asString())
        .toList();
  }

  private String path(String query) {
    return "/api/experiments/" + experiment.id() + "/events" + query;
  }

  private static Map<String, Object> event(String id, String user, String name) {
    return new HashMap<>(Map.of("id", id, "user_id", user, "event", name, "experiment", "buy"));
  }
}
