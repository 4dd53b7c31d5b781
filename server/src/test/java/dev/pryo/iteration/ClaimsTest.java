package dev.pryo.iteration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.analysis.Analysis.Fact;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ClaimsTest {
  private static final Fact LIFT =
      fact("lift.buy.conversion.test1", 0.1234, "fraction", List.of(0.02, 0.24));
  private static final Fact FALL =
      fact("lift.buy.conversion.test2", -0.081, "fraction", List.of(-0.15, -0.01));
  private static final Fact RATE = fact("value.buy.conversion.control", 0.0449, "fraction", null);
  private static final Fact PEOPLE = fact("users.total", 24_360, "people", null);
  private static final Fact BASKET = fact("value.paid.sum.test1", 19.906, "value", null);
  private static final List<Fact> FACTS = List.of(LIFT, FALL, RATE, PEOPLE, BASKET);

  private final Claims claims = claims(FACTS);

  private static Claims claims(List<Fact> cited) {
    return new Claims(
        cited,
        FACTS,
        List.of(
            new Claims.Named("control", Set.of("control", "Original")),
            new Claims.Named("test1", Set.of("test1", "Buy now")),
            new Claims.Named("test2", Set.of("test2", "50 % bolder"))),
        List.of("Original", "Buy now", "50 % bolder", "test1", "test2", "buy"));
  }

  /// A fact with what is asked of it here.
  private static Fact fact(String id, double value, String unit, @Nullable List<Double> interval) {
    Map<String, Object> saved = new HashMap<>(Map.of("id", id, "value", value, "unit", unit));
    saved.put("interval", interval);
    return JsonMapper.shared().convertValue(saved, Fact.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A clearer label brings people to the button.",
        "Buy now rose by 12 %.",
        "Buy now rose by 12.3 percent, from +2 % to +24 %.",
        "Of 24,360 people 4.5 % bought with the original.",
        "50 % bolder lost 8 %.",
        "With Buy now people spent 19.91 each.",
        "The sign-up button is what people see next.",
        "Fewer words may help."
      })
  void whatTheFactsSayMayBeSaid(String text) {
    assertThat(claims.objection(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Buy now rose by 40 %.",
        "Buy now rose by 12.4 %.",
        "Buy now rose by 12 people.",
        "People spent 20 % more.",
        "Buy now rose by −12 %.",
        "Of 24,361 people most left.",
        "It will bring 5 more orders a day."
      })
  void anInventedOrWronglyRoundedNumberIsFound(String text) {
    assertThat(claims.objection(text))
        .contains("it names a number that is none of the facts it rests on");
  }

  @Test
  void aNumberOfAFactThatIsNotCitedIsInvented() {
    assertThat(claims(List.of(FALL)).objection("Buy now rose by 12 %.")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"50 % bolder rose by 12 %.", "Buy now lost 8 %."})
  void swappedSegmentsAreFound(String text) {
    assertThat(claims.objection(text)).contains("it gives a segment the number of another one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Buy now fell by 12 %.",
        "A drop of 12.3 % is a pity.",
        "50 % bolder brought more orders."
      })
  void upAndDownHaveToAgree(String text) {
    assertThat(claims.objection(text))
        .contains("it says up where the facts say down, or the other way round");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Orders doubled.",
        "About ten per cent more people buy.",
        "Half of the people left.",
        "Twice as many will come."
      })
  void amountsInWordsAreFound(String text) {
    assertThat(claims.objection(text)).contains("it says an amount in words");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The change is significant.",
        "This proves that people like it.",
        "It will certainly help."
      })
  void certaintyIsForTheVerdict(String text) {
    assertThat(claims.objection(text)).isPresent().get().asString().contains("certainty");
  }
}
