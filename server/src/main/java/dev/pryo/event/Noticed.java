package dev.pryo.event;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What was odd about events when they came in, on the days (UTC) on which an experiment was
/// active, and stands in none of them. All but the last are events that name the experiment. Only
/// events of visitors are counted, neither previews nor crawlers.
///
/// @param named events that named the experiment
/// @param changed those of any kind whose id another event had already, with other content; the
///   first stands
/// @param ahead of those named, how many had a time more than a minute ahead of the server's
/// @param late of those named, how many came more than an hour after their own time
/// @param foreign of those named, how many did not come from `pryo.js`
/// @param recent of those named, how many came yesterday and today
/// @param stale of the recent ones, how many came from another version of `pryo.js` than is served
/// @param unnamed the project's own that were changed and name no experiment, as goals do; null:
///   none
public record Noticed(
    long named,
    long changed,
    long ahead,
    long late,
    long foreign,
    long recent,
    long stale,
    @Nullable Unnamed unnamed) {
  public static final Noticed NOTHING = new Noticed(0, 0, 0, 0, 0, 0, 0, null);

  /// Events of the project that belong to no one experiment.
  ///
  /// @param from the first day on which there were any
  /// @param to the last
  public record Unnamed(long events, LocalDate from, LocalDate to) {}
}
