package dev.pryo.experiment;

import dev.pryo.experiment.ExperimentRequest.DenominatorRequest;
import dev.pryo.experiment.ExperimentRequest.GoalRequest;
import dev.pryo.experiment.Goal.Denominator;
import dev.pryo.platform.Invalid;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which goals an experiment may have.
final class GoalRules {
  private static final int MOST = 20;
  private static final int LONGEST = 100;
  private static final int LONGEST_QUOTE = 5000;
  private static final int LONGEST_WINDOW = 24 * 90;
  private static final double LOWEST_CAP = 0.5;
  private static final GoalRequest NONE =
      new GoalRequest(null, null, null, null, null, null, null, null, null, null, null, null);

  private GoalRules() {}

  /// @param asked null where they are still to be found
  static List<Goal> check(Invalid.Collector problems, @Nullable List<@Nullable GoalRequest> asked) {
    if (asked == null) {
      return List.of();
    }
    problems.check(asked.size() <= MOST, "goals", "must be at most %d".formatted(MOST));
    List<Goal> goals = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Set<String> named = new HashSet<>();
    for (int i = 0; i < asked.size() && i < MOST; i++) {
      Goal goal = goal(problems, asked.get(i), i);
      goals.add(goal);
      problems.check(
          seen.add(measure(goal) + " " + Condition.key(goal.filter())),
          "goals[%d].event".formatted(i),
          "is measured in the same way by another goal already");
      problems.check(
          named.add(measure(goal) + " " + goal.name()),
          "goals[%d].name".formatted(i),
          "is that of another goal with this event: give each a name of its own");
    }
    // what was read from a description may lack one, and then waits for it
    problems.check(
        goals.stream().anyMatch(goal -> goal.role() == Goal.Role.PRIMARY)
            || (!goals.isEmpty() && goals.stream().allMatch(goal -> goal.quote() != null)),
        "goals",
        "must have at least one with the role primary");
    return goals;
  }

  /// Goals that differ in nothing but their filter are two goals.
  private static String measure(Goal goal) {
    return goal.kind() + " " + goal.event() + " " + goal.denominator();
  }

  private static Goal goal(Invalid.Collector problems, @Nullable GoalRequest given, int index) {
    String field = "goals[%d]".formatted(index);
    problems.check(given != null, field, "must be a goal");
    GoalRequest asked = given == null ? NONE : given;
    String event = event(problems, asked.event(), field + ".event");
    Goal.Kind kind = kind(problems, asked.kind(), field + ".kind");
    Denominator denominator = denominator(problems, asked, event, kind, field);
    String name = ExperimentRules.optionalText(problems, asked.name(), field + ".name", LONGEST);
    Goal.Role role =
        Words.of(
            Goal.Role.class,
            problems,
            asked.role(),
            field + ".role",
            index == 0 ? Goal.Role.PRIMARY : Goal.Role.SECONDARY);
    checkNumbers(problems, asked, role, field);
    checkHistory(problems, asked, kind, field);
    checkCap(problems, asked.capQuantile(), kind, field + ".cap_quantile");
    List<Condition> filter = FilterRules.check(problems, asked.filter(), field + ".filter");
    return new Goal(
        event,
        name == null ? usualName(event, denominator, filter) : name,
        kind,
        denominator,
        Words.of(
            Goal.Direction.class,
            problems,
            asked.direction(),
            field + ".direction",
            Goal.Direction.INCREASE),
        role,
        asked.margin(),
        asked.windowHours(),
        Boolean.TRUE.equals(asked.useHistory()),
        filter,
        asked.capQuantile(),
        ExperimentRules.optionalText(problems, asked.quote(), field + ".quote", LONGEST_QUOTE));
  }

  private static String event(Invalid.Collector problems, @Nullable String asked, String field) {
    String event = ExperimentRules.text(problems, asked, field, LONGEST);
    problems.check(!event.startsWith("$"), field, "must not begin with $, which is Pryo's own");
    return event;
  }

  private static String usualName(
      String event, @Nullable Denominator denominator, List<Condition> filter) {
    String per = denominator == null ? "" : " per " + denominator.event();
    String where = filter.isEmpty() ? "" : " where " + Condition.words(filter);
    return Stream.of(event + per + where, event + where, event + per)
        .filter(name -> name.codePointCount(0, name.length()) <= LONGEST)
        .findFirst()
        .orElse(event);
  }

  private static Goal.Kind kind(Invalid.Collector problems, @Nullable String asked, String field) {
    problems.check(asked != null, field, "must be conversion, count, sum, mean or ratio");
    return Words.of(Goal.Kind.class, problems, asked, field, Goal.Kind.CONVERSION);
  }

  private static @Nullable Denominator denominator(
      Invalid.Collector problems, GoalRequest goal, String event, Goal.Kind kind, String of) {
    DenominatorRequest asked = goal.denominator();
    String field = of + ".denominator";
    if (kind != Goal.Kind.RATIO) {
      problems.check(asked == null, field, "is only for goals of the kind ratio: leave it out");
      return null;
    }
    if (asked == null) {
      problems.check(
          false,
          field,
          "must say what to divide by, such as {\"event\": \"order\", \"kind\": \"count\"}");
      return null;
    }
    String by = event(problems, asked.event(), field + ".event");
    boolean countable =
        asked.kind() != null && List.of("conversion", "count", "sum").contains(asked.kind());
    problems.check(countable, field + ".kind", "must be conversion, count or sum");
    if (!countable) {
      return null;
    }
    Denominator denominator =
        new Denominator(
            by,
            Words.of(
                Goal.Kind.class, problems, asked.kind(), field + ".kind", Goal.Kind.CONVERSION));
    problems.check(
        !by.equals(event) || denominator.kind() != Goal.Kind.SUM,
        field,
        "divides the values by themselves: take another event, or the kind count or conversion");
    return denominator;
  }

  private static void checkHistory(
      Invalid.Collector problems, GoalRequest asked, Goal.Kind kind, String field) {
    problems.check(
        !Boolean.TRUE.equals(asked.useHistory()) || kind != Goal.Kind.RATIO,
        field + ".use_history",
        "is not for ratios, which have a method of their own without history: leave it out, or"
            + " measure the numerator as a sum");
  }

  private static void checkNumbers(
      Invalid.Collector problems, GoalRequest asked, Goal.Role role, String field) {
    Double margin = asked.margin();
    problems.check(
        margin == null || role == Goal.Role.GUARDRAIL,
        field + ".margin",
        "is only for goals with the role guardrail");
    problems.check(
        margin == null || (margin >= 0 && margin <= 1),
        field + ".margin",
        "must be a fraction from 0 to 1: 0.05 is 5 %");
    Integer window = asked.windowHours();
    problems.check(
        window == null || (window >= 1 && window <= LONGEST_WINDOW),
        field + ".window_hours",
        "must be from 1 to %d".formatted(LONGEST_WINDOW));
  }

  private static void checkCap(
      Invalid.Collector problems, @Nullable Double cap, Goal.Kind kind, String field) {
    if (cap == null) {
      return;
    }
    problems.check(
        cap >= LOWEST_CAP && cap < 1,
        field,
        "must be a quantile from 0.5 to below 1: 0.99 caps the largest hundredth");
    problems.check(
        kind != Goal.Kind.CONVERSION && kind != Goal.Kind.RATIO,
        field,
        "is only for goals of the kind count, sum or mean: leave it out");
  }
}
