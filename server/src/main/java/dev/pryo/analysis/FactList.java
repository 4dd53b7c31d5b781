package dev.pryo.analysis;

import dev.pryo.analysis.Analysis.Check;
import dev.pryo.analysis.Analysis.Fact;
import dev.pryo.analysis.Analysis.Progress;
import dev.pryo.event.Totals;
import dev.pryo.event.Totals.GoalTotal;
import dev.pryo.experiment.Goal;
import dev.pryo.stats.SampleRatio;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All that was counted and computed, each number with how it came about.
final class FactList {
  private static final String SQL = "Counted by SQL: ";

  private final Map<String, Fact> facts = new LinkedHashMap<>();
  private final Look look;

  private FactList(Look look) {
    this.look = look;
  }

  static List<Fact> of(
      Look look, Statistics statistics, List<Check> checks, Progress progress, Pace pace) {
    FactList facts = new FactList(look);
    facts.people();
    facts.plan(progress);
    Pace.Shortfall shortfall = pace.shortfall();
    if (shortfall != null) {
      facts.shortfall(shortfall);
    }
    facts.health(checks);
    SendingChecks.facts(look).forEach(facts::put);
    EffectChecks.facts(look).forEach(facts::put);
    SplitCause.facts(look).forEach(facts::put);
    facts.goals();
    statistics.comparisons().stream()
        .flatMap(of -> new ComparisonFacts(of, facts.goal(of)).all().stream())
        .forEach(facts::put);
    return List.copyOf(facts.facts.values());
  }

  private Goal goal(Statistics.Comparison of) {
    return look.goals().stream()
        .filter(goal -> Facts.measure(goal).equals(Facts.measure(of)))
        .findFirst()
        .orElseThrow();
  }

  private void people() {
    people(
        Facts.EXPOSED,
        look.exposed(),
        SQL
            + "visitors who saw the experiment while it was active, each once; who saw two segments, or is a bot that is left out, is not among them",
        null,
        null);
    long split = SplitCheck.weighted(look).stream().mapToLong(look::users).sum();
    List<Double> weights = look.shares();
    for (int i = 0; i < look.segments().size(); i++) {
      String key = look.segments().get(i).key();
      people(
          Facts.users(key),
          look.users(i),
          SQL + "the visitors of users.total whose exposure names this segment",
          key,
          null);
      double weight = weights.get(i);
      if (weight > 0 && split > 0) {
        fraction(
            Facts.share(key),
            (double) look.users(i) / split,
            Facts.users(key) + " ÷ the people of all segments that have a weight",
            key);
      }
      fraction(
          Facts.weight(key),
          weight,
          "Frozen at the start: the part of all 2³² hashes that leads to this segment",
          key);
    }
    Double p = SplitCheck.p(look);
    if (p != null) {
      probability(
          Facts.SPLIT,
          p,
          "stats: SampleRatio.sequential of users.… against weight.…, valid at every look",
          null,
          null);
    }
    probability(
        Facts.ALARM,
        SampleRatio.ALARM,
        "stats: SampleRatio.ALARM; a split.p up to it is an alarm",
        null,
        null);
  }

  private void plan(Progress progress) {
    Long planned = progress.nPlanned();
    if (planned != null) {
      people(
          Facts.PLANNED,
          planned,
          "Frozen at the start: from the plan's baseline, smallest lift, power and alpha",
          null,
          null);
      int segments = look.segments().size();
      people(
          Facts.EACH,
          planned / segments,
          "plan.people ÷ %d segments, rounded down".formatted(segments),
          null,
          null);
      for (int i = 0; i < segments; i++) {
        String key = look.segments().get(i).key();
        people(
            Facts.planned(key),
            Math.round(planned * look.shares().get(i)),
            "plan.people × %s, rounded".formatted(Facts.weight(key)),
            key,
            null);
      }
    }
    Double fraction = progress.fraction();
    if (fraction != null) {
      fraction(Facts.FRACTION, fraction, "users.total ÷ plan.people, at most 1", null);
    }
    Integer days = progress.daysLeft();
    if (days != null) {
      add(
          Facts.DAYS_LEFT,
          days,
          "days",
          String.valueOf(days),
          "Until users.total reaches plan.people at the measured pace, or the plan's max_days end, whichever is first; rounded up");
    }
  }

  private void shortfall(Pace.Shortfall shortfall) {
    people(
        Facts.EXPECTED,
        shortfall.expected(),
        "The people a day of the last week, until the longest planned time is over; in two digits",
        null,
        null);
    Integer needed = shortfall.daysNeeded();
    if (needed != null) {
      add(
          Facts.DAYS_NEEDED,
          needed,
          "days",
          Say.count(needed),
          "plan.people at the people a day of the last week, from the start");
    }
    Double lift = shortfall.lift();
    if (lift != null) {
      fraction(
          Facts.LIFT_SHOWN, lift, "The smallest lift that progress.expected people show", null);
    }
    int days = look.experiment().plan().maxDays();
    add(Facts.MAX_DAYS, days, "days", Say.count(days), "Frozen at the start: the longest time");
    fraction(
        Facts.EXPOSURE,
        look.experiment().exposurePercentage().doubleValue() / 100,
        "As it is set now: the part of all visitors that takes part",
        null);
  }

  private void health(List<Check> checks) {
    Totals totals = look.totals();
    int number = checks.size();
    add(Facts.CHECKS, number, "checks", String.valueOf(number), "The number of checks made");
    if (totals.goalWithoutExposure() > 0) {
      people(
          "goal_without_exposure.people",
          totals.goalWithoutExposure(),
          SQL
              + "visitors with an event in the active time that counts for a goal who were never exposed",
          null,
          null);
    }
    long multiple = totals.multiple();
    if (multiple > 0) {
      people(
          "multiple_exposure.people", multiple, SQL + "visitors who saw two segments", null, null);
      fraction(
          "multiple_exposure.share",
          (double) multiple / (multiple + look.exposed()),
          "multiple_exposure.people ÷ (multiple_exposure.people + users.total)",
          null);
    }
    if (totals.mismatches() > 0) {
      people(
          "assignment_mismatch.people",
          totals.mismatches(),
          SQL + "visitors whose client showed another segment than their bucket",
          null,
          null);
    }
    if (totals.bots() > 0) {
      add(
          "bots.visitors",
          totals.bots(),
          "visitors",
          Say.count(totals.bots()),
          SQL + "visitors all of whose exposures came from crawlers or headless browsers");
    }
  }

  private void goals() {
    for (int goal = 0; goal < look.goals().size(); goal++) {
      Goal of = look.goals().get(goal);
      String measure = Facts.measure(of);
      for (int segment = 0; segment < look.segments().size(); segment++) {
        goal(goal, segment, measure);
      }
      Integer hours = of.windowHours();
      if (hours != null) {
        put(
            new Fact(
                "window." + measure,
                hours,
                "hours",
                Say.count(hours),
                "Frozen at the start: only events so soon after the exposure count",
                null,
                measure,
                null));
      }
      Double margin = of.margin();
      if (of.role() == Goal.Role.GUARDRAIL && margin != null) {
        put(
            new Fact(
                "margin." + measure,
                margin,
                "fraction",
                Say.percent(margin),
                "Frozen at the start: how much worse this guardrail may get",
                null,
                measure,
                null));
      }
      Double cap = of.capQuantile();
      if (cap != null) {
        put(
            new Fact(
                "cap." + measure,
                cap,
                "fraction",
                Say.percent(cap),
                "Frozen at the start: the quantile of all people's values that are not zero, above which a value counts as it",
                null,
                measure,
                null));
      }
      if (of.useHistory()) {
        add(
            Facts.HISTORY,
            Goal.HISTORY.toDays(),
            "days",
            Say.count(Goal.HISTORY.toDays()),
            "How far back from the first exposure a visitor's history goes");
      }
    }
  }

  private void goal(int goal, int segment, String measure) {
    Goal of = look.goals().get(goal);
    String key = look.segments().get(segment).key();
    GoalTotal total = look.total(goal, segment);
    String converted = "people.%s.%s".formatted(measure, key);
    people(
        converted,
        total.converted(),
        SQL
            + "people of the segment with at least one event that counts for this goal"
            + Limits.ofEvents(of),
        key,
        measure);
    String among = Facts.users(key);
    if (of.windowHours() != null) {
      among = "mature.%s.%s".formatted(measure, key);
      people(
          among,
          total.mature(),
          SQL + "people of the segment whose window for this goal has passed",
          key,
          measure);
    }
    Double value = GoalReading.value(of, total);
    if (value != null) {
      boolean share = of.kind() == Goal.Kind.CONVERSION;
      put(
          new Fact(
              "value.%s.%s".formatted(measure, key),
              value,
              share ? "fraction" : "value",
              share ? Say.percent(value) : Say.value(value),
              made(of, converted, among) + Limits.ofValues(of),
              key,
              measure,
              null));
    }
    long elsewhere = total.converted() > 0 ? 0 : Checks.elsewhere(look, goal, segment);
    if (elsewhere > 0) {
      people(
          "goal_tracking.%s.%s".formatted(measure, key),
          elsewhere,
          "The people.%s.… of the other segments, added up".formatted(measure),
          key,
          measure);
    }
  }

  private static String made(Goal of, String converted, String among) {
    return switch (of.kind()) {
      case CONVERSION -> "%s ÷ %s".formatted(converted, among);
      case COUNT -> SQL + "the segment's events that count ÷ " + among;
      case SUM -> SQL + "the values of the segment's events, added up ÷ " + among;
      case MEAN -> SQL + "each person's mean value, 0 without events, added up ÷ " + among;
      case RATIO -> SQL + "what the goal adds up to ÷ what its denominator adds up to";
    };
  }

  private void people(
      String id, long number, String how, @Nullable String segment, @Nullable String measure) {
    put(new Fact(id, number, "people", Say.people(number), how, segment, measure, null));
  }

  private void fraction(String id, double value, String how, @Nullable String segment) {
    put(new Fact(id, value, "fraction", Say.percent(value), how, segment, null, null));
  }

  private void probability(
      String id, double value, String how, @Nullable String segment, @Nullable String measure) {
    put(new Fact(id, value, "probability", Say.probability(value), how, segment, measure, null));
  }

  private void add(String id, double value, String unit, String text, String how) {
    put(new Fact(id, value, unit, text, how, null, null, null));
  }

  private void put(Fact fact) {
    facts.putIfAbsent(fact.id(), fact);
  }
}
