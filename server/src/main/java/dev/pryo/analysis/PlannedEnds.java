package dev.pryo.analysis;

import dev.pryo.analysis.Look.PlannedEnd;
import dev.pryo.event.EventStore;
import dev.pryo.event.Totals;
import dev.pryo.event.TotalsQuery;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes the look at the last visitor within the plan for a look that came later: from what had
/// happened just before the compared pair had more mature visitors than were planned for it, and
/// from nothing that came later. A goal without a window has its visitors mature at once.
///
/// It is taken once, by the first look that finds the plan passed, and kept in those that follow.
final class PlannedEnds {
  private final EventStore events;
  private final TotalsQuery query;
  private final Map<Pair, Optional<Instant>> moments = new HashMap<>();
  private final Map<Instant, Totals> counted = new HashMap<>();

  /// @param hours of the goal's window; 0 where it has none
  private record Pair(int segment, int hours) {}

  /// @param query of the look itself
  PlannedEnds(EventStore events, TotalsQuery query) {
    this.events = events;
    this.query = query;
  }

  /// @param before the look before, with the ends that were taken then
  List<PlannedEnd> of(Look look, @Nullable Look before) {
    if (look.planned() == null || look.simulated()) {
      return List.of();
    }
    boolean same = before != null && before.definition().equals(look.definition());
    List<PlannedEnd> ends = new ArrayList<>();
    for (int goal = 0; goal < look.goals().size(); goal++) {
      for (int segment = 1; segment < look.segments().size(); segment++) {
        Optional<PlannedEnd> known =
            before != null && same ? before.plannedEnd(goal, segment) : Optional.empty();
        Optional<PlannedEnd> end = known.isPresent() ? known : taken(look, goal, segment);
        end.ifPresent(ends::add);
      }
    }
    return List.copyOf(ends);
  }

  private Optional<PlannedEnd> taken(Look look, int goal, int segment) {
    Integer window = look.goals().get(goal).windowHours();
    int hours = window == null ? 0 : window;
    long planned = look.plannedPair(segment);
    if (look.total(goal, 0).mature() + look.total(goal, segment).mature() <= planned) {
      return Optional.empty();
    }
    return moments
        .computeIfAbsent(
            new Pair(segment, hours),
            pair -> events.exceeded(query, Set.of(0, segment), hours, planned))
        .map(more -> counted(goal, segment, more.minus(1, ChronoUnit.MICROS)));
  }

  private PlannedEnd counted(int goal, int segment, Instant at) {
    Totals then = counted.computeIfAbsent(at, moment -> events.totals(query.until(moment)));
    return new PlannedEnd(
        goal, segment, at, then.goals().stream().filter(total -> total.goal() == goal).toList());
  }
}
