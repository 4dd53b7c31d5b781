package dev.pryo.analysis;

import dev.pryo.analysis.Statistics.Estimator;
import dev.pryo.event.Totals.GoalTotal;
import dev.pryo.event.Totals.Second;
import dev.pryo.experiment.Goal;
import dev.pryo.stats.Comparison;
import dev.pryo.stats.Comparisons;
import dev.pryo.stats.Design;
import dev.pryo.stats.Moments;
import dev.pryo.stats.RegressionAdjusted;
import dev.pryo.stats.Result;
import dev.pryo.stats.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One goal in one test segment against the control, by the method that its sums need.
///
/// @param estimator the one that was used: a goal with history falls back to plain means where its
///   history says nothing
/// @param plain the comparison of plain means beside an adjusted one, else null
record Estimate(Estimator estimator, Result<Comparison> made, @Nullable Comparison plain) {
  /// Two parameters are fitted in each segment, and something must be left over.
  private static final int FEWEST = 3;

  static Estimate of(Look look, int goalIndex, int segment, Design design) {
    Goal goal = look.goals().get(goalIndex);
    double alpha = look.experiment().plan().alpha();
    GoalTotal control = look.total(goalIndex, 0);
    GoalTotal test = look.total(goalIndex, segment);
    if (goal.kind() == Goal.Kind.RATIO) {
      return new Estimate(Estimator.RATIO, ratio(control, test, design, alpha), null);
    }
    Result<Comparison> plain =
        moments(goal, control)
            .then(a -> moments(goal, test).then(b -> Comparisons.of(a, b, design, alpha)));
    Optional<Comparison> adjusted =
        goal.useHistory() ? adjusted(look, goalIndex, segment, design, alpha) : Optional.empty();
    return adjusted
        .map(made ->
            new Estimate(
                Estimator.REGRESSION_ADJUSTED, Result.ok(made), plain.toOptional().orElse(null)))
        .orElseGet(() -> new Estimate(Estimator.MEAN, plain, null));
  }

  private static Result<Comparison> ratio(
      GoalTotal control, GoalTotal test, Design design, double alpha) {
    return pairs(control)
        .ratio()
        .then(a -> pairs(test).ratio().then(b -> Comparisons.ofRatios(a, b, design, alpha)));
  }

  private static Result<Moments> moments(Goal goal, GoalTotal total) {
    return goal.kind() == Goal.Kind.CONVERSION
        ? Moments.ofConversions(total.mature(), total.converted())
        : Moments.of(total.mature(), total.sum(), total.sumOfSquares());
  }

  private static Sample.Pairs pairs(GoalTotal total) {
    Second second = total.second() == null ? new Second(0, 0, 0) : total.second();
    return Sample.Pairs.of(
        total.mature(),
        total.sum(),
        second.sum(),
        total.sumOfSquares(),
        second.sumOfSquares(),
        second.product());
  }

  /// All segments whose visitors differ in their history are adjusted together, so that the control
  /// has one value. Empty where this one or the control is not among them, or where history
  /// explains everything.
  private static Optional<Comparison> adjusted(
      Look look, int goal, int segment, Design design, double alpha) {
    Optional<RegressionAdjusted.Arm> control = arm(look, goal, 0);
    if (control.isEmpty()) {
      return Optional.empty();
    }
    List<RegressionAdjusted.Arm> arms = new ArrayList<>(List.of(control.get()));
    int place = -1;
    for (int other = 1; other < look.segments().size(); other++) {
      Optional<RegressionAdjusted.Arm> arm = arm(look, goal, other);
      // two constants cannot be compared, and would take the other segments with them
      if (arm.isPresent() && (arm.get().varY() > 0 || control.get().varY() > 0)) {
        place = other == segment ? arms.size() - 1 : place;
        arms.add(arm.get());
      }
    }
    if (place < 0) {
      return Optional.empty();
    }
    int index = place;
    return Comparisons.ofAdjusted(arms, design, alpha)
        .map(all -> all.get(index))
        .toOptional()
        .filter(made -> made.control().var() > 0 || made.test().var() > 0);
  }

  /// A segment whose history varies.
  private static Optional<RegressionAdjusted.Arm> arm(Look look, int goal, int segment) {
    return pairs(look.total(goal, segment))
        .adjusted()
        .toOptional()
        .filter(arm -> arm.n() >= FEWEST && arm.covXX()[0][0] > 0);
  }

  /// The share of the squared standard error that history took away.
  @Nullable Double varianceReduction() {
    return plain == null
        ? null
        : made.toOptional()
            .map(adjusted -> adjusted.fixed().se() / plain.fixed().se())
            .map(kept -> Say.finite((1 - kept) * (1 + kept)))
            .orElse(null);
  }
}
