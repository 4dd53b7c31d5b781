package dev.pryo.codehost;

import java.time.Duration;

/// How long a host may wait for a service that asks for time. What a person asks for in a browser
/// waits not at all; a job waits for minutes and says so.
///
/// @param longest how long it may wait at a time; what takes longer is a [CodeHostException] that
///   says until when
public record Patience(Duration longest, Pause pause) {

  /// Fails at once.
  public static final Patience NONE = new Patience(Duration.ZERO, (time, why) -> {});

  /// Waits.
  @FunctionalInterface
  public interface Pause {
    /// Returns when the time has passed, or throws what ends the work.
    ///
    /// @param why what is waited for, in a sentence without its end
    void of(Duration time, String why);
  }

  boolean allows(Duration time) {
    return time.compareTo(longest) <= 0;
  }
}
