package dev.pryo.wording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.ModelTest;
import dev.pryo.TestModel;
import dev.pryo.TestModel.Laid;
import dev.pryo.TestModel.Talk;
import dev.pryo.World;
import dev.pryo.platform.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// A model's words over the whole way: from the analysis through the job, the vendor's own library
/// and the checks to what people read.
@ModelTest
class WordsApiTest {
  private static final int PEOPLE = 400;
  private static final TestModel MODEL = TestModel.Shared.MODEL;

  /// The first fact is that of all people.
  private static final String EVERYBODY = "f1";

  @LocalServerPort int port;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;
  private World world;
  private String key;

  @BeforeEach
  void anActiveExperiment() {
    world = World.create(port);
    key = world.owner().get(path("")).expect(200).get("key").asString();
    world.owner().post(path("/activate"), Map.of("force", true)).expect(200);
  }

  @Test
  void wordsComeWithTheFinishedAnalysisAndNothingElseChanges() {
    Talk talk = MODEL.talk(key, words("800 people took part in this test."));
    send("control", 40);
    send("test1", 140);
    JsonNode analysis = world.owner().post(path("/finish?wait=true"), null).expect(200);
    assertThat(analysis.get("words").asString()).isEqualTo("ready");
    assertThat(analysis.get("written_by").asString()).isEqualTo(TestModel.NAME);
    assertThat(analysis.get("summary").asString()).isEqualTo("800 people took part in this test.");
    assertThat(analysis.at("/summary_facts/0").asString()).isEqualTo("users.total");
    assertThat(analysis.at("/verdict/decision").asString()).isEqualTo("ship");
    assertThat(analysis.at("/verdict/sentence").asString())
        .isEqualTo("Ship Start free: it brings 250 % more “sign_up”.");
    assertThat(analysis.at("/winner_recommendation/reason"))
        .isEqualTo(analysis.at("/verdict/sentence"));
    assertThat(world.owner().get(path("/analysis")).expect(200)).isEqualTo(analysis);
    assertThat(talk.calls()).isEqualTo(1);
    JsonNode asked = talk.asked().getFirst();
    assertThat(asked.get("model").asString()).isEqualTo("claude-sonnet-4-6");
    assertThat(asked.get("max_tokens").asInt()).isBetween(1, 8_192);
    assertThat(asked.toString())
        .doesNotContain("control-1")
        .doesNotContain("@")
        .doesNotContain(world.writeKey());
    // a receipt is made of Pryo's own words, which can be computed again
    JsonNode receipt = world.owner().get(path("/receipt")).expect(200);
    assertThat(receipt.at("/winner_recommendation/reason"))
        .isEqualTo(analysis.at("/verdict/sentence"));
  }

  @Test
  void theSameFactsAreNotPaidForTwice() {
    Talk talk = MODEL.talk(key, words("800 people took part in this test."));
    send("control", 40);
    send("test1", 140);
    world.owner().post(path("/analyse"), null).expect(200);
    assertThat(settled().get("words").asString()).isEqualTo("ready");
    world.owner().post(path("/analyse"), null).expect(200);
    assertThat(settled().get("summary").asString()).isEqualTo("800 people took part in this test.");
    assertThat(talk.calls()).isEqualTo(1);
  }

  @Test
  void wordsThatDoNotFitAreDropped() {
    MODEL.talk(key, words("801 people took part in this test."));
    send("control", 40);
    send("test1", 140);
    JsonNode analysis = world.owner().post(path("/finish?wait=true"), null).expect(200);
    assertThat(analysis.get("words").asString()).isEqualTo("failed");
    assertThat(analysis.get("written_by").asString()).isEqualTo("pryo");
    assertThat(analysis.get("summary").asString())
        .startsWith("Ship Start free: it brings 250 % more “sign_up”.");
  }

  @Test
  void aVendorThatRefusesLeavesPryosWords() {
    MODEL.talk(key, TestModel.error(400, "invalid_request_error", "No such thing.", Map.of()));
    send("control", 40);
    send("test1", 140);
    JsonNode analysis = world.owner().post(path("/finish?wait=true"), null).expect(200);
    assertThat(analysis.get("words").asString()).isEqualTo("failed");
    assertThat(analysis.get("summary").asString()).startsWith("Ship Start free: it brings");
  }

  @Test
  void theProjectCanSwitchThemOff() {
    Talk talk = MODEL.talk(key, words("800 people took part in this test."));
    world
        .owner()
        .send("PATCH", "/api/projects/" + world.project(), Map.of("model_words", false))
        .expect(200);
    send("control", 40);
    send("test1", 140);
    JsonNode analysis = world.owner().post(path("/finish?wait=true"), null).expect(200);
    assertThat(analysis.get("words").asString()).isEqualTo("off");
    assertThat(analysis.get("written_by").asString()).isEqualTo("pryo");
    assertThat(analysis.at("/verdict/decision").asString()).isEqualTo("ship");
    assertThat(talk.calls()).isZero();
  }

  @Test
  void withNobodyThereIsNothingToSay() {
    Talk talk = MODEL.talk(key, words("800 people took part in this test."));
    JsonNode analysis = world.owner().post(path("/analyse"), null).expect(200);
    assertThat(analysis.get("words").asString()).isEqualTo("off");
    assertThat(talk.calls()).isZero();
  }

  /// While a model is silent the analysis is there with Pryo's words; and what a dead process left
  /// is taken up.
  @Test
  void aProcessThatDiesLosesNoWords() {
    Talk talk =
        MODEL.talk(key, words("800 people took part in this test.")).after(TestModel.silence());
    send("control", 40);
    send("test1", 140);
    JsonNode pending = world.owner().post(path("/analyse"), null).expect(200);
    assertThat(pending.get("words").asString()).isEqualTo("pending");
    assertThat(pending.get("written_by").asString()).isEqualTo("pryo");
    talk.awaitSilence();
    kill();
    assertThat(settled().get("summary").asString()).isEqualTo("800 people took part in this test.");
    talk.release();
  }

  /// The task as a process leaves it that has died: held, with a heartbeat that has long stopped.
  private void kill() {
    Tenant.system(() ->
        transactions.execute(status ->
            sql.sql(
                    """
                    update scheduled_tasks set picked_by = 'dead', version = version + 1, last_heartbeat = now() - interval '1 hour'
                     where task_instance in (select id::text from job where experiment_id = :id and kind = 'words')\
                    """)
                .param("id", UUID.fromString(world.experiment()))
                .update()));
  }

  /// The newest analysis once its words are settled.
  private JsonNode settled() {
    for (int i = 0; i < 600; i++) {
      JsonNode analysis = world.owner().get(path("/analysis")).expect(200);
      if (!analysis.get("words").asString().equals("pending")) {
        return analysis;
      }
      LockSupport.parkNanos(100_000_000);
    }
    throw new AssertionError("No words came");
  }

  private static Laid words(String summary) {
    return TestModel.calls(
        "write_words",
        Map.of(
            "summary", Map.of("text", summary, "facts", List.of(EVERYBODY)),
            "reason", Map.of("text", "It was 300 % better.", "facts", List.of(EVERYBODY)),
            "insights", List.of()));
  }

  private void send(String segment, int joined) {
    List<Map<String, Object>> events = new ArrayList<>();
    for (int person = 0; person < PEOPLE; person++) {
      String user = segment + "-" + person;
      events.add(
          Map.of(
              "id", user + "-seen",
              "user_id", user,
              "event", "$exposure",
              "experiment", key,
              "segment", segment));
      if (person < joined) {
        events.add(Map.of("id", user + "-joined", "user_id", user, "event", "sign_up"));
      }
    }
    Api.anonymous(port)
        .post("/api/events?key=" + world.writeKey(), Map.of("events", events))
        .expect(200);
  }

  private String path(String rest) {
    return "/api/experiments/" + world.experiment() + rest;
  }
}
