package dev.pryo.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.TestHome;
import dev.pryo.TestModel;
import dev.pryo.TestModel.Talk;
import dev.pryo.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/// A server that knows OpenAI's endpoint alone, or any that speaks as it does: it reads
/// descriptions, puts analyses into words and proposes what comes next, through the vendor's own
/// library.
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "pryo.rate-limits=off",
      "pryo.models.anthropic.api-key=",
      "pryo.models.anthropic.base-url=",
      "pryo.models.openai.api-key=sk-test-key-of-nobody",
      "pryo.models.run-budget-usd=2",
      "pryo.models.monthly-budget-usd=1000",
      "spring.lifecycle.timeout-per-shutdown-phase=2s"
    })
@ContextConfiguration(initializers = {TestHome.class, TestModel.AsOpenAi.class})
class OpenAiApiTest {
  private static final TestModel MODEL = TestModel.Shared.MODEL;
  private static final int PEOPLE = 200;

  @LocalServerPort int port;
  private World world;
  private String key;

  @BeforeEach
  void anExperiment() {
    world = World.create(port);
    key = world.owner().get(path("")).expect(200).get("key").asString();
  }

  @Test
  void itReadsADescriptionAndItsQuotesStand() {
    String word = "kite" + UUID.randomUUID().toString().substring(0, 8);
    Talk talk =
        MODEL.talk(
            word,
            TestModel.calls(
                "found",
                Map.of(
                    "versions",
                    List.of(Map.of("quotes", List.of("open with families who fly together"))),
                    "goals",
                    List.of(
                        Map.of(
                            "event", "start_a_trial",
                            "quote", "more of them start a trial",
                            "role", "primary")))));
    JsonNode made =
        world
            .owner()
            .post(
                "/api/experiments",
                Map.of(
                    "project_id",
                    world.project(),
                    "name",
                    "Words about " + word,
                    "description",
                    "Let the %s page open with families who fly together. We hope that more of them start a trial."
                        .formatted(word)))
            .expect(201);
    assertThat(made.at("/segments/1/quote").asString())
        .isEqualTo("open with families who fly together");
    assertThat(made.at("/goals/0/quote").asString()).isEqualTo("more of them start a trial");
    asked(talk);
  }

  @Test
  void itPutsAnAnalysisIntoWordsThatFactsBearOut() {
    Talk talk = MODEL.talk(key, words("400 people took part in this test."));
    JsonNode analysis = finished();
    assertThat(analysis.get("words").asString()).isEqualTo("ready");
    assertThat(analysis.get("written_by").asString()).isEqualTo(TestModel.OPEN_AI_NAME);
    assertThat(analysis.get("summary").asString()).isEqualTo("400 people took part in this test.");
    // what it invents is dropped, whoever says it
    assertThat(analysis.at("/winner_recommendation/reason").asString())
        .isEqualTo("Ship Start free: it brings 250 % more “sign_up”.");
    asked(talk);
  }

  @Test
  void itProposesWhatComesNext() {
    MODEL.talk(key, words("400 people took part in this test."));
    finished();
    Talk talk =
        MODEL.talk(key, proposed("Start free rose by 250 %, so a bolder offer comes next."));
    JsonNode next = world.owner().post(path("/iterate"), Map.of()).expect(201);
    assertThat(next.at("/proposal/written_by").asString()).isEqualTo(TestModel.OPEN_AI_NAME);
    assertThat(next.at("/segments/1/instructions").asString())
        .isEqualTo("change 'Sign up' to 'Start free today'");
    asked(talk);
    MODEL.talk(key, proposed("Start free rose by 731 %, so a bolder offer comes next."));
    JsonNode dropped = world.owner().post(path("/iterate"), Map.of()).expect(201);
    assertThat(dropped.at("/proposal/written_by").asString()).isEqualTo("pryo");
    assertThat(dropped.toString()).doesNotContain("731");
  }

  private static void asked(Talk talk) {
    assertThat(talk.calls()).isEqualTo(1);
    JsonNode asked = talk.asked().getFirst();
    assertThat(asked.get("model").asString()).isEqualTo(TestModel.OPEN_AI_NAME);
    assertThat(asked.get("max_completion_tokens").asInt()).isBetween(1, 8_192);
  }

  private static TestModel.Laid words(String summary) {
    return TestModel.calls(
        "write_words",
        Map.of(
            "summary", Map.of("text", summary, "facts", List.of("f1")),
            "reason", Map.of("text", "It was 300 % better.", "facts", List.of("f1")),
            "insights", List.of()));
  }

  private static TestModel.Laid proposed(String why) {
    return TestModel.calls(
        "propose",
        Map.of(
            "move", "bolder",
            "name", "A bolder start",
            "instructions", "change 'Sign up' to 'Start free today'.",
            "keeps", "The offer of a free start.",
            "changes", "The button says when.",
            "hypothesis", "If the button says when it starts, more people will sign up.",
            "why", why,
            "facts", List.of("lift.sign_up.conversion.test1")));
  }

  /// 200 people a segment; 20 sign up in the control, 70 in the test.
  private JsonNode finished() {
    world.owner().post(path("/activate"), Map.of("force", true)).expect(200);
    List<Map<String, Object>> events = new ArrayList<>();
    for (int person = 0; person < PEOPLE; person++) {
      visit(events, "control", person, person < 20);
      visit(events, "test1", person, person < 70);
    }
    Api.anonymous(port)
        .post("/api/events?key=" + world.writeKey(), Map.of("events", events))
        .expect(200);
    return world.owner().post(path("/finish?wait=true"), null).expect(200);
  }

  private void visit(
      List<Map<String, Object>> events, String segment, int person, boolean signsUp) {
    String user = "person-%s-%d".formatted(segment, person);
    events.add(
        Map.of(
            "id",
            "seen-" + user,
            "user_id",
            user,
            "event",
            "$exposure",
            "experiment",
            world.experiment(),
            "segment",
            segment));
    if (signsUp) {
      events.add(Map.of("id", "signed-" + user, "user_id", user, "event", "sign_up"));
    }
  }

  private String path(String rest) {
    return "/api/experiments/" + world.experiment() + rest;
  }
}
