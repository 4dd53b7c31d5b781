package dev.pryo.event;

import dev.pryo.experiment.Goal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an analysis wants counted.
///
/// @param segments how many segments the experiment has; they are numbered from 0, the control
/// @param active the times in which the experiment was active; exposures outside of them do not
///   count. Not asked of simulated events, which belong to no time
/// @param countBots whether crawlers and headless browsers count
/// @param source live or simulated
/// @param now visitors whose goal window has not passed by then are not mature and count in no
///   total of it
public record TotalsQuery(
    long projectNo,
    long experimentNo,
    int segments,
    List<Goal> goals,
    List<Period> active,
    boolean countBots,
    Source source,
    Instant now) {

  /// A time in which the experiment was active.
  ///
  /// @param until null: it still is
  public record Period(Instant since, @Nullable Instant until) {}
}
