package dev.pryo.wording;

import dev.pryo.analysis.Statistics.Comparison;
import dev.pryo.analysis.Subject.Variant;
import dev.pryo.experiment.Goal;
import dev.pryo.wording.Clauses.Clause;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Holds every comparison of a text against the facts that it names: higher and lower, better and
/// worse, of the segment and the goal that it speaks of.
final class Directions {
  /// Words of comparison that compare nothing.
  private static final Pattern EMPTY =
      Pattern.compile(
          "(?i)\\bup"
              + " to\\b|\\b(?:more|less|fewer|higher|lower|larger|smaller|above|below|over|under|exceeds|exceeding|beyond)"
              + " (?:than )?(?:about )?(?=[+−-]?\\d)|\\b(?:no|at|not)"
              + " (?:more|less|fewer)\\b|\\bmore (?:days?|time|data|people are|visitors are|people"
              + " to come)\\b|\\d more\\b|\\b(?:lower|upper|higher)"
              + " (?:end|bound|limit|edge)s?\\b|\\b(?:once|any) more\\b|\\bpositive or"
              + " negative\\b|\\b(?:larger|smaller|bigger) (?:effect|sample)\\b|\\bbetter or"
              + " worse\\b|\\bup or down\\b|\\bmore or less\\b");

  private static final Pattern THAN = Pattern.compile("(?i)\\bthan\\b");

  private final Context context;
  private final List<Clause> clauses;
  private final Scope scope;

  Directions(Context context, List<Clause> clauses) {
    this.context = context;
    this.clauses = clauses;
    this.scope = new Scope(context, clauses);
  }

  /// The clause without words of comparison that compare nothing.
  static String bare(String clause) {
    return EMPTY.matcher(clause).replaceAll(" ");
  }

  /// Whether the clause says that something is larger or smaller, better or worse.
  static boolean compares(Clause clause) {
    String bare = bare(clause.text());
    return Lexicon.UP.matcher(bare).find()
        || Lexicon.DOWN.matcher(bare).find()
        || Lexicon.GOOD.matcher(bare).find()
        || Lexicon.BAD.matcher(bare).find();
  }

  /// Who is compared with whom.
  ///
  /// @param flipped the control is what is said to be larger or smaller
  /// @param against another test segment, where it is not the control
  private record Sides(List<Variant> tests, boolean flipped, List<Variant> against) {}

  /// Why a comparison is not borne out; empty if all are.
  Optional<String> refuse() {
    return clauses.stream().flatMap(clause -> refuse(clause).stream()).findFirst();
  }

  private Optional<String> refuse(Clause clause) {
    String bare = bare(clause.text());
    boolean up = Lexicon.UP.matcher(bare).find();
    boolean down = Lexicon.DOWN.matcher(bare).find();
    boolean good = Lexicon.GOOD.matcher(bare).find();
    boolean bad = Lexicon.BAD.matcher(bare).find();
    if ((!up && !down && !good && !bad) || scope.comparesNothing(clause)) {
      return Optional.empty();
    }
    if ((up && down) || (good && bad)) {
      return Optional.of("it says both directions at once");
    }
    Sides sides = sides(clause);
    List<Comparison> compared =
        sides == null ? List.of() : context.comparisons(clause, sides.tests());
    boolean open = Lexicon.OPEN.matcher(clause.text()).find();
    if (open && compared.stream().noneMatch(Context::proven)) {
      return Optional.empty();
    }
    if (sides == null || compared.isEmpty()) {
      return Optional.of("it compares without naming the fact");
    }
    if (Lexicon.NOT.matcher(clause.text()).find()) {
      return Optional.of("it denies a comparison, which no fact does");
    }
    if (!compared.stream().allMatch(Context::proven) && !isCounted(clause)) {
      return Optional.of("it compares as if it were settled");
    }
    boolean holds =
        agree(compared, sides, false, up, down) && agree(compared, sides, true, good, bad);
    return holds ? Optional.empty() : Optional.of("a comparison is in the wrong direction");
  }

  /// A comparison that is not settled has to be called what was counted.
  private boolean isCounted(Clause clause) {
    return clauses.stream()
        .filter(other -> other.sentence() == clause.sentence())
        .anyMatch(other -> Lexicon.COUNTED.matcher(other.text()).find());
  }

  private @Nullable Sides sides(Clause clause) {
    String[] parts = THAN.split(clause.text(), 2);
    List<Variant> left = context.names().segmentsIn(parts[0]);
    List<Variant> right = parts.length < 2 ? List.of() : context.names().segmentsIn(parts[1]);
    if (parts.length == 2 && left.isEmpty() && !context.tests(right).isEmpty()) {
      return null;
    }
    List<Variant> who =
        !left.isEmpty() ? left : parts.length == 2 ? clause.before() : clause.about();
    boolean flipped = !who.isEmpty() && context.names().isControl(who.getFirst());
    List<Variant> tests =
        context.tests(flipped && parts.length == 2 ? (right.isEmpty() ? who : right) : who);
    if (tests.isEmpty()) {
      tests = clause.tests();
    }
    return new Sides(tests, flipped, flipped ? List.of() : context.tests(right));
  }

  private boolean agree(
      List<Comparison> compared, Sides sides, boolean wanted, boolean more, boolean less) {
    if (!more && !less) {
      return true;
    }
    DoublePredicate holds = value -> more != sides.flipped() ? value > 0 : value < 0;
    return compared.stream()
        .allMatch(of -> {
          double value = value(of, wanted);
          return sides.against().isEmpty()
              ? holds.test(value)
              : sides.against().stream()
                  .allMatch(other ->
                      context.analysis().statistics().comparisons().stream()
                          .filter(against -> isSameGoal(of, against, other))
                          .allMatch(against -> holds.test(value - value(against, wanted))));
        });
  }

  private static boolean isSameGoal(Comparison of, Comparison against, Variant other) {
    return against.segment().equals(other.key())
        && against.goal().equals(of.goal())
        && against.kind() == of.kind()
        && Objects.equals(against.denominator(), of.denominator())
        && against.filter().equals(of.filter());
  }

  /// @param wanted in the direction that is wanted, instead of up
  private static double value(Comparison of, boolean wanted) {
    Double lift = of.relativeLift() == null ? of.difference() : of.relativeLift();
    double value = lift == null ? 0 : lift;
    boolean turned = wanted && of.direction() == Goal.Direction.DECREASE;
    return turned ? -value : value;
  }
}
