package dev.pryo.web;

import dev.pryo.platform.Invalid;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/// What stands in a form's fields, and what is wrong with them.
///
/// @param values by field name, as they were typed
/// @param errors by field name, each a sentence without its subject
public record Form(Map<String, String> values, Map<String, String> errors) {

  static Form empty() {
    return new Form(Map.of(), Map.of());
  }

  static Form of(Map<String, String> values) {
    return new Form(values, Map.of());
  }

  static Form of(MultiValueMap<String, String> posted) {
    Map<String, String> values = new LinkedHashMap<>();
    // browsers send each line's end as two characters
    posted.forEach((name, value) -> values.put(name, value.getFirst().replace("\r\n", "\n")));
    return new Form(values, Map.of());
  }

  /// The same form with another value in a field.
  Form with(String field, String value) {
    Map<String, String> changed = new LinkedHashMap<>(values);
    changed.put(field, value);
    return new Form(changed, errors);
  }

  /// The same values with the errors of a refused request.
  Form with(Invalid invalid) {
    Map<String, String> errors = new LinkedHashMap<>();
    for (Invalid.Field field : invalid.fields()) {
      // one text area holds what the API takes as a list
      String name = field.field().replaceFirst("^allowed_origins\\[\\d+]$", "allowed_origins");
      errors.putIfAbsent(name, field.message());
    }
    return new Form(values, errors);
  }

  /// The same values with an error that belongs to the form as a whole.
  Form with(@Nullable String sentence) {
    return new Form(values, Map.of("", String.valueOf(sentence)));
  }

  public String value(String field) {
    return values.getOrDefault(field, "");
  }

  /// How many rows a list has: `goals[0].…`, `goals[1].…` without a gap.
  public int rows(String list) {
    int rows = 0;
    while (hasRow(list, rows)) {
      rows++;
    }
    return rows;
  }

  private boolean hasRow(String list, int row) {
    String beginning = "%s[%d].".formatted(list, row);
    return values.keySet().stream().anyMatch(key -> key.startsWith(beginning));
  }

  public @Nullable String error(String field) {
    return errors.get(field);
  }

  /// Whether this field is the first that is wrong, so that it gets the focus.
  public boolean first(String field) {
    return !errors.isEmpty() && errors.keySet().iterator().next().equals(field);
  }

  /// What is wrong with the form as a whole.
  public @Nullable String error() {
    return errors.get("");
  }
}
