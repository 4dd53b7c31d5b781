package dev.pryo.experiment;

import dev.pryo.experiment.ExperimentRequest.GoalRequest;
import dev.pryo.platform.Invalid;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Which goals an experiment may have.
final class GoalRules {
  private static final int MOST = 20;
  private static final int LONGEST = 100;
  private static final int LONGEST_QUOTE = 5000;
  private static final int LONGEST_WINDOW = 24 * 90;
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
    for (int i = 0; i < asked.size() && i < MOST; i++) {
      Goal goal = goal(problems, asked.get(i), i);
      goals.add(goal);
      problems.check(
          seen.add(goal.kind() + " " + goal.event()),
          "goals[%d].event".formatted(i),
          "is measured in the same way by another goal already");
    }
    // what was read from a description may lack one, and then waits for it
    problems.check(
        goals.stream().anyMatch(goal -> goal.role() == Goal.Role.PRIMARY)
            || (!goals.isEmpty() && goals.stream().allMatch(goal -> goal.quote() != null)),
        "goals",
        "must have at least one with the role primary");
    return goals;
  }

  private static Goal goal(Invalid.Collector problems, @Nullable GoalRequest given, int index) {
    String field = "goals[%d]".formatted(index);
    problems.check(given != null, field, "must be a goal");
    GoalRequest asked = given == null ? NONE : given;
    String event = ExperimentRules.text(problems, asked.event(), field + ".event", LONGEST);
    problems.check(
        !event.startsWith("$"), field + ".event", "must not begin with $, which is Pryo's own");
    String name = ExperimentRules.optionalText(problems, asked.name(), field + ".name", LONGEST);
    Goal.Role role =
        Words.of(
            Goal.Role.class,
            problems,
            asked.role(),
            field + ".role",
            index == 0 ? Goal.Role.PRIMARY : Goal.Role.SECONDARY);
    checkNumbers(problems, asked, role, field);
    refuseWhatComesLater(problems, asked, field);
    return new Goal(
        event,
        name == null ? event : name,
        kind(problems, asked.kind(), field + ".kind"),
        Words.of(
            Goal.Direction.class,
            problems,
            asked.direction(),
            field + ".direction",
            Goal.Direction.INCREASE),
        role,
        asked.margin(),
        asked.windowHours(),
        ExperimentRules.optionalText(problems, asked.quote(), field + ".quote", LONGEST_QUOTE));
  }

  private static Goal.Kind kind(Invalid.Collector problems, @Nullable String asked, String field) {
    problems.check(asked != null, field, "must be conversion, count, sum or mean");
    if ("ratio".equals(asked)) {
      problems.check(
          false, field, "cannot be ratio, which comes later: use conversion, count, sum or mean");
      return Goal.Kind.CONVERSION;
    }
    return Words.of(Goal.Kind.class, problems, asked, field, Goal.Kind.CONVERSION);
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

  private static void refuseWhatComesLater(
      Invalid.Collector problems, GoalRequest asked, String field) {
    problems.check(
        isAbsent(asked.denominator()), field + ".denominator", "comes later: leave it out");
    problems.check(isAbsent(asked.filter()), field + ".filter", "comes later: leave it out");
    problems.check(
        isAbsent(asked.capQuantile()), field + ".cap_quantile", "comes later: leave it out");
  }

  private static boolean isAbsent(@Nullable JsonNode value) {
    return value == null || value.isNull() || (value.isArray() && value.isEmpty());
  }
}
