package dev.pryo.analysis;

import dev.pryo.analysis.Analysis.Check;
import dev.pryo.analysis.Analysis.Check.Status;
import dev.pryo.analysis.Analysis.Fact;
import dev.pryo.event.Totals.Day;
import dev.pryo.event.Totals.GoalTotal;
import dev.pryo.event.Totals.Largest;
import dev.pryo.experiment.Goal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/// Whether an effect is carried by the first days or by single people.
final class EffectChecks {
  private static final int FIRST_DAYS = 3;
  private static final int LATER_DAYS = 4;

  /// Fewer conversions say nothing of a part of the days.
  private static final long ENOUGH = 20;

  /// The two-sided 1 % point of the normal distribution; a look at each goal, not always valid.
  private static final double CLEAR = 2.576;

  private static final long ENOUGH_PEOPLE = 20;
  private static final double LARGE = 0.05;

  private final Look look;
  private final List<Fact> facts = new ArrayList<>();

  private EffectChecks(Look look) {
    this.look = look;
  }

  static List<Check> of(Look look) {
    EffectChecks checks = new EffectChecks(look);
    return List.of(checks.novelty(), checks.outliers());
  }

  /// The numbers that these checks say.
  static List<Fact> facts(Look look) {
    EffectChecks checks = new EffectChecks(look);
    checks.novelty();
    checks.outliers();
    return List.copyOf(checks.facts);
  }

  private void fact(int goal, int segment, String what, double value, String text, String how) {
    String measure = Facts.measure(look.goals().get(goal));
    String key = look.segments().get(segment).key();
    facts.add(
        new Fact(
            "%s.%s.%s".formatted(what, measure, key),
            value,
            "fraction",
            text,
            how,
            key,
            measure,
            null));
  }

  /// Who came in the first days against who came later: the ratio of both ratios, on the scale of
  /// logarithms, where a change of the whole site cancels out.
  private Check novelty() {
    String id = "novelty";
    List<LocalDate> days =
        new TreeSet<>(look.totals().days().stream().map(Day::day).toList()).stream().toList();
    if (days.size() < FIRST_DAYS + LATER_DAYS) {
      return new Check(id, Status.PASS, "Too few days to hold the first against the later ones.");
    }
    LocalDate later = days.get(FIRST_DAYS);
    List<String> found = new ArrayList<>();
    for (int goal = 0; goal < look.goals().size(); goal++) {
      if (look.goals().get(goal).kind() == Goal.Kind.CONVERSION) {
        for (int segment = 1; segment < look.segments().size(); segment++) {
          novelty(goal, segment, later).ifPresent(found::add);
        }
      }
    }
    return found.isEmpty()
        ? new Check(id, Status.PASS, "The first days show what the later ones show.")
        : new Check(
            id,
            Status.WARN,
            "%s. People react to what is new, and learn what is better: let it run until the later days alone are enough."
                .formatted(String.join("; ", found)));
  }

  private Optional<String> novelty(int goal, int segment, LocalDate later) {
    long[] first = cells(goal, segment, later, true);
    long[] rest = cells(goal, segment, later, false);
    if (first[1] < ENOUGH || first[3] < ENOUGH || rest[1] < ENOUGH || rest[3] < ENOUGH) {
      return Optional.empty();
    }
    double z =
        (Math.log(ratio(first)) - Math.log(ratio(rest)))
            / Math.sqrt(variance(first) + variance(rest));
    if (Math.abs(z) < CLEAR) {
      return Optional.empty();
    }
    double early = ratio(first) - 1;
    double late = ratio(rest) - 1;
    String how = "The rate in the segment ÷ that in the control − 1, of who came in the ";
    String limits = Limits.ofEvents(look.goals().get(goal));
    fact(goal, segment, "novelty.first", early, Say.signed(early), how + "first days" + limits);
    fact(goal, segment, "novelty.later", late, Say.signed(late), how + "days after them" + limits);
    facts.add(
        new Fact(
            "novelty.days",
            FIRST_DAYS,
            "days",
            Say.count(FIRST_DAYS),
            "How many days with people are the first ones",
            null,
            null,
            null));
    return Optional.of(
        "Who came in the first %d days changed %s by %s in %s, who came later by %s"
            .formatted(
                FIRST_DAYS,
                Say.quoted(look.goals().get(goal).name()),
                Say.signed(early),
                look.segments().get(segment).name(),
                Say.signed(late)));
  }

  /// People and conversions of the control, then of the segment.
  private long[] cells(int goal, int segment, LocalDate later, boolean first) {
    long[] cells = new long[4];
    for (Day day : look.totals().days()) {
      int place = day.segment() == 0 ? 0 : day.segment() == segment ? 2 : -1;
      if (place >= 0 && day.day().isBefore(later) == first) {
        cells[place] += day.exposed();
        cells[place + 1] += day.converted().get(goal);
      }
    }
    return cells;
  }

  private static double ratio(long[] cells) {
    return (double) cells[3] / cells[2] / ((double) cells[1] / cells[0]);
  }

  /// Of the ratio's logarithm, by the delta method.
  private static double variance(long[] cells) {
    return 1.0 / cells[1] - 1.0 / cells[0] + 1.0 / cells[3] - 1.0 / cells[2];
  }

  /// A result that turns around, or halves, without the one largest person of each segment.
  private Check outliers() {
    List<String> found = new ArrayList<>();
    for (int goal = 0; goal < look.goals().size(); goal++) {
      for (int segment = 1; segment < look.segments().size(); segment++) {
        outlier(goal, segment).ifPresent(found::add);
      }
    }
    return found.isEmpty()
        ? new Check("outliers", Status.PASS, "No single person carries a mean.")
        : new Check(
            "outliers",
            Status.WARN,
            "%s. See who that is, a reseller, a test or a wrong unit, before you rely on the change; with a cap on the goal no single person can carry it."
                .formatted(String.join("; ", found)));
  }

  private Optional<String> outlier(int goal, int segment) {
    Goal of = look.goals().get(goal);
    GoalTotal control = look.total(goal, 0);
    GoalTotal test = look.total(goal, segment);
    OptionalDouble change = change(control.sum(), control.mature(), test.sum(), test.mature());
    double controls = largest(goal, 0);
    double tests = largest(goal, segment);
    OptionalDouble without =
        change(
            control.sum() - controls, control.mature() - 1, test.sum() - tests, test.mature() - 1);
    boolean carried = share(tests, test) >= share(controls, control);
    double share = Math.max(share(tests, test), share(controls, control));
    if (of.kind() == Goal.Kind.CONVERSION
        || of.kind() == Goal.Kind.RATIO
        || Math.min(control.mature(), test.mature()) < ENOUGH_PEOPLE
        || change.isEmpty()
        || without.isEmpty()
        || !(share >= LARGE)
        || !moves(change.getAsDouble(), without.getAsDouble())) {
      return Optional.empty();
    }
    double moved = without.getAsDouble();
    double seen = change.getAsDouble();
    String limits = Limits.ofValues(of);
    fact(
        goal,
        carried ? segment : 0,
        "outliers.share",
        share,
        Say.percent(share),
        "The largest person's value ÷ the sum of all of the segment" + limits);
    fact(
        goal,
        segment,
        "outliers.without",
        moved,
        Say.signed(moved),
        "(test − control) ÷ |control| without the largest person of each" + limits);
    fact(
        goal,
        segment,
        "outliers.change",
        seen,
        Say.signed(seen),
        "(test − control) ÷ |control| of plain means" + limits);
    return Optional.of(
        "One person makes up %s of %s in %s. Without the largest person of each segment the change of %s is %s instead of %s"
            .formatted(
                Say.percent(share),
                Say.quoted(of.name()),
                look.segments().get(carried ? segment : 0).name(),
                look.segments().get(segment).name(),
                Say.signed(moved),
                Say.signed(seen)));
  }

  private double largest(int goal, int segment) {
    return look.totals().largest().stream()
        .filter(of -> of.goal() == goal && of.segment() == segment)
        .mapToDouble(Largest::value)
        .findFirst()
        .orElse(0);
  }

  private static double share(double largest, GoalTotal total) {
    return total.sum() == 0 ? 0 : Math.abs(largest / total.sum());
  }

  /// The relative change of the means; empty where there is none, or no number.
  private static OptionalDouble change(double control, long controls, double test, long tests) {
    double before = control / controls;
    double change = (test / tests - before) / Math.abs(before);
    return Double.isFinite(change) ? OptionalDouble.of(change) : OptionalDouble.empty();
  }

  private static boolean moves(double change, double without) {
    return change * without < 0 || Math.abs(without) < Math.abs(change) / 2;
  }
}
