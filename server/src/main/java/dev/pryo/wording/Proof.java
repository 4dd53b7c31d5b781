package dev.pryo.wording;

import dev.pryo.wording.Clauses.Clause;
import java.util.List;
import java.util.Optional;

/// Whether a text of a model is borne out by the facts that it names. What is not is dropped, and
/// Pryo's own sentence stands; so in doubt it is not.
final class Proof {
  private Proof() {}

  /// Why the text is dropped; empty if it may be shown.
  static Optional<String> refuse(String text, Context context, int shortest, int longest) {
    String masked = context.names().mask(text);
    Optional<String> form = Form.refuse(text, masked, shortest, longest);
    if (form.isPresent()) {
      return form;
    }
    if (context.named().isEmpty() && context.apart().isEmpty()) {
      return Optional.of("it names no fact");
    }
    Exploratory exploratory = new Exploratory(context, masked);
    String rest = exploratory.rest();
    List<Clause> clauses = Clauses.of(rest, context.names());
    return exploratory
        .refuse()
        .or(() -> new NumberProof(context, rest, clauses).refuse())
        .or(() -> new Directions(context, clauses).refuse())
        .or(() -> new Claims(context, clauses).refuse());
  }
}
