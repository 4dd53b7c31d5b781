package dev.pryo.analysis;

import dev.pryo.analysis.Analysis.Check;
import dev.pryo.analysis.Analysis.Check.Status;
import dev.pryo.analysis.Statistics.Call;
import dev.pryo.event.Totals.GoalTotal;
import dev.pryo.experiment.Condition;
import dev.pryo.experiment.Goal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The questions of health. Only a broken split fails; everything else warns, because the numbers
/// can still be used with care.
final class Checks {
  private static final long ENOUGH_WITHOUT_PLAN = 100;

  /// A result whose p-value has risen this far again has faded; below, it only wavers.
  private static final double FADED = 0.2;

  /// A goal that happened so often elsewhere should have happened here.
  private static final double EXPECTED_GOALS = 10;

  private final Look look;
  private final Statistics statistics;

  private Checks(Look look, Statistics statistics) {
    this.look = look;
    this.statistics = statistics;
  }

  static List<Check> of(Look look, Statistics statistics) {
    Checks checks = new Checks(look, statistics);
    return Stream.of(
            List.of(
                SplitCheck.check(look),
                checks.exposures(),
                checks.sampleSize(),
                checks.goalTracking(),
                checks.goalWithoutExposure(),
                checks.multipleExposure(),
                checks.assignmentMismatch(),
                checks.bots()),
            SendingChecks.of(look),
            List.of(checks.effectNotStable()),
            EffectChecks.of(look))
        .flatMap(List::stream)
        .toList();
  }

  private Check exposures() {
    if (look.exposed() > 0) {
      List<String> empty =
          SplitCheck.weighted(look).stream()
              .filter(i -> look.users(i) == 0)
              .map(i -> look.segments().get(i).name())
              .toList();
      return empty.isEmpty() || look.exposed() < SplitCheck.ENOUGH
          ? new Check("exposures", Status.PASS, counted())
          : new Check(
              "exposures",
              Status.WARN,
              "Nobody has seen %s: open its preview link and see whether $exposure is sent."
                  .formatted(Say.list(empty)));
    }
    return new Check(
        "exposures",
        Status.WARN,
        "Nobody has been counted yet. Usual reasons: the change is not on the site yet; the page"
            + " does not load pryo.js, or its consent is not given; the experiment is not active."
            + " Open a preview link and see whether an event arrives.");
  }

  private String counted() {
    long people = look.exposed();
    return Say.people(people) + (people == 1 ? " has been counted." : " have been counted.");
  }

  private Check sampleSize() {
    Long planned = look.planned();
    if (planned != null) {
      double fraction = (double) look.exposed() / planned;
      String counted = "%s of %s planned".formatted(Say.people(look.exposed()), Say.count(planned));
      if (look.plannedReached()) {
        return new Check("sample_size", Status.PASS, counted + ".");
      }
      counted += " (%s)".formatted(Say.percent(Math.min(1, fraction)));
      return settled()
          ? new Check(
              "sample_size",
              Status.PASS,
              counted + "; the result is settled all the same, since it holds at every look.")
          : new Check(
              "sample_size",
              Status.WARN,
              counted
                  + ": an effect of the planned size may not show yet. It takes more people, or a bolder version.");
    }
    boolean few =
        SplitCheck.weighted(look).stream().anyMatch(i -> look.users(i) < ENOUGH_WITHOUT_PLAN);
    return new Check(
        "sample_size",
        few ? Status.WARN : Status.PASS,
        few
            ? "%s so far, and no number was planned: give a baseline and the smallest lift that matters, and Pryo says how many it takes."
                .formatted(Say.people(look.exposed()))
            : "%s; no number was planned, so the result stands once it is settled."
                .formatted(Say.people(look.exposed())));
  }

  /// Whether a primary goal is decided; a broken split decides nothing.
  private boolean settled() {
    return !SplitCheck.isBroken(List.of(SplitCheck.check(look)))
        && statistics.comparisons().stream()
            .anyMatch(of -> of.role() == Goal.Role.PRIMARY && of.significant());
  }

  private Check goalTracking() {
    Optional<String> never = neverHappened();
    if (never.isPresent()) {
      return new Check(
          "goal_tracking",
          Status.WARN,
          "Of %s nobody has sent the event %s.".formatted(Say.people(look.exposed()), never.get()),
          List.of(Facts.EXPOSED));
    }
    for (int goal = 0; goal < look.goals().size(); goal++) {
      for (int segment : SplitCheck.weighted(look)) {
        if (look.total(goal, segment).converted() == 0
            && expected(goal, segment) >= EXPECTED_GOALS) {
          return new Check(
              "goal_tracking",
              Status.WARN,
              "%s never happened in %s, although it did %s elsewhere: see whether that version still sends the event %s."
                  .formatted(
                      Say.quoted(look.goals().get(goal).name()),
                      look.segments().get(segment).name(),
                      times(elsewhere(look, goal, segment)),
                      look.goals().get(goal).event()));
        }
      }
    }
    return new Check("goal_tracking", Status.PASS, "No segment misses a goal that others have.");
  }

  /// An event that a goal needs and that has not come at all, though many people have. Of what
  /// should be rare, none is nothing to warn of.
  private Optional<String> neverHappened() {
    if (look.exposed() < ENOUGH_WITHOUT_PLAN) {
      return Optional.empty();
    }
    for (int goal = 0; goal < look.goals().size(); goal++) {
      List<GoalTotal> totals = new ArrayList<>();
      for (int segment : SplitCheck.weighted(look)) {
        totals.add(look.total(goal, segment));
      }
      boolean mature = totals.stream().mapToLong(GoalTotal::mature).sum() >= ENOUGH_WITHOUT_PLAN;
      Goal of = look.goals().get(goal);
      Goal.Denominator by = of.denominator();
      boolean wanted = of.direction() == Goal.Direction.INCREASE;
      if (mature && wanted && totals.stream().allMatch(total -> total.converted() == 0)) {
        return Optional.of(
            of.filter().isEmpty()
                ? missing(of.event())
                : "%s where %s yet: see whether the site sends it, by this name and with such properties"
                    .formatted(of.event(), Condition.words(of.filter())));
      }
      if (mature && by != null && totals.stream().allMatch(Checks::nothingToDivideBy)) {
        return Optional.of(missing(by.event()));
      }
    }
    return Optional.empty();
  }

  private static String missing(String event) {
    return event + " yet: see whether the site sends it, and by this name";
  }

  private static boolean nothingToDivideBy(GoalTotal total) {
    return total.second() == null || total.second().sumOfSquares() == 0;
  }

  private static String times(long number) {
    return number == 1 ? "once" : Say.count(number) + " times";
  }

  /// How many people of the other segments did the goal.
  static long elsewhere(Look look, int goal, int segment) {
    return SplitCheck.weighted(look).stream()
        .filter(other -> other != segment)
        .mapToLong(other -> look.total(goal, other).converted())
        .sum();
  }

  private double expected(int goal, int segment) {
    long others =
        SplitCheck.weighted(look).stream()
            .filter(other -> other != segment)
            .mapToLong(other -> look.total(goal, other).mature())
            .sum();
    return others == 0
        ? 0
        : (double) elsewhere(look, goal, segment) / others * look.total(goal, segment).mature();
  }

  private Check goalWithoutExposure() {
    long outside = look.totals().goalWithoutExposure();
    String id = "goal_without_exposure";
    if (outside == 0) {
      return new Check(id, Status.PASS, "Everybody who did a goal has been counted.");
    }
    String said = "%s did a goal without having seen the experiment".formatted(Say.people(outside));
    if (look.experiment().exposurePercentage().compareTo(BigDecimal.valueOf(100)) < 0) {
      return new Check(
          id, Status.PASS, said + ", as is to be expected where not everybody takes part.");
    }
    long inside = look.totals().goals().stream().mapToLong(GoalTotal::converted).max().orElse(0);
    return outside > inside
        ? new Check(
            id,
            Status.WARN,
            said
                + ", more than did after seeing it. Either the goal can be reached past the changed"
                + " page, or the exposure is sent too late or not everywhere: compare where"
                + " $exposure and the goal are sent.")
        : new Check(id, Status.PASS, said + "; they are left out.");
  }

  private Check multipleExposure() {
    long multiple = look.totals().multiple();
    String id = "multiple_exposure";
    if (multiple == 0) {
      return new Check(id, Status.PASS, "Nobody saw two segments.");
    }
    double share = (double) multiple / (multiple + look.exposed());
    return new Check(
        id,
        Status.WARN,
        "%s (%s) saw two segments and are left out. Likeliest cause: people who share a device, or a segment forced by somebody's own code; a few are normal. Where there are many, look for code that sets the segment by itself, or a user id that is made anew."
            .formatted(Say.people(multiple), Say.percent(share)));
  }

  private Check assignmentMismatch() {
    long mismatches = look.totals().mismatches();
    return mismatches == 0
        ? new Check(
            "assignment_mismatch", Status.PASS, "Every client showed the segment it was given.")
        : new Check(
            "assignment_mismatch",
            Status.WARN,
            "%s saw another segment than Pryo gives them. They count where they were; look for code that sets the segment by itself, or a client with an old copy of the experiment."
                .formatted(Say.people(mismatches)));
  }

  private Check bots() {
    long bots = look.totals().bots();
    if (bots == 0) {
      return new Check("bots", Status.PASS, "No crawlers or headless browsers came.");
    }
    return look.countBots()
        ? new Check(
            "bots",
            Status.WARN,
            "%s of those counted are crawlers or headless browsers, because this project counts them (count_bots): they load pages and buy nothing. Set count_bots to false, unless they are your own tests."
                .formatted(Say.count(bots)))
        : new Check(
            "bots",
            Status.PASS,
            "%s crawlers or headless browsers came and are left out.".formatted(Say.count(bots)));
  }

  /// A result that was reached stays; where today's numbers alone no longer show it, that is said.
  private Check effectNotStable() {
    List<String> faded =
        statistics.comparisons().stream()
            .filter(comparison -> comparison.role() != Goal.Role.GUARDRAIL)
            .filter(Statistics.Comparison::significant)
            .filter(Checks::faded)
            .map(comparison ->
                "%s of %s".formatted(Say.quoted(comparison.goalName()), comparison.segmentName()))
            .toList();
    return faded.isEmpty()
        ? new Check("effect_not_stable", Status.PASS, "No result has faded since it was reached.")
        : new Check(
            "effect_not_stable",
            Status.WARN,
            "The change in %s was clear at an earlier look, and today's numbers alone do not show it. It may wear off with time: keep it running if you can wait."
                .formatted(Say.list(faded)));
  }

  private static boolean faded(Statistics.Comparison comparison) {
    Double now = comparison.alwaysValid().pValueNow();
    return comparison.call() == Call.UNSTABLE || now == null || now > FADED;
  }

  static List<Check> notPassed(List<Check> checks) {
    return checks.stream().filter(check -> check.status() != Status.PASS).toList();
  }
}
