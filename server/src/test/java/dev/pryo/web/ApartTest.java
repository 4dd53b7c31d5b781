package dev.pryo.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.analysis.Analyses.Recorded;
import dev.pryo.analysis.Breakdown;
import dev.pryo.analysis.Looks;
import dev.pryo.analysis.Statistics.Arm;
import dev.pryo.event.Part;
import dev.pryo.experiment.Goal;
import dev.pryo.iteration.Followed;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Numbers apart for a property, as the page calls them.
class ApartTest {
  private static final Recorded CLEAR = Looks.clear("Trial");

  @Test
  void whatIsBetterOrWorseIsSaidByTheDifference() {
    assertThat(row(0.04, 1.0, true).call()).isEqualTo("✓ Better");
    assertThat(row(-0.04, -0.5, true).call()).isEqualTo("✕ Worse");
    assertThat(row(0.04, 1.0, false).call()).isEqualTo("Not settled");
  }

  @Test
  void aGainOverNothingIsNoLoss() {
    Apart.Row row = row(0.04, null, true);
    assertThat(row.call()).isEqualTo("✓ Better");
    assertThat(row.tone()).isEqualTo("good");
    assertThat(row.change()).isEqualTo("–");
  }

  private static Apart.Row row(double difference, @Nullable Double lift, boolean significant) {
    Goal goal = CLEAR.look().experiment().goals().getFirst();
    Breakdown.Cell cell =
        new Breakdown.Cell(
            goal.event(),
            goal.name(),
            goal.kind(),
            goal.denominator(),
            goal.filter(),
            "fraction",
            "test1",
            "Test 1",
            new Arm(5_000, 0.0, null),
            new Arm(5_000, 0.04, null),
            lift,
            null,
            difference,
            List.of(difference - 0.01, difference + 0.01),
            0.0001,
            0.05,
            significant,
            null);
    Breakdown breakdown =
        new Breakdown(
            "country",
            true,
            "holm",
            0.05,
            1,
            false,
            List.of(new Breakdown.Group(Part.Kind.VALUE, "DE", List.of(), List.of(cell))),
            CLEAR.look().now());
    return Apart.of(breakdown, Followed.experiment(CLEAR)).tables().getFirst().rows().getFirst();
  }
}
