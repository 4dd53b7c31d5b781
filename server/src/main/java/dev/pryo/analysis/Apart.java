package dev.pryo.analysis;

import dev.pryo.analysis.Analysis.Fact;
import dev.pryo.analysis.Breakdown.Cell;
import dev.pryo.analysis.Breakdown.Group;
import dev.pryo.event.Part;
import dev.pryo.experiment.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// How a primary goal changed among the people who share a value of a property, as a fact that may
/// give an idea and that no verdict rests on.
///
/// A value that few people have could tell who somebody is, and one that is no plain word could be
/// an address; neither is told.
///
/// @param property of the people's first exposure
/// @param fact its id begins with `breakdown.`
/// @param holds whether the interval leaves out zero once all values share alpha
public record Apart(String property, String value, Fact fact, boolean holds) {
  private static final int FEWEST = 100;
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} _+-]{0,39}");

  /// Whether a property or a value may be told at all.
  static boolean isPlain(String text) {
    return PLAIN.matcher(text).matches();
  }

  static List<Apart> of(Breakdown breakdown, List<Goal> goals) {
    if (breakdown.withheld() || !isPlain(breakdown.property())) {
      return List.of();
    }
    List<Apart> apart = new ArrayList<>();
    for (Group group : breakdown.groups()) {
      String value = group.value();
      if (group.kind() == Part.Kind.VALUE && value != null && isPlain(value)) {
        group.comparisons().stream()
            .filter(cell -> cell.control().n() >= FEWEST && cell.test().n() >= FEWEST)
            .filter(cell -> isPrimary(cell, goals))
            .forEach(cell -> add(apart, breakdown, value, cell));
      }
    }
    return List.copyOf(apart);
  }

  private static boolean isPrimary(Cell cell, List<Goal> goals) {
    return goals.stream()
        .filter(goal -> goal.role() == Goal.Role.PRIMARY)
        .anyMatch(goal -> Facts.measure(goal).equals(measure(cell)));
  }

  private static void add(List<Apart> apart, Breakdown breakdown, String value, Cell cell) {
    Double lift = cell.lift();
    List<Double> interval = cell.interval();
    if (lift == null || interval == null) {
      return;
    }
    String property = breakdown.property();
    Fact fact =
        new Fact(
            "breakdown.%s.%s.lift.%s.%s".formatted(property, value, measure(cell), cell.segment()),
            lift,
            "fraction",
            Say.signed(lift),
            "Exploratory: (test − control) ÷ |control| among people whose first exposure says %s %s; the interval is always-valid, at the level that %s's correction of %d cells gives; no verdict rests on it"
                .formatted(property, value, breakdown.correction(), breakdown.cells()),
            cell.segment(),
            measure(cell),
            interval);
    apart.add(new Apart(property, value, fact, cell.significant()));
  }

  private static String measure(Cell cell) {
    return Facts.measure(cell.goal(), cell.kind(), cell.denominator(), cell.filter());
  }

  /// The difference in a sentence that says how little it means.
  public String sentence(String segmentName, String goalName) {
    boolean more = fact.value() > 0;
    List<Double> interval = fact.interval();
    return "Exploratory, and no verdict rests on it: among people with %s %s, %s has %s %s %s so far%s."
        .formatted(
            property,
            Say.quoted(value),
            segmentName,
            Say.percent(fact.value()),
            more ? "more" : "less",
            Say.quoted(goalName),
            interval == null ? "" : ", %s".formatted(Say.range(interval)));
  }
}
