package dev.pryo.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.experiment.Condition.Op;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConditionTest {

  @Test
  void onlyWhatIsOfTheSameTypeIsEqual() {
    assertThat(holds(Op.EQ, 5, 5.0)).isTrue();
    assertThat(holds(Op.EQ, 5, "5")).isFalse();
    assertThat(holds(Op.EQ, "a", "A")).isFalse();
    assertThat(holds(Op.EQ, true, "true")).isFalse();
    assertThat(holds(Op.IN, List.of("a", 1), 1)).isTrue();
    assertThat(holds(Op.IN, List.of("a", 1), "1")).isFalse();
  }

  @Test
  void whatIsMissingIsUnlikeEveryValue() {
    for (Object missing : Arrays.asList(null, "none")) {
      Map<String, Object> properties = missing == null ? Map.of() : Map.of("other", missing);
      assertThat(new Condition("p", Op.EQ, "none").holds(properties)).isFalse();
      assertThat(new Condition("p", Op.NE, "none").holds(properties)).isTrue();
      assertThat(new Condition("p", Op.EXISTS, null).holds(properties)).isFalse();
      assertThat(new Condition("p", Op.EXISTS, false).holds(properties)).isTrue();
      assertThat(new Condition("p", Op.LT, 3).holds(properties)).isFalse();
    }
  }

  @Test
  void aFilterIsTheSameInWhateverOrderItsConditionsStand() {
    Condition phone = new Condition("device", Op.EQ, "phone");
    Condition large = new Condition("total", Op.GE, 20);
    assertThat(Condition.key(List.of(phone, large))).isEqualTo("device.eq.phone.total.ge.20.0");
    assertThat(Condition.key(List.of(large, phone))).isEqualTo("device.eq.phone.total.ge.20.0");
    assertThat(Condition.key(List.of(new Condition("p", Op.EXISTS, null)))).isEqualTo("p.exists");
    assertThat(Condition.key(List.of(new Condition("p", Op.EXISTS, false))))
        .isEqualTo("p.exists.false");
    assertThat(Condition.key(List.of())).isEmpty();
    assertThat(Condition.words(List.of(phone, large)))
        .isEqualTo("device is phone and total is at least 20");
  }

  @Test
  void numbersHaveAnOrderAndNothingElseHas() {
    assertThat(holds(Op.GT, 5, 5)).isFalse();
    assertThat(holds(Op.GE, 5, 5)).isTrue();
    assertThat(holds(Op.LT, 5, -7)).isTrue();
    assertThat(holds(Op.LE, 5, 5.5)).isFalse();
    assertThat(holds(Op.GT, 5, "9")).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Op.class)
  void anExampleMeetsIt(Op op) {
    Condition condition =
        new Condition(
            "p",
            op,
            switch (op) {
              case IN -> List.of("a", "b");
              case EXISTS -> null;
              case EQ, NE, GT, GE, LT, LE -> 5;
            });
    Object example = condition.example();
    assertThat(condition.holds(example == null ? Map.of() : Map.of("p", example))).isTrue();
  }

  @Test
  void itIsSaidInWords() {
    assertThat(new Condition("seats", Op.GE, 5).words()).isEqualTo("seats is at least 5");
    assertThat(new Condition("plan", Op.IN, List.of("pro", "team")).words())
        .isEqualTo("plan is one of pro, team");
    assertThat(new Condition("coupon", Op.EXISTS, false).words()).isEqualTo("coupon is missing");
  }

  private static boolean holds(Op op, @Nullable Object value, Object found) {
    return new Condition("p", op, value).holds(Map.of("p", found));
  }
}
