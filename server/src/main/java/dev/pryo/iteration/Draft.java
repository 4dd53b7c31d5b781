package dev.pryo.iteration;

import dev.pryo.analysis.Analysis;
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
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The next experiment before it is made. The rules by verdict:
///
/// - ship: bolder than the winner;
/// - keep control: only part of what did harm, or the same place changed in another way;
/// - inconclusive or still running: bolder than the version that did best, or another change;
/// - invalid: the same again, once the split is mended;
///
/// and where all of these were tried, another element of the way to the goal.
///
/// It always builds on the control, because the parent's change is not in the site before its
/// roll-out.
///
/// @param counsel what a model said of it
record Draft(Background background, Idea idea, Counsel counsel) {
  private static final BigDecimal HALF = BigDecimal.valueOf(50);
  private static final int LONGEST_NAME = 200;
  private static final int TRIED = 20;

  /// A model's proposal where there is one that can be used, else one by rules.
  static Draft of(Background background, Counsel counsel) {
    return counsel
        .advice()
        .map(advice -> new Draft(background, advice.idea(), counsel))
        .orElseGet(() -> byRules(background, counsel));
  }

  private static Draft byRules(Background background, Counsel counsel) {
    requireSegments(background.parent());
    String instructions = background.base().instructions();
    if (instructions == null || instructions.isBlank()) {
      throw new Conflict(
          "%s has no instructions, so Pryo cannot say what to try next: describe the next experiment yourself."
              .formatted(background.base().name()));
    }
    return ideas(background)
        .findFirst()
        .map(idea -> new Draft(background, idea, counsel))
        .orElseThrow(() ->
            new Conflict(
                "Everything that Pryo's rules know to follow from this has been tried: describe the next experiment yourself."));
  }

  static void requireSegments(Experiment parent) {
    if (parent.segments().size() < 2) {
      throw new Conflict("It has no test segment to follow from: give it one first.");
    }
  }

  /// What the rules would try, the best first; nothing that was tried before.
  static Stream<Idea> ideas(Background background) {
    String instructions = background.base().instructions();
    if (instructions == null || instructions.isBlank()) {
      return Stream.empty();
    }
    Stream<List<Idea>> inTurn =
        switch (background.analysis().verdict().decision()) {
          case SHIP -> Stream.of(Idea.bolder(instructions), elsewhere(background, instructions));
          case KEEP_CONTROL ->
              Stream.of(
                  Idea.narrower(instructions),
                  Idea.otherChange(instructions),
                  elsewhere(background, instructions));
          case INCONCLUSIVE, KEEP_RUNNING ->
              Stream.of(
                  Idea.bolder(instructions),
                  Idea.otherChange(instructions),
                  elsewhere(background, instructions));
          case INVALID -> Stream.of(List.of(Idea.repeat(instructions)));
        };
    return inTurn.flatMap(List::stream).filter(background::isNew);
  }

  /// Elements that the project's other experiments were about; then, for whoever can look for it in
  /// the code, what sends the events of the other goals.
  private static List<Idea> elsewhere(Background background, String instructions) {
    String here = Idea.element(instructions).orElse("");
    List<String> elements =
        background.library().attempts().stream()
            .flatMap(attempt -> attempt.instructions().stream())
            .flatMap(words -> Idea.element(words).stream())
            .filter(element -> !element.equalsIgnoreCase(here))
            .distinct()
            .collect(Collectors.toCollection(ArrayList::new));
    Experiment parent = background.parent();
    if (parent.mode() != Experiment.Mode.EDIT) {
      parent.goals().stream()
          .skip(1)
          .filter(goal -> goal.role() != Goal.Role.GUARDRAIL)
          .map(goal -> "the button that sends '%s'".formatted(goal.event()))
          .forEach(elements::add);
    }
    return elements.stream().flatMap(element -> Idea.otherElement(element).stream()).toList();
  }

  Proposal proposal() {
    Reasons reasons = reasons();
    Analysis analysis = background.analysis();
    Experiment parent = background.parent();
    return new Proposal(
        idea.move(),
        idea.keeps(),
        idea.changes(),
        reasons.because(),
        reasons.why(),
        reasons.hypothesis(),
        reasons.facts(),
        parent.id(),
        analysis.id(),
        analysis.simulated(),
        background.library().attempts().stream().limit(TRIED).toList(),
        counsel.advice().isPresent() ? Objects.requireNonNull(counsel.model()) : "pryo",
        counsel.dropped());
  }

  private Reasons reasons() {
    return new Reasons(background, idea, counsel);
  }

  ExperimentRequest request(boolean start) {
    Reasons reasons = reasons();
    Experiment parent = background.parent();
    return new ExperimentRequest(
        parent.projectId(),
        name(),
        "Follows from “%s”. %s Next: %s."
            .formatted(
                parent.name(), reasons.because(), idea.instructions().replaceFirst("\\.$", "")),
        reasons.hypothesis(),
        segments(),
        goals(),
        plan(),
        parent.exposurePercentage(),
        parent.previewUrl(),
        parent.baseBranch(),
        mode(),
        parent.onHarm().name().toLowerCase(Locale.ROOT),
        parent.activateOnMerge(),
        start);
  }

  /// What rules alone cannot carry out is left to whoever can.
  private String mode() {
    Experiment.Mode mode = background.parent().mode();
    boolean beyondRules =
        mode == Experiment.Mode.EDIT && !Essence.of(idea.instructions()).understood();
    return lower(beyondRules ? Experiment.Mode.AUTO : mode);
  }

  private String name() {
    return counsel.advice().map(Advice::name).orElseGet(this::following);
  }

  private String following() {
    String root =
        background
            .parent()
            .name()
            .replaceFirst("(?:, (?:bolder|narrower|another way|elsewhere|again))+$", "");
    String suffix =
        switch (idea.move()) {
          case BOLDER -> ", bolder";
          case NARROWER -> ", narrower";
          case OTHER_CHANGE -> ", another way";
          case OTHER_ELEMENT -> ", elsewhere";
          case REPEAT -> ", again";
        };
    int room = LONGEST_NAME - suffix.length();
    return (root.length() > room ? root.substring(0, room) : root) + suffix;
  }

  private List<@Nullable SegmentRequest> segments() {
    Segment control = background.parent().control();
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
    background.parent().goals().forEach(goal -> goals.add(ExperimentChange.asked(goal)));
    return goals;
  }

  private PlanRequest plan() {
    Plan plan = background.parent().plan();
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
    Analysis analysis = background.analysis();
    if (analysis.simulated()) {
      return null;
    }
    Double mde = background.parent().plan().mde();
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
