package dev.pryo.analysis;

import dev.pryo.event.Totals.Day;
import dev.pryo.experiment.Goal;
import dev.pryo.experiment.Plan;
import dev.pryo.experiment.Sizing;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// How fast people come, and whether the planned number will have come when the longest planned
/// time is over. What is measured is the last week, as far as the experiment has run in it without
/// a break.
///
/// @param perDay people a day
/// @param daysLeft until the planned number has come and its windows have passed, or until the
///   longest time is over, whichever is first; null where the experiment is not running
/// @param shortfall what will be missing; null where nothing will
record Pace(double perDay, @Nullable Integer daysLeft, @Nullable Shortfall shortfall) {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final double DAY = Duration.ofDays(1).toMillis();

  /// So early the traffic says nothing about the end.
  private static final Duration EARLY = Duration.ofDays(2);

  /// Traffic that ends so near to the plan may still reach it.
  private static final double NEAR = 0.9;

  /// Nobody waits for more days, or hopes for more than twice as much.
  private static final double LONGEST = 730;

  private static final double BOLDEST = 1;

  /// A plan that will not be filled.
  ///
  /// @param expected people of all segments at the end of the longest time, in two digits
  /// @param daysNeeded how long the planned number takes from the start; null where that is years
  /// @param lift the smallest that so many people show; null where that cannot be said or hoped for
  /// @param everybody whether it would be enough to let everybody take part
  record Shortfall(
      long expected, @Nullable Integer daysNeeded, @Nullable Double lift, boolean everybody) {}

  private static final Pace NONE = new Pace(0, null, null);

  static Pace of(Look look) {
    Instant deadline = look.deadline();
    Instant start = look.experiment().activatedAt();
    if (!look.running() || deadline == null || start == null) {
      return NONE;
    }
    double untilDeadline = Math.max(0, days(look.now(), deadline));
    Instant from = look.totals().from();
    Long planned = look.planned();
    if (from == null || look.exposed() == 0) {
      return new Pace(0, (int) Math.ceil(untilDeadline), null);
    }
    double perDay = perDay(look, from);
    if (planned == null) {
      return new Pace(perDay, (int) Math.ceil(untilDeadline), null);
    }
    double missing = Math.max(0, planned - look.exposed());
    double window = look.longestWindow().toMillis() / DAY;
    double untilPlanned =
        missing == 0 || perDay > 0
            ? window + (missing == 0 ? 0 : missing / perDay)
            : Double.POSITIVE_INFINITY;
    return new Pace(
        perDay,
        (int) Math.ceil(Math.min(untilPlanned, untilDeadline)),
        shortfall(look, start, from, perDay, untilDeadline - window));
  }

  private static double perDay(Look look, Instant from) {
    Instant since = look.runningSince();
    Instant begin = look.now().minus(WEEK);
    begin = begin.isBefore(from) ? from : begin;
    begin = since != null && begin.isBefore(since) ? since : begin;
    LocalDate first = begin.atZone(ZoneOffset.UTC).toLocalDate().plusDays(1);
    double whole = days(first.atStartOfDay(ZoneOffset.UTC).toInstant(), look.now());
    if (whole < 1 || look.totals().days().isEmpty()) {
      return look.exposed() / Math.max(1, days(from, look.now()));
    }
    long people =
        look.totals().days().stream()
            .filter(day -> !day.day().isBefore(first))
            .mapToLong(Day::exposed)
            .sum();
    return people / whole;
  }

  private static @Nullable Shortfall shortfall(
      Look look, Instant start, Instant from, double perDay, double daysForPeople) {
    Plan plan = look.experiment().plan();
    Long planned = plan.nPlanned();
    double coming = perDay * Math.max(0, daysForPeople);
    if (planned == null
        || look.now().isBefore(from.plus(EARLY))
        || look.exposed() + coming >= NEAR * planned) {
      return null;
    }
    double exposure = look.experiment().exposurePercentage().doubleValue() / 100;
    double missing = planned - look.exposed();
    double needed = days(start, look.now()) + missing / perDay; // infinite where nobody comes
    long expected = rounded(look.exposed() + coming);
    OptionalDouble lift =
        sizing(look).map(sizing -> sizing.smallestLift(expected)).orElse(OptionalDouble.empty());
    return new Shortfall(
        expected,
        needed <= LONGEST ? (int) Math.ceil(needed) : null,
        lift.isPresent() && lift.getAsDouble() <= BOLDEST ? lift.getAsDouble() : null,
        exposure < 1 && look.exposed() + coming / exposure >= planned);
  }

  private static Optional<Sizing> sizing(Look look) {
    Plan plan = look.experiment().plan();
    Double baseline = plan.baseline();
    return look.goals().stream()
        .filter(goal -> goal.role() == Goal.Role.PRIMARY)
        .findFirst()
        .filter(goal -> goal.kind() == Goal.Kind.CONVERSION && baseline != null)
        .map(goal ->
            new Sizing(
                baseline == null ? 0 : baseline,
                0,
                true,
                goal.direction(),
                look.shares(),
                plan.alpha(),
                plan.power()));
  }

  private static long rounded(double people) {
    return people < 10
        ? (long) people
        : new BigDecimal(people).round(new MathContext(2)).longValue();
  }

  private static double days(Instant from, Instant until) {
    return Duration.between(from, until).toMillis() / DAY;
  }
}
