package dev.pryo.wording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.analysis.Analyses.Recorded;
import dev.pryo.analysis.Analysis;
import dev.pryo.analysis.Analysis.Fact;
import dev.pryo.analysis.Looks;
import dev.pryo.wording.Numbers.Number;
import dev.pryo.wording.Numbers.Unit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Every number that Pryo itself says is a fact that the sentence names.
class SaidNumbersTest {
  private static final int LOOKS = 1_000;

  /// The name of a day is no number.
  private static final String DATE = "\\d{1,2} (?:January|February|March|April|May)";

  /// A text with the facts it names.
  private record Said(String where, String text, List<String> facts) {}

  @Test
  void everyNumberOfEverySentenceIsAmongTheFactsItNames() {
    Random random = new Random(10);
    int numbers = 0;
    for (int i = 0; i < LOOKS; i++) {
      Recorded recorded = Looks.any(random);
      for (Said said : said(recorded.analysis())) {
        numbers += check(recorded, said);
      }
    }
    assertThat(numbers).isGreaterThan(20 * LOOKS);
  }

  @Test
  void everyFactSaysHowItCameAboutAndNamesNoOtherThatIsNotThere() {
    Random random = new Random(11);
    for (int i = 0; i < LOOKS / 10; i++) {
      Analysis analysis = Looks.any(random).analysis();
      Set<String> ids = new HashSet<>();
      for (Fact fact : analysis.facts()) {
        assertThat(ids.add(fact.id())).as(fact.id()).isTrue();
        assertThat(fact.how()).as(fact.id()).hasSizeGreaterThan(10);
        assertThat(fact.text()).as(fact.id()).isNotBlank();
      }
      said(analysis).forEach(said -> assertThat(ids).as(said.where()).containsAll(said.facts()));
    }
  }

  private static List<Said> said(Analysis analysis) {
    List<Said> all = new ArrayList<>();
    all.add(new Said("verdict", analysis.verdict().sentence(), analysis.verdict().facts()));
    all.add(
        new Said(
            "reason",
            analysis.winnerRecommendation().reason(),
            analysis.winnerRecommendation().facts()));
    all.add(new Said("summary", analysis.summary(), analysis.summaryFacts()));
    analysis
        .insights()
        .forEach(insight -> {
          all.add(new Said("title", insight.title(), insight.facts()));
          all.add(new Said("insight", insight.text(), insight.facts()));
        });
    analysis
        .checks()
        .forEach(check -> all.add(new Said(check.id(), check.detail(), check.facts())));
    return all;
  }

  private static int check(Recorded recorded, Said said) {
    String masked = Names.of(recorded.look()).mask(said.text()).replaceAll(DATE, "a day");
    List<Fact> named =
        recorded.analysis().facts().stream()
            .filter(fact -> said.facts().contains(fact.id()))
            .toList();
    List<Number> numbers =
        Numbers.in(masked).stream()
            // what came twice is not said to be twice as much
            .filter(number -> !number.words().equals("twice"))
            .filter(number ->
                number.words().matches(".*\\d.*|(?i)once.*")
                    || Set.of(Unit.FACTOR, Unit.PART).contains(number.unit()))
            .toList();
    for (Number number : numbers) {
      assertThat(named)
          .as("%s: “%s” says %s", said.where(), said.text(), number.words())
          .anyMatch(fact -> isSaid(number, fact));
    }
    return numbers.size();
  }

  private static boolean isSaid(Number number, Fact fact) {
    List<Double> interval = fact.interval();
    return Match.value(number, fact)
        || (interval != null
            && interval.stream().anyMatch(end -> Match.value(number, at(fact, end))));
  }

  private static Fact at(Fact fact, double value) {
    return new Fact("lift.", value, fact.unit(), "", "", fact.segment(), fact.measure(), null);
  }
}
