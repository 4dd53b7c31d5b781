package dev.pryo.wording;

import dev.pryo.analysis.Analysis.Decision;
import dev.pryo.analysis.Statistics.Comparison;
import dev.pryo.analysis.Subject.Variant;
import dev.pryo.wording.Clauses.Clause;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Holds what a text says of winners, of what is settled and of what to do against the verdict,
/// which is made by code alone.
final class Claims {
  private final Context context;
  private final List<Clause> clauses;
  private final Scope scope;

  Claims(Context context, List<Clause> clauses) {
    this.context = context;
    this.clauses = clauses;
    this.scope = new Scope(context, clauses);
  }

  /// Why a claim goes beyond the verdict; empty if none does.
  Optional<String> refuse() {
    return clauses.stream().flatMap(clause -> refuse(clause).stream()).findFirst();
  }

  private Optional<String> refuse(Clause clause) {
    String text = clause.text();
    boolean free = scope.isFree(clause);
    if (says(text, free ? Lexicon.NEVER_OF_ANYTHING : Lexicon.NEVER)) {
      return Optional.of("it says what no counts show");
    }
    boolean denied = Lexicon.NOT.matcher(text).find() || Lexicon.OPEN.matcher(text).find();
    if (says(text, Lexicon.WINS) && wins(clause) == denied) {
      return Optional.of("it speaks of a winner beyond the verdict");
    }
    return free
        ? beyond(clause, denied)
        : certainty(clause, denied).or(() -> advice(clause, denied));
  }

  /// Of what was not measured nothing is certain, and what to do with it is for the verdict to say.
  private Optional<String> beyond(Clause clause, boolean denied) {
    if (says(clause.text(), Lexicon.CERTAIN) && !(denied && settled(clause, true))) {
      return Optional.of("it speaks of certainty, which is for the verdict to say");
    }
    return says(clause.text(), Lexicon.ADVICE)
        ? Optional.of("it advises what is for the verdict to say")
        : Optional.empty();
  }

  private Optional<String> certainty(Clause clause, boolean denied) {
    return says(clause.text(), Lexicon.SETTLED) && !settled(clause, denied)
        ? Optional.of("it claims more certainty than there is, or less")
        : Optional.empty();
  }

  private Optional<String> advice(Clause clause, boolean denied) {
    String text = clause.text();
    Decision decision = context.decision();
    boolean wrong =
        says(text, Lexicon.SHIP) && mayShip(clause) == denied
            || says(text, Lexicon.KEEP_CONTROL) && (decision == Decision.KEEP_CONTROL) == denied
            || says(text, Lexicon.STOP) && (decision != Decision.KEEP_RUNNING) == denied
            || says(text, Lexicon.GO_ON) && (decision == Decision.KEEP_RUNNING) == denied;
    return wrong ? Optional.of("it advises something else than the verdict") : Optional.empty();
  }

  private static boolean says(String text, Pattern words) {
    return words.matcher(text).find();
  }

  private boolean wins(Clause clause) {
    List<Variant> who = clause.names().isEmpty() ? clause.about() : clause.names();
    boolean control = !who.isEmpty() && context.names().isControl(who.getFirst());
    return !control && context.ships(context.tests(who));
  }

  private boolean mayShip(Clause clause) {
    List<Variant> tests = context.tests(clause.names());
    boolean control = !clause.names().isEmpty() && tests.isEmpty();
    return control ? context.decision() == Decision.KEEP_CONTROL : context.ships(tests);
  }

  private boolean settled(Clause clause, boolean denied) {
    List<Comparison> about = context.comparisons(clause, clause.tests());
    boolean decided =
        context.decision() == Decision.SHIP || context.decision() == Decision.KEEP_CONTROL;
    if (denied) {
      return about.isEmpty() ? !decided : about.stream().noneMatch(Context::proven);
    }
    return about.isEmpty() ? decided : about.stream().allMatch(Context::proven);
  }
}
