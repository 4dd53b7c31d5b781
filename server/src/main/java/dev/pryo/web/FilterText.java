package dev.pryo.web;

import dev.pryo.experiment.ExperimentRequest.ConditionRequest;
import dev.pryo.platform.Invalid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// A goal's filter in a hidden field: the form has no fields for it, and must not lose one that was
/// made over the API.
final class FilterText {
  private static final JsonMapper JSON = JsonMapper.shared();

  private FilterText() {}

  static String of(@Nullable List<@Nullable ConditionRequest> filter) {
    return filter == null || filter.isEmpty() ? "" : JSON.writeValueAsString(filter);
  }

  static @Nullable List<@Nullable ConditionRequest> read(
      Invalid.Collector problems, String text, String field) {
    if (text.isEmpty()) {
      return null;
    }
    try {
      List<ConditionRequest> read = JSON.readValue(text, new TypeReference<>() {});
      return new ArrayList<@Nullable ConditionRequest>(read);
    } catch (JacksonException e) {
      problems.check(false, field, "must be a list of conditions, as the API takes it");
      return null;
    }
  }
}
