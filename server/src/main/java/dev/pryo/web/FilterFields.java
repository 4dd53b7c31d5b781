package dev.pryo.web;

import dev.pryo.experiment.ExperimentRequest.ConditionRequest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A goal's filter as fields of a form: a row for each condition.
///
/// A value is typed as people write it. What is a number, `true` or `false` is taken as such, since
/// an event that says 5 does not say "5"; quotation marks make text of it.
final class FilterFields {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String MISSING = "missing";
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d{1,3})?");

  /// May be meant either way, so it is no number.
  private static final Pattern THOUSANDS = Pattern.compile("-?\\d{1,3}(?:,\\d{3})+");

  private FilterFields() {}

  /// @param goal where the goal's fields begin, such as `goals[0].`
  static void put(
      Map<String, String> values,
      String goal,
      @Nullable List<@Nullable ConditionRequest> conditions) {
    if (conditions == null) {
      return;
    }
    int row = 0;
    for (ConditionRequest condition : conditions) {
      if (condition == null) {
        continue;
      }
      String field = row(goal, row++);
      boolean missing = "exists".equals(condition.op()) && Boolean.FALSE.equals(condition.value());
      values.put(field + "property", text(condition.property()));
      values.put(field + "op", missing ? MISSING : text(condition.op()));
      values.put(field + "value", missing ? "" : typed(condition.value()));
    }
  }

  private static String row(String goal, int row) {
    return "%sfilter[%d].".formatted(goal, row);
  }

  static int rows(Form form, String goal) {
    return form.rows(goal + "filter");
  }

  /// One more row for a goal, empty.
  static Form withOne(Form form, int goal) {
    String field = "goals[%d].".formatted(goal);
    String row = row(field, rows(form, field));
    return form.with(row + "property", "").with(row + "op", "eq");
  }

  /// The form without rows that nobody has filled in; those behind them move up.
  static Form tidied(Form form) {
    Map<String, String> values = new LinkedHashMap<>(form.values());
    values.keySet().removeIf(name -> name.matches("goals\\[\\d+]\\.filter\\[\\d+]\\..*"));
    for (int goal = 0; goal < form.rows("goals"); goal++) {
      String of = "goals[%d].".formatted(goal);
      int kept = 0;
      for (int i = 0; i < rows(form, of); i++) {
        String from = row(of, i);
        if (!isBlank(form, from)) {
          String to = row(of, kept++);
          for (String name : List.of("property", "op", "value")) {
            values.put(to + name, form.value(from + name));
          }
        }
      }
    }
    return Form.of(values);
  }

  private static boolean isBlank(Form form, String row) {
    String op = form.value(row + "op");
    return form.value(row + "property").isBlank()
        && form.value(row + "value").isBlank()
        && !op.equals("exists")
        && !op.equals(MISSING);
  }

  /// The conditions as they are asked for; null where there are none.
  static @Nullable List<@Nullable ConditionRequest> read(Form form, String goal) {
    List<@Nullable ConditionRequest> conditions = new ArrayList<>();
    for (int i = 0; i < rows(form, goal); i++) {
      String field = row(goal, i);
      if (isBlank(form, field)) {
        continue;
      }
      String op = form.value(field + "op");
      String value = form.value(field + "value").strip();
      conditions.add(
          new ConditionRequest(
              form.value(field + "property").strip(),
              op.equals(MISSING) ? "exists" : op.isEmpty() ? null : op,
              op.equals(MISSING) && value.isEmpty() ? false : value(op, value)));
    }
    return conditions.isEmpty() ? null : conditions;
  }

  private static @Nullable Object value(String op, String typed) {
    if (op.equals("in")) {
      return list(typed);
    }
    if (typed.isEmpty()) {
      return null;
    }
    boolean ordered = List.of("gt", "ge", "lt", "le").contains(op);
    return plain(ordered && !THOUSANDS.matcher(typed).matches() ? typed.replace(',', '.') : typed);
  }

  private static List<Object> list(String typed) {
    List<Object> items = new ArrayList<>();
    int from = 0;
    while (from < typed.length()) {
      int end = end(typed, from);
      String item = typed.substring(from, end).strip();
      if (!item.isEmpty()) {
        items.add(plain(item));
      }
      from = end + 1;
    }
    return items;
  }

  /// Where an item ends: at the next comma, or at the one behind its quotation marks.
  private static int end(String typed, int from) {
    int at = solid(typed, from);
    if (at < typed.length() && typed.charAt(at) == '"') {
      int closes = at + 1;
      while (closes < typed.length() && typed.charAt(closes) != '"') {
        closes += typed.charAt(closes) == '\\' ? 2 : 1;
      }
      int behind = solid(typed, closes + 1);
      if (behind >= typed.length() || typed.charAt(behind) == ',') {
        return Math.min(behind, typed.length());
      }
    }
    int comma = typed.indexOf(',', from);
    return comma < 0 ? typed.length() : comma;
  }

  private static int solid(String typed, int from) {
    int at = from;
    while (at < typed.length() && Character.isWhitespace(typed.charAt(at))) {
      at++;
    }
    return at;
  }

  private static Object plain(String typed) {
    if (NUMBER.matcher(typed).matches()) {
      return Double.valueOf(typed);
    }
    if (typed.equals("true") || typed.equals("false")) {
      return Boolean.valueOf(typed);
    }
    if (typed.length() > 1 && typed.startsWith("\"") && typed.endsWith("\"")) {
      try {
        return JSON.readValue(typed, String.class);
      } catch (JacksonException e) {
        return typed; // no JSON: then the quotation marks are part of it
      }
    }
    return typed;
  }

  /// A value so that reading it gives the same value again.
  private static String typed(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case List<?> list ->
          list.stream().map(each -> typed(each, true)).collect(Collectors.joining(", "));
      default -> typed(value, false);
    };
  }

  private static String typed(@Nullable Object value, boolean inList) {
    return switch (value) {
      case Number number -> number(number.doubleValue());
      case String text -> quoted(text, inList) ? JSON.writeValueAsString(text) : text;
      case null, default -> String.valueOf(value);
    };
  }

  private static boolean quoted(String text, boolean inList) {
    return text.isEmpty()
        || !text.equals(text.strip())
        || !plain(text).equals(text)
        || text.startsWith("\"")
        || (inList && text.contains(","));
  }

  private static String number(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? String.format(Locale.ROOT, "%.0f", number)
        : BigDecimal.valueOf(number).toString();
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
