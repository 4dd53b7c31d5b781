package dev.pryo.iteration;

import dev.pryo.analysis.Analysis;
import dev.pryo.analysis.Analysis.Decision;
import dev.pryo.analysis.Analysis.Fact;
import dev.pryo.analysis.Apart;
import dev.pryo.analysis.Facts;
import dev.pryo.experiment.Goal;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Why the next experiment is what it is: in a model's words where its proposal is used, else in
/// Pryo's own.
record Reasons(Background background, Idea idea, Counsel counsel) {

  /// The outcome that it follows from.
  String because() {
    Analysis analysis = background.analysis();
    String simulated = analysis.simulated() ? "On simulated data: " : "";
    return simulated + analysis.verdict().sentence() + closed();
  }

  /// What a person said when they closed the parent's pull request.
  private String closed() {
    String reason = background.parent().closedReason();
    return reason == null ? "" : " Its pull request was closed: “%s”.".formatted(reason);
  }

  /// Why this step and no other.
  String why() {
    return counsel.advice().map(Advice::why).orElseGet(() -> byRules() + apart());
  }

  private String byRules() {
    boolean harmed = background.analysis().verdict().decision() == Decision.KEEP_CONTROL;
    return switch (idea.move()) {
      case BOLDER ->
          background.analysis().verdict().decision() == Decision.SHIP
              ? "The change worked, so it comes again in a form that more people notice."
              : "Nothing is settled, and the change may have been too small to be noticed: it comes again in a bolder form.";
      case NARROWER ->
          "The change did harm and had several parts: one part alone shows which of them it was.";
      case OTHER_CHANGE ->
          harmed
              ? "The change did harm, so the same place is changed in another way."
              : "Nothing is settled, and bolder forms of the change were tried: the same place is changed in another way.";
      case OTHER_ELEMENT ->
          "What could follow in the same place was tried, so another place on the way to the goal comes next.";
      case REPEAT ->
          "The numbers could not be used, so the same change comes again, once the split is mended.";
    };
  }

  /// What looks different among some people, in a sentence behind the others.
  private String apart() {
    return striking().map(apart -> " " + said(apart)).orElse("");
  }

  /// The largest difference that holds after correction, in the version to go on from.
  private Optional<Apart> striking() {
    String base = background.base().key();
    return background.apart().stream()
        .filter(apart -> apart.holds() && base.equals(apart.fact().segment()))
        .max(Comparator.comparingDouble(apart -> Math.abs(apart.fact().value())));
  }

  private String said(Apart apart) {
    return apart.sentence(
        background.base().name(),
        background.parent().goals().stream()
            .filter(goal -> Facts.measure(goal).equals(apart.fact().measure()))
            .map(Goal::name)
            .findFirst()
            .orElseThrow());
  }

  /// Those that the verdict rests on, and those that the words do.
  List<Fact> facts() {
    Set<String> ids = new HashSet<>(background.analysis().verdict().facts());
    counsel
        .advice()
        .ifPresentOrElse(
            advice -> ids.addAll(advice.facts()),
            () -> striking().ifPresent(apart -> ids.add(apart.fact().id())));
    return background.facts().stream().filter(fact -> ids.contains(fact.id())).toList();
  }

  /// What is expected of it.
  String hypothesis() {
    return counsel.advice().map(Advice::hypothesis).orElseGet(this::expected);
  }

  private String expected() {
    String goal =
        background.parent().primaryGoals().stream()
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
      case OTHER_ELEMENT ->
          "If we %s, %s, because this place is on the way there too and was not changed so far."
              .formatted(idea.changes(), goal);
      case REPEAT ->
          "If we repeat the change with a sound split, we learn whether %s.".formatted(goal);
    };
  }
}
