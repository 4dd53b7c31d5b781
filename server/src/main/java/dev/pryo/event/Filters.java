package dev.pryo.event;

import dev.pryo.experiment.Condition;
import dev.pryo.experiment.Goal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Goals' filters: as conditions of a statement, whose names and values are its parameters, and for
/// one event at a time. `EventStoreContract` holds both to the same.
final class Filters {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final TypeReference<Map<String, @Nullable Object>> PROPERTIES =
      new TypeReference<>() {};

  private Filters() {}

  static boolean any(List<Goal> goals) {
    return goals.stream().anyMatch(goal -> !goal.filter().isEmpty());
  }

  /// Whether an event with these properties counts for the goal.
  static boolean pass(Goal goal, @Nullable String properties) {
    if (goal.filter().isEmpty()) {
      return true;
    }
    Map<String, @Nullable Object> read =
        properties == null ? Map.of() : JSON.readValue(properties, PROPERTIES);
    return goal.filter().stream().allMatch(condition -> condition.holds(read));
  }

  /// For each goal with a filter a column of `event` that says whether the row passes it.
  static String tested(List<Goal> goals) {
    return each(
        goals,
        goal ->
            ", name_no = (:own::int[])[%d] and %s as passes_%d"
                .formatted(goal + 1, sql(goals.get(goal).filter(), goal), goal));
  }

  /// The same columns by their names.
  static String columns(List<Goal> goals) {
    return each(goals, goal -> ", passes_" + goal);
  }

  /// Whether a row `h` of these columns counts for the measure `m`.
  static String passed(List<Goal> goals, List<Measure> measures) {
    if (!any(goals)) {
      return "";
    }
    return IntStream.range(0, measures.size())
        .filter(i -> measures.get(i).part() != Measure.Part.DENOMINATOR)
        .filter(i -> !goals.get(measures.get(i).goal()).filter().isEmpty())
        .mapToObj(i -> "when %d then h.passes_%d".formatted(i, measures.get(i).goal()))
        .collect(Collectors.joining(" ", "and case m.measure ", " else true end"));
  }

  /// Whether a row `h` counts for some goal.
  static String counts(List<Goal> goals) {
    return IntStream.range(0, goals.size())
        .mapToObj(goal ->
            goals.get(goal).filter().isEmpty()
                ? "h.name_no = (:own::int[])[%d]".formatted(goal + 1)
                : "h.passes_" + goal)
        .collect(Collectors.joining(" or ", "and (", ")"));
  }

  private static String each(List<Goal> goals, IntFunction<String> text) {
    return IntStream.range(0, goals.size())
        .filter(goal -> !goals.get(goal).filter().isEmpty())
        .mapToObj(text)
        .collect(Collectors.joining());
  }

  private static String sql(List<Condition> filter, int goal) {
    return IntStream.range(0, filter.size())
        .mapToObj(i -> sql(filter.get(i), "%d_%d".formatted(goal, i)))
        .collect(Collectors.joining(" and "));
  }

  private static String sql(Condition condition, String place) {
    String found = "(properties -> :property_%s::text)".formatted(place);
    List<Object> values = condition.values();
    String all =
        IntStream.range(0, values.size())
            .mapToObj(i -> "to_jsonb(:value_%s_%d::%s)".formatted(place, i, type(values.get(i))))
            .collect(Collectors.joining(", "));
    return switch (condition.op()) {
      case EQ, IN -> "coalesce(%s in (%s), false)".formatted(found, all);
      case NE -> "coalesce(%s <> %s, true)".formatted(found, all);
      case GT -> ordered(found, ">", all);
      case GE -> ordered(found, ">=", all);
      case LT -> ordered(found, "<", all);
      case LE -> ordered(found, "<=", all);
      case EXISTS ->
          "coalesce(%s, 'null') %s 'null'"
              .formatted(found, Boolean.FALSE.equals(condition.value()) ? "=" : "<>");
    };
  }

  private static String ordered(String found, String operator, String value) {
    return "case when jsonb_typeof(%1$s) = 'number' then %1$s %2$s %3$s else false end"
        .formatted(found, operator, value);
  }

  private static String type(Object value) {
    return switch (value) {
      case Double ignored -> "float8";
      case Boolean ignored -> "boolean";
      default -> "text";
    };
  }

  /// What [#tested] names.
  static Map<String, Object> parameters(List<Goal> goals) {
    Map<String, Object> parameters = new HashMap<>();
    for (int goal = 0; goal < goals.size(); goal++) {
      List<Condition> filter = goals.get(goal).filter();
      for (int i = 0; i < filter.size(); i++) {
        String place = "%d_%d".formatted(goal, i);
        parameters.put("property_" + place, filter.get(i).property());
        List<Object> values = filter.get(i).values();
        for (int value = 0; value < values.size(); value++) {
          parameters.put("value_%s_%d".formatted(place, value), values.get(value));
        }
      }
    }
    return parameters;
  }
}
