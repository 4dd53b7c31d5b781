package dev.pryo.experiment;

import dev.pryo.experiment.ExperimentRequest.ConditionRequest;
import dev.pryo.platform.Invalid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which filters a goal may have.
final class FilterRules {
  private static final int MOST = 5;
  private static final int MOST_VALUES = 50;
  private static final int LONGEST = 100;
  private static final int LONGEST_VALUE = 200;
  private static final ConditionRequest NONE = new ConditionRequest(null, null, null);

  private FilterRules() {}

  static List<Condition> check(
      Invalid.Collector problems, @Nullable List<@Nullable ConditionRequest> asked, String field) {
    if (asked == null) {
      return List.of();
    }
    problems.check(asked.size() <= MOST, field, "must be at most %d conditions".formatted(MOST));
    List<Condition> conditions = new ArrayList<>();
    for (int i = 0; i < asked.size() && i < MOST; i++) {
      conditions.add(condition(problems, asked.get(i), "%s[%d]".formatted(field, i)));
    }
    return List.copyOf(conditions);
  }

  private static Condition condition(
      Invalid.Collector problems, @Nullable ConditionRequest given, String field) {
    ConditionRequest asked = given == null ? NONE : given;
    String property =
        ExperimentRules.text(problems, asked.property(), field + ".property", LONGEST);
    problems.check(
        asked.op() != null, field + ".op", "must be eq, ne, gt, ge, lt, le, in or exists");
    Condition.Op op =
        Words.of(Condition.Op.class, problems, asked.op(), field + ".op", Condition.Op.EXISTS);
    Object value = asked.value();
    String wrong =
        switch (op) {
          case EQ, NE -> isPlain(value) ? null : "must be text, a number, true or false";
          case GT, GE, LT, LE ->
              value instanceof Number && isPlain(value) ? null : "must be a number";
          case IN ->
              value instanceof List<?> list
                      && !list.isEmpty()
                      && list.size() <= MOST_VALUES
                      && list.stream().allMatch(FilterRules::isPlain)
                  ? null
                  : "must be a list of 1 to %d texts, numbers, true or false"
                      .formatted(MOST_VALUES);
          case EXISTS ->
              value == null || value instanceof Boolean
                  ? null
                  : "must be left out, or false for a property that must not be there";
        };
    problems.check(wrong == null, field + ".value", wrong == null ? "" : wrong);
    return new Condition(property, op, wrong == null ? value : null);
  }

  private static boolean isPlain(@Nullable Object value) {
    return switch (value) {
      case String text -> text.length() <= LONGEST_VALUE && text.indexOf(0) < 0 && isWhole(text);
      case Number number -> Double.isFinite(number.doubleValue());
      case Boolean ignored -> true;
      case null, default -> false;
    };
  }

  /// Half of a pair of surrogates is no character, and no database keeps it.
  private static boolean isWhole(String text) {
    return text.equals(Bucketing.wellFormed(text));
  }
}
