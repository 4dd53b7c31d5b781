package dev.pryo.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.event.Totals.GoalTotal;
import dev.pryo.experiment.Condition;
import dev.pryo.experiment.Goal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CappedGoalTest {

  /// With a window a value is final, but a cap moves with everybody who comes.
  @Test
  void aCappedGoalIsDecidedAsOneThatGrows() {
    assertThat(statistics(revenue(null, List.of())).method()).isEqualTo("horizon_cs");
    assertThat(statistics(revenue(0.99, List.of())).method()).isEqualTo("mixture_cs");
  }

  /// Nothing runs on from looks at another question.
  @Test
  void filterAndCapAreOfTheDefinition() {
    List<Condition> filter = List.of(new Condition("plan", Condition.Op.EQ, "pro"));
    assertThat(
            List.of(
                statistics(revenue(null, List.of())).definition(),
                statistics(revenue(0.99, List.of())).definition(),
                statistics(revenue(0.9, List.of())).definition(),
                statistics(revenue(null, filter)).definition()))
        .doesNotHaveDuplicates();
  }

  private static Statistics statistics(Goal goal) {
    return Given.experiment()
        .goals(goal)
        .planned(1_000)
        .users(400, 400)
        .total(new GoalTotal(0, 0, 400, 100, 100, 1_000, 1_000, 20_000, null))
        .total(new GoalTotal(0, 1, 400, 100, 100, 1_100, 1_100, 22_000, null))
        .analysis()
        .statistics();
  }

  private static Goal revenue(@Nullable Double cap, List<Condition> filter) {
    return new Goal(
        "order",
        "Revenue",
        Goal.Kind.SUM,
        null,
        Goal.Direction.INCREASE,
        Goal.Role.PRIMARY,
        null,
        24,
        false,
        filter,
        cap,
        null);
  }
}
