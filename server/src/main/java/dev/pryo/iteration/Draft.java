package dev.pryo.iteration;

import dev.pryo.analysis.Analysis;
import dev.pryo.analysis.Analysis.Fact;
import dev.pryo.analysis.Statistics.Comparison;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.ExperimentChange;
import dev.pryo.experiment.ExperimentRequest;
import dev.pryo.experiment.ExperimentRequest.GoalRequest;
import dev.pryo.experiment.ExperimentRequest.PlanRequest;
import dev.pryo.experiment.ExperimentRequest.SegmentRequest;
import dev.pryo.experiment.Goal;
import dev.pryo.experiment.Plan;
import dev.pryo.experiment.Segment;
import dev.pryo.platform.Conflict;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The next experiment before it is made. The rules by verdict:
///
/// - ship: bolder than the winner;
/// - keep control: only part of what did harm, or the same place changed in another way;
/// - inconclusive or still running: bolder than the version that did best, or another change;
/// - invalid: the same again, once the split is mended.
///
/// It always builds on the control, because the parent's change is not in the site before its
/// roll-out.
record Draft(Experiment parent, Analysis analysis, Segment base, Idea idea) {
  private static final BigDecimal HALF = BigDecimal.valueOf(50);
  private static final int LONGEST_NAME = 200;

  /// @param tried instructions that are taken, see [NextExperiment#comparable]
  static Draft of(Experiment parent, Analysis analysis, Set<String> tried) {
    if (parent.segments().size() < 2) {
      throw new Conflict("It has no test segment to follow from: give it one first.");
    }
    Segment base = base(parent, analysis);
    String instructions = base.instructions();
    if (instructions == null || instructions.isBlank()) {
      throw new Conflict(
          "%s has no instructions, so Pryo cannot say what to try next: describe the next experiment yourself."
              .formatted(base.name()));
    }
    return ideas(analysis, instructions)
        .filter(idea -> !tried.contains(NextExperiment.comparable(idea.instructions())))
        .findFirst()
        .map(idea -> new Draft(parent, analysis, base, idea))
        .orElseThrow(() ->
            new Conflict(
                "Everything that Pryo's rules know to follow from this has been tried: describe the next experiment yourself."));
  }

  /// The version to go on from: the winner, or the one that did best so far.
  private static Segment base(Experiment parent, Analysis analysis) {
    String winner = analysis.verdict().segment();
    String best =
        winner != null
            ? winner
            : analysis.statistics().comparisons().stream()
                .filter(comparison -> comparison.role() == Goal.Role.PRIMARY)
                .filter(comparison -> gain(comparison) > Double.NEGATIVE_INFINITY)
                .max(Comparator.comparingDouble(Draft::gain))
                .map(Comparison::segment)
                .orElse("");
    return parent.segments().stream()
        .skip(1)
        .filter(segment -> segment.key().equals(best))
        .findFirst()
        .orElse(parent.segments().get(1));
  }

  private static double gain(Comparison comparison) {
    Double lift = comparison.relativeLift();
    if (lift == null) {
      return Double.NEGATIVE_INFINITY;
    }
    return comparison.direction() == Goal.Direction.INCREASE ? lift : -lift;
  }

  private static Stream<Idea> ideas(Analysis analysis, String instructions) {
    return switch (analysis.verdict().decision()) {
      case SHIP -> Idea.bolder(instructions).stream();
      case KEEP_CONTROL ->
          Stream.concat(
              Idea.narrower(instructions).stream(), Idea.otherChange(instructions).stream());
      case INCONCLUSIVE, KEEP_RUNNING ->
          Stream.concat(
              Idea.bolder(instructions).stream(), Idea.otherChange(instructions).stream());
      case INVALID -> Stream.of(Idea.repeat(instructions));
    };
  }

  Proposal proposal() {
    return new Proposal(
        idea.move(),
        idea.keeps(),
        idea.changes(),
        because(),
        hypothesis(),
        facts(),
        parent.id(),
        analysis.id(),
        analysis.simulated());
  }

  private String because() {
    String simulated = analysis.simulated() ? "On simulated data: " : "";
    return simulated + analysis.verdict().sentence() + closed();
  }

  /// What a person said when they closed the parent's pull request.
  private String closed() {
    String reason = parent.closedReason();
    return reason == null ? "" : " Its pull request was closed: “%s”.".formatted(reason);
  }

  private List<Fact> facts() {
    return analysis.facts().stream()
        .filter(fact -> analysis.verdict().facts().contains(fact.id()))
        .toList();
  }

  private String hypothesis() {
    String goal =
        parent.primaryGoals().stream()
            .findFirst()
            .map(primary ->
                primary.direction() == Goal.Direction.INCREASE
                    ? "“%s” rises".formatted(primary.name())
                    : "“%s” falls".formatted(primary.name()))
            .orElse("people do more of what is wanted");
    return switch (idea.move()) {
      case BOLDER ->
          "If we also %s, %s further, because the change is seen by more people."
              .formatted(idea.changes(), goal);
      case NARROWER ->
          "If we only %s, %s, because the rest of the change did the harm."
              .formatted(idea.instructions(), goal);
      case OTHER_CHANGE ->
          "If we %s instead, %s, because the place matters and the last change to it was the wrong one."
              .formatted(idea.changes(), goal);
      case REPEAT ->
          "If we repeat the change with a sound split, we learn whether %s.".formatted(goal);
    };
  }

  ExperimentRequest request(boolean start) {
    return new ExperimentRequest(
        parent.projectId(),
        name(),
        "Follows from “%s”. %s Next: %s."
            .formatted(parent.name(), because(), idea.instructions().replaceFirst("\\.$", "")),
        hypothesis(),
        segments(),
        goals(),
        plan(),
        parent.exposurePercentage(),
        parent.previewUrl(),
        parent.baseBranch(),
        lower(parent.mode()),
        null,
        parent.activateOnMerge(),
        start);
  }

  private String name() {
    String root = parent.name().replaceFirst("(?:, (?:bolder|narrower|another way|again))+$", "");
    String suffix =
        switch (idea.move()) {
          case BOLDER -> ", bolder";
          case NARROWER -> ", narrower";
          case OTHER_CHANGE -> ", another way";
          case REPEAT -> ", again";
        };
    int room = LONGEST_NAME - suffix.length();
    return (root.length() > room ? root.substring(0, room) : root) + suffix;
  }

  private List<@Nullable SegmentRequest> segments() {
    Segment control = parent.control();
    return List.of(
        new SegmentRequest(
            control.name(), control.description(), control.instructions(), HALF, null),
        new SegmentRequest(
            control.name().equals("Test 1") ? "Test" : "Test 1",
            null,
            idea.instructions(),
            HALF,
            null));
  }

  private List<@Nullable GoalRequest> goals() {
    List<@Nullable GoalRequest> goals = new ArrayList<>();
    parent.goals().forEach(goal -> goals.add(ExperimentChange.asked(goal)));
    return goals;
  }

  private PlanRequest plan() {
    Plan plan = parent.plan();
    Double measured = measuredBaseline();
    return new PlanRequest(
        measured == null ? plan.baseline() : measured,
        plan.mde(),
        plan.power(),
        plan.alpha(),
        plan.maxDays());
  }

  /// What the control did, where real people did it and the planned lift stays a share of people.
  private @Nullable Double measuredBaseline() {
    if (analysis.simulated()) {
      return null;
    }
    Double mde = parent.plan().mde();
    double lift = 1 + (mde == null ? 0 : mde);
    return analysis.statistics().comparisons().stream()
        .filter(comparison -> comparison.role() == Goal.Role.PRIMARY)
        .limit(1)
        .filter(comparison -> comparison.kind() == Goal.Kind.CONVERSION)
        .map(comparison -> comparison.control().mean())
        .filter(mean -> mean != null && mean > 0 && mean < 1 && mean * lift < 1)
        .findFirst()
        .orElse(null);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
