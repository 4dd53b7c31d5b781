package dev.pryo.codehost;

import java.time.Instant;

/// What somebody wrote about a pull request.
///
/// @param place below it, or beside one of its lines; numbers are unique in each
/// @param login who wrote it; empty where that account is gone
/// @param human whether a person wrote it by their own hand, and no program
/// @param edited whether it is not as it was written at first
public record Comment(
    Place place,
    long number,
    String login,
    boolean human,
    boolean edited,
    String body,
    Instant at) {

  /// Where it stands.
  public enum Place {
    CONVERSATION,
    LINE
  }
}
