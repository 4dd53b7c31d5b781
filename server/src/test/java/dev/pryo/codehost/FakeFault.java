package dev.pryo.codehost;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What goes wrong with a request to the fake GitHub.
///
/// @param effect whether the request has its effect before it goes wrong
/// @param status what is answered; 0: nothing, the connection is cut; -1: what is right; -2: half
///   of it
/// @param delay how long nothing happens before
public record FakeFault(
    boolean effect,
    int status,
    Map<String, String> headers,
    @Nullable String message,
    Duration delay) {

  static final int HALF = -2;

  /// GitHub answers this instead of doing it.
  public static FakeFault answers(int status, String message) {
    return new FakeFault(false, status, Map.of(), message, Duration.ZERO);
  }

  /// The limit that GitHub keeps beside its counted one.
  ///
  /// @param retryAfter seconds; null says nothing of when
  public static FakeFault secondaryLimit(int status, @Nullable String retryAfter) {
    return new FakeFault(
        false,
        status,
        retryAfter == null ? Map.of() : Map.of("Retry-After", retryAfter),
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
        Duration.ZERO);
  }

  /// The counted limit is used up.
  ///
  /// @param reset seconds since 1970
  public static FakeFault primaryLimit(int status, long reset) {
    return new FakeFault(
        false,
        status,
        Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", String.valueOf(reset)),
        "API rate limit exceeded for user ID 1.",
        Duration.ZERO);
  }

  /// The connection ends before anything is done.
  public static FakeFault cut() {
    return new FakeFault(false, 0, Map.of(), null, Duration.ZERO);
  }

  /// It is done, and nobody hears of it.
  public static FakeFault answerLost() {
    return new FakeFault(true, 0, Map.of(), null, Duration.ZERO);
  }

  /// It is done, and the answer ends in its middle.
  public static FakeFault halfAnswer() {
    return new FakeFault(true, HALF, Map.of(), null, Duration.ZERO);
  }

  /// It is done, and something between says that it was not.
  public static FakeFault doneBut(int status) {
    return new FakeFault(true, status, Map.of(), "Server Error", Duration.ZERO);
  }

  /// It is done, after a while.
  public static FakeFault slow(Duration delay) {
    return new FakeFault(true, -1, Map.of(), null, delay);
  }
}
