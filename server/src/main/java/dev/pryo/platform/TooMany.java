package dev.pryo.platform;

import java.time.Duration;

/// The caller has to wait (429).
public final class TooMany extends RuntimeException {
  private final Duration wait;

  public TooMany(String sentence, Duration wait) {
    super(sentence);
    this.wait = wait;
  }

  /// How long, at least one second.
  public Duration retryAfter() {
    return wait.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : wait;
  }
}
