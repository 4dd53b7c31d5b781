package dev.pryo.analysis;

import dev.pryo.analysis.Carried.Reached;
import dev.pryo.analysis.GoalTests.Pair;
import dev.pryo.analysis.Statistics.Call;
import dev.pryo.analysis.Statistics.NonInferiority;
import dev.pryo.experiment.Goal;
import dev.pryo.stats.Comparison;
import dev.pryo.stats.Design;
import dev.pryo.stats.Guardrail;
import dev.pryo.stats.NonInferiority.Direction;
import dev.pryo.stats.NonInferiority.Margin;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Whether a guardrail holds. It is safe once a test against its margin says so, and harmed once
/// its whole always-valid interval lies beyond the margin; both stay, and harm comes first.
final class GuardrailReading {

  private GuardrailReading() {}

  /// The test against the margin; its p-value runs on.
  static @Nullable NonInferiority nonInferiority(
      Pair pair, @Nullable Comparison made, double alpha) {
    Reached before = pair.earlier();
    NonInferiority reached = before == null ? null : before.nonInferiority();
    OptionalDouble now = made == null ? OptionalDouble.empty() : p(pair, made, alpha);
    double atPlan = pair.atPlan().map(then -> p(pair, then, alpha).orElse(1)).orElse(1.0);
    if (now.isEmpty()) {
      return reached == null ? null : new NonInferiority(reached.pValue(), null, reached.method());
    }
    double known = Math.min(now.getAsDouble(), atPlan);
    double running = reached == null ? known : Math.min(reached.pValue(), known);
    return new NonInferiority(running, now.getAsDouble(), method(pair.design()));
  }

  private static OptionalDouble p(Pair pair, Comparison made, double alpha) {
    Goal goal = pair.goal();
    Margin margin =
        new Margin(
            margin(goal),
            true,
            goal.direction() == Goal.Direction.INCREASE ? Direction.INCREASE : Direction.DECREASE);
    return Guardrail.of(made, margin, pair.design(), alpha)
        .map(dev.pryo.stats.NonInferiority::pSequential)
        .toOptional()
        .orElse(OptionalDouble.empty());
  }

  private static String method(Design design) {
    return switch (design) {
      case Design.Matured matured -> Comparison.Method.HORIZON.wireName();
      case Design.Growing growing -> Comparison.Method.MIXTURE.wireName();
    };
  }

  /// @param intervals always-valid ones, of this look and of the planned end
  static Call call(
      Pair pair,
      @Nullable Comparison made,
      List<List<Double>> intervals,
      @Nullable NonInferiority test,
      double alpha) {
    Reached before = pair.earlier();
    if ((before != null && before.call() == Call.HARMED)
        || (made != null && intervals.stream().anyMatch(each -> isHarmed(pair.goal(), each)))) {
      return Call.HARMED;
    }
    if (test != null && test.pValue() <= alpha) {
      return Call.SAFE;
    }
    return made == null ? Call.NO_DATA : Call.NOT_SETTLED;
  }

  private static boolean isHarmed(Goal goal, List<Double> interval) {
    double best =
        goal.direction() == Goal.Direction.INCREASE ? interval.getLast() : -interval.getFirst();
    return best < -margin(goal);
  }

  private static double margin(Goal goal) {
    Double margin = goal.margin();
    return margin == null ? 0 : margin;
  }
}
