package dev.pryo.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.PryoTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// Who came, and how events were sent, is told as it was; every event over HTTP.
@PryoTest
class KnownOddityTest {
  private static final double MINUTE = 1 / 1_440.0;
  private static final Map<String, Object> SIGNED_UP =
      Map.of("event", "sign_up", "name", "Signed up", "kind", "conversion", "role", "primary");

  @LocalServerPort int port;
  @TempDir Path folder;

  @Test
  void whoSawTwoSegmentsAndWhoDidAGoalUnseen() {
    PairsWorld world = new PairsWorld(port, 1, List.of(SIGNED_UP));
    for (int i = 0; i < 100; i++) {
      world.exposed("c" + i, "control");
      world.exposed("t" + i, "test1");
    }
    for (int i = 0; i < 10; i++) {
      world.happened("c" + i, "sign_up", null);
    }
    for (int i = 0; i < 4; i++) {
      world.exposed("c" + i, "test1");
    }
    for (int i = 0; i < 30; i++) {
      world.happened("nobody" + i, "sign_up", null);
    }
    JsonNode analysis = world.analysed(folder);
    assertThat(warned(analysis, "multiple_exposure"))
        .startsWith("4 people (2 %) saw two segments and are left out. Likeliest cause: ");
    assertThat(warned(analysis, "goal_without_exposure"))
        .isEqualTo(
            "30 people did a goal without having seen the experiment, more than did after seeing"
                + " it. Either the goal can be reached past the changed page, or the exposure is"
                + " sent too late or not everywhere: compare where $exposure and the goal are"
                + " sent.");
  }

  @Test
  void whichCodeSentThemAndWithWhichClock() {
    PairsWorld world = new PairsWorld(port, 1, List.of(SIGNED_UP));
    for (int i = 0; i < 40; i++) {
      world.exposed("browser" + i, i % 2 == 0 ? "control" : "test1");
    }
    world.sendFrom("0dd0dd");
    for (int i = 0; i < 20; i++) {
      double daysAgo = i < 12 ? -5 * MINUTE : i < 15 ? 120 * MINUTE : 0;
      world.exposed("server" + i, i % 2 == 0 ? "control" : "test1", daysAgo);
    }
    JsonNode analysis = world.analysed(folder);
    assertThat(warned(analysis, "exposure_without_client"))
        .isEqualTo(
            "20 of 60 events that name this experiment came from other code than pryo.js. Likeliest"
                + " cause: own code or a server that sends them too, under other user ids than the"
                + " browser's, so that one person counts twice. Let one of both send them, or give"
                + " the browser's id to the other.");
    assertThat(warned(analysis, "stale_client"))
        .isEqualTo(
            "40 of 60 events of yesterday and today that name this experiment came from another"
                + " version of pryo.js. Likeliest cause: a tag that pins an older version by its"
                + " address and integrity, or a cache in front of the site. Take the tag anew from"
                + " the project's page, or empty the cache.");
    assertThat(warned(analysis, "clock_skew"))
        .isEqualTo(
            "Of 60 events that name this experiment, 12 had a time ahead of the server's and 3 came"
                + " more than an hour after their own time. Ahead is a wrong clock, and the time of"
                + " receipt was taken; late is a clock that is slow, or a sender that holds events"
                + " back. Goals count from the exposure on, so wrong times may lose some: send"
                + " times from one clock, or leave timestamp out.");
  }

  private static String warned(JsonNode analysis, String id) {
    for (JsonNode check : analysis.get("checks")) {
      if (check.get("id").asString().equals(id)) {
        assertThat(check.get("status").asString()).as(check.toString()).isEqualTo("warn");
        return check.get("detail").asString();
      }
    }
    throw new AssertionError("There is no check " + id);
  }
}
