package dev.pryo.iteration;

import dev.pryo.iteration.Proposal.Move;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What a model proposes, in the form that it is asked for. Nothing of it is believed yet, see
/// [Objections].
///
/// @param facts the ids of those that it rests on
record Advice(
    Move move,
    String name,
    String instructions,
    String keeps,
    String changes,
    String hypothesis,
    String why,
    List<String> facts) {
  static final String TOOL = "propose";

  private static final int LONGEST_NAME = 120;
  private static final int LONGEST = 600;
  private static final int MOST_FACTS = 12;

  static final String SCHEMA =
      """
      {"type": "object", "additionalProperties": false,
       "required": ["move", "name", "instructions", "keeps", "changes", "hypothesis", "why", "facts"],
       "properties": {
        "move": {"type": "string", "enum": ["bolder", "narrower", "other_change", "other_element"]},
        "name": {"type": "string", "maxLength": 120},
        "instructions": {"type": "string", "maxLength": 600},
        "keeps": {"type": "string", "maxLength": 600},
        "changes": {"type": "string", "maxLength": 600},
        "hypothesis": {"type": "string", "maxLength": 600},
        "why": {"type": "string", "maxLength": 600},
        "facts": {"type": "array", "minItems": 1, "maxItems": 12, "items": {"type": "string"}}}}
      """;

  /// Empty where it does not fit the schema.
  static Optional<Advice> of(JsonNode input) {
    Optional<Move> move = move(input.path("move").asString(""));
    List<String> facts = new ArrayList<>();
    input.path("facts").forEach(fact -> facts.add(fact.asString("")));
    Advice advice =
        new Advice(
            move.orElse(Move.BOLDER),
            text(input, "name"),
            text(input, "instructions"),
            text(input, "keeps"),
            text(input, "changes"),
            text(input, "hypothesis"),
            text(input, "why"),
            List.copyOf(facts));
    return move.isPresent() && advice.fits() ? Optional.of(advice) : Optional.empty();
  }

  private static Optional<Move> move(String word) {
    return List.of(Move.BOLDER, Move.NARROWER, Move.OTHER_CHANGE, Move.OTHER_ELEMENT).stream()
        .filter(move -> move.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst();
  }

  private static String text(JsonNode input, String field) {
    JsonNode value = input.path(field);
    return value.isString() ? value.asString().replaceAll("\\s+", " ").strip() : "";
  }

  private boolean fits() {
    return !name.isEmpty()
        && name.length() <= LONGEST_NAME
        && List.of(instructions, keeps, changes, hypothesis, why).stream()
            .allMatch(text -> !text.isEmpty() && text.length() <= LONGEST)
        && !facts.isEmpty()
        && facts.size() <= MOST_FACTS;
  }

  Idea idea() {
    return new Idea(move, instructions.replaceFirst("[.;\\s]+$", ""), keeps, changes);
  }

  /// What it says about the past or the future, each text by itself.
  List<String> claims() {
    return List.of(name, keeps, changes, hypothesis, why);
  }
}
