package dev.pryo.analysis;

import dev.pryo.analysis.Carried.Reached;
import dev.pryo.analysis.Statistics.Call;
import dev.pryo.analysis.Statistics.Estimator;
import dev.pryo.event.Totals.GoalTotal;
import dev.pryo.experiment.Goal;
import dev.pryo.stats.Comparison;
import dev.pryo.stats.Design;
import dev.pryo.stats.HolmLevels;
import dev.pryo.stats.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Compares every goal of every test segment with the control.
///
/// - A goal without a window keeps growing and is tested by the mixture, narrowest at the planned
///   number of the compared pair (10,000 without a plan). With a window only matured visitors
///   count, and with a plan the horizon test decides. A cap moves with whoever comes, so that a
///   capped goal is tested as one that grows.
/// - A look that comes after the planned number counts what was known then too, from rows, as if
///   there had been a look at that moment (see [Look.PlannedEnd]). There the bar of the horizon
///   test is lowest and the mixture narrowest.
/// - A ratio is compared by the delta method, a goal with history by its adjusted means (see
///   [Estimate]); what follows is the same for all.
/// - A p-value is the least that this or an earlier live look has reached; Holm corrects these
///   running p-values over primary and secondary goals × test segments. So what is significant
///   stays significant.
/// - Guardrails are not corrected: each is held against its margin at the whole level, because
///   their question is whether it is safe to go on (see [GuardrailReading]).
final class GoalTests {
  private final Look look;
  private final double alpha;

  private GoalTests(Look look) {
    this.look = look;
    this.alpha = look.experiment().plan().alpha();
  }

  static Statistics of(Look look) {
    return new GoalTests(look).run();
  }

  /// One goal in one test segment, before the correction.
  ///
  /// @param atPlan the same at the planned end, once that is passed
  /// @param earlier what the look before said of it
  /// @param running the least p-value so far
  record Pair(
      int goalIndex,
      Goal goal,
      int segmentIndex,
      GoalTotal control,
      GoalTotal test,
      Design design,
      Estimate estimate,
      Optional<Comparison> atPlan,
      @Nullable Reached earlier,
      double running) {

    Result<Comparison> made() {
      return estimate.made();
    }
  }

  /// @param level at which it is tested
  record Tested(Pair pair, double level, boolean rejected) {}

  /// Every pair with the level that it got.
  static List<Tested> tested(Look look) {
    return new GoalTests(look).tested();
  }

  private Statistics run() {
    List<Tested> tested = tested();
    List<Pair> pairs = tested.stream().map(Tested::pair).toList();
    return new Statistics(
        method(pairs),
        alpha,
        "holm",
        (int) pairs.stream().filter(GoalTests::isOfTheFamily).count(),
        look.definition(),
        Statistics.NOT_PEEK_SAFE,
        tested.stream()
            .map(each -> GoalReading.of(look, each.pair(), each.level(), each.rejected()))
            .toList());
  }

  private List<Tested> tested() {
    List<Pair> pairs = new ArrayList<>();
    for (int goal = 0; goal < look.goals().size(); goal++) {
      for (int segment = 1; segment < look.segments().size(); segment++) {
        pairs.add(pair(goal, segment));
      }
    }
    List<Pair> family = pairs.stream().filter(GoalTests::isOfTheFamily).toList();
    Optional<HolmLevels> holm = holm(family);
    List<Tested> tested = new ArrayList<>();
    for (Pair pair : pairs) {
      int place = family.indexOf(pair);
      double level = place < 0 ? alpha : holm.map(levels -> levels.levels()[place]).orElse(alpha);
      boolean rejected = place >= 0 && holm.map(levels -> levels.rejected()[place]).orElse(false);
      tested.add(new Tested(pair, Math.max(level, earlierLevel(pair)), rejected));
    }
    return List.copyOf(tested);
  }

  private static boolean isOfTheFamily(Pair pair) {
    return pair.goal().role() != Goal.Role.GUARDRAIL;
  }

  private Optional<HolmLevels> holm(List<Pair> family) {
    return family.isEmpty()
        ? Optional.empty()
        : HolmLevels.of(alpha, family.stream().mapToDouble(Pair::running).toArray()).toOptional();
  }

  private Pair pair(int goalIndex, int segmentIndex) {
    Goal goal = look.goals().get(goalIndex);
    GoalTotal control = look.total(goalIndex, 0);
    GoalTotal test = look.total(goalIndex, segmentIndex);
    Design design = design(goal, segmentIndex);
    Estimate estimate = Estimate.of(look, goalIndex, segmentIndex, design);
    Reached before = earlier(goal, segmentIndex);
    double now =
        estimate.made().toOptional().map(comparison -> comparison.anytime().p()).orElse(1.0);
    Double reached = before == null ? null : before.alwaysValid().pValue();
    Optional<Comparison> atPlan =
        look.plannedEnd(goalIndex, segmentIndex)
            .flatMap(end ->
                Estimate.of(look.at(end), goalIndex, segmentIndex, design).made().toOptional());
    double known = Math.min(now, atPlan.map(then -> then.anytime().p()).orElse(1.0));
    double running = reached == null ? known : Math.min(reached, known);
    return new Pair(
        goalIndex, goal, segmentIndex, control, test, design, estimate, atPlan, before, running);
  }

  private Design design(Goal goal, int segment) {
    if (look.planned() == null) {
      return Design.UNPLANNED;
    }
    double pair = look.plannedPair(segment);
    return isFinal(goal) ? new Design.Matured(pair) : new Design.Growing(pair);
  }

  /// Whether a mature visitor's value never changes again.
  static boolean isFinal(Goal goal) {
    return goal.windowHours() != null && goal.capQuantile() == null;
  }

  private @Nullable Reached earlier(Goal goal, int segment) {
    Carried carried = look.carried();
    return carried == null
        ? null
        : carried.of(goal, look.segments().get(segment).key()).orElse(null);
  }

  /// A level only rises: what was tested at a higher one stays so when another goal overtakes it.
  private static double earlierLevel(Pair pair) {
    Reached before = pair.earlier();
    return before == null || before.call() == Call.NO_DATA ? 0 : before.alwaysValid().level();
  }

  private static String method(List<Pair> pairs) {
    List<String> methods = pairs.stream().map(GoalTests::method).distinct().toList();
    return methods.size() == 1 ? methods.getFirst() : "mixed";
  }

  private static String method(Pair pair) {
    String decides =
        pair.design() instanceof Design.Matured
            ? Comparison.Method.HORIZON.wireName()
            : Comparison.Method.MIXTURE.wireName();
    Estimator estimator = pair.estimate().estimator();
    return estimator == Estimator.MEAN ? decides : estimator.wireName() + ", " + decides;
  }
}
