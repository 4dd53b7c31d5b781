package dev.pryo.experiment;

import dev.pryo.experiment.Experiment.Mode;
import dev.pryo.experiment.Experiment.OnHarm;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an experiment shall be, checked.
record Wanted(
    UUID projectId,
    String name,
    String description,
    @Nullable String hypothesis,
    List<Segment> segments,
    List<Goal> goals,
    Plan plan,
    BigDecimal exposurePercentage,
    @Nullable String previewUrl,
    @Nullable String baseBranch,
    Mode mode,
    OnHarm onHarm,
    boolean activateOnMerge) {

  Wanted with(Plan other) {
    return new Wanted(
        projectId,
        name,
        description,
        hypothesis,
        segments,
        goals,
        other,
        exposurePercentage,
        previewUrl,
        baseBranch,
        mode,
        onHarm,
        activateOnMerge);
  }

  /// The fields in which it is more than a change of words, compared to what is there.
  List<String> changes(Experiment old) {
    List<String> changed = new ArrayList<>();
    add(
        changed,
        "segments",
        segments.stream().map(Bare::of).toList(),
        old.segments().stream().map(Bare::of).toList());
    add(
        changed,
        "goals",
        goals.stream().map(Measure::of).toList(),
        old.goals().stream().map(Measure::of).toList());
    add(changed, "plan", plan.with(null), old.plan().with(null)); // its days are measured
    if (exposurePercentage.compareTo(old.exposurePercentage()) != 0) {
      changed.add("exposure_percentage");
    }
    add(changed, "base_branch", baseBranch, old.baseBranch());
    add(changed, "mode", mode, old.mode());
    add(changed, "on_harm", onHarm, old.onHarm());
    add(changed, "activate_on_merge", activateOnMerge, old.activateOnMerge());
    return changed;
  }

  private static void add(
      List<String> changed, String field, @Nullable Object fresh, @Nullable Object old) {
    if (!Objects.equals(fresh, old)) {
      changed.add(field);
    }
  }

  /// Whether the pull request that was made for the old one still is right for this.
  boolean fitsTheCodeOf(Experiment old) {
    return segments.stream()
            .map(Segment::instructions)
            .toList()
            .equals(old.segments().stream().map(Segment::instructions).toList())
        && goals.stream()
            .map(Goal::events)
            .toList()
            .equals(old.goals().stream().map(Goal::events).toList());
  }

  /// A segment without its words.
  private record Bare(String key, @Nullable String instructions, BigDecimal weight) {
    static Bare of(Segment segment) {
      return new Bare(
          segment.key(), segment.instructions(), segment.trafficPercentage().stripTrailingZeros());
    }
  }

  /// A goal without its words.
  private record Measure(
      String event,
      Goal.Kind kind,
      Goal.@Nullable Denominator denominator,
      Goal.Direction direction,
      Goal.Role role,
      @Nullable Double margin,
      @Nullable Integer windowHours,
      boolean useHistory,
      List<Condition> filter,
      @Nullable Double capQuantile) {
    static Measure of(Goal goal) {
      return new Measure(
          goal.event(),
          goal.kind(),
          goal.denominator(),
          goal.direction(),
          goal.role(),
          goal.margin(),
          goal.windowHours(),
          goal.useHistory(),
          goal.filter(),
          goal.capQuantile());
    }
  }
}
