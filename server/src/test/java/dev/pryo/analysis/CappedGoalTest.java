package dev.pryo.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.analysis.Analysis.Fact;
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

  /// A number is only known by what it leaves out.
  @Test
  void filterAndCapAreNamedBehindEveryNumberThatTheyMake() {
    List<Condition> filter = List.of(new Condition("plan", Condition.Op.EQ, "pro"));
    String left = "; only events count where plan is pro";
    String cut = "; a person's value counts as at most the 99 % quantile";
    List<Fact> facts = analysis(revenue(0.99, filter)).facts();
    assertThat(facts.stream().filter(fact -> fact.id().startsWith("people.")))
        .hasSize(2)
        .allSatisfy(fact -> assertThat(fact.how()).endsWith(left));
    assertThat(facts.stream().map(Fact::id))
        .contains(
            "value.order.sum.plan.eq.pro.control",
            "lift.order.sum.plan.eq.pro.test1",
            "difference.order.sum.plan.eq.pro.test1",
            "p.order.sum.plan.eq.pro.test1");
    assertThat(facts)
        .filteredOn(fact -> fact.id().matches("(value|lift|difference|most|p)[.]order.*"))
        .allSatisfy(fact -> assertThat(fact.how()).contains(left + cut));
    assertThat(facts)
        .filteredOn(fact -> fact.id().equals("cap.order.sum.plan.eq.pro"))
        .extracting(Fact::text)
        .containsExactly("99 %");
    assertThat(analysis(revenue(null, List.of())).facts())
        .extracting(Fact::how)
        .noneMatch(how -> how.contains("quantile") || how.contains("only events count where"));
  }

  private static Statistics statistics(Goal goal) {
    return analysis(goal).statistics();
  }

  private static Analysis analysis(Goal goal) {
    return Given.experiment()
        .goals(goal)
        .planned(1_000)
        .users(400, 400)
        .total(new GoalTotal(0, 0, 400, 100, 100, 1_000, 1_000, 20_000, null))
        .total(new GoalTotal(0, 1, 400, 100, 100, 1_100, 1_100, 22_000, null))
        .analysis();
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
