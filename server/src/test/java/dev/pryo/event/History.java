package dev.pryo.event;

import dev.pryo.event.TotalsQuery.Period;
import dev.pryo.experiment.Condition;
import dev.pryo.experiment.Goal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What happened in one project and one experiment of two segments; hours count from a midnight.
final class History {
  static final Goal BOUGHT = goal("purchase", Goal.Kind.CONVERSION, null);

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  final EventStore store;
  final long project;
  final long experiment;
  final List<NewEvent> events = new ArrayList<>();

  History(EventStore store, long project, long experiment) {
    this.store = store;
    this.project = project;
    this.experiment = experiment;
  }

  static Instant hour(double hours) {
    return START.plus(Duration.ofSeconds((long) (hours * 3600)));
  }

  static Goal goal(String event, Goal.Kind kind, @Nullable Integer windowHours) {
    return new Goal(
        event,
        event,
        kind,
        null,
        Goal.Direction.INCREASE,
        Goal.Role.PRIMARY,
        null,
        windowHours,
        false,
        null);
  }

  static Goal ratio(
      String event, String denominator, Goal.Kind counted, @Nullable Integer windowHours) {
    return new Goal(
        event,
        event,
        Goal.Kind.RATIO,
        new Goal.Denominator(denominator, counted),
        Goal.Direction.INCREASE,
        Goal.Role.PRIMARY,
        null,
        windowHours,
        false,
        null);
  }

  static Goal withHistory(String event, Goal.Kind kind, @Nullable Integer windowHours) {
    return new Goal(
        event,
        event,
        kind,
        null,
        Goal.Direction.INCREASE,
        Goal.Role.PRIMARY,
        null,
        windowHours,
        true,
        null);
  }

  /// The goal, of events that meet the conditions only.
  static Goal filtered(Goal goal, Condition... conditions) {
    return changed(goal, List.of(conditions), goal.capQuantile());
  }

  static Goal capped(Goal goal, double quantile) {
    return changed(goal, goal.filter(), quantile);
  }

  private static Goal changed(Goal goal, List<Condition> filter, @Nullable Double cap) {
    return new Goal(
        goal.event(),
        goal.name(),
        goal.kind(),
        goal.denominator(),
        goal.direction(),
        goal.role(),
        goal.margin(),
        goal.windowHours(),
        goal.useHistory(),
        filter,
        cap,
        goal.quote());
  }

  static NewEvent with(@Nullable String properties, NewEvent event) {
    return new NewEvent(
        event.projectNo(),
        event.id(),
        event.userId(),
        event.userKey(),
        event.name(),
        event.at(),
        event.receivedAt(),
        event.value(),
        event.experimentNo(),
        event.segment(),
        event.mismatch(),
        event.source(),
        event.bot(),
        properties);
  }

  History exposed(String user, int segment, double hour) {
    return add(user, NewEvent.EXPOSURE, hour, null, experiment, segment, Source.LIVE, false);
  }

  History happened(String user, String name, double hour) {
    return add(user, name, hour, 10.0, null, null, Source.LIVE, false);
  }

  History add(
      String user,
      String name,
      double hour,
      @Nullable Double value,
      @Nullable Long named,
      @Nullable Integer segment,
      Source source,
      boolean bot) {
    String id = UUID.randomUUID().toString();
    events.add(event(id, user, name, hour, value, named, segment, source, bot));
    return this;
  }

  NewEvent event(
      String id,
      String user,
      String name,
      double hour,
      @Nullable Double value,
      @Nullable Long named,
      @Nullable Integer segment,
      Source source,
      boolean bot) {
    return new NewEvent(
        project,
        id,
        user,
        user.hashCode() * 31L,
        name,
        hour(hour),
        hour(2000),
        value,
        named,
        segment,
        segment != null && user.hashCode() % 7 == 0,
        source,
        bot,
        value == null ? null : "{\"n\": 1}");
  }

  /// Stores everything and counts purchases, long after.
  Totals totals(Period... active) {
    store.append(events);
    return totalsOfStored(active);
  }

  /// The same without storing anything.
  Totals totalsOfStored(Period... active) {
    return store.totals(query(false, Source.LIVE, hour(1000), List.of(BOUGHT), active));
  }

  /// A visitor, with this experiment alone.
  VisitorQuery visitor(String user) {
    return new VisitorQuery(project, user.hashCode() * 31L, user, List.of(experiment));
  }

  TotalsQuery query(boolean bots, Source source, Instant now, List<Goal> goals, Period... active) {
    return new TotalsQuery(project, experiment, 2, goals, List.of(active), bots, source, now);
  }

  static Period from(double hour) {
    return new Period(hour(hour), null);
  }

  static Period between(double since, double until) {
    return new Period(hour(since), hour(until));
  }
}
