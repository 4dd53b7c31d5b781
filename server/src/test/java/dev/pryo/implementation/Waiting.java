package dev.pryo.implementation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import tools.jackson.databind.JsonNode;

/// Waits for what jobs do.
final class Waiting {
  private Waiting() {}

  /// The experiment once it is not being implemented any more. The stream of its progress ends by
  /// then, so that this waits no longer than needed.
  static JsonNode settled(Api api, String id) {
    String events = api.get("/api/experiments/" + id + "/progress").text();
    assertThat(events).contains("event:status");
    JsonNode experiment = api.get("/api/experiments/" + id).expect(200);
    assertThat(experiment.get("status").asString()).as(events).isNotEqualTo("implementing");
    return experiment;
  }
}
