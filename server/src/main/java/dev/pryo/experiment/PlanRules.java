package dev.pryo.experiment;

import dev.pryo.experiment.ExperimentRequest.PlanRequest;
import dev.pryo.platform.Invalid;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What may be planned, and how many visitors that needs.
final class PlanRules {
  private static final double POWER = 0.8;
  private static final double ALPHA = 0.05;
  private static final int DAYS = 28;
  private static final PlanRequest NONE = new PlanRequest(null, null, null, null, null);

  private PlanRules() {}

  static Plan check(
      Invalid.Collector problems,
      @Nullable PlanRequest given,
      List<Segment> segments,
      List<Goal> goals) {
    return check(problems, given, segments, goals, "plan.");
  }

  /// @param before what stands before the names of its fields
  static Plan check(
      Invalid.Collector problems,
      @Nullable PlanRequest given,
      List<Segment> segments,
      List<Goal> goals,
      String before) {
    PlanRequest asked = given == null ? NONE : given;
    double power = asked.power() == null ? POWER : asked.power();
    double alpha = asked.alpha() == null ? ALPHA : asked.alpha();
    int maxDays = asked.maxDays() == null ? DAYS : asked.maxDays();
    problems.check(power >= 0.5 && power <= 0.99, before + "power", "must be from 0.5 to 0.99");
    problems.check(alpha >= 0.0001 && alpha <= 0.2, before + "alpha", "must be from 0.0001 to 0.2");
    problems.check(maxDays >= 1 && maxDays <= 365, before + "max_days", "must be from 1 to 365");
    Goal primary =
        goals.stream().filter(goal -> goal.role() == Goal.Role.PRIMARY).findFirst().orElse(null);
    checkEffect(problems, asked, primary, before);
    Long visitors = problems.clean() ? visitors(asked, segments, goals) : null;
    return new Plan(asked.baseline(), asked.mde(), power, alpha, maxDays, visitors, null);
  }

  private static void checkEffect(
      Invalid.Collector problems, PlanRequest asked, @Nullable Goal primary, String before) {
    Goal share = primary != null && primary.kind() == Goal.Kind.CONVERSION ? primary : null;
    Double baseline = asked.baseline();
    Double mde = asked.mde();
    problems.check(
        baseline == null || (Double.isFinite(baseline) && baseline > 0),
        before + "baseline",
        "must be more than 0");
    problems.check(
        baseline == null || share == null || baseline < 1,
        before + "baseline",
        "must be less than 1 for a conversion: 0.1 is 10 %");
    problems.check(
        mde == null || (mde > 0 && mde <= 10),
        before + "mde",
        "must be a fraction, more than 0 and at most 10: 0.1 is a lift of 10 %");
    if (baseline != null && mde != null && share != null && problems.clean()) {
      double reached = baseline + delta(baseline, mde, share);
      problems.check(
          reached >= 0 && reached <= 1,
          before + "mde",
          "would take the baseline to a share below 0 or above 1");
    }
  }

  private static double delta(double baseline, double mde, Goal goal) {
    return goal.direction() == Goal.Direction.DECREASE ? -baseline * mde : baseline * mde;
  }

  /// What the plan's size follows from. Empty where nothing can be said, because the baseline is
  /// unknown or the goal's variance is: a mean says nothing about it, a share does.
  static Optional<Sizing> sizing(PlanRequest asked, List<Segment> segments, List<Goal> goals) {
    Double baseline = asked.baseline();
    Goal goal =
        goals.stream().filter(each -> each.role() == Goal.Role.PRIMARY).findFirst().orElse(null);
    if (baseline == null
        || goal == null
        || goal.kind() != Goal.Kind.CONVERSION
        || segments.size() < 2) {
      return Optional.empty();
    }
    return Optional.of(
        new Sizing(
            baseline,
            baseline * (1 - baseline),
            true,
            goal.direction(),
            segments.stream().map(segment -> segment.trafficPercentage().doubleValue()).toList(),
            asked.alpha() == null ? ALPHA : asked.alpha(),
            asked.power() == null ? POWER : asked.power()));
  }

  /// Visitors of all segments together; null where nothing can be said.
  private static @Nullable Long visitors(
      PlanRequest asked, List<Segment> segments, List<Goal> goals) {
    Double mde = asked.mde();
    OptionalLong people =
        mde == null
            ? OptionalLong.empty()
            : sizing(asked, segments, goals)
                .map(sizing -> sizing.people(mde))
                .orElse(OptionalLong.empty());
    return people.isPresent() ? people.getAsLong() : null;
  }
}
