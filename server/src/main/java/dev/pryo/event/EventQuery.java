package dev.pryo.event;

import java.util.List;
import java.util.Set;

/// One page of an experiment's raw events.
///
/// @param goals names of the events that its goals count
/// @param sources which ones to show
/// @param before only events that arrived before this one; [Long#MAX_VALUE] for the newest page
/// @param limit how many at most
public record EventQuery(
    long projectNo,
    long experimentNo,
    List<String> goals,
    Set<Source> sources,
    long before,
    int limit) {

  EventQuery before(long seq) {
    return new EventQuery(projectNo, experimentNo, goals, sources, seq, limit);
  }
}
