package dev.pryo.experiment;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An experiment as somebody asks for it; nothing is checked yet. Words that are one of a few are
/// text here, so that a wrong one is answered with what is possible.
///
/// @param segments the control first; left out, they are taken from the description
/// @param goals left out, they are taken from the description
/// @param start whether to implement it at once; by default where segments and goals are given
public record ExperimentRequest(
    @Nullable UUID projectId,
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
    @Nullable Boolean start) {

  /// A segment as it is asked for.
  public record SegmentRequest(
      @Nullable String name,
      @Nullable String description,
      @Nullable String instructions,
      @Nullable BigDecimal trafficPercentage,
      @Schema(hidden = true) @Nullable String quote) {}

  /// A goal as it is asked for.
  ///
  /// @param denominator for a ratio, and only for that: what it divides by
  /// @param useHistory adjusts for the same visitor's events in the 30 days before the first
  ///   exposure
  /// @param filter what the event must say to count, all of it
  /// @param capQuantile from 0.5 to below 1: what a person's value may be at most, as a quantile of
  ///   the values of all segments together that are not zero
  public record GoalRequest(
      @Nullable String event,
      @Nullable String name,
      @Schema(allowableValues = {"conversion", "count", "sum", "mean", "ratio"})
          @Nullable String kind,
      @Nullable DenominatorRequest denominator,
      @Schema(allowableValues = {"increase", "decrease"}) @Nullable String direction,
      @Schema(allowableValues = {"primary", "secondary", "guardrail"}) @Nullable String role,
      @Nullable Double margin,
      @Nullable Integer windowHours,
      @Nullable Boolean useHistory,
      @Nullable List<@Nullable ConditionRequest> filter,
      @Nullable Double capQuantile,
      @Schema(hidden = true) @Nullable String quote) {}

  /// What a ratio divides by, as it is asked for.
  public record DenominatorRequest(
      @Nullable String event,
      @Schema(allowableValues = {"conversion", "count", "sum"}) @Nullable String kind) {}

  /// What one property of an event must be, as it is asked for.
  ///
  /// @param value text, a number or a boolean; a list of those for `in`; for `exists` nothing, or
  ///   false for a property that must not be there
  public record ConditionRequest(
      @Nullable String property,
      @Schema(allowableValues = {"eq", "ne", "gt", "ge", "lt", "le", "in", "exists"})
          @Nullable String op,
      @Nullable Object value) {}

  /// A plan as it is asked for.
  public record PlanRequest(
      @Nullable Double baseline,
      @Nullable Double mde,
      @Nullable Double power,
      @Nullable Double alpha,
      @Nullable Integer maxDays) {}
}
