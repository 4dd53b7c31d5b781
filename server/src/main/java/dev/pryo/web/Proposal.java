package dev.pryo.web;

import dev.pryo.analysis.Analysis.Decision;
import dev.pryo.experiment.Experiment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Why an experiment was proposed after another one.
///
/// @param parent the address of the one it follows from
/// @param path the address of the page that says all of this
/// @param move the kind of step, in words
/// @param why this step and no other
/// @param facts the numbers that the reason rests on, as they are said
/// @param simulated whether those numbers were made up
/// @param writtenBy `pryo`, or the model that proposed it
/// @param dropped why a model's proposal was not used, null where there was none
/// @param tried what the project had tried before
public record Proposal(
    String parent,
    String path,
    String move,
    String because,
    String why,
    String keeps,
    String changes,
    String hypothesis,
    List<String> facts,
    boolean simulated,
    String writtenBy,
    @Nullable String dropped,
    List<Tried> tried) {

  /// An experiment of before.
  ///
  /// @param ended in words
  /// @param lift what it changed, `–` where that is not known
  public record Tried(
      String path,
      String name,
      String instructions,
      String ended,
      @Nullable String because,
      String lift) {

    static Tried of(JsonNode attempt) {
      JsonNode lift = attempt.path("relative_lift");
      return new Tried(
          "/experiments/" + attempt.path("experiment_id").asString(""),
          attempt.path("name").asString(""),
          attempt
              .path("instructions")
              .valueStream()
              .map(each -> each.asString(""))
              .collect(Collectors.joining(" · ")),
          ended(attempt.path("ended").asString("")),
          orNull(attempt.path("because")),
          lift.isNumber() ? Texts.gain(lift.doubleValue()) : "–");
    }

    private static String ended(String word) {
      return Arrays.stream(Decision.values())
          .filter(decision -> decision.name().toLowerCase(Locale.ROOT).equals(word))
          .findFirst()
          .map(OutcomeRow::words)
          .orElseGet(() -> word.replace('_', ' '));
    }
  }

  static @Nullable Proposal of(Experiment experiment) {
    JsonNode proposal = experiment.proposal();
    if (proposal == null || experiment.parentId() == null) {
      return null;
    }
    List<String> facts = new ArrayList<>();
    proposal.path("facts").forEach(fact -> facts.add(fact.path("text").asString("")));
    return new Proposal(
        "/experiments/" + experiment.parentId(),
        "/experiments/%s/why".formatted(experiment.id()),
        move(proposal.path("move").asString("")),
        proposal.path("because").asString(""),
        proposal.path("why").asString(""),
        proposal.path("keeps").asString(""),
        proposal.path("changes").asString(""),
        proposal.path("hypothesis").asString(""),
        facts,
        proposal.path("simulated").asBoolean(false),
        proposal.path("written_by").asString("pryo"),
        orNull(proposal.path("dropped")),
        proposal.path("tried").valueStream().map(Tried::of).toList());
  }

  private static @Nullable String orNull(JsonNode text) {
    return text.isString() ? text.asString() : null;
  }

  private static String move(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "bolder" -> "Bolder";
      case "narrower" -> "Narrower";
      case "other_change" -> "Another way";
      case "other_element" -> "Another place";
      case "repeat" -> "Again";
      default -> "Next";
    };
  }

  /// Who proposed it, in a sentence.
  public String author() {
    String said = Objects.requireNonNullElse(dropped, "");
    return !writtenBy.equals("pryo")
        ? "Proposed by %s, and checked by code: it was not tried before, and every number in it is one of the facts."
            .formatted(writtenBy)
        : said.isEmpty()
            ? "Proposed by Pryo's own rules."
            : "Proposed by Pryo's own rules. A language model was asked too; what it proposed is not used: %s."
                .formatted(said);
  }
}
