package dev.pryo.wording;

import dev.pryo.analysis.Analysis;
import dev.pryo.analysis.Analysis.Fact;
import dev.pryo.analysis.Apart;
import dev.pryo.analysis.Subject;
import dev.pryo.wording.Context.Purpose;
import java.util.List;
import java.util.Optional;

/// What a proposal for the next experiment may rest on.
///
/// @param experiment the one that it follows from
/// @param cited the facts that it says it rests on
/// @param apart those among them that are exploratory
/// @param values of properties that a text could speak of
/// @param quoted texts that it may repeat in quotation marks: of the site, and names
public record Proposed(
    Subject experiment,
    Analysis analysis,
    List<Fact> cited,
    List<Apart> apart,
    List<String> values,
    List<String> quoted) {
  private static final int SHORTEST = 3;
  private static final int LONGEST = 600;

  /// Why a text of it cannot stand; empty if it may be shown. It is held to what a report is held
  /// to, but for what it says of a page and of what may come. Nothing of the text is repeated.
  public Optional<String> refuse(String text) {
    Names names = Names.of(experiment, quoted, values);
    return Proof.refuse(
        text, new Context(names, analysis, cited, apart, Purpose.PROPOSAL), SHORTEST, LONGEST);
  }
}
