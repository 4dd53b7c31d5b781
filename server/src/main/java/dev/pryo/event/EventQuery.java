package dev.pryo.event;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/// One page of an experiment's raw events.
///
/// @param goals names of the events that its goals count
/// @param since when the experiment was made; what names no experiment and arrived earlier cannot
///   count for it, and is not listed
/// @param sources which ones to show
/// @param before only events that arrived before this one; [Long#MAX_VALUE] for the newest page
/// @param limit how many at most
public record EventQuery(
    long projectNo,
    long experimentNo,
    List<String> goals,
    Instant since,
    Set<Source> sources,
    long before,
    int limit) {

  EventQuery before(long seq) {
    return new EventQuery(projectNo, experimentNo, goals, since, sources, seq, limit);
  }
}
