package dev.pryo.implementation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.platform.Tenant;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
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

  /// Until what the merge began is over: the record has the segments then, or cannot have them.
  static void prepared(Preparations preparations, String id) {
    UUID experiment = UUID.fromString(id);
    until(() -> !Tenant.system(() -> preparations.isUnderWay(experiment)));
  }

  static void until(BooleanSupplier there) {
    for (int i = 0; i < 1200; i++) {
      if (there.getAsBoolean()) {
        return;
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    throw new AssertionError("still waiting after two minutes");
  }

  /// The roll-out once it is not being written any more.
  static JsonNode rollout(Api api, String id) {
    for (int i = 0; i < 1200; i++) {
      JsonNode rollout = api.get("/api/experiments/" + id).expect(200).get("rollout");
      if (!rollout.get("status").asString().equals("implementing")) {
        return rollout;
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    throw new AssertionError("still being written after two minutes");
  }
}
