package dev.pryo.analysis;

import dev.pryo.event.Noticed;
import dev.pryo.event.Source;
import dev.pryo.event.Totals;
import dev.pryo.event.Totals.Day;
import dev.pryo.event.Totals.GoalTotal;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Goal;
import dev.pryo.experiment.Plan;
import dev.pryo.experiment.Segment;
import dev.pryo.experiment.Stage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An experiment and its counts, as a test wants them.
final class Given {
  static final Instant START = Instant.parse("2026-03-02T10:00:00Z");

  private List<Segment> segments = split("50", "50");
  private List<Goal> goals = List.of(conversion("trial_started", "Trial started"));
  private Plan plan = new Plan(null, null, 0.8, 0.05, 28, null, null);
  private List<Long> users = List.of();
  private final List<GoalTotal> totals = new ArrayList<>();
  private List<Day> days = List.of();
  private List<Totals.Largest> largest = List.of();
  private @Nullable Noticed noticed;
  private Stage stage = new Stage.Active(START);
  private Source source = Source.LIVE;
  private Instant now = START.plus(Duration.ofDays(7));
  private long multiple;
  private long mismatches;
  private long bots;
  private long goalWithoutExposure;
  private BigDecimal exposure = BigDecimal.valueOf(100);
  private boolean countBots;
  private @Nullable Analysis previous;

  static Given experiment() {
    return new Given();
  }

  static Goal conversion(String event, String name) {
    return goal(event, name, Goal.Kind.CONVERSION, Goal.Role.PRIMARY, null, null);
  }

  static Goal sum(String event, String name) {
    return goal(event, name, Goal.Kind.SUM, Goal.Role.PRIMARY, null, null);
  }

  static Goal guardrail(String event, String name, double margin) {
    return goal(event, name, Goal.Kind.CONVERSION, Goal.Role.GUARDRAIL, margin, null);
  }

  static Goal secondary(String event, String name) {
    return goal(event, name, Goal.Kind.CONVERSION, Goal.Role.SECONDARY, null, null);
  }

  static Goal windowed(String event, String name, int hours) {
    return goal(event, name, Goal.Kind.CONVERSION, Goal.Role.PRIMARY, null, hours);
  }

  static Goal falling(String event, String name) {
    return new Goal(
        event,
        name,
        Goal.Kind.CONVERSION,
        null,
        Goal.Direction.DECREASE,
        Goal.Role.PRIMARY,
        null,
        null,
        false,
        null);
  }

  private static Goal goal(
      String event,
      String name,
      Goal.Kind kind,
      Goal.Role role,
      @Nullable Double margin,
      @Nullable Integer window) {
    return new Goal(
        event, name, kind, null, Goal.Direction.INCREASE, role, margin, window, false, null);
  }

  private static List<Segment> split(String... percentages) {
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < percentages.length; i++) {
      segments.add(
          new Segment(
              new UUID(7, i),
              i == 0 ? "control" : "test" + i,
              i == 0 ? "Control" : "Test " + i,
              null,
              null,
              new BigDecimal(percentages[i]),
              null));
    }
    return List.copyOf(segments);
  }

  Given segments(String... percentages) {
    segments = split(percentages);
    return this;
  }

  Given goals(Goal... all) {
    goals = List.of(all);
    return this;
  }

  Given planned(long people) {
    plan = new Plan(0.05, 0.1, 0.8, 0.05, 28, people, 14);
    return this;
  }

  Given users(long... each) {
    users = java.util.stream.LongStream.of(each).boxed().toList();
    return this;
  }

  /// People of each segment who reached the conversion goal.
  Given converted(int goal, long... each) {
    for (int segment = 0; segment < each.length; segment++) {
      matured(goal, segment, users.get(segment), each[segment]);
    }
    return this;
  }

  Given matured(int goal, int segment, long mature, long converted) {
    return total(
        new GoalTotal(
            goal, segment, mature, converted, converted, converted, converted, converted, null));
  }

  Given total(GoalTotal total) {
    totals.add(total);
    return this;
  }

  Given days(Day... all) {
    days = List.of(all);
    return this;
  }

  static Day day(String date, int segment, long exposed, long converted) {
    return new Day(LocalDate.parse(date), segment, exposed, List.of(converted));
  }

  Given largest(Totals.Largest... all) {
    largest = List.of(all);
    return this;
  }

  Given noticed(Noticed what) {
    noticed = what;
    return this;
  }

  Given finished() {
    stage = new Stage.Finished(START, now);
    return this;
  }

  Given simulated() {
    source = Source.SIMULATED;
    return this;
  }

  Given after(Duration time) {
    now = START.plus(time);
    return this;
  }

  Given multiple(long people) {
    multiple = people;
    return this;
  }

  Given mismatches(long people) {
    mismatches = people;
    return this;
  }

  Given bots(long number, boolean counted) {
    bots = number;
    countBots = counted;
    return this;
  }

  Given goalWithoutExposure(long people) {
    goalWithoutExposure = people;
    return this;
  }

  Given exposure(String percentage) {
    exposure = new BigDecimal(percentage);
    return this;
  }

  Given previous(Analysis analysis) {
    previous = analysis;
    return this;
  }

  Look look() {
    return Look.of(new UUID(1, 1), experiment(stage), source, countBots, counted(), now, previous)
        .noticed(noticed == null ? Noticed.NOTHING : noticed);
  }

  Analysis analysis() {
    return Report.of(look());
  }

  private Totals counted() {
    long people = users.stream().mapToLong(Long::longValue).sum();
    return new Totals(
        users,
        multiple,
        mismatches,
        bots,
        goalWithoutExposure,
        people,
        people == 0 ? null : START,
        people == 0 ? null : now,
        List.copyOf(totals),
        days,
        largest);
  }

  private Experiment experiment(Stage at) {
    return new Experiment(
        new UUID(2, 2),
        1,
        new UUID(3, 3),
        "pricing-headline",
        "Pricing headline",
        "Lead with the trial",
        null,
        null,
        null,
        segments,
        goals,
        plan,
        exposure,
        "00112233445566ff",
        Experiment.Mode.EDIT,
        Experiment.OnHarm.NOTIFY,
        false,
        null,
        null,
        at,
        false,
        START,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        START,
        START);
  }
}
