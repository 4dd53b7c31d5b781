package dev.pryo.web;

import dev.pryo.experiment.ExperimentRequest.DenominatorRequest;
import dev.pryo.experiment.ExperimentRequest.GoalRequest;
import dev.pryo.platform.Invalid;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A goal as fields of the New experiment form. Margin and cap are typed as percentages.
final class GoalFields {
  /// What a description says beside the event, and what somebody may have corrected.
  private static final List<String> SAID = List.of("name", "direction", "role", "kind");

  /// What a description seldom says, so that reading it again takes none of it away.
  private static final List<String> OWN =
      List.of("margin", "window_hours", "use_history", "cap_quantile");

  private GoalFields() {}

  static String field(int index) {
    return "goals[%d].".formatted(index);
  }

  /// @param asRead whether it stands as it was read from the words
  static void put(Map<String, String> values, int index, GoalRequest goal, boolean asRead) {
    String field = field(index);
    values.put(field + "event", text(goal.event()));
    values.put(field + "name", text(goal.name()));
    values.put(field + "kind", text(goal.kind()));
    DenominatorRequest denominator = goal.denominator();
    values.put(field + "denominator.event", denominator == null ? "" : text(denominator.event()));
    values.put(field + "denominator.kind", denominator == null ? "" : text(denominator.kind()));
    values.put(field + "use_history", Boolean.TRUE.equals(goal.useHistory()) ? "true" : "");
    values.put(field + "direction", text(goal.direction()));
    values.put(field + "role", text(goal.role()));
    Double margin = goal.margin();
    values.put(field + "margin", margin == null ? "" : Describing.percent(margin));
    Integer window = goal.windowHours();
    values.put(field + "window_hours", window == null ? "" : window.toString());
    Double cap = goal.capQuantile();
    values.put(field + "cap_quantile", cap == null ? "" : Describing.percent(cap));
    FilterFields.put(values, field, goal.filter());
    values.put(field + "quote", text(goal.quote()));
    values.put(field + "read", asRead ? text(goal.event()) : "");
  }

  /// The same after the words were read again: of a goal with the same event, what somebody has
  /// corrected stays, and what the words do not say.
  static void read(Map<String, String> values, Form form, int index, GoalRequest fresh) {
    put(values, index, fresh, true);
    String field = field(index);
    SAID.forEach(name -> values.put(field + "read." + name, values.getOrDefault(field + name, "")));
    if (!form.value(field + "event").equals(text(fresh.event()))) {
      return;
    }
    for (String name : SAID) {
      if (!form.value(field + name).equals(form.value(field + "read." + name))) {
        values.put(field + name, form.value(field + name));
      }
    }
    form.values()
        .forEach((name, value) -> {
          if (isOwn(name, field) && !value.isEmpty()) {
            values.put(name, value);
          }
        });
  }

  private static boolean isOwn(String name, String field) {
    return name.startsWith(field + "filter[")
        || name.startsWith(field + "denominator.")
        || OWN.stream().anyMatch(own -> name.equals(field + own));
  }

  static GoalRequest request(Invalid.Collector problems, Form form, int index) {
    String field = field(index);
    BigDecimal window = Describing.decimal(problems, form, field + "window_hours");
    boolean guardrail = form.value(field + "role").equals("guardrail");
    String kind = form.value(field + "kind");
    boolean ratio = kind.equals("ratio");
    return new GoalRequest(
        form.value(field + "event").strip(),
        form.value(field + "name"),
        kind,
        ratio ? denominator(form, field + "denominator.") : null,
        form.value(field + "direction"),
        form.value(field + "role"),
        guardrail ? Describing.fraction(problems, form, field + "margin") : null,
        window == null ? null : window.intValue(),
        !ratio && form.value(field + "use_history").equals("true"),
        FilterFields.read(form, field),
        cap(problems, form, field + "cap_quantile"),
        Describing.quote(form, field + "quote"));
  }

  /// Nothing where nothing was said: then the answer says what to say.
  private static @Nullable DenominatorRequest denominator(Form form, String field) {
    String event = form.value(field + "event").strip();
    String kind = form.value(field + "kind");
    return event.isEmpty() && kind.isEmpty()
        ? null
        : new DenominatorRequest(event, kind.isEmpty() ? null : kind);
  }

  private static @Nullable Double cap(Invalid.Collector problems, Form form, String field) {
    BigDecimal percent = Describing.decimal(problems, form, field);
    if (percent == null) {
      return null;
    }
    boolean possible =
        percent.compareTo(BigDecimal.valueOf(50)) >= 0
            && percent.compareTo(BigDecimal.valueOf(100)) < 0;
    problems.check(possible, field, "must be from 50 to below 100: 99 cuts the largest hundredth");
    return percent.movePointLeft(2).doubleValue();
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
