package dev.pryo.event;

import dev.pryo.experiment.Goal;
import dev.pryo.experiment.Goal.Denominator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One value of every visitor. Each goal has its own, and some have a second one beside it
/// ([Totals.Second]).
///
/// @param goal the goal's index
/// @param hours the goal's window, which also decides who is mature
/// @param part whose value it is
record Measure(int goal, String event, Goal.Kind kind, @Nullable Integer hours, Part part) {

  enum Part {
    OWN,
    DENOMINATOR,
    BEFORE
  }

  /// The goals' own in their order, so that a goal's index is that of its measure; then the second
  /// ones.
  static List<Measure> of(List<Goal> goals) {
    List<Measure> measures = new ArrayList<>();
    List<Measure> seconds = new ArrayList<>();
    for (int i = 0; i < goals.size(); i++) {
      Goal goal = goals.get(i);
      Integer hours = goal.windowHours();
      measures.add(new Measure(i, goal.event(), goal.kind(), hours, Part.OWN));
      Denominator by = goal.denominator();
      if (by != null) {
        seconds.add(new Measure(i, by.event(), by.kind(), hours, Part.DENOMINATOR));
      } else if (goal.useHistory()) {
        seconds.add(new Measure(i, goal.event(), goal.kind(), hours, Part.BEFORE));
      }
    }
    measures.addAll(seconds);
    return List.copyOf(measures);
  }

  boolean before() {
    return part == Part.BEFORE;
  }
}
