package dev.pryo.web;

import dev.pryo.event.Traffic;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.ExperimentChange;
import dev.pryo.experiment.ExperimentRequest;
import dev.pryo.experiment.ExperimentRequest.GoalRequest;
import dev.pryo.experiment.ExperimentRequest.PlanRequest;
import dev.pryo.experiment.ExperimentRequest.SegmentRequest;
import dev.pryo.experiment.Goal;
import dev.pryo.experiment.Segment;
import dev.pryo.planning.Planning;
import dev.pryo.platform.Invalid;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Between the fields of the New experiment form, which are named as the API names them, and what
/// they mean. Percentages are typed as percentages.
final class Describing {
  static final List<Integer> WEEKS = List.of(1, 2, 3, 4, 6);
  private static final String PLANNED_WEEKS = "3";

  private Describing() {}

  static Form blank(String words) {
    return Form.of(Map.of("description", words, "weeks", PLANNED_WEEKS));
  }

  static Form of(Experiment experiment) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("name", experiment.name());
    values.put("description", experiment.description());
    values.put("preview_url", text(experiment.previewUrl()));
    values.put("mode", Texts.words(experiment.mode()));
    values.put("on_harm", experiment.onHarm() == Experiment.OnHarm.PAUSE ? "pause" : "");
    for (int i = 0; i < experiment.segments().size(); i++) {
      Segment segment = experiment.segments().get(i);
      segment(
          values,
          i,
          new SegmentRequest(
              segment.name(),
              segment.description(),
              segment.instructions(),
              segment.trafficPercentage(),
              segment.quote()),
          segment.quote() != null);
    }
    for (int i = 0; i < experiment.goals().size(); i++) {
      Goal goal = experiment.goals().get(i);
      GoalFields.put(values, i, ExperimentChange.asked(goal), goal.quote() != null);
    }
    Double baseline = experiment.plan().baseline();
    values.put("plan.baseline", baseline == null ? "" : percent(baseline));
    values.put("weeks", String.valueOf(Math.max(1, experiment.plan().maxDays() / 7)));
    Long people = experiment.plan().nPlanned();
    if (people != null) {
      values.put(
          "visitors",
          String.valueOf(Math.ceilDiv(people, Math.max(1, experiment.plan().maxDays()))));
    }
    return Form.of(values);
  }

  /// The form with measured numbers in the fields of the plan that are empty.
  static Form measured(Form form, Traffic.Seen seen) {
    Map<String, String> values = new LinkedHashMap<>(form.values());
    Double perDay = seen.perDay();
    if (form.value("visitors").isEmpty() && perDay != null && perDay >= 1) {
      values.put("visitors", String.valueOf(Math.round(perDay)));
      values.put("measured", "true");
    }
    Double rate = seen.mean();
    boolean share =
        form.value("goals[0].kind").isEmpty() || form.value("goals[0].kind").equals("conversion");
    if (form.value("plan.baseline").isEmpty()
        && share
        && rate != null
        && Planning.isMeasured(seen)) {
      values.put(
          "plan.baseline",
          new BigDecimal(rate * 100)
              .round(new MathContext(3))
              .stripTrailingZeros()
              .toPlainString());
      values.put("measured", "true");
    }
    return Form.of(values);
  }

  private static void segment(
      Map<String, String> values, int index, SegmentRequest segment, boolean asRead) {
    String field = "segments[%d].".formatted(index);
    values.put(field + "name", text(segment.name()));
    values.put(field + "instructions", text(segment.instructions()));
    values.put(field + "quote", text(segment.quote()));
    values.put(field + "read", asRead ? text(segment.instructions()) : "");
    BigDecimal share = segment.trafficPercentage();
    values.put(
        field + "traffic_percentage",
        share == null ? "" : share.stripTrailingZeros().toPlainString());
  }

  /// The form after the words were read: rows that somebody has changed or added stay as they are.
  static Form read(Form form, ExperimentRequest found) {
    Map<String, String> values = without(form, "segments[", "goals[");
    List<@Nullable SegmentRequest> segments = found.segments();
    int read = segments == null ? 0 : segments.size();
    boolean sameCount = read == form.rows("segments");
    for (int i = 0; i < Math.max(read, form.rows("segments")); i++) {
      String field = "segments[%d].".formatted(i);
      SegmentRequest fresh = segments == null || i >= read ? null : segments.get(i);
      if (fresh == null || edited(form, field, "instructions")) {
        if (edited(form, field, "instructions") || segments == null) {
          copy(form, values, field, field);
        }
      } else {
        segment(values, i, fresh, true);
        if (sameCount) {
          values.put(field + "traffic_percentage", form.value(field + "traffic_percentage"));
        }
      }
    }
    List<@Nullable GoalRequest> goals = found.goals();
    int wanted = goals == null ? 0 : goals.size();
    for (int i = 0; i < Math.max(wanted, form.rows("goals")); i++) {
      String field = GoalFields.field(i);
      GoalRequest fresh = goals == null || i >= wanted ? null : goals.get(i);
      if (fresh == null || edited(form, field, "event")) {
        if (edited(form, field, "event") || goals == null) {
          copy(form, values, field, field);
        }
      } else {
        GoalFields.read(values, form, i, fresh);
      }
    }
    if (form.value("name").isBlank() && !form.value("description").isBlank()) {
      values.put("name", name(form.value("description")));
    }
    return Form.of(values);
  }

  private static boolean edited(Form form, String field, String key) {
    return form.values().containsKey(field + key)
        && !form.value(field + key).equals(form.value(field + "read"));
  }

  /// The first words of the description, until somebody finds better ones.
  private static String name(String description) {
    String first = description.strip().split("[.!?\\n]", 2)[0].strip();
    if (first.length() <= 60) {
      return first;
    }
    int end = first.lastIndexOf(' ', 60);
    return first.substring(0, end < 20 ? 60 : end) + "…";
  }

  static Form withSegment(Form form) {
    Map<String, String> values = new LinkedHashMap<>(form.values());
    int count = form.rows("segments");
    if (count == 0) {
      segment(values, 0, new SegmentRequest("Control", null, "", null, ""), false);
      count = 1;
    }
    segment(values, count, new SegmentRequest("Test " + count, null, "", null, ""), false);
    return evenly(Form.of(values));
  }

  static Form withGoal(Form form) {
    Map<String, String> values = new LinkedHashMap<>(form.values());
    int count = form.rows("goals");
    String role = count == 0 ? "primary" : "guardrail";
    GoalFields.put(
        values,
        count,
        new GoalRequest(
            "", "", "conversion", null, "increase", role, null, null, null, null, null, ""),
        false);
    return Form.of(values);
  }

  /// The form without one row of a list; those behind it move up.
  static Form without(Form form, String list, int index) {
    Map<String, String> values = without(form, list + "[");
    int next = 0;
    for (int i = 0; i < form.rows(list); i++) {
      if (i != index) {
        copy(form, values, "%s[%d].".formatted(list, i), "%s[%d].".formatted(list, next));
        next++;
      }
    }
    Form shorter = Form.of(values);
    return list.equals("segments") && next > 0 ? evenly(shorter) : shorter;
  }

  private static Map<String, String> without(Form form, String... beginnings) {
    Map<String, String> values = new LinkedHashMap<>(form.values());
    for (String beginning : beginnings) {
      values.keySet().removeIf(key -> key.startsWith(beginning));
    }
    return values;
  }

  private static void copy(Form form, Map<String, String> values, String from, String to) {
    form.values()
        .forEach((key, value) -> {
          if (key.startsWith(from)) {
            values.put(to + key.substring(from.length()), value);
          }
        });
  }

  /// Equal shares that sum to exactly 100; what division leaves over goes to the control.
  static Form evenly(Form form) {
    Map<String, String> values = new LinkedHashMap<>(form.values());
    int count = form.rows("segments");
    if (count == 0) {
      return form;
    }
    BigDecimal share =
        BigDecimal.valueOf(100).divide(BigDecimal.valueOf(count), 2, java.math.RoundingMode.DOWN);
    BigDecimal first =
        BigDecimal.valueOf(100).subtract(share.multiply(BigDecimal.valueOf(count - 1)));
    for (int i = 0; i < count; i++) {
      values.put(
          "segments[%d].traffic_percentage".formatted(i),
          (i == 0 ? first : share).stripTrailingZeros().toPlainString());
    }
    return Form.of(values);
  }

  /// What the form asks for.
  ///
  /// @param lift the smallest lift that the planned length can notice, where that is known
  /// @throws Invalid naming fields that are no numbers
  static ExperimentRequest request(
      Form form, @Nullable UUID project, @Nullable Double lift, boolean start) {
    Invalid.Collector problems = new Invalid.Collector();
    List<@Nullable SegmentRequest> segments = new ArrayList<>();
    for (int i = 0; i < form.rows("segments"); i++) {
      String field = "segments[%d].".formatted(i);
      segments.add(
          new SegmentRequest(
              form.value(field + "name"),
              null,
              form.value(field + "instructions"),
              decimal(problems, form, field + "traffic_percentage"),
              quote(form, field + "quote")));
    }
    List<@Nullable GoalRequest> goals = new ArrayList<>();
    for (int i = 0; i < form.rows("goals"); i++) {
      goals.add(GoalFields.request(problems, form, i));
    }
    Double baseline = fraction(problems, form, "plan.baseline");
    problems.throwIfAny();
    return new ExperimentRequest(
        project,
        form.value("name"),
        form.value("description"),
        null,
        segments.isEmpty() ? null : segments,
        goals.isEmpty() ? null : goals,
        new PlanRequest(baseline, baseline == null ? null : lift, null, null, weeks(form) * 7),
        null,
        form.value("preview_url"),
        null,
        form.value("mode").isEmpty() ? "edit" : form.value("mode"),
        form.value("on_harm").equals("pause") ? "pause" : "notify",
        null,
        start);
  }

  static int weeks(Form form) {
    String weeks = form.value("weeks");
    return WEEKS.stream()
        .filter(known -> known.toString().equals(weeks))
        .findFirst()
        .orElse(Integer.parseInt(PLANNED_WEEKS));
  }

  /// The visitors a day as they are typed; 0 where nothing is.
  static double visitors(Form form) {
    Invalid.Collector ignored = new Invalid.Collector();
    BigDecimal typed = decimal(ignored, form, "visitors");
    return typed == null ? 0 : typed.doubleValue();
  }

  static @Nullable Double fraction(Invalid.Collector problems, Form form, String field) {
    BigDecimal percent = decimal(problems, form, field);
    if (percent == null) {
      return null;
    }
    problems.check(
        percent.signum() >= 0 && percent.compareTo(BigDecimal.valueOf(100)) <= 0,
        field,
        "must be from 0 to 100");
    return percent.movePointLeft(2).doubleValue();
  }

  /// A number as people type it, with a point or a comma; null where the field is empty.
  static @Nullable BigDecimal decimal(Invalid.Collector problems, Form form, String field) {
    String typed = form.value(field).strip().replace(',', '.').replace("%", "").strip();
    if (typed.isEmpty()) {
      return null;
    }
    boolean number = typed.matches("-?\\d{1,12}(\\.\\d{1,12})?");
    problems.check(number, field, "must be a number");
    return number ? new BigDecimal(typed) : null;
  }

  static String percent(double fraction) {
    return BigDecimal.valueOf(fraction).movePointRight(2).stripTrailingZeros().toPlainString();
  }

  static @Nullable String quote(Form form, String field) {
    String quote = form.value(field);
    return quote.isEmpty() || !form.value("description").contains(quote) ? null : quote;
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
