package dev.pryo.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.PryoTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/// One bad event never fails its neighbours.
@PryoTest
class PoisonedEventsTest {
  @LocalServerPort int port;
  @Autowired ApplicationContext server;
  private EventWorld world;

  @BeforeEach
  void fresh() {
    world = new EventWorld(server, port);
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
    JsonNode longest = world.send(json("i".repeat(64), "\"value\": 1")).expect(200);
    assertThat(longest.get("accepted").asInt()).isEqualTo(1);
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
}
