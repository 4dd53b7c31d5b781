package dev.pryo.analysis;

import dev.pryo.event.Noticed;
import dev.pryo.event.Totals.Day;
import dev.pryo.event.Totals.GoalTotal;
import dev.pryo.event.Totals.Largest;
import dev.pryo.experiment.Condition;
import dev.pryo.experiment.Goal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Looks with known counts, for tests of packages that only see whole analyses.
public final class Looks {
  private static final Goal REFUNDS = Given.falling("refund", "Refund");
  private static final LocalDate DAY = LocalDate.parse("2026-03-03");

  private Looks() {}

  /// Test 1 has 28.8 % more trials, which is settled; Test 2 has 4.1 % more, which is not. Of
  /// purchases Test 1 has 7.2 % more and Test 2 11.4 % fewer, neither settled.
  public static Analyses.Recorded threeVersions() {
    return recorded(
        Given.experiment()
            .segments("34", "33", "33")
            .goals(
                Given.conversion("trial_started", "Trial started"),
                Given.secondary("purchase", "Purchase"))
            .users(10_200, 9_900, 9_900)
            .converted(0, 1_000, 1_250, 1_010)
            .converted(1, 500, 520, 430));
  }

  /// One test that is 30 % better for certain.
  public static Analyses.Recorded clear(String goal) {
    return recorded(
        Given.experiment()
            .goals(Given.conversion("trial_started", goal))
            .users(10_000, 10_000)
            .converted(0, 1_000, 1_300));
  }

  /// One test with 10 % more revenue so far, of orders in euros, whose largest hundredth is cut.
  public static Analyses.Recorded limited() {
    Goal revenue =
        new Goal(
            "order",
            "Revenue",
            Goal.Kind.SUM,
            null,
            Goal.Direction.INCREASE,
            Goal.Role.PRIMARY,
            null,
            null,
            false,
            List.of(new Condition("currency", Condition.Op.EQ, "EUR")),
            0.99,
            null);
    return recorded(
        Given.experiment()
            .goals(revenue)
            .users(400, 400)
            .total(new GoalTotal(0, 0, 400, 100, 100, 1_000, 1_000, 20_000, null))
            .total(new GoalTotal(0, 1, 400, 100, 100, 1_100, 1_100, 22_000, null)));
  }

  /// One test with 1 % more so far; anything may come of it.
  public static Analyses.Recorded open() {
    return recorded(
        Given.experiment().planned(40_000).users(10_000, 10_000).converted(0, 1_000, 1_010));
  }

  /// One test with 23.1 % fewer, which is settled.
  public static Analyses.Recorded worse() {
    return recorded(Given.experiment().users(10_000, 10_000).converted(0, 1_300, 1_000));
  }

  /// More came to the control than there should.
  public static Analyses.Recorded broken() {
    return recorded(Given.experiment().users(10_800, 10_000).converted(0, 1_000, 1_300));
  }

  /// That Test 1 changed trials by so much among the people of a country.
  public static Apart apart(String country, double lift) {
    return new Apart(
        "country",
        country,
        new Analysis.Fact(
            "breakdown.country.%s.lift.trial_started.conversion.test1".formatted(country),
            lift,
            "fraction",
            Say.signed(lift),
            "Exploratory",
            "test1",
            "trial_started.conversion",
            List.of(lift - 0.3, lift + 0.4)),
        true);
  }

  /// Whatever may be counted: few and many, two to four segments, every kind of goal, an end or
  /// none.
  public static Analyses.Recorded any(Random random) {
    int tests = 1 + random.nextInt(3);
    Given given = Given.experiment();
    if (tests == 2) {
      given.segments("40", "30", "30");
    } else if (tests == 3) {
      given.segments("70", "10", "20", "0");
    }
    List<Goal> goals =
        List.of(
            Given.conversion("a", "Trial 2 started"),
            Given.sum("b", "50 % off"),
            Given.guardrail("c", "Compared plans", 0.07),
            random.nextBoolean() ? Given.windowed("d", "Back within 3 days", 48) : REFUNDS);
    given.goals(goals.toArray(Goal[]::new));
    long scale = List.of(3L, 60L, 900L, 40_000L).get(random.nextInt(4));
    long[] users =
        random
            .longs(tests + 1, scale / 2, scale + 1)
            .map(n -> random.nextInt(9) == 0 ? 0 : n)
            .toArray();
    given.users(users);
    if (random.nextBoolean()) {
      given.planned(1 + random.nextLong(4 * scale));
    }
    totals(random, goals.size(), goals.getLast().windowHours() != null, users)
        .forEach(given::total);
    given.multiple(random.nextInt(3) == 0 ? random.nextLong(scale) : 0);
    given.mismatches(random.nextInt(3) == 0 ? random.nextLong(scale) : 0);
    given.bots(random.nextInt(3) == 0 ? random.nextLong(scale) : 0, random.nextBoolean());
    given.goalWithoutExposure(random.nextInt(3) == 0 ? random.nextLong(3 * scale) : 0);
    given.days(days(random, users, goals.size()).toArray(Day[]::new));
    given.largest(
        new Largest(1, 0, random.nextInt(60) * scale / 100.0),
        new Largest(1, 1, random.nextInt(60) * scale / 100.0));
    long named = random.nextLong(3 * scale);
    given.noticed(
        new Noticed(
            named,
            random.nextInt(2) * random.nextLong(scale),
            random.nextLong(named / 4 + 1),
            random.nextLong(named / 4 + 1),
            random.nextLong(named + 1),
            named / 2,
            random.nextLong(named / 2 + 1),
            named % 2 == 0
                ? null
                : new Noticed.Unnamed(1 + named / 3, DAY, DAY.plusDays(named % 5))));
    given.exposure(random.nextBoolean() ? "100" : "20");
    given.after(Duration.ofHours(random.nextInt(40 * 24)));
    if (random.nextInt(4) == 0) {
      given.finished();
    }
    return recorded(random.nextInt(5) == 0 ? given.simulated() : given);
  }

  /// Ten days, on some of which the split or the rates are others.
  private static List<Day> days(Random random, long[] users, int goals) {
    List<Day> days = new ArrayList<>();
    boolean odd = random.nextBoolean();
    for (int day = 0; day < 10; day++) {
      for (int segment = 0; segment < users.length; segment++) {
        boolean early = odd && day < 3 && segment > 0;
        long exposed = users[segment] / (early ? 20 : 10);
        long converted = exposed * (early ? 5 : 2) / 10;
        days.add(
            new Day(
                LocalDate.parse("2026-03-02").plusDays(day),
                segment,
                exposed,
                Collections.nCopies(goals, converted)));
      }
    }
    return days;
  }

  private static List<GoalTotal> totals(Random random, int goals, boolean windowed, long[] users) {
    List<GoalTotal> totals = new ArrayList<>();
    for (int goal = 0; goal < goals; goal++) {
      double rate = random.nextDouble();
      for (int segment = 0; segment < users.length; segment++) {
        long mature = windowed && goal == goals - 1 ? users[segment] * 9 / 10 : users[segment];
        double own = Math.min(1, rate * (segment == 0 ? 1 : 0.6 + random.nextDouble()));
        long converted = random.nextInt(12) == 0 ? 0 : Math.round(mature * own);
        double value = goal == 1 ? 17.35 - random.nextInt(40) : 1;
        totals.add(
            new GoalTotal(
                goal,
                segment,
                mature,
                converted,
                converted,
                converted * value,
                converted * value,
                converted * value * value * (goal == 1 ? 1.5 : 1),
                null));
      }
    }
    return totals;
  }

  private static Analyses.Recorded recorded(Given given) {
    Look look = given.look();
    return new Analyses.Recorded(look, Report.of(look));
  }
}
