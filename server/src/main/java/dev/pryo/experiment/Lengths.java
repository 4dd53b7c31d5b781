package dev.pryo.experiment;

import dev.pryo.experiment.ExperimentRequest.PlanRequest;
import dev.pryo.platform.Invalid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// How the length of an experiment and the lift that it can notice belong together. People know how
/// long they can wait; the lift follows.
///
/// @param days how long it runs
/// @param people visitors of all segments together who come in that time
/// @param lift the smallest relative lift that is noticed with the plan's power, a fraction; the
///   plan that names it as its `mde` needs no more people than these
public record Lengths(int days, long people, double lift) {
  /// What can be noticed in so many days. Empty where segments or goals are wrong or missing, or
  /// where nothing is known of the goal's variance.
  ///
  /// @param request its plan carries the baseline
  /// @param visitors who come a day
  public static List<Lengths> of(ExperimentRequest request, double visitors, List<Integer> days) {
    Invalid.Collector problems = new Invalid.Collector();
    List<Segment> segments = SegmentRules.check(problems, request.segments(), List.of());
    List<Goal> goals = GoalRules.check(problems, request.goals());
    PlanRequest plan = request.plan();
    if (!problems.clean() || plan == null || plan.baseline() == null || !(visitors > 0)) {
      return List.of();
    }
    PlanRules.check(problems, plan, segments, goals);
    Optional<Sizing> sizing =
        problems.clean() ? PlanRules.sizing(plan, segments, goals) : Optional.empty();
    List<Lengths> lengths = new ArrayList<>();
    for (int length : days) {
      long people = (long) Math.floor(visitors * length);
      sizing
          .map(of -> of.smallestLift((double) people))
          .filter(OptionalDouble::isPresent)
          .ifPresent(lift -> lengths.add(new Lengths(length, people, lift.getAsDouble())));
    }
    return lengths;
  }
}
