package dev.pryo.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import dev.pryo.TestRepository;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@PryoTest
class AnalysisApiTest {
  private static final int PEOPLE = 400;

  @LocalServerPort int port;
  private Api owner;
  private JsonNode project;
  private JsonNode experiment;

  @BeforeEach
  void anActiveExperiment() {
    owner = Api.signedUp(port);
    project =
        owner
            .post(
                "/api/projects",
                Map.of(
                    "name",
                    "Kites",
                    "repository",
                    Map.of(
                        "host",
                        "git",
                        "url",
                        TestRepository.with(Map.of("index.html", "<p>Hello</p>\n"))
                            .toUri()
                            .toString()),
                    "consent",
                    "granted"))
            .expect(201);
    experiment = draft();
    owner.post(path("/activate"), Map.of("force", true)).expect(200);
  }

  private JsonNode draft() {
    return owner
        .post(
            "/api/experiments",
            Map.of(
                "project_id",
                project.get("id").asString(),
                "name",
                "Buy button",
                "description",
                "Say buy now",
                "segments",
                List.of(
                    Map.of("name", "Control", "traffic_percentage", 50),
                    Map.of(
                        "name",
                        "Test 1",
                        "instructions",
                        "Change 'Add to cart' to 'Buy now'",
                        "traffic_percentage",
                        50)),
                "goals",
                List.of(Map.of("event", "purchase", "name", "Purchase", "kind", "conversion")),
                "start",
                false))
        .expect(201);
  }

  @Test
  void whatWasSentIsCountedAndDecided() {
    send("control", 40);
    send("test1", 140);
    JsonNode analysis = owner.post(path("/analyse"), Map.of()).expect(200);
    assertThat(analysis.at("/verdict/decision").asString()).isEqualTo("ship");
    assertThat(analysis.at("/verdict/segment").asString()).isEqualTo("test1");
    assertThat(analysis.at("/verdict/sentence").asString())
        .isEqualTo("Ship Test 1: it brings 250 % more “Purchase”.");
    assertThat(analysis.at("/raw_data/segments/0/users").asInt()).isEqualTo(PEOPLE);
    assertThat(analysis.at("/raw_data/segments/1/events/purchase/users").asInt()).isEqualTo(140);
    assertThat(owner.get(path("/analysis")).expect(200)).isEqualTo(analysis);
    assertThat(owner.get(path("/analysis?source=live")).expect(200)).isEqualTo(analysis);
    assertThat(owner.get(path("/analysis?source=simulated")).status()).isEqualTo(404);
  }

  @Test
  void earlierAnalysesAreKept() {
    assertThat(owner.get(path("/analysis")).status()).isEqualTo(404);
    JsonNode first = owner.post(path("/analyse"), null).expect(200);
    assertThat(first.at("/verdict/rule").asString()).isEqualTo("no_people");
    send("control", 3);
    send("test1", 5);
    JsonNode second = owner.post(path("/analyse"), null).expect(200);
    JsonNode newest = owner.get(path("/analysis?history=true&limit=1")).expect(200);
    assertThat(newest.get("items").get(0)).isEqualTo(second);
    JsonNode rest =
        owner
            .get(path("/analysis?history=true&cursor=" + newest.get("next_cursor").asString()))
            .expect(200);
    assertThat(rest.get("items").size()).isEqualTo(1);
    assertThat(rest.get("items").get(0)).isEqualTo(first);
    assertThat(rest.get("next_cursor").isNull()).isTrue();
  }

  /// Counts that are still right are not made again, which nobody may notice.
  @Test
  void eachLookSeesWhatHasChangedSinceTheLast() {
    send("control", 40);
    send("test1", 42);
    JsonNode first = owner.post(path("/analyse"), null).expect(200);
    JsonNode again = owner.post(path("/analyse"), null).expect(200);
    assertThat(again.get("id")).isNotEqualTo(first.get("id"));
    assertThat(again.get("raw_data")).isEqualTo(first.get("raw_data"));
    Map<String, Object> late = event("control", 399, "purchase");
    post(List.of(late), "Firefox");
    assertThat(buyers()).isEqualTo(41);
    Map<String, Object> crawled = event("crawler", 1, "$exposure");
    crawled.put("experiment", experiment.get("key").asString());
    crawled.put("segment", "control");
    post(List.of(crawled, event("crawler", 1, "purchase")), "Googlebot/2.1");
    assertThat(buyers()).isEqualTo(41);
    owner
        .send("PATCH", "/api/projects/" + project.get("id").asString(), Map.of("count_bots", true))
        .expect(200);
    assertThat(buyers()).isEqualTo(42);
  }

  private int buyers() {
    return owner
        .post(path("/analyse"), null)
        .expect(200)
        .at("/raw_data/segments/0/events/purchase/users")
        .asInt();
  }

  private void post(List<Map<String, Object>> events, String agent) {
    JsonNode answer =
        Api.anonymous(port)
            .send(
                "POST",
                "/api/events?key=" + project.get("write_key").asString(),
                Map.of("events", events),
                "User-Agent",
                agent)
            .expect(200);
    assertThat(answer.get("accepted").asInt()).isEqualTo(events.size());
  }

  @Test
  void finishingAnalysesOnceMore() {
    send("control", 40);
    send("test1", 42);
    JsonNode analysis = owner.post(path("/finish?wait=true"), null).expect(200);
    assertThat(analysis.at("/verdict/rule").asString()).isEqualTo("stopped_early");
    assertThat(owner.get(path("")).expect(200).get("status").asString()).isEqualTo("finished");
    assertThat(owner.post(path("/finish"), null).status()).isEqualTo(409);
    experiment = draft();
    owner.post(path("/activate"), Map.of("force", true)).expect(200);
    JsonNode finished = owner.post(path("/finish"), null).expect(202);
    assertThat(finished.get("status").asString()).isEqualTo("finished");
    owner.get(finished.get("analysis").asString()).expect(200);
  }

  @Test
  void somebodyElseSeesNothing() {
    Api stranger = Api.signedUp(port);
    owner.post(path("/analyse"), null).expect(200);
    assertThat(stranger.get(path("/analysis")).status()).isEqualTo(404);
    assertThat(stranger.post(path("/analyse"), null).status()).isEqualTo(404);
    assertThat(stranger.post(path("/finish"), null).status()).isEqualTo(404);
    assertThat(stranger.post(path("/iterate"), null).status()).isEqualTo(404);
    assertThat(Api.anonymous(port).get(path("/analysis")).status()).isEqualTo(401);
  }

  @Test
  void whatCannotBeAskedIsNamed() {
    assertThat(field("/analysis?source=preview")).isEqualTo("source");
    assertThat(field("/analysis?history=true&limit=0")).isEqualTo("limit");
    assertThat(field("/analysis?history=true&cursor=next")).isEqualTo("cursor");
    experiment = draft();
    assertThat(owner.post(path("/analyse"), null).status()).isEqualTo(409);
    assertThat(owner.post(path("/iterate"), null).status()).isEqualTo(409);
  }

  @Test
  void theNextExperimentFollowsFromTheOutcome() {
    send("control", 40);
    send("test1", 140);
    JsonNode analysis = owner.post(path("/finish?wait=true"), null).expect(200);
    JsonNode next = owner.post(path("/iterate"), Map.of()).expect(201);
    assertThat(next.get("parent_id")).isEqualTo(experiment.get("id"));
    assertThat(next.get("status").asString()).isEqualTo("draft");
    assertThat(next.get("name").asString()).isEqualTo("Buy button, bolder");
    assertThat(next.at("/segments/1/instructions").asString())
        .isEqualTo("Change 'Add to cart' to 'Buy now' and make 'Add to cart' bigger");
    assertThat(next.at("/goals/0/event").asString()).isEqualTo("purchase");
    assertThat(next.at("/plan/baseline").asDouble()).isEqualTo(0.1);
    JsonNode proposal = next.get("proposal");
    assertThat(proposal.get("move").asString()).isEqualTo("bolder");
    assertThat(proposal.get("because").asString())
        .isEqualTo("Ship Test 1: it brings 250 % more “Purchase”.");
    assertThat(proposal.get("analysis_id")).isEqualTo(analysis.get("id"));
    List<String> known = new ArrayList<>();
    analysis.get("facts").forEach(fact -> known.add(fact.get("id").asString()));
    assertThat(proposal.get("facts").size()).isPositive();
    proposal.get("facts").forEach(fact -> assertThat(known).contains(fact.get("id").asString()));
    JsonNode another = owner.post(path("/iterate"), Map.of()).expect(201);
    assertThat(another.at("/segments/1/instructions").asString())
        .isEqualTo("Change 'Add to cart' to 'Buy now' and make 'Add to cart' bold");
  }

  /// People of one segment, of whom the first so many buy.
  private void send(String segment, int buyers) {
    List<Map<String, Object>> events = new ArrayList<>();
    for (int person = 0; person < PEOPLE; person++) {
      Map<String, Object> exposure = event(segment, person, "$exposure");
      exposure.put("experiment", experiment.get("key").asString());
      exposure.put("segment", segment);
      events.add(exposure);
      if (person < buyers) {
        events.add(event(segment, person, "purchase"));
      }
    }
    JsonNode answer =
        Api.anonymous(port)
            .post(
                "/api/events?key=" + project.get("write_key").asString(), Map.of("events", events))
            .expect(200);
    assertThat(answer.get("accepted").asInt()).isEqualTo(events.size());
  }

  private static Map<String, Object> event(String segment, int person, String name) {
    Map<String, Object> event = new HashMap<>();
    event.put("id", segment + "-" + person + "-" + name);
    event.put("user_id", segment + "-" + person);
    event.put("event", name);
    return event;
  }

  /// The field that a request is refused for.
  private String field(String rest) {
    return owner.get(path(rest)).expect(422).at("/errors/0/field").asString();
  }

  private String path(String rest) {
    return "/api/experiments/" + experiment.get("id").asString() + rest;
  }
}
