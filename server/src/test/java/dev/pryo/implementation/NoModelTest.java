package dev.pryo.implementation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.KiteModel;
import dev.pryo.KiteSite;
import dev.pryo.PryoTest;
import dev.pryo.TestModel;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// A server without any language model says so where one is needed, and works where none is.
@PryoTest
class NoModelTest {
  @LocalServerPort int port;
  private Api api;
  private KiteModel kites;

  @BeforeEach
  void aProject() {
    api = Api.signedUp(port);
    kites = new KiteModel(api, KiteSite.made().link(api), TestModel.Shared.MODEL);
  }

  @Test
  void agentModeFailsAtOnceAndNamesTheSetting() {
    JsonNode draft = kites.draft();
    assertThat(draft.get("mode").asString()).isEqualTo("agent");
    assertThat(api.get(path(draft) + "/estimate").expect(409).get("detail").asString())
        .contains("ANTHROPIC_API_KEY");
    JsonNode failed = implemented(draft);
    assertThat(failed.at("/error/code").asString()).isEqualTo("no_model");
    assertThat(failed.at("/error/message").asString())
        .contains("ANTHROPIC_API_KEY or OPENAI_API_KEY");
  }

  @Test
  void autoIsEditModeThen() {
    JsonNode certain = kites.draft("auto", "change 'Add to cart' to 'Buy now'", Map.of());
    JsonNode estimate = api.get(path(certain) + "/estimate").expect(200);
    assertThat(estimate.get("mode").asString()).isEqualTo("edit");
    assertThat(estimate.get("model").isNull()).isTrue();
    assertThat(implemented(certain).get("status").asString()).isEqualTo("awaiting_merge");
    assertThat(api.get(path(certain) + "/transcript").expect(200).get("items")).isEmpty();
    JsonNode unsure = kites.draft("auto", "Make it feel like a decision.", Map.of());
    assertThat(implemented(unsure).at("/error/code").asString()).isEqualTo("cannot_edit");
  }

  @Test
  void whatIsMissingIsNamedBeforeAnEstimate() {
    JsonNode vague =
        api.post(
                "/api/experiments",
                Map.of("project_id", kites.project(), "name", "A", "description", "Nothing yet"))
            .expect(201);
    JsonNode problem = api.get(path(vague) + "/estimate").expect(422);
    assertThat(problem.at("/errors/0/field").asString()).isEqualTo("segments");
  }

  private JsonNode implemented(JsonNode experiment) {
    api.post(path(experiment) + "/implement", null).expect(202);
    return Waiting.settled(api, experiment.get("id").asString());
  }

  private static String path(JsonNode experiment) {
    return "/api/experiments/" + experiment.get("id").asString();
  }
}
