package dev.pryo.implementation;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What an open pull request was told on its host, and what came of it: each is one state on the
/// experiment.
///
/// @param about which checks failed, or a comment's words
/// @param onBase which of the failed checks fail without the change too, and are left as they are;
///   empty for none
/// @param login who wrote the comment
/// @param commit whose checks failed; null for a comment
/// @param message what came of it, in a sentence
/// @param costUsd what the attempt cost, at list price
@Schema(name = "Remark")
public record Remark(
    Cause cause,
    String about,
    String onBase,
    @Nullable String login,
    @Nullable String commit,
    Outcome outcome,
    String message,
    BigDecimal costUsd,
    Instant at) {

  /// Who told it.
  public enum Cause {
    /// The repository's own checks failed.
    CHECKS,
    /// Somebody wrote a comment that begins with `/pryo`.
    COMMENT
  }

  /// What came of it.
  public enum Outcome {
    /// Another commit is being written.
    RUNNING,
    /// There is another commit.
    COMMITTED,
    /// It was tried, and there is none.
    IN_VAIN,
    /// It was not tried.
    LEFT
  }

  /// Whether it was tried to mend a failed check.
  public boolean repairs() {
    return cause == Cause.CHECKS && outcome != Outcome.LEFT;
  }
}
