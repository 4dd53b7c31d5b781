package dev.pryo.experiment;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is measured.
///
/// @param event the name of the event that counts
/// @param denominator what a ratio divides by; null for every other kind
/// @param margin for a guardrail: how much worse it may get, as a fraction of the control
/// @param windowHours only events so soon after the exposure count, and a visitor counts once that
///   time has passed; null: everything after the exposure counts
/// @param useHistory whether the change is adjusted for what the same visitor did in this measure
///   in the 30 days before the first exposure, which takes noise away and moves no result
/// @param filter what the event must say to count, all of it; a ratio's denominator is not filtered
/// @param capQuantile values of a person above this quantile of all segments' people together count
///   as that quantile; null: as they are
/// @param quote the words of the description that it came from, where it was extracted
public record Goal(
    String event,
    String name,
    Kind kind,
    @Nullable Denominator denominator,
    Direction direction,
    Role role,
    @Nullable Double margin,
    @Nullable Integer windowHours,
    boolean useHistory,
    List<Condition> filter,
    @Nullable Double capQuantile,
    @Nullable String quote) {

  public Goal {
    filter = Objects.requireNonNullElse(filter, List.of()); // as it was kept before there were any
  }

  /// A goal that counts every event of its name, with values as they are.
  public Goal(
      String event,
      String name,
      Kind kind,
      @Nullable Denominator denominator,
      Direction direction,
      Role role,
      @Nullable Double margin,
      @Nullable Integer windowHours,
      boolean useHistory,
      @Nullable String quote) {
    this(
        event,
        name,
        kind,
        denominator,
        direction,
        role,
        margin,
        windowHours,
        useHistory,
        List.of(),
        null,
        quote);
  }

  /// How far back [#useHistory] looks from the first exposure.
  public static final Duration HISTORY = Duration.ofDays(30);

  /// The names of the events that it counts, its own first.
  public List<String> events() {
    return denominator == null || denominator.event.equals(event)
        ? List.of(event)
        : List.of(event, denominator.event);
  }

  /// How a visitor's events become that visitor's value.
  public enum Kind {
    /// 1 if there was an event, else 0.
    CONVERSION,
    /// The number of events.
    COUNT,
    /// The sum of their values.
    SUM,
    /// The mean of their values; a visitor without events counts as 0.
    MEAN,
    /// What all visitors' events add up to, over what their denominators add up to. An event adds
    /// its value, and 1 where it has none: revenue per order, clicks per visit.
    RATIO
  }

  /// What a ratio divides by, counted within the goal's own window.
  ///
  /// @param kind conversion, count or sum
  public record Denominator(String event, Kind kind) {}

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
