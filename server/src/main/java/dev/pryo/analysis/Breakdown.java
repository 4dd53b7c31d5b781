package dev.pryo.analysis;

import dev.pryo.analysis.GoalTests.Pair;
import dev.pryo.analysis.Statistics.Arm;
import dev.pryo.analysis.Subject.Variant;
import dev.pryo.event.Part;
import dev.pryo.event.Totals;
import dev.pryo.experiment.Condition;
import dev.pryo.experiment.Goal;
import dev.pryo.stats.Comparison;
import dev.pryo.stats.Design;
import dev.pryo.stats.HolmLevels;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Every goal and test segment again for each value of a property that people had when they were
/// first exposed. It is for finding the next question: with so many cells something always looks
/// large, so all of them share one alpha by Holm's method, and no verdict rests on any.
///
/// @param exploratory always true
/// @param cells how many comparisons share alpha
/// @param withheld whether the split is broken, so that no cell is called significant
public record Breakdown(
    String property,
    boolean exploratory,
    String correction,
    double alpha,
    int cells,
    boolean withheld,
    List<Group> groups,
    Instant generatedAt) {

  /// More values than these cells allow are one group, `other`.
  private static final int MOST_CELLS = 200;

  private static final int MOST_VALUES = 10;
  private static final int FEWEST_VALUES = 2;

  /// As many as an experiment without a plan is made for.
  private static final double UNPLANNED = 10_000;

  /// The people of one value.
  ///
  /// @param kind `value`; `other`: every value that is not told apart; `none`: the first exposure
  ///   did not say
  @Schema(name = "BreakdownGroup")
  public record Group(
      Part.Kind kind, @Nullable String value, List<People> people, List<Cell> comparisons) {}

  @Schema(name = "BreakdownPeople")
  public record People(String segment, long users) {}

  /// One goal in one test segment, among the people of one value.
  ///
  /// @param interval of the lift, always-valid, at `level`; `differenceInterval` the same of test −
  ///   control, in the goal's own unit
  /// @param pValue always-valid, before the correction
  /// @param level at which Holm tests it among all cells
  /// @param note a sentence in place of the numbers that are null
  @Schema(name = "BreakdownCell")
  public record Cell(
      String goal,
      String goalName,
      Goal.Kind kind,
      Goal.@Nullable Denominator denominator,
      List<Condition> filter,
      String unit,
      String segment,
      String segmentName,
      Arm control,
      Arm test,
      @Nullable Double lift,
      @Nullable List<Double> interval,
      @Nullable Double difference,
      @Nullable List<Double> differenceInterval,
      @Nullable Double pValue,
      double level,
      boolean significant,
      @Nullable String note) {}

  /// How many values an experiment's cells leave room for.
  static int values(int goals, int segments) {
    int each = Math.max(1, goals * (segments - 1));
    return Math.clamp(MOST_CELLS / each, FEWEST_VALUES, MOST_VALUES);
  }

  private record Compared(Look look, Pair pair) {}

  static Breakdown of(Look look, String property, List<Part> parts) {
    return of(look, property, parts, look.experiment().plan().alpha());
  }

  /// @param alpha of all its cells together
  static Breakdown of(Look look, String property, List<Part> parts, double alpha) {
    boolean broken = SplitCheck.isBroken(Checks.of(look, GoalTests.of(look)));
    List<List<Compared>> all = parts.stream().map(part -> compared(look, part)).toList();
    double[] p =
        all.stream().flatMap(List::stream).mapToDouble(each -> each.pair().running()).toArray();
    HolmLevels levels = p.length == 0 ? null : HolmLevels.of(alpha, p).toOptional().orElse(null);
    List<Group> groups = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < parts.size(); i++) {
      List<Cell> cells = new ArrayList<>();
      for (Compared each : all.get(i)) {
        cells.add(
            cell(
                each,
                levels == null ? alpha : levels.levels()[next],
                !broken && levels != null && levels.rejected()[next]));
        next++;
      }
      groups.add(group(look, parts.get(i), List.copyOf(cells)));
    }
    return new Breakdown(
        property, true, "holm", alpha, p.length, broken, List.copyOf(groups), look.now());
  }

  /// The people of a part are few, whatever was planned for all: each is tested by the mixture that
  /// is narrowest at an equal share of the plan for each value that there may be. That is known
  /// before anybody has come.
  private static Design design(Look look, int segment) {
    Long planned = look.planned();
    double pair =
        planned == null
            ? UNPLANNED
            : planned * (look.shares().getFirst() + look.shares().get(segment));
    return new Design.Growing(
        Math.max(2, Math.round(pair / values(look.goals().size(), look.segments().size()))));
  }

  private static List<Compared> compared(Look look, Part part) {
    Look apart = look.with(Totals.of(part.users(), part.goals()), look.now(), null);
    List<Compared> compared = new ArrayList<>();
    for (int goal = 0; goal < look.goals().size(); goal++) {
      for (int segment = 1; segment < look.segments().size(); segment++) {
        Design design = design(look, segment);
        Estimate estimate = Estimate.of(apart, goal, segment, design);
        double p = estimate.made().toOptional().map(made -> made.anytime().p()).orElse(1.0);
        compared.add(
            new Compared(
                apart,
                new Pair(
                    goal,
                    look.goals().get(goal),
                    segment,
                    apart.total(goal, 0),
                    apart.total(goal, segment),
                    design,
                    estimate,
                    Optional.empty(),
                    null,
                    p)));
      }
    }
    return compared;
  }

  private static Group group(Look look, Part part, List<Cell> cells) {
    List<People> people = new ArrayList<>();
    for (int segment = 0; segment < look.segments().size(); segment++) {
      people.add(new People(look.segments().get(segment).key(), part.users().get(segment)));
    }
    return new Group(part.kind(), part.value(), List.copyOf(people), cells);
  }

  private static Cell cell(Compared compared, double level, boolean rejected) {
    Pair pair = compared.pair();
    Goal goal = pair.goal();
    Variant segment = compared.look().segments().get(pair.segmentIndex());
    Comparison made = GoalReading.made(pair, level);
    return new Cell(
        goal.event(),
        goal.name(),
        goal.kind(),
        goal.denominator(),
        goal.filter(),
        Say.unit(goal.kind(), goal.denominator()),
        segment.key(),
        segment.name(),
        new Arm(pair.control().mature(), GoalReading.value(goal, pair.control()), null),
        new Arm(pair.test().mature(), GoalReading.value(goal, pair.test()), null),
        made == null ? null : GoalReading.lift(made.uplift()),
        made == null ? null : GoalReading.bounds(made.anytime().relative()),
        made == null ? null : Say.finite(made.diff()),
        made == null ? null : GoalReading.bounds(made.anytime().absolute()),
        made == null ? null : made.anytime().p(),
        level,
        rejected,
        Missing.note(compared.look(), pair, made));
  }
}
