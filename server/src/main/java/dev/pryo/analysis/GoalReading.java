package dev.pryo.analysis;

import dev.pryo.analysis.Carried.Reached;
import dev.pryo.analysis.GoalTests.Pair;
import dev.pryo.analysis.Statistics.AlwaysValid;
import dev.pryo.analysis.Statistics.Arm;
import dev.pryo.analysis.Statistics.Call;
import dev.pryo.analysis.Statistics.Direction;
import dev.pryo.analysis.Statistics.Estimator;
import dev.pryo.analysis.Statistics.NonInferiority;
import dev.pryo.analysis.Subject.Variant;
import dev.pryo.event.Totals.GoalTotal;
import dev.pryo.event.Totals.Second;
import dev.pryo.experiment.Goal;
import dev.pryo.stats.AtLevel;
import dev.pryo.stats.Comparison;
import dev.pryo.stats.Design;
import dev.pryo.stats.Interval;
import dev.pryo.stats.Moments;
import dev.pryo.stats.TwoProportions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes down one comparison at the level that it got.
///
/// The interval of a windowed goal is the intersection of all looks so far, and of the one at the
/// planned end once that is passed. That of a growing goal is this look's alone, because what it
/// estimates changes with time; only its p-value knows the planned end.
final class GoalReading {

  private GoalReading() {}

  static Statistics.Comparison of(Look look, Pair pair, double level, boolean rejected) {
    Goal goal = pair.goal();
    Variant segment = look.segments().get(pair.segmentIndex());
    Comparison made = made(pair, level);
    AlwaysValid anytime = anytime(pair, made, level);
    double alpha = look.experiment().plan().alpha();
    boolean guards = goal.role() == Goal.Role.GUARDRAIL;
    NonInferiority kept = guards ? GuardrailReading.nonInferiority(pair, made, alpha) : null;
    Call call =
        guards
            ? GuardrailReading.call(pair, made, intervals(pair, anytime, level), kept, alpha)
            : call(pair, made, anytime, rejected);
    return new Statistics.Comparison(
        goal.event(),
        goal.name(),
        goal.kind(),
        goal.denominator(),
        goal.filter(),
        Say.unit(goal.kind(), goal.denominator()),
        pair.estimate().estimator(),
        pair.estimate().varianceReduction(),
        goal.role(),
        goal.direction(),
        goal.margin(),
        segment.key(),
        segment.name(),
        arm(pair, pair.control(), made == null ? null : made.control()),
        arm(pair, pair.test(), made == null ? null : made.test()),
        made == null ? null : lift(made.uplift()),
        made == null ? null : Say.finite(made.diff()),
        made == null ? null : bounds(made.fixed().relative()),
        made == null ? null : fixedP(pair, made),
        made == null ? null : fixedMethod(pair),
        anytime,
        kept,
        made == null ? null : BayesReading.of(pair, made, alpha),
        guards ? call == Call.HARMED : rejected,
        call,
        Missing.note(look, pair, made));
  }

  /// The comparison with its always-valid intervals at a level; null where there is none.
  static @Nullable Comparison made(Pair pair, double level) {
    return pair.made()
        .then(comparison -> AtLevel.of(level, comparison, pair.design()))
        .toOptional()
        .orElse(null);
  }

  /// The same at the planned end; null before it is passed.
  private static @Nullable Comparison atPlan(Pair pair, double level) {
    return pair.atPlan()
        .flatMap(then -> AtLevel.of(level, then, pair.design()).toOptional())
        .orElse(null);
  }

  /// The interval that is shown, and that of the planned end, which a growing goal does not show.
  private static List<List<Double>> intervals(Pair pair, AlwaysValid anytime, double level) {
    Comparison atPlan = atPlan(pair, level);
    return Stream.of(
            Optional.ofNullable(anytime.interval()),
            Optional.ofNullable(atPlan == null ? null : bounds(atPlan.anytime().relative())))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Arm arm(Pair pair, GoalTotal total, @Nullable Moments compared) {
    boolean adjusted = pair.estimate().estimator() == Estimator.REGRESSION_ADJUSTED;
    return new Arm(
        total.mature(),
        value(pair.goal(), total),
        compared == null || !adjusted ? null : Say.finite(compared.mean()));
  }

  /// The goal's value in a segment as it was counted; null where there is nobody or nothing to
  /// divide by.
  static @Nullable Double value(Goal goal, GoalTotal total) {
    double sum = goal.kind() == Goal.Kind.CONVERSION ? total.converted() : total.sum();
    Second second = total.second();
    double by = goal.kind() != Goal.Kind.RATIO ? total.mature() : second == null ? 0 : second.sum();
    return by == 0 ? null : Say.finite(sum / by);
  }

  static @Nullable Double lift(OptionalDouble uplift) {
    return uplift.isPresent() ? Say.finite(uplift.getAsDouble()) : null;
  }

  private static Double fixedP(Pair pair, Comparison made) {
    if (!isPlainShare(pair)) {
      return made.fixed().p();
    }
    return TwoProportions.of(
            pair.control().converted(),
            pair.control().mature(),
            pair.test().converted(),
            pair.test().mature(),
            made.fixed().level())
        .map(TwoProportions::p)
        .toOptional()
        .orElse(made.fixed().p());
  }

  private static String fixedMethod(Pair pair) {
    if (isPlainShare(pair)) {
      return "two_proportions";
    }
    Estimator estimator = pair.estimate().estimator();
    return estimator == Estimator.MEAN ? Comparison.Method.WELCH.wireName() : estimator.wireName();
  }

  private static boolean isPlainShare(Pair pair) {
    return pair.goal().kind() == Goal.Kind.CONVERSION
        && pair.estimate().estimator() == Estimator.MEAN;
  }

  static AlwaysValid anytime(Pair pair, @Nullable Comparison made, double level) {
    Reached before = pair.earlier();
    if (made == null) {
      Double reached = before == null ? null : before.alwaysValid().pValue();
      Direction towards = before == null ? null : before.alwaysValid().towards();
      return new AlwaysValid(null, null, reached, null, level, null, towards);
    }
    Comparison.Reading reading = made.anytime();
    Comparison atPlan = atPlan(pair, level);
    boolean isFinal = pair.design() instanceof Design.Matured;
    AlwaysValid kept = isFinal && before != null ? before.alwaysValid() : null;
    List<Double> relative = bounds(reading.relative());
    List<Double> absolute = bounds(reading.absolute());
    if (atPlan != null && isFinal) {
      relative = narrowed(relative, bounds(atPlan.anytime().relative()));
      absolute = narrowed(absolute, bounds(atPlan.anytime().absolute()));
    }
    return new AlwaysValid(
        kept == null ? relative : narrowed(relative, kept.interval()),
        kept == null ? absolute : narrowed(absolute, kept.differenceInterval()),
        pair.running(),
        reading.p(),
        level,
        reading.method().wireName(),
        towards(pair, made, atPlan));
  }

  /// What both intervals hold; the newer one where they do not meet.
  static @Nullable List<Double> narrowed(
      @Nullable List<Double> now, @Nullable List<Double> before) {
    if (now == null || before == null) {
      return now == null ? before : now;
    }
    double lower = Math.max(now.getFirst(), before.getFirst());
    double upper = Math.min(now.getLast(), before.getLast());
    return lower <= upper ? List.of(lower, upper) : now;
  }

  private static @Nullable Direction towards(
      Pair pair, Comparison made, @Nullable Comparison atPlan) {
    Comparison clearest =
        atPlan != null && atPlan.anytime().p() < made.anytime().p() ? atPlan : made;
    Reached before = pair.earlier();
    Double reached = before == null ? null : before.alwaysValid().pValue();
    if (before != null && reached != null && reached < clearest.anytime().p()) {
      return before.alwaysValid().towards();
    }
    return direction(pair.goal(), clearest.diff());
  }

  private static @Nullable Direction direction(Goal goal, double diff) {
    if (diff == 0) {
      return null;
    }
    return diff > 0 == (goal.direction() == Goal.Direction.INCREASE)
        ? Direction.BETTER
        : Direction.WORSE;
  }

  private static Call call(
      Pair pair, @Nullable Comparison made, AlwaysValid anytime, boolean rejected) {
    Reached before = pair.earlier();
    Call said = before == null ? null : before.call();
    if (!rejected) {
      return made == null ? Call.NO_DATA : Call.NOT_SETTLED;
    }
    Direction reached =
        said == Call.BETTER
            ? Direction.BETTER
            : said == Call.WORSE ? Direction.WORSE : anytime.towards();
    boolean contrary =
        made != null
            && made.anytime().p() <= anytime.level()
            && direction(pair.goal(), made.diff()) != reached;
    if (said == Call.UNSTABLE || contrary || reached == null) {
      return Call.UNSTABLE;
    }
    return reached == Direction.BETTER ? Call.BETTER : Call.WORSE;
  }

  static @Nullable List<Double> bounds(Interval interval) {
    return interval.bounded() ? List.of(interval.lower(), interval.upper()) : null;
  }
}
