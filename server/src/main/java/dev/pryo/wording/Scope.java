package dev.pryo.wording;

import dev.pryo.wording.Clauses.Clause;
import java.util.List;

/// How much of a text claims something. A report claims all that it says. Of a proposal a clause
/// that names no segment and says no number may be about a page, or about what is expected of it.
final class Scope {
  private final Context context;
  private final List<Clause> clauses;

  Scope(Context context, List<Clause> clauses) {
    this.context = context;
    this.clauses = clauses;
  }

  /// Whether it is said of no segment that was measured.
  boolean isFree(Clause clause) {
    boolean again = !clause.about().isEmpty() && Lexicon.AGAIN.matcher(clause.text()).find();
    return context.purpose() == Context.Purpose.PROPOSAL
        && clause.names().isEmpty()
        && !again
        && Numbers.in(clause.text()).isEmpty();
  }

  /// Whether its words of comparison compare nothing that was measured: it says what may come, or
  /// speaks of something that no experiment counts.
  boolean comparesNothing(Clause clause) {
    if (!isFree(clause)) {
      return false;
    }
    boolean counted =
        !context.names().goalsIn(clause.text()).isEmpty()
            || Lexicon.OUTCOME.matcher(clause.text()).find();
    return !counted || isExpected(clause);
  }

  private boolean isExpected(Clause clause) {
    return !Lexicon.PAST.matcher(clause.text()).find()
        && clauses.stream()
            .filter(other -> other.sentence() == clause.sentence())
            .anyMatch(other -> Lexicon.EXPECTED.matcher(other.text()).find());
  }
}
