package dev.pryo.analysis;

import dev.pryo.analysis.Plot.Data;
import dev.pryo.analysis.Plot.Dataset;
import dev.pryo.analysis.Plot.Type;
import dev.pryo.analysis.Series.Distribution;
import dev.pryo.analysis.Series.GoalSeries;
import dev.pryo.analysis.Series.Lifts;
import dev.pryo.analysis.Series.Values;
import dev.pryo.experiment.Goal;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The pictures of a series: each goal's lift and value as they were seen day by day, and how
/// values are spread.
final class SeriesPlots {
  private final Look look;
  private final Axis axis;

  private SeriesPlots(Look look, Axis axis) {
    this.look = look;
    this.axis = axis;
  }

  static List<Plot> of(
      Look look, Axis axis, List<GoalSeries> goals, List<Distribution> distributions) {
    SeriesPlots plots = new SeriesPlots(look, axis);
    List<Plot> all = new ArrayList<>();
    goals.forEach(goal -> {
      all.add(plots.lifts(goal));
      all.add(plots.values(goal));
    });
    distributions.forEach(distribution -> all.add(plots.distribution(distribution)));
    return List.copyOf(all);
  }

  /// For each test segment the two ends of its interval, the space between them coloured, and the
  /// lift.
  private Plot lifts(GoalSeries goal) {
    List<Dataset> datasets = new ArrayList<>();
    for (Lifts lifts : goal.lifts()) {
      String name = name(lifts.segment());
      datasets.add(Dataset.of(name + ", at least", lifts.segment(), percent(lifts.lower())));
      datasets.add(
          new Dataset(
              name + ", at most",
              lifts.segment(),
              percent(lifts.upper()),
              null,
              null,
              null,
              false,
              "-1"));
      datasets.add(Dataset.of(name, lifts.segment(), percent(lifts.lift())));
    }
    return plot(
        id("lift_over_time", goal),
        goal.name() + ", change against " + look.control().name() + " day by day",
        datasets,
        bounded(goal, Plots.axis("%, with intervals that stay valid at every look")));
  }

  /// The first intervals are many times as wide as the later ones. So the axis is made for the
  /// newest ones and the lifts that have any, and what is wider runs out of the picture.
  private static Map<String, Object> bounded(GoalSeries goal, Map<String, Object> axis) {
    DoubleSummaryStatistics shown = new DoubleSummaryStatistics();
    DoubleSummaryStatistics all = new DoubleSummaryStatistics();
    for (Lifts lifts : goal.lifts()) {
      int newest = -1;
      for (int point = 0; point < lifts.lower().size(); point++) {
        Double lower = lifts.lower().get(point);
        Double upper = lifts.upper().get(point);
        Double lift = lifts.lift().get(point);
        if (lower != null && upper != null) {
          newest = point;
          all.accept(lower);
          all.accept(upper);
          shown.accept(lift == null ? 0 : lift);
        }
      }
      if (newest >= 0) {
        shown.accept(Objects.requireNonNull(lifts.lower().get(newest)));
        shown.accept(Objects.requireNonNull(lifts.upper().get(newest)));
      }
    }
    double room = (shown.getMax() - shown.getMin()) / 2;
    if (shown.getCount() == 0
        || room == 0
        || all.getMin() >= shown.getMin() - room && all.getMax() <= shown.getMax() + room) {
      return axis;
    }
    double step = Math.pow(10, Math.floor(Math.log10(room * 100)));
    Map<String, Object> bounded = new HashMap<>(axis);
    bounded.put("min", Math.floor((shown.getMin() - room) * 100 / step) * step);
    bounded.put("max", Math.ceil((shown.getMax() + room) * 100 / step) * step);
    return bounded;
  }

  private Plot values(GoalSeries goal) {
    boolean rate = goal.kind() == Goal.Kind.CONVERSION;
    List<Dataset> datasets = new ArrayList<>();
    for (Values values : goal.values()) {
      List<@Nullable Object> data = new ArrayList<>();
      if (rate) {
        data.addAll(percent(values.value()));
      } else {
        data.addAll(values.value());
      }
      datasets.add(Dataset.of(name(values.segment()), values.segment(), data));
    }
    return plot(
        id("value_over_time", goal),
        goal.name() + ", as it was seen day by day",
        datasets,
        Plots.axis(rate ? "% of people" : goal.unit()));
  }

  /// Without the people who have none, who would dwarf all others, and without an outer bin that
  /// nobody is in.
  private Plot distribution(Distribution distribution) {
    int from = isEmpty(distribution, 1) ? 2 : 1;
    int last = distribution.bins().size() - 1;
    int until = isEmpty(distribution, last) ? last : last + 1;
    List<Dataset> datasets = new ArrayList<>();
    for (Series.People people : distribution.segments()) {
      datasets.add(
          Dataset.of(
              name(people.segment()),
              people.segment(),
              new ArrayList<>(people.counts().subList(from, until))));
    }
    return Plot.of(
        Facts.measure(
            "distribution", distribution.goal(), distribution.kind(), null, distribution.filter()),
        Plots.title(look, distribution.name() + ", by value of a person"),
        Type.BAR,
        new Data(distribution.bins().subList(from, until), datasets),
        Map.of("scales", Map.of("y", Plots.zeroBased("people who have any"))));
  }

  private static boolean isEmpty(Distribution distribution, int bin) {
    return distribution.segments().stream().allMatch(people -> people.counts().get(bin) == 0);
  }

  private Plot plot(String id, String title, List<Dataset> datasets, Map<String, Object> y) {
    return Plot.of(
        id,
        Plots.title(look, title),
        Type.LINE,
        new Data(axis.labels(), datasets),
        Map.of("scales", Map.of("y", y)));
  }

  private static String id(String what, GoalSeries goal) {
    return Facts.measure(what, goal.goal(), goal.kind(), goal.denominator(), goal.filter());
  }

  private String name(String segment) {
    return look.segments().stream()
        .filter(each -> each.key().equals(segment))
        .findFirst()
        .orElseThrow()
        .name();
  }

  private static List<@Nullable Object> percent(List<@Nullable Double> fractions) {
    List<@Nullable Object> all = new ArrayList<>();
    for (Double fraction : fractions) {
      all.add(fraction == null ? null : Double.valueOf(Plots.percent(fraction)));
    }
    return all;
  }
}
