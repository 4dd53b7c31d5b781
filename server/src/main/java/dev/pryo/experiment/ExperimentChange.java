package dev.pryo.experiment;

import dev.pryo.experiment.ExperimentRequest.ConditionRequest;
import dev.pryo.experiment.ExperimentRequest.DenominatorRequest;
import dev.pryo.experiment.ExperimentRequest.GoalRequest;
import dev.pryo.experiment.ExperimentRequest.PlanRequest;
import dev.pryo.experiment.ExperimentRequest.SegmentRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What shall be different about an experiment; what is left out, or null, stays. An empty text
/// takes a hypothesis, a page or a branch away.
///
/// @param segments all of them, the control first
/// @param goals all of them
/// @param closedReason why its pull request was closed, in a person's words
/// @param archived false brings an archived one back
public record ExperimentChange(
    @Nullable String name,
    @Nullable String description,
    @Nullable String hypothesis,
    @Nullable List<@Nullable SegmentRequest> segments,
    @Nullable List<@Nullable GoalRequest> goals,
    @Nullable PlanRequest plan,
    @Nullable BigDecimal exposurePercentage,
    @Nullable String previewUrl,
    @Nullable String baseBranch,
    @Schema(allowableValues = {"auto", "agent", "edit"}) @Nullable String mode,
    @Schema(allowableValues = {"notify", "pause"}) @Nullable String onHarm,
    @Nullable Boolean activateOnMerge,
    @Nullable String closedReason,
    @Nullable Boolean archived) {

  /// Only another page for the previews.
  public static ExperimentChange previewUrl(@Nullable String url) {
    return new ExperimentChange(
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        url == null ? "" : url,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /// Only why its pull request was closed.
  public static ExperimentChange closedReason(String reason) {
    return new ExperimentChange(
        null, null, null, null, null, null, null, null, null, null, null, null, reason, null);
  }

  /// The whole experiment as it would be asked for with this change.
  ExperimentRequest over(Experiment old) {
    return new ExperimentRequest(
        old.projectId(),
        or(name, old.name()),
        or(description, old.description()),
        hypothesis != null ? hypothesis : old.hypothesis(),
        segments != null ? segments : segments(old),
        goals != null ? goals : goals(old),
        plan(old.plan()),
        or(exposurePercentage, old.exposurePercentage()),
        previewUrl != null ? previewUrl : old.previewUrl(),
        baseBranch != null ? baseBranch : old.baseBranch(),
        or(mode, word(old.mode())),
        or(onHarm, word(old.onHarm())),
        or(activateOnMerge, old.activateOnMerge()),
        null);
  }

  /// Nothing where there is nothing yet: an empty list would be a wrong one.
  private static @Nullable List<@Nullable SegmentRequest> segments(Experiment old) {
    return old.segments().isEmpty()
        ? null
        : old.segments().stream().<@Nullable SegmentRequest>map(ExperimentChange::asked).toList();
  }

  private static SegmentRequest asked(Segment segment) {
    return new SegmentRequest(
        segment.name(),
        segment.description(),
        segment.instructions(),
        segment.trafficPercentage(),
        segment.quote());
  }

  private static @Nullable List<@Nullable GoalRequest> goals(Experiment old) {
    return old.goals().isEmpty()
        ? null
        : old.goals().stream().<@Nullable GoalRequest>map(ExperimentChange::asked).toList();
  }

  /// A goal as it would be asked for.
  public static GoalRequest asked(Goal goal) {
    Goal.Denominator denominator = goal.denominator();
    return new GoalRequest(
        goal.event(),
        goal.name(),
        word(goal.kind()),
        denominator == null
            ? null
            : new DenominatorRequest(denominator.event(), word(denominator.kind())),
        word(goal.direction()),
        word(goal.role()),
        goal.margin(),
        goal.windowHours(),
        goal.useHistory(),
        goal.filter().stream()
            .<@Nullable ConditionRequest>map(
                each -> new ConditionRequest(each.property(), word(each.op()), each.value()))
            .toList(),
        goal.capQuantile(),
        goal.quote());
  }

  private PlanRequest plan(Plan old) {
    return plan == null
        ? new PlanRequest(old.baseline(), old.mde(), old.power(), old.alpha(), old.maxDays())
        : new PlanRequest(
            plan.baseline() != null ? plan.baseline() : old.baseline(),
            plan.mde() != null ? plan.mde() : old.mde(),
            or(plan.power(), old.power()),
            or(plan.alpha(), old.alpha()),
            or(plan.maxDays(), old.maxDays()));
  }

  private static <T> T or(@Nullable T fresh, T old) {
    return fresh != null ? fresh : old;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
