package dev.pryo.analysis;

import dev.pryo.analysis.Look.PlannedEnd;
import dev.pryo.event.EventStore;
import dev.pryo.event.TotalsQuery;
import dev.pryo.experiment.Goal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes the look at the last visitor within the plan for a look that came later.
///
/// Only a goal with a window and without a cap needs it: its values are final once its visitors are
/// mature, and its bar is lowest at the planned number. It is taken once, by the first look that
/// finds the plan passed, and kept in those that follow.
final class PlannedEnds {
  private final EventStore events;
  private final TotalsQuery query;

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
    Goal of = look.goals().get(goal);
    Integer hours = of.windowHours();
    long planned = look.plannedPair(segment);
    if (hours == null
        || !GoalTests.isFinal(of)
        || look.total(goal, 0).mature() + look.total(goal, segment).mature() <= planned) {
      return Optional.empty();
    }
    // the moment before the first visitor beyond the plan became mature
    return events
        .exposedAfter(query, Set.of(0, segment), planned)
        .map(next -> next.plus(Duration.ofHours(hours)).minus(1, ChronoUnit.MICROS))
        .map(at -> counted(goal, segment, at));
  }

  private PlannedEnd counted(int goal, int segment, Instant at) {
    return new PlannedEnd(
        goal,
        segment,
        at,
        events.totals(query.at(at)).goals().stream()
            .filter(total -> total.goal() == goal)
            .toList());
  }
}
