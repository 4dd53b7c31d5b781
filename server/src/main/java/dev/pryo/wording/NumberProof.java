package dev.pryo.wording;

import dev.pryo.analysis.Analysis.Fact;
import dev.pryo.analysis.Facts;
import dev.pryo.analysis.Subject.Variant;
import dev.pryo.wording.Clauses.Clause;
import dev.pryo.wording.Numbers.Number;
import dev.pryo.wording.Numbers.Unit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Holds every number of a text against the facts that it names: value, rounding, unit, sign, and
/// whose it is.
final class NumberProof {
  private static final Pattern TO = Pattern.compile("\\s*(?:to|–|—|-|until)\\s*");
  private static final Pattern AND = Pattern.compile("\\s*and\\s*");
  private static final Pattern CHANGE = Pattern.compile("(?:lift|gain|most)\\..*");
  private static final Pattern LEADS_TO = Pattern.compile("(?i)\\b(?:to|at)\\s*$");
  private static final Pattern BETWEEN = Pattern.compile("(?i)\\b(?:between|within)\\s*$");

  private final Context context;
  private final String masked;
  private final List<Clause> clauses;

  NumberProof(Context context, String masked, List<Clause> clauses) {
    this.context = context;
    this.masked = masked;
    this.clauses = clauses;
  }

  /// Why a number is not borne out; empty if all are.
  Optional<String> refuse() {
    List<Number> numbers = Numbers.in(masked);
    for (int i = 0; i < numbers.size(); i++) {
      Number number = numbers.get(i);
      boolean range = i + 1 < numbers.size() && isRange(number, numbers.get(i + 1));
      boolean holds = range ? holds(number, numbers.get(i + 1)) : holds(number);
      if (!holds) {
        return Optional.of(
            refusal(
                masked.substring(number.from(), range ? numbers.get(i + 1).to() : number.to())));
      }
      i += range ? 1 : 0;
    }
    return Optional.empty();
  }

  /// Why a proposal is dropped is shown beside what takes its place, so nothing invented is in it.
  private String refusal(String said) {
    return context.purpose() == Context.Purpose.PROPOSAL
        ? "it names a number that is none of the facts it rests on, or another segment's"
        : "no fact that it names is “%s” there".formatted(said.strip());
  }

  private boolean isRange(Number first, Number second) {
    String between = masked.substring(first.to(), Math.max(first.to(), second.from()));
    return TO.matcher(between).matches()
        || (AND.matcher(between).matches()
            && BETWEEN.matcher(masked.substring(0, first.from())).find());
  }

  private boolean holds(Number first, Number second) {
    Number low = first.unit() == Unit.NONE ? first.in(second.unit()) : first;
    Clause clause = clause(first);
    boolean falls = falls(clause);
    return context.named().stream()
            .filter(fact -> isOf(fact, clause, first))
            .anyMatch(fact ->
                Match.interval(low, second, fact)
                    || (falls && Match.interval(negative(second), negative(low), fact)))
        || moves(low, second, clause);
  }

  /// `from 5 % to 6 %`: the control's value, then the test's.
  private boolean moves(Number control, Number test, Clause clause) {
    return context.named().stream()
        .filter(fact -> fact.id().startsWith("value.") && isTest(fact))
        .filter(fact -> isOf(fact, clause, test) && Match.value(test, fact))
        .flatMap(fact ->
            context.named().stream()
                .filter(other -> other.id().startsWith("value.") && !isTest(other))
                .filter(other -> Objects.equals(fact.measure(), other.measure())))
        .anyMatch(other -> Match.value(control, other));
  }

  private boolean isTest(Fact fact) {
    return !context.names().segments().getFirst().key().equals(fact.segment());
  }

  private static Number negative(Number of) {
    return new Number(
        of.from(), of.to(), of.words(), of.value(), of.decimals(), -1, of.unit(), of.bound());
  }

  private boolean holds(Number number) {
    Clause clause = clause(number);
    return context.named().stream()
        .filter(fact -> isOf(fact, clause, number) && isMeant(fact, clause, number))
        .anyMatch(fact ->
            (Match.value(number, fact) && agrees(number, fact.value(), fact, clause))
                || Match.end(number, fact));
  }

  /// In a clause that compares, a percentage is a change, or the value that a change leads to, or a
  /// limit that is called so; never a share that happens to be as large.
  private boolean isMeant(Fact fact, Clause clause, Number number) {
    boolean compares =
        Set.of(Unit.PERCENT, Unit.FACTOR).contains(number.unit()) && Directions.compares(clause);
    if (!compares || CHANGE.matcher(fact.id()).matches()) {
      return true;
    }
    boolean leadsTo = LEADS_TO.matcher(masked.substring(0, number.from())).find();
    return (fact.id().startsWith("value.") && leadsTo)
        || (fact.id().startsWith("margin.") && clause.text().contains("limit"));
  }

  /// A change that is said without a sign needs the words for a fall where it is one, and only
  /// there.
  private static boolean agrees(Number number, double value, Fact fact, Clause clause) {
    boolean signed = fact.id().matches("(?:lift|gain|difference)\\..*");
    boolean twice = number.unit() == Unit.FACTOR && number.value() > 1;
    return !signed || number.sign() != 0 || twice || value == 0 || value < 0 == falls(clause);
  }

  private static boolean falls(Clause clause) {
    String bare = Directions.bare(clause.text());
    return Lexicon.DOWN.matcher(bare).find() || Lexicon.BAD.matcher(bare).find();
  }

  private Clause clause(Number number) {
    return clauses.stream()
        .filter(clause -> number.from() < clause.to())
        .findFirst()
        .orElseGet(clauses::getLast);
  }

  /// Whether the clause speaks of what the fact is about.
  private boolean isOf(Fact fact, Clause clause, Number number) {
    return isOfSegment(fact, clause, number) && isOfGoal(fact, clause);
  }

  private boolean isOfSegment(Fact fact, Clause clause, Number number) {
    String key = fact.segment();
    if (key == null) {
      return true;
    }
    List<Variant> about = Context.compares(fact) ? clause.tests() : nearest(clause, number);
    if (about.size() > 1) {
      return false; // one number for two segments
    }
    return about.isEmpty()
        ? Context.compares(fact) && isSole(fact)
        : about.stream().anyMatch(segment -> segment.key().equals(key));
  }

  private boolean isSole(Fact fact) {
    return context.named().stream()
        .filter(Context::compares)
        .allMatch(other -> Objects.equals(other.segment(), fact.segment()));
  }

  /// Of several segments that a clause names, the one beside the number.
  private List<Variant> nearest(Clause clause, Number number) {
    if (clause.names().size() < 2) {
      return clause.about();
    }
    return clause.names().stream()
        .min(Comparator.comparingInt(segment -> distance(clause, segment, number)))
        .map(List::of)
        .orElse(List.of());
  }

  private int distance(Clause clause, Variant segment, Number number) {
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < clause.text().length(); i++) {
      if (context.names().segmentsIn(clause.text().substring(i, i + 1)).contains(segment)) {
        least = Math.min(least, Math.abs(clause.from() + i - number.from()));
      }
    }
    return least;
  }

  private boolean isOfGoal(Fact fact, Clause clause) {
    String measure = fact.measure();
    if (measure == null) {
      return true;
    }
    return clause.goals().isEmpty()
        ? context.named().stream()
            .allMatch(other -> other.measure() == null || other.measure().equals(measure))
        : clause.goals().stream().anyMatch(goal -> Facts.measure(goal).equals(measure));
  }
}
