package dev.pryo.experiment;

import dev.pryo.experiment.ExperimentRequest.PlanRequest;
import dev.pryo.platform.Invalid;
import dev.pryo.stats.PairPlan;
import dev.pryo.stats.Result;
import dev.pryo.stats.SampleSize;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalDouble;
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
    PlanRequest asked = given == null ? NONE : given;
    double power = asked.power() == null ? POWER : asked.power();
    double alpha = asked.alpha() == null ? ALPHA : asked.alpha();
    int maxDays = asked.maxDays() == null ? DAYS : asked.maxDays();
    problems.check(power >= 0.5 && power <= 0.99, "plan.power", "must be from 0.5 to 0.99");
    problems.check(alpha >= 0.0001 && alpha <= 0.2, "plan.alpha", "must be from 0.0001 to 0.2");
    problems.check(maxDays >= 1 && maxDays <= 365, "plan.max_days", "must be from 1 to 365");
    Goal primary =
        goals.stream().filter(goal -> goal.role() == Goal.Role.PRIMARY).findFirst().orElse(null);
    checkEffect(problems, asked, primary);
    Long visitors =
        problems.clean() && primary != null && segments.size() >= 2
            ? visitors(asked.baseline(), asked.mde(), power, alpha, segments, primary)
            : null;
    return new Plan(asked.baseline(), asked.mde(), power, alpha, maxDays, visitors, null);
  }

  private static void checkEffect(
      Invalid.Collector problems, PlanRequest asked, @Nullable Goal primary) {
    Goal share = primary != null && primary.kind() == Goal.Kind.CONVERSION ? primary : null;
    Double baseline = asked.baseline();
    Double mde = asked.mde();
    problems.check(
        baseline == null || (Double.isFinite(baseline) && baseline > 0),
        "plan.baseline",
        "must be more than 0");
    problems.check(
        baseline == null || share == null || baseline < 1,
        "plan.baseline",
        "must be less than 1 for a conversion: 0.1 is 10 %");
    problems.check(
        mde == null || (mde > 0 && mde <= 10),
        "plan.mde",
        "must be a fraction, more than 0 and at most 10: 0.1 is a lift of 10 %");
    if (baseline != null && mde != null && share != null && problems.clean()) {
      double reached = baseline + delta(baseline, mde, share);
      problems.check(
          reached >= 0 && reached <= 1,
          "plan.mde",
          "would take the baseline to a share below 0 or above 1");
    }
  }

  private static double delta(double baseline, double mde, Goal goal) {
    return goal.direction() == Goal.Direction.DECREASE ? -baseline * mde : baseline * mde;
  }

  /// Visitors of all segments together, until each test can be told from the control: the largest
  /// of what the pairs need. Null where nothing can be said, because baseline or lift is unknown or
  /// the goal's variance is: a mean says nothing about it, a share does.
  private static @Nullable Long visitors(
      @Nullable Double baseline,
      @Nullable Double mde,
      double power,
      double alpha,
      List<Segment> segments,
      Goal goal) {
    BigDecimal control = segments.getFirst().trafficPercentage();
    if (baseline == null
        || mde == null
        || goal.kind() != Goal.Kind.CONVERSION
        || control.signum() == 0) {
      return null;
    }
    double most = 0;
    for (Segment test : segments.subList(1, segments.size())) {
      if (test.trafficPercentage().signum() > 0) {
        double a = control.doubleValue();
        double b = test.trafficPercentage().doubleValue();
        var question =
            new SampleSize.Question(
                delta(baseline, mde, goal), alpha, power, b / a, 2, OptionalDouble.empty());
        Result<PairPlan> pair = PairPlan.ofShares(baseline, question, OptionalDouble.empty());
        if (!(pair instanceof Result.Ok<PairPlan>(PairPlan plan))) {
          return null;
        }
        most = Math.max(most, Math.ceil(plan.planned() * 100 / (a + b)));
      }
    }
    return most > 0 && most < Long.MAX_VALUE ? (long) most : null;
  }
}
