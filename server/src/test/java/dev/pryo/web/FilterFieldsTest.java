package dev.pryo.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.experiment.ExperimentRequest.ConditionRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What people type as a condition's value, and what comes back into the field.
class FilterFieldsTest {
  private static final String GOAL = "goals[0].";

  @Test
  void aValueIsOfTheTypeThatItLooksLike() {
    assertThat(read("eq", "pro")).isEqualTo("pro");
    assertThat(read("eq", " 5 ")).isEqualTo(5.0);
    assertThat(read("eq", "-1.5e3")).isEqualTo(-1500.0);
    assertThat(read("eq", "007")).isEqualTo("007");
    assertThat(read("eq", "1,5")).isEqualTo("1,5");
    assertThat(read("gt", "1,5")).isEqualTo(1.5);
    assertThat(read("ge", "1,000")).as("one or a thousand").isEqualTo("1,000");
    assertThat(read("eq", "true")).isEqualTo(true);
    assertThat(read("eq", "\"5\"")).isEqualTo("5");
    assertThat(read("eq", "\"not closed")).isEqualTo("\"not closed");
    assertThat(read("eq", "")).isNull();
    assertThat(read("exists", "")).isNull();
    assertThat(read("missing", "")).isEqualTo(false);
  }

  @Test
  void aListIsCutAtItsCommas() {
    assertThat(read("in", "a, b c ,5,\"5\", \"x, y\",,true"))
        .isEqualTo(List.of("a", "b c", 5.0, "5", "x, y", true));
    assertThat(read("in", "\"a\" b, c")).isEqualTo(List.of("\"a\" b", "c"));
    assertThat(read("in", "")).isEqualTo(List.of());
    String many = "\"" + "\\\"".repeat(200_000) + "\"";
    assertThat(read("in", many + ", b")).asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(2);
    String wide = "a" + " ".repeat(400_000) + "b";
    assertThat(read("in", wide + ",")).isEqualTo(List.of(wide));
    assertThat(read("in", " , ")).isEqualTo(List.of());
  }

  @Test
  void whatIsKeptComesBackAsItWas() {
    List<ConditionRequest> kept =
        List.of(
            new ConditionRequest("a", "eq", "pro"),
            new ConditionRequest("b", "ne", "5"),
            new ConditionRequest("c", "eq", ""),
            new ConditionRequest("d", "eq", " padded "),
            new ConditionRequest("e", "eq", "\"quoted\""),
            new ConditionRequest("f", "eq", "true"),
            new ConditionRequest("g", "eq", false),
            new ConditionRequest("h", "ge", 19.9),
            new ConditionRequest("i", "lt", 1e300),
            new ConditionRequest("j", "le", -0.000001),
            new ConditionRequest("k", "in", List.of("x, y", "5", 5.0, true, "z\"")),
            new ConditionRequest("l", "exists", null),
            new ConditionRequest("m", "exists", false),
            new ConditionRequest("n", "eq", 1234567.0));
    Map<String, String> values = new LinkedHashMap<>();
    FilterFields.put(values, GOAL, new ArrayList<@Nullable ConditionRequest>(kept));
    assertThat(FilterFields.read(Form.of(values), GOAL)).isEqualTo(kept);
    assertThat(values).containsEntry(GOAL + "filter[13].value", "1234567");
  }

  @Test
  void rowsThatNobodyFilledInAreNoConditions() {
    Map<String, String> values = new LinkedHashMap<>();
    row(values, 0, "", "eq", " ");
    row(values, 1, "plan", "eq", "pro");
    row(values, 2, "", "eq", "lost");
    row(values, 3, "", "ge", "");
    Form tidied = FilterFields.tidied(Form.of(values));
    assertThat(FilterFields.read(tidied, GOAL))
        .isEqualTo(
            Arrays.asList(
                new ConditionRequest("plan", "eq", "pro"), new ConditionRequest("", "eq", "lost")));
    assertThat(FilterFields.read(Form.of(Map.of(GOAL + "event", "buy")), GOAL)).isNull();
  }

  private static void row(
      Map<String, String> values, int row, String property, String op, String value) {
    String field = "%sfilter[%d].".formatted(GOAL, row);
    values.put(field + "property", property);
    values.put(field + "op", op);
    values.put(field + "value", value);
  }

  private static @Nullable Object read(String op, String value) {
    Map<String, String> values = new LinkedHashMap<>();
    row(values, 0, "p", op, value);
    List<@Nullable ConditionRequest> read = FilterFields.read(Form.of(values), GOAL);
    assertThat(read).hasSize(1);
    ConditionRequest only = read == null ? null : read.getFirst();
    return only == null ? null : only.value();
  }
}
