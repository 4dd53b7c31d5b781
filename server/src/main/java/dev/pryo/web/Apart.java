package dev.pryo.web;

import dev.pryo.analysis.Breakdown;
import dev.pryo.analysis.Breakdown.Cell;
import dev.pryo.analysis.Breakdown.Group;
import dev.pryo.analysis.Statistics.Arm;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Goal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A breakdown as a page shows it: a table for each value of the property.
///
/// @param cells how many comparisons share the level
/// @param withheld whether the split is broken
public record Apart(
    String property, int cells, String level, boolean withheld, List<Table> tables) {

  /// @param title the value, or what its people have in common
  public record Table(String title, String people, List<Row> rows) {}

  public record Row(
      int index,
      String goal,
      String segment,
      String control,
      String test,
      String change,
      String range,
      String call,
      String tone,
      @Nullable String note) {}

  static Apart of(Breakdown breakdown, Experiment experiment) {
    return new Apart(
        breakdown.property(),
        breakdown.cells(),
        Texts.size(breakdown.alpha()),
        breakdown.withheld(),
        breakdown.groups().stream().map(group -> table(group, experiment)).toList());
  }

  private static Table table(Group group, Experiment experiment) {
    String title =
        switch (group.kind()) {
          case VALUE ->
              group.value() == null || group.value().isBlank() ? "(blank)" : group.value();
          case OTHER -> "All other values";
          case NONE -> "Did not say";
        };
    long people = group.people().stream().mapToLong(Breakdown.People::users).sum();
    return new Table(
        title,
        Texts.people(people),
        group.comparisons().stream().map(cell -> row(cell, experiment)).toList());
  }

  private static Row row(Cell cell, Experiment experiment) {
    Double lift = cell.lift();
    Double difference = cell.difference(); // there also where nothing can be divided by
    boolean up =
        difference != null && difference > 0 == (goal(cell, experiment) == Goal.Direction.INCREASE);
    return new Row(
        Forest.index(experiment, cell.segment()),
        cell.goalName(),
        cell.segmentName(),
        arm(cell, cell.control()),
        arm(cell, cell.test()),
        lift == null ? "–" : Texts.gain(lift),
        range(cell),
        !cell.significant() ? "Not settled" : up ? "✓ Better" : "✕ Worse",
        !cell.significant() ? "" : up ? "good" : "bad",
        cell.note());
  }

  /// Where the change in percent has no bounds, those of the difference.
  private static String range(Cell cell) {
    List<Double> interval = cell.interval();
    List<Double> difference = cell.differenceInterval();
    if (interval != null) {
      return "%s to %s".formatted(Texts.gain(interval.getFirst()), Texts.gain(interval.getLast()));
    }
    if (difference == null) {
      return "–";
    }
    boolean rate = cell.kind() == Goal.Kind.CONVERSION;
    return "%s to %s%s"
        .formatted(
            signed(difference.getFirst() * (rate ? 100 : 1)),
            signed(difference.getLast() * (rate ? 100 : 1)),
            rate ? " points" : "");
  }

  private static String signed(double value) {
    String digits =
        String.format(Locale.UK, Math.abs(value) >= 100 ? "%,.0f" : "%.3g", Math.abs(value));
    return (value < 0 ? "−" : "+") + digits;
  }

  private static Goal.Direction goal(Cell cell, Experiment experiment) {
    return experiment.goals().stream()
        .filter(goal ->
            goal.event().equals(cell.goal())
                && goal.kind() == cell.kind()
                && Objects.equals(goal.denominator(), cell.denominator())
                && goal.filter().equals(cell.filter()))
        .findFirst()
        .map(Goal::direction)
        .orElse(Goal.Direction.INCREASE);
  }

  private static String arm(Cell cell, Arm arm) {
    Double mean = arm.mean();
    String value =
        mean == null
            ? "–"
            : cell.kind() == Goal.Kind.CONVERSION
                ? Texts.rate(mean)
                : String.format(Locale.UK, Math.abs(mean) >= 100 ? "%,.0f" : "%.3g", mean);
    return "%s of %s".formatted(value, Texts.number(arm.n()));
  }
}
