package dev.pryo.implementation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.KiteModel;
import dev.pryo.KiteSite;
import dev.pryo.PryoTest;
import dev.pryo.TestModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// What cannot be rolled out, revised or implemented again is answered with the field that is
/// wrong, or with what comes first.
@PryoTest
class BadInputsTest {
  @LocalServerPort int port;
  private Api api;
  private KiteModel kites;

  @BeforeEach
  void aProject() {
    api = Api.signedUp(port);
    kites = new KiteModel(api, KiteSite.made().link(api), TestModel.Shared.MODEL);
  }

  static Stream<Arguments> segments() {
    String one = "must be the key of one of its segments: control, test1";
    return Stream.of(
        Arguments.of(Map.of(), one),
        Arguments.of(Map.of("segment", ""), one),
        Arguments.of(Map.of("segment", "test7"), one),
        Arguments.of(Map.of("segment", "CONTROL"), one),
        Arguments.of(Map.of("segment", List.of("control")), "send a text"));
  }

  @ParameterizedTest
  @MethodSource("segments")
  void aRollOutNamesTheSegmentsThatThereAre(Map<String, Object> body, String mend) {
    String id = over();
    JsonNode problem = api.post(path(id, "rollout"), body).expect(422);
    assertThat(problem.at("/errors/0/field").asString()).isEqualTo("segment");
    assertThat(problem.at("/errors/0/message").asString()).contains(mend);
    assertThat(api.get(path(id, "")).expect(200).get("rollout").isNull()).isTrue();
  }

  @Test
  void aRollOutSaysWhatComesFirst() {
    Map<String, Object> control = Map.of("segment", "control");
    String id = written();
    assertThat(conflict(id, "rollout", control))
        .contains("nothing to roll out", "merge its pull request first");
    api.post(path(id, "merge"), null).expect(200);
    api.post(path(id, "activate"), null).expect(200);
    assertThat(conflict(id, "rollout", control)).contains("finish it first");
    api.post(path(id, "finish"), null).expect(202);
    api.delete(path(id, "")).expect(204);
    assertThat(conflict(id, "rollout", control)).contains("archived", "{\"archived\": false}");
    api.patch(path(id, ""), Map.of("archived", false)).expect(200);
    api.post(path(id, "rollout"), control).expect(202);
    Waiting.rollout(api, id);
    assertThat(conflict(id, "rollout", control)).contains("merge or close that pull request first");
    api.post(path(id, "merge"), null).expect(200);
    assertThat(conflict(id, "rollout", control)).contains("rolled out already");
  }

  static Stream<Arguments> feedback() {
    return Stream.of(
        Arguments.of(Map.of(), "must not be empty"),
        Arguments.of(Map.of("feedback", " \n"), "must not be empty"),
        Arguments.of(Map.of("feedback", "x".repeat(2001)), "must have at most 2000 characters"),
        Arguments.of(Map.of("feedback", "a\u0000b"), "must not contain control characters"),
        Arguments.of(Map.of("feedback", Map.of("say", "more")), "send a text"));
  }

  @ParameterizedTest
  @MethodSource("feedback")
  void aRevisionNamesItsFeedback(Map<String, Object> body, String mend) {
    String id = written();
    JsonNode problem = api.post(path(id, "revise"), body).expect(422);
    assertThat(problem.at("/errors/0/field").asString()).isEqualTo("feedback");
    assertThat(problem.at("/errors/0/message").asString()).contains(mend);
  }

  @Test
  void aRevisionSaysWhatComesFirst() {
    Map<String, Object> bolder = Map.of("feedback", "Bolder.");
    String draft = drafted();
    assertThat(conflict(draft, "revise", bolder)).contains("no open pull request", "implement it");
    String id = written();
    assertThat(conflict(id, "revise", bolder)).contains("written by rules");
    api.post(path(id, "merge"), null).expect(200);
    assertThat(conflict(id, "revise", bolder)).contains("no open pull request");
  }

  @Test
  void toBeImplementedAgainItHasToBeInTheWayOfItsBaseOrFailed() {
    String id = written();
    assertThat(conflict(id, "implement", null))
        .contains("cannot be implemented", "merge its pull request");
    api.post(path(id, "merge"), null).expect(200);
    assertThat(conflict(id, "implement", null)).contains("cannot be implemented");
    api.post(path(id, "activate"), null).expect(200);
    assertThat(conflict(id, "implement", null)).contains("pause or finish it");
    JsonNode vague =
        api.post(
                "/api/experiments",
                Map.of("project_id", kites.project(), "name", "A", "description", "Nothing yet"))
            .expect(201);
    JsonNode problem = api.post(path(vague.get("id").asString(), "implement"), null).expect(422);
    assertThat(problem.at("/errors/0/field").asString()).isEqualTo("segments");
  }

  @Test
  void whoOnlyLooksMayNotAndAStrangerSeesNothing() {
    String id = over();
    Api viewer = Api.signedUp(port);
    Map<String, Object> member = new HashMap<>();
    member.put("email", viewer.get("/api/auth/me").expect(200).get("email").asString());
    member.put("role", "viewer");
    api.post("/api/projects/" + kites.project() + "/members", member).expect(201);
    for (Map.Entry<String, Map<String, Object>> each :
        Map.<String, Map<String, Object>>of(
                "rollout", Map.of("segment", "control"),
                "revise", Map.of("feedback", "Bolder."),
                "implement", Map.of())
            .entrySet()) {
      assertThat(viewer.post(path(id, each.getKey()), each.getValue()).expect(403).get("detail"))
          .as(each.getKey())
          .isNotNull();
      Api.signedUp(port).post(path(id, each.getKey()), each.getValue()).expect(404);
    }
  }

  @Test
  void aBodyThatIsNoneIsAskedForAsJson() {
    String id = over();
    for (String verb : List.of("rollout", "revise")) {
      assertThat(api.post(path(id, verb), null).expect(400).get("detail").asString())
          .as(verb)
          .contains("send JSON");
      assertThat(api.post(path(id, verb), "{\"segment\"").expect(400).get("detail").asString())
          .as(verb)
          .contains("JSON");
    }
  }

  private String conflict(String id, String verb, @Nullable Object body) {
    return api.post(path(id, verb), body).expect(409).get("detail").asString();
  }

  private String drafted() {
    return kites.draft("edit", "change 'Add to cart' to 'Buy now'", Map.of()).get("id").asString();
  }

  private String written() {
    String id = drafted();
    api.post(path(id, "implement"), null).expect(202);
    assertThat(Waiting.settled(api, id).get("status").asString()).isEqualTo("awaiting_merge");
    return id;
  }

  private String over() {
    String id = written();
    api.post(path(id, "merge"), null).expect(200);
    api.post(path(id, "activate"), null).expect(200);
    api.post(path(id, "finish"), null).expect(202);
    return id;
  }

  private static String path(String id, String verb) {
    return "/api/experiments/" + id + (verb.isEmpty() ? "" : "/" + verb);
  }
}
