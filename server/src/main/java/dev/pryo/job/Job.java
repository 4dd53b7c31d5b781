package dev.pryo.job;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A long task as people see it.
///
/// @param kind which [JobHandler] does it
/// @param progress from 0 to 1, never falling within one attempt
/// @param attempts how often it was begun; a process that dies costs one
/// @param checks what was asked about the result, once it is known
/// @param createdBy who asked for it; null once that account is gone
public record Job(
    UUID id,
    UUID projectId,
    UUID experimentId,
    String kind,
    State state,
    Phase phase,
    double progress,
    String message,
    int attempts,
    List<Check> checks,
    @Nullable UUID createdBy,
    Instant createdAt,
    Instant updatedAt) {

  /// Whether it is over and nothing came of it.
  public boolean endedInVain() {
    return state == State.FAILED || state == State.CANCELLED;
  }

  /// Where it stands. The last three are final.
  public enum State {
    QUEUED,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED
  }

  /// What it is doing.
  public enum Phase {
    QUEUED,
    PLAN,
    READ,
    WRITE,
    CHECK,
    PULL_REQUEST
  }

  /// One question asked about the result.
  ///
  /// @param id such as `parses` or `scope`
  /// @param detail what was found, in a sentence
  @Schema(name = "JobCheck")
  public record Check(String id, Status status, String detail) {
    public enum Status {
      PASS,
      WARN,
      FAIL
    }
  }
}
