package dev.pryo.analysis;

import java.time.Instant;
import java.util.UUID;

/// What Pryo found by itself at a running experiment and somebody should decide about.
///
/// @param paused whether Pryo has paused the experiment for it
public record Alert(UUID experimentId, Kind kind, String sentence, boolean paused, Instant at) {

  /// The most urgent first.
  public enum Kind {
    /// The split is broken.
    SPLIT,
    /// A guardrail is harmed.
    HARM,
    /// The verdict is to ship, to keep control, or that the effect is not stable.
    SETTLED,
    PLANNED_END,
    MAX_DAYS;

    boolean isHarm() {
      return this == SPLIT || this == HARM;
    }
  }
}
