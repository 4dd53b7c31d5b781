package dev.pryo.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.ModelTest;
import dev.pryo.TestModel;
import dev.pryo.TestModel.Talk;
import dev.pryo.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// A result's words on its page: Pryo's own until a model's are there.
@ModelTest
class WordsPagesTest {
  private static final int STOP_POLLING = 286;
  private static final TestModel MODEL = TestModel.Shared.MODEL;

  @LocalServerPort int port;

  @Test
  void pryosWordsStandUntilAModelsAreThere() {
    World world = World.create(port);
    String path = "/api/experiments/" + world.experiment();
    JsonNode experiment = world.owner().post(path + "/activate", Map.of("force", true)).expect(200);
    String key = experiment.get("key").asString();
    Talk talk = MODEL.talk(key, words()).after(TestModel.silence());
    send(world, key);
    Visitor visitor = signedIn(world);

    visitor.open("/experiments/" + world.experiment());
    assertThat(visitor.one("#meaning").text())
        .contains("A language model is putting this into words. Until then these are Pryo's own.");
    assertThat(visitor.one("#details").text()).contains("200 people took part.");
    assertThat(visitor.page().select(".behind a[href^=#fact-]"))
        .isNotEmpty()
        .allSatisfy(link -> assertThat(visitor.page().select(link.attr("href"))).hasSize(1));
    String poll = visitor.one("#meaning").attr("hx-get");

    talk.awaitSilence();
    talk.release();
    for (int i = 0; i < 600 && visitor.open(poll).status() != STOP_POLLING; i++) {
      LockSupport.parkNanos(100_000_000);
    }
    assertThat(visitor.one("#meaning").text()).contains("Words by " + TestModel.NAME);
    assertThat(visitor.one("#meaning").hasAttr("hx-get")).isFalse();
    assertThat(visitor.one("#details").text()).isEqualTo("200 people took part in this test.");
    assertThat(visitor.open(poll.replace(world.experiment(), world.project())).status())
        .isEqualTo(404);
  }

  /// With a model's words and without, the page has the same verdict, facts, numbers and tables.
  @Test
  void switchedOffNothingIsLostButStyle() {
    World world = World.create(port);
    String path = "/api/experiments/" + world.experiment();
    JsonNode experiment = world.owner().post(path + "/activate", Map.of("force", true)).expect(200);
    String key = experiment.get("key").asString();
    MODEL.talk(key, words());
    send(world, key);
    Visitor visitor = signedIn(world);
    world.owner().post(path + "/analyse", null).expect(200);
    for (int i = 0; i < 600 && !on(visitor, world).contains("Words by " + TestModel.NAME); i++) {
      LockSupport.parkNanos(100_000_000);
    }
    assertThat(visitor.one("#details").text()).isEqualTo("200 people took part in this test.");
    List<String> numbers = numbers(visitor);
    int insights = visitor.page().select("#meaning .insights li").size();

    world
        .owner()
        .send("PATCH", "/api/projects/" + world.project(), Map.of("model_words", false))
        .expect(200);
    world.owner().post(path + "/analyse", null).expect(200);
    assertThat(on(visitor, world))
        .contains("Words by Pryo's own rules, numbers by the statistics.");
    assertThat(numbers(visitor)).isEqualTo(numbers).hasSizeGreaterThan(100);
    assertThat(visitor.one("#details").text()).endsWith("200 people took part.");
    assertThat(visitor.page().select("#meaning .insights li")).hasSize(insights);
  }

  private static String on(Visitor visitor, World world) {
    visitor.open("/experiments/" + world.experiment());
    return visitor.one("#meaning").text();
  }

  /// All that a page says but for its words: the verdict, and every cell, count and plot.
  private static List<String> numbers(Visitor visitor) {
    return visitor
        .page()
        .select(
            "#lead, .checks li, .people li, .forest p, td, th, .able li,"
                + " script[type=application/json]")
        .stream()
        .map(each -> each.tagName().equals("script") ? each.data() : each.text())
        .toList();
  }

  private static TestModel.Laid words() {
    return TestModel.calls(
        "write_words",
        Map.of(
            "summary",
            Map.of("text", "200 people took part in this test.", "facts", List.of("f1"))));
  }

  private Visitor signedIn(World world) {
    String email = world.owner().get("/api/auth/me").expect(200).get("email").asString();
    Visitor visitor = Visitor.anonymous(port);
    visitor.open("/sign-in");
    return visitor.send("/sign-in", Map.of("email", email, "password", Visitor.PASSWORD));
  }

  private void send(World world, String key) {
    List<Map<String, Object>> events = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      events.add(
          Map.of(
              "id",
              "seen" + i,
              "user_id",
              "u" + i,
              "event",
              "$exposure",
              "experiment",
              key,
              "segment",
              i % 2 == 0 ? "control" : "test1"));
      if (i % 10 < 3) {
        events.add(Map.of("id", "joined" + i, "user_id", "u" + i, "event", "sign_up"));
      }
    }
    Api.anonymous(port)
        .post("/api/events?key=" + world.writeKey(), Map.of("events", events))
        .expect(200);
  }
}
