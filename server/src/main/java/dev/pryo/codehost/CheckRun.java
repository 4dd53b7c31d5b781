package dev.pryo.codehost;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One check of a commit, as its repository runs it.
///
/// @param number names the run; 0 where the host only knows how it ended
/// @param name the check's own, which stays from commit to commit
/// @param endedAt null while it has not, or where that is not known
/// @param summary what it says in short; may be empty
/// @param logged whether it may have a log that can be read
public record CheckRun(
    long number,
    String name,
    State state,
    @Nullable Instant endedAt,
    String summary,
    boolean logged) {

  /// `PENDING`: it has not said yet, or was stopped before it could.
  public enum State {
    PENDING,
    PASSED,
    FAILED
  }
}
