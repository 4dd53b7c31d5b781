package dev.pryo.experiment;

import dev.pryo.experiment.ExperimentRequest.PlanRequest;
import dev.pryo.platform.Invalid;
import java.util.ArrayList;
import java.util.List;

/// How the length of an experiment and the lift that it can notice belong together. People know how
/// long they can wait; the lift follows.
///
/// @param days how long it runs
/// @param people visitors of all segments together who come in that time
/// @param lift the smallest relative lift that is noticed with the plan's power, a fraction; the
///   plan that names it as its `mde` needs no more people than these
public record Lengths(int days, long people, double lift) {
  private static final double SMALLEST = 1e-4;
  private static final double LARGEST = 10;

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
    List<Lengths> lengths = new ArrayList<>();
    for (int length : days) {
      long people = (long) Math.floor(visitors * length);
      double lift = smallest(plan, segments, goals, people);
      if (Double.isFinite(lift)) {
        lengths.add(new Lengths(length, people, lift));
      }
    }
    return lengths;
  }

  /// By bisection: the more people, the smaller the lift. Infinite where even the largest that the
  /// baseline allows would need more.
  private static double smallest(
      PlanRequest plan, List<Segment> segments, List<Goal> goals, long people) {
    double low = SMALLEST;
    double high = SMALLEST;
    while (high < LARGEST && !enough(plan, high, segments, goals, people)) {
      low = high;
      high *= 1.25;
    }
    if (!enough(plan, high, segments, goals, people)) {
      return Double.POSITIVE_INFINITY;
    }
    for (int i = 0; i < 40 && high - low > 1e-6; i++) {
      double middle = (low + high) / 2;
      if (enough(plan, middle, segments, goals, people)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  private static boolean enough(
      PlanRequest plan, double lift, List<Segment> segments, List<Goal> goals, long people) {
    PlanRequest asked =
        new PlanRequest(plan.baseline(), lift, plan.power(), plan.alpha(), plan.maxDays());
    Long planned = PlanRules.check(new Invalid.Collector(), asked, segments, goals).nPlanned();
    return planned != null && planned <= people;
  }
}
