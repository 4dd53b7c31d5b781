package dev.pryo.analysis;

import dev.pryo.analysis.Plot.Data;
import dev.pryo.analysis.Plot.Dataset;
import dev.pryo.analysis.Plot.Type;
import dev.pryo.analysis.Statistics.Comparison;
import dev.pryo.analysis.Subject.Variant;
import dev.pryo.event.Totals.GoalTotal;
import dev.pryo.experiment.Goal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The pictures, as Chart.js configurations. Rates and lifts are in percent. All series of a plot
/// are equally long; a gap is null.
final class Plots {
  private final Look look;
  private final Statistics statistics;

  private Plots(Look look, Statistics statistics) {
    this.look = look;
    this.statistics = statistics;
  }

  static List<Plot> of(Look look, Statistics statistics) {
    Plots plots = new Plots(look, statistics);
    List<Plot> all = new ArrayList<>();
    all.add(plots.lifts());
    plots.rates().ifPresent(all::add);
    all.addAll(plots.means());
    all.add(plots.funnel());
    plots.progress().ifPresent(all::add);
    all.addAll(new DailyPlots(look).all());
    return List.copyOf(all);
  }

  /// A forest plot: a row for each goal × segment, a floating bar for its always-valid interval and
  /// a point for the lift.
  private Plot lifts() {
    List<Comparison> rows = statistics.comparisons();
    List<String> labels =
        rows.stream().map(row -> row.goalName() + " · " + row.segmentName()).toList();
    List<Dataset> datasets = new ArrayList<>();
    for (Variant segment : look.tests()) {
      datasets.add(
          new Dataset(
              segment.name(),
              segment.key(),
              column(rows, segment, Plots::bar),
              null,
              false,
              null,
              null,
              null));
      datasets.add(
          new Dataset(
              segment.name(),
              segment.key(),
              column(rows, segment, Plots::point),
              Type.LINE,
              null,
              false,
              null,
              null));
    }
    return Plot.of(
        "lift",
        title(look, "Change against " + look.control().name()),
        Type.BAR,
        new Data(labels, datasets),
        Map.of(
            "indexAxis",
            "y",
            "scales",
            Map.of("x", axis("%, with intervals that stay valid at every look"))));
  }

  private static List<@Nullable Object> column(
      List<Comparison> rows,
      Variant segment,
      BiFunction<Comparison, Variant, @Nullable Object> cell) {
    List<@Nullable Object> cells = new ArrayList<>();
    for (Comparison row : rows) {
      cells.add(row.segment().equals(segment.key()) ? cell.apply(row, segment) : null);
    }
    return cells;
  }

  private static @Nullable Object bar(Comparison row, Variant segment) {
    List<Double> interval = row.alwaysValid().interval();
    return interval == null
        ? null
        : List.of(percent(interval.getFirst()), percent(interval.getLast()));
  }

  private static @Nullable Object point(Comparison row, Variant segment) {
    Double lift = row.relativeLift();
    return lift == null ? null : percent(lift);
  }

  private Optional<Plot> rates() {
    List<Integer> conversions =
        IntStream.range(0, look.goals().size())
            .filter(goal -> look.goals().get(goal).kind() == Goal.Kind.CONVERSION)
            .boxed()
            .toList();
    return conversions.isEmpty()
        ? Optional.empty()
        : Optional.of(bars("rate", "Conversion rate by segment", "% of people", conversions, true));
  }

  private List<Plot> means() {
    return IntStream.range(0, look.goals().size())
        .filter(goal -> look.goals().get(goal).kind() != Goal.Kind.CONVERSION)
        .mapToObj(goal -> {
          Goal of = look.goals().get(goal);
          return bars(
              Facts.measure("mean", of),
              of.name() + " by segment",
              Say.unit(of.kind(), of.denominator()),
              List.of(goal),
              false);
        })
        .toList();
  }

  private Plot bars(String id, String title, String unit, List<Integer> goals, boolean asPercent) {
    List<Dataset> datasets = new ArrayList<>();
    for (int segment = 0; segment < look.segments().size(); segment++) {
      List<@Nullable Object> values = new ArrayList<>();
      for (int goal : goals) {
        values.add(mean(goal, segment, asPercent));
      }
      Variant of = look.segments().get(segment);
      datasets.add(Dataset.of(of.name(), of.key(), values));
    }
    return Plot.of(
        id,
        title(look, title),
        Type.BAR,
        new Data(goals.stream().map(goal -> look.goals().get(goal).name()).toList(), datasets),
        Map.of("scales", Map.of("y", zeroBased(unit))));
  }

  private @Nullable Double mean(int goal, int segment, boolean asPercent) {
    GoalTotal total = look.total(goal, segment);
    if (total.mature() == 0) {
      return null;
    }
    if (asPercent) {
      return percent((double) total.converted() / total.mature());
    }
    return GoalReading.value(look.goals().get(goal), total);
  }

  /// How many people came, and how many of them reached each goal, in the order of the goals.
  private Plot funnel() {
    List<Dataset> datasets = new ArrayList<>();
    for (int segment = 0; segment < look.segments().size(); segment++) {
      List<@Nullable Object> people = new ArrayList<>();
      people.add(look.users(segment));
      for (int goal = 0; goal < look.goals().size(); goal++) {
        people.add(look.total(goal, segment).converted());
      }
      Variant of = look.segments().get(segment);
      datasets.add(Dataset.of(of.name(), of.key(), people));
    }
    return Plot.of(
        "funnel",
        title(look, "How many people get how far"),
        Type.BAR,
        new Data(
            Stream.concat(Stream.of("Saw it"), look.goals().stream().map(Goal::name)).toList(),
            datasets),
        Map.of("scales", Map.of("y", zeroBased("people"))));
  }

  /// People of all segments on the way to the planned number.
  private Optional<Plot> progress() {
    Long planned = look.planned();
    if (planned == null) {
      return Optional.empty();
    }
    List<Dataset> datasets = new ArrayList<>();
    for (int segment = 0; segment < look.segments().size(); segment++) {
      Variant of = look.segments().get(segment);
      long part = Math.round(planned * look.shares().get(segment));
      datasets.add(Dataset.of(of.name(), of.key(), List.of(look.users(segment), part)));
    }
    Map<String, Object> x = new HashMap<>(zeroBased("people"));
    x.put("stacked", true);
    return Optional.of(
        Plot.of(
            "progress",
            title(look, "People so far, and as planned"),
            Type.BAR,
            new Data(List.of("So far", "Planned"), datasets),
            Map.of("indexAxis", "y", "scales", Map.of("x", x, "y", Map.of("stacked", true)))));
  }

  /// A fraction in percent, without digits that nobody can see.
  static double percent(double fraction) {
    return Math.abs(fraction) > 1e9 ? fraction * 100 : Math.round(fraction * 1e6) / 1e4;
  }

  static String title(Look look, String title) {
    return look.simulated() ? "Simulated: " + title : title;
  }

  static Map<String, Object> axis(String unit) {
    return Map.of("title", Map.of("display", true, "text", unit));
  }

  static Map<String, Object> zeroBased(String unit) {
    return Map.of("beginAtZero", true, "title", Map.of("display", true, "text", unit));
  }
}
