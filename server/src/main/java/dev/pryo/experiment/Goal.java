package dev.pryo.experiment;

import org.jspecify.annotations.Nullable;

/// What is measured.
///
/// @param event the name of the event that counts
/// @param margin for a guardrail: how much worse it may get, as a fraction of the control
/// @param windowHours only events so soon after the exposure count, and a visitor counts once that
///   time has passed; null: everything after the exposure counts
/// @param quote the words of the description that it came from, where it was extracted
public record Goal(
    String event,
    String name,
    Kind kind,
    Direction direction,
    Role role,
    @Nullable Double margin,
    @Nullable Integer windowHours,
    @Nullable String quote) {

  /// How a visitor's events become that visitor's value.
  public enum Kind {
    /// 1 if there was an event, else 0.
    CONVERSION,
    /// The number of events.
    COUNT,
    /// The sum of their values.
    SUM,
    /// The mean of their values; a visitor without events counts as 0.
    MEAN
  }

  public enum Direction {
    INCREASE,
    DECREASE
  }

  public enum Role {
    PRIMARY,
    SECONDARY,
    GUARDRAIL
  }
}
