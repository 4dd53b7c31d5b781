package dev.pryo.experiment;

import dev.pryo.experiment.ExperimentRequest.GoalRequest;
import dev.pryo.experiment.ExperimentRequest.PlanRequest;
import dev.pryo.experiment.ExperimentRequest.SegmentRequest;
import dev.pryo.platform.Invalid;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// An experiment that is only thought of, checked by the rules of those that are made: what it
/// would count, how it would split, and what it is planned for.
///
/// @param goal the first that decides
/// @param plan its `nPlanned` is left to whoever knows the traffic
public record Sketch(List<Segment> segments, Goal goal, Plan plan) {
  private static final List<@Nullable SegmentRequest> HALVES =
      List.of(half("Control"), half("Test 1"));

  private static SegmentRequest half(String name) {
    return new SegmentRequest(name, null, null, BigDecimal.valueOf(50), null);
  }

  /// @param segments two halves where they are left out; a name may be left out too
  /// @throws Invalid naming each field that is wrong
  public static Sketch of(
      @Nullable List<@Nullable SegmentRequest> segments,
      @Nullable List<@Nullable GoalRequest> goals,
      PlanRequest plan) {
    Invalid.Collector problems = new Invalid.Collector();
    List<Segment> checked =
        SegmentRules.check(problems, segments == null ? HALVES : named(segments), List.of());
    List<Goal> counted = GoalRules.check(problems, goals);
    problems.check(goals != null, "goals", "must have at least one with the role primary");
    Plan planned = PlanRules.check(problems, plan, checked, counted, "");
    problems.throwIfAny();
    Goal primary =
        counted.stream()
            .filter(goal -> goal.role() == Goal.Role.PRIMARY)
            .findFirst()
            .orElseThrow(
                () -> new Invalid("goals", "must have at least one with the role primary"));
    return new Sketch(checked, primary, planned);
  }

  private static List<@Nullable SegmentRequest> named(List<@Nullable SegmentRequest> segments) {
    return IntStream.range(0, segments.size())
        .<@Nullable SegmentRequest>mapToObj(i -> named(segments.get(i), i))
        .toList();
  }

  private static @Nullable SegmentRequest named(@Nullable SegmentRequest segment, int index) {
    return segment == null || segment.name() != null
        ? segment
        : new SegmentRequest(
            index == 0 ? "Control" : "Test " + index,
            segment.description(),
            segment.instructions(),
            segment.trafficPercentage(),
            segment.quote());
  }
}
