package dev.pryo.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pryo.analysis.Breakdown.Cell;
import dev.pryo.event.Part;
import dev.pryo.event.Totals.GoalTotal;
import dev.pryo.experiment.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BreakdownTest {

  @Test
  void eachValueHasItsOwnNumbers() {
    Breakdown breakdown =
        breakdown(part("DE", 1_000, 100, 1_000, 250), part("FR", 1_000, 100, 1_000, 101));
    assertThat(breakdown.exploratory()).isTrue();
    assertThat(breakdown.correction()).isEqualTo("holm");
    assertThat(breakdown.cells()).isEqualTo(2);
    Cell germany = breakdown.groups().getFirst().comparisons().getFirst();
    assertThat(germany.control()).isEqualTo(new Statistics.Arm(1_000, 0.1, null));
    assertThat(germany.test()).isEqualTo(new Statistics.Arm(1_000, 0.25, null));
    assertThat(germany.lift()).isCloseTo(1.5, within(1e-12));
    assertThat(germany.significant()).isTrue();
    assertThat(lower(germany)).isGreaterThan(0);
    Cell france = breakdown.groups().getLast().comparisons().getFirst();
    assertThat(france.significant()).isFalse();
    assertThat(lower(france)).isLessThan(0);
  }

  /// What would be a result alone is none among twenty.
  @Test
  void theCellsShareOneLevel() {
    Part striking = part("a", 1_000, 100, 1_000, 158);
    assertThat(breakdown(striking).groups().getFirst().comparisons().getFirst().significant())
        .isTrue();
    List<Part> parts = new ArrayList<>(List.of(striking));
    for (int i = 1; i < 20; i++) {
      parts.add(part("b" + i, 100, 10, 100, 10));
    }
    Breakdown many = breakdown(parts.toArray(Part[]::new));
    assertThat(many.cells()).isEqualTo(20);
    Cell cell = many.groups().getFirst().comparisons().getFirst();
    assertThat(cell.level()).isEqualTo(0.05 / 20);
    assertThat(cell.significant()).isFalse();
    assertThat(lower(cell)).isLessThan(0);
  }

  @Test
  void aCellWithoutEnoughPeopleSaysSo() {
    Cell cell = breakdown(part("x", 1, 0, 40, 3)).groups().getFirst().comparisons().getFirst();
    assertThat(cell.lift()).isNull();
    assertThat(cell.interval()).isNull();
    assertThat(cell.note()).isEqualTo("Only one person has seen Control: a comparison needs two.");
  }

  @Test
  void whileTheSplitIsBrokenNothingIsCalled() {
    Breakdown broken =
        Breakdown.of(
            Given.experiment().users(10_000, 9_000).look(),
            "country",
            List.of(part("DE", 1_000, 100, 1_000, 250)));
    assertThat(broken.withheld()).isTrue();
    assertThat(Apart.of(broken, goals())).isEmpty();
    assertThat(broken.groups().getFirst().comparisons().getFirst().significant()).isFalse();
    assertThat(breakdown().withheld()).isFalse();
  }

  /// For the next experiment: a fact that says of itself how little it means.
  @Test
  void aDifferenceAmongSomePeopleIsAnExploratoryFact() {
    List<Apart> apart = Apart.of(breakdown(part("DE", 1_000, 100, 1_000, 250)), goals());
    assertThat(apart).hasSize(1);
    Apart germany = apart.getFirst();
    assertThat(germany.fact().id())
        .isEqualTo("breakdown.country.DE.lift.trial_started.conversion.test1");
    assertThat(germany.fact().value()).isCloseTo(1.5, within(1e-12));
    assertThat(germany.fact().text()).isEqualTo("+150 %");
    assertThat(germany.fact().segment()).isEqualTo("test1");
    assertThat(germany.fact().measure()).isEqualTo("trial_started.conversion");
    assertThat(Objects.requireNonNull(germany.fact().interval()).getFirst()).isPositive();
    assertThat(germany.fact().how())
        .startsWith("Exploratory: ")
        .contains("country DE", "holm's correction of 1 cells", "no verdict rests on it");
    assertThat(germany.holds()).isTrue();
  }

  @Test
  void whoCouldBeKnownAgainIsNotToldApart() {
    for (String value :
        List.of(
            "ada@example.org",
            "https://evil.example",
            "evil.example",
            "a</data>",
            "x".repeat(41))) {
      assertThat(Apart.of(breakdown(part(value, 1_000, 100, 1_000, 250)), goals())).isEmpty();
    }
    assertThat(Apart.of(breakdown(part("visitor-17", 99, 50, 100, 60)), goals())).isEmpty();
    assertThat(Apart.of(breakdown(part("visitor-17", 100, 50, 99, 60)), goals())).isEmpty();
    assertThat(Apart.of(breakdown(part("DE", 100, 50, 100, 60)), goals())).hasSize(1);
    assertThat(
            Apart.of(
                breakdown(part("DE", 1_000, 100, 1_000, 250)),
                List.of(Given.secondary("trial_started", "Trial started"))))
        .isEmpty();
  }

  /// Several properties share one level as the values of one do.
  @Test
  void propertiesShareOneLevel() {
    Part striking = part("a", 1_000, 100, 1_000, 158);
    Look look = Given.experiment().users(10, 10).look();
    assertThat(
            Apart.of(Breakdown.of(look, "country", List.of(striking)), goals()).getFirst().holds())
        .isTrue();
    assertThat(
            Apart.of(Breakdown.of(look, "country", List.of(striking), 0.05 / 20), goals())
                .getFirst()
                .holds())
        .isFalse();
  }

  private static List<Goal> goals() {
    return List.of(Given.conversion("trial_started", "Trial started"));
  }

  @Test
  void nobodyIsNoGroup() {
    assertThat(breakdown().groups()).isEmpty();
    assertThat(breakdown().cells()).isZero();
  }

  @Test
  void theNumberOfCellsIsBounded() {
    assertThat(Breakdown.values(1, 2)).isEqualTo(10);
    assertThat(Breakdown.values(5, 9)).isEqualTo(5);
    assertThat(Breakdown.values(20, 10)).isEqualTo(2);
  }

  private static double lower(Cell cell) {
    return Objects.requireNonNull(cell.interval()).getFirst();
  }

  private static Breakdown breakdown(Part... parts) {
    return Breakdown.of(Given.experiment().users(10, 10).look(), "country", List.of(parts));
  }

  private static Part part(String value, long control, long did, long test, long also) {
    return new Part(
        Part.Kind.VALUE,
        value,
        List.of(control, test),
        List.of(
            new GoalTotal(0, 0, control, did, did, did, did, did, null),
            new GoalTotal(0, 1, test, also, also, also, also, also, null)));
  }
}
