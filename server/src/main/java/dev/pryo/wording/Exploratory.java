package dev.pryo.wording;

import dev.pryo.analysis.Analysis.Fact;
import dev.pryo.analysis.Subject.Variant;
import dev.pryo.wording.Clauses.Clause;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Holds a sentence that speaks of the people who share a value against what is known of them. That
/// is exploratory: the sentence has to say so, and may conclude nothing.
final class Exploratory {
  private static final Pattern SENTENCE =
      Pattern.compile("[^.!?]*(?:[.!?](?!\\s|$)[^.!?]*)*[.!?]?\\s*");
  private static final List<Pattern> CONCLUSIONS =
      List.of(
          Lexicon.SETTLED,
          Lexicon.WINS,
          Lexicon.NEVER,
          Lexicon.GOOD,
          Lexicon.BAD,
          Lexicon.ADVICE,
          Lexicon.KEEP_CONTROL);

  private final Context context;
  private final List<String> sentences;

  Exploratory(Context context, String masked) {
    this.context = context;
    this.sentences = SENTENCE.matcher(masked).results().map(MatchResult::group).toList();
  }

  /// The masked text with nothing but spaces where people are told apart, so that places stay.
  String rest() {
    StringBuilder rest = new StringBuilder();
    sentences.forEach(each -> rest.append(isApart(each) ? " ".repeat(each.length()) : each));
    return rest.toString();
  }

  private boolean isApart(String sentence) {
    return !context.names().valuesIn(sentence).isEmpty();
  }

  /// Why a sentence of that kind is not borne out; empty if all are.
  Optional<String> refuse() {
    return sentences.stream()
        .filter(this::isApart)
        .flatMap(sentence -> refuse(sentence).stream())
        .findFirst();
  }

  private Optional<String> refuse(String sentence) {
    if (!Lexicon.TENTATIVE.matcher(sentence).find()) {
      return Optional.of("it says what some people did as if it were more than exploratory");
    }
    String claimed = Lexicon.TENTATIVE.matcher(sentence).replaceAll(" ");
    if (CONCLUSIONS.stream().anyMatch(words -> words.matcher(claimed).find())) {
      return Optional.of("it concludes something from what is only exploratory");
    }
    List<String> values = context.names().valuesIn(sentence);
    List<Fact> lifts =
        context.apart().stream()
            .filter(apart -> values.size() == 1 && values.contains(apart.value()))
            .map(apart -> lift(apart.fact()))
            .toList();
    List<Clause> clauses = Clauses.of(sentence, context.names());
    Context known =
        new Context(context.names(), context.analysis(), lifts, List.of(), context.purpose());
    return new NumberProof(known, sentence, clauses).refuse().or(() -> turned(clauses, lifts));
  }

  private static Fact lift(Fact fact) {
    return new Fact(
        "lift." + fact.id(),
        fact.value(),
        fact.unit(),
        fact.text(),
        fact.how(),
        fact.segment(),
        fact.measure(),
        fact.interval());
  }

  private Optional<String> turned(List<Clause> clauses, List<Fact> lifts) {
    for (Clause clause : clauses) {
      String bare = Directions.bare(clause.text());
      boolean up = Lexicon.UP.matcher(bare).find();
      boolean down = Lexicon.DOWN.matcher(bare).find();
      List<Fact> meant = lifts.stream().filter(lift -> isOf(lift, clause)).toList();
      boolean holds =
          (!up && !down)
              || (up != down
                  && !meant.isEmpty()
                  && meant.stream().allMatch(lift -> up ? lift.value() > 0 : lift.value() < 0));
      if (!holds) {
        return Optional.of("a comparison is in the wrong direction");
      }
    }
    return Optional.empty();
  }

  private boolean isOf(Fact lift, Clause clause) {
    List<Variant> tests = context.tests(clause.tests());
    return tests.isEmpty() || tests.stream().anyMatch(test -> test.key().equals(lift.segment()));
  }
}
