package dev.pryo.web;

import dev.pryo.analysis.Analysis;
import dev.pryo.analysis.Facts;
import dev.pryo.analysis.Statistics.Call;
import dev.pryo.analysis.Statistics.Comparison;
import dev.pryo.analysis.Statistics.Estimator;
import dev.pryo.experiment.Condition;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Goal;
import dev.pryo.experiment.Segment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/// Every goal × segment with its interval on one scale.
///
/// @param ticks marks of the scale, each with its place in percent of the width
public record Forest(List<Group> groups, List<Tick> ticks, String zero) {
  private static final double NARROWEST = 0.05;
  private static final double LOWEST = -0.6;
  private static final double HIGHEST = 1;
  private static final double[] STEPS = {0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1};

  /// @param place such as `33.3%`
  public record Tick(String place, String label, String anchor) {}

  /// @param about the goal's role, wish and filter
  /// @param margin how much a guardrail may lose
  /// @param control the control's value
  /// @param adjusted whether the change is adjusted for history
  public record Group(
      String goal,
      String about,
      @Nullable Cited margin,
      @Nullable Cited control,
      boolean adjusted,
      List<Row> rows) {}

  /// One interval. Places are in percent of the width; null where there is nothing to draw.
  ///
  /// @param low true where the interval goes on to the left of the scale
  /// @param point null also where the lift lies outside of the scale
  public record Row(
      int index,
      String segment,
      @Nullable String from,
      @Nullable String to,
      boolean low,
      boolean high,
      @Nullable String point,
      @Nullable String limit,
      Cited lift,
      Cited range,
      String call,
      String tone,
      @Nullable String note) {
    public String spoken() {
      return from == null
          ? segment + ": nothing to compare yet"
          : "%s: %s, from %s".formatted(segment, lift.text(), range.text());
    }
  }

  static Forest of(Analysis analysis, Experiment experiment) {
    List<Comparison> comparisons = analysis.statistics().comparisons();
    Scale scale = Scale.around(comparisons);
    Map<String, List<Comparison>> goals = new LinkedHashMap<>();
    for (Comparison each : comparisons) {
      goals.computeIfAbsent(Facts.measure(each), key -> new ArrayList<>()).add(each);
    }
    List<Group> groups =
        goals.values().stream().map(same -> group(same, analysis, experiment, scale)).toList();
    return new Forest(groups, scale.ticks(), scale.place(0));
  }

  private static Group group(
      List<Comparison> same, Analysis analysis, Experiment experiment, Scale scale) {
    Comparison goal = same.getFirst();
    Double mean = goal.control().mean();
    Double margin = goal.margin();
    String control = experiment.control().key();
    return new Group(
        goal.goalName(),
        "%s, should go %s%s"
            .formatted(
                Texts.words(goal.role()),
                goal.direction() == Goal.Direction.INCREASE ? "up" : "down",
                goal.filter().isEmpty() ? "" : ", only where " + Condition.words(goal.filter())),
        margin == null ? null : Cited.of(analysis, Texts.size(margin), Facts.margin(goal)),
        mean == null ? null : Cited.of(analysis, value(goal, mean), Facts.value(goal, control)),
        goal.estimator() == Estimator.REGRESSION_ADJUSTED,
        same.stream().map(each -> row(each, analysis, experiment, scale)).toList());
  }

  private static String value(Comparison goal, double mean) {
    return goal.kind() == Goal.Kind.CONVERSION
        ? Texts.rate(mean)
        : "%s %s".formatted(plain(mean), goal.unit());
  }

  private static String plain(double mean) {
    String size =
        String.format(Locale.UK, Math.abs(mean) >= 100 ? "%,.0f" : "%.3g", Math.abs(mean));
    return mean < 0 ? "−" + size : size;
  }

  private static Row row(Comparison of, Analysis analysis, Experiment experiment, Scale scale) {
    List<Double> interval = of.alwaysValid().interval();
    Double lift = of.relativeLift();
    Double margin = of.margin();
    boolean up = of.direction() == Goal.Direction.INCREASE;
    return new Row(
        index(experiment, of.segment()),
        of.segmentName(),
        interval == null ? null : scale.place(interval.getFirst()),
        interval == null ? null : scale.place(interval.getLast()),
        interval != null && interval.getFirst() < scale.low(),
        interval != null && interval.getLast() > scale.high(),
        lift == null || interval == null || !scale.holds(lift) ? null : scale.place(lift),
        margin == null ? null : scale.place(up ? -margin : margin),
        Cited.of(analysis, lift == null ? "–" : Texts.gain(lift), Facts.lift(of)),
        Cited.of(
            analysis,
            interval == null
                ? "no interval yet"
                : "%s to %s".formatted(bare(interval.getFirst()), bare(interval.getLast())),
            Facts.lift(of)),
        call(of.call()),
        tone(of.call()),
        of.note());
  }

  /// A bound beside its lift, which says the unit.
  private static String bare(double bound) {
    return Texts.gain(bound).replace(" %", "");
  }

  static int index(Experiment experiment, String segment) {
    List<String> keys = experiment.segments().stream().map(Segment::key).toList();
    return Math.max(0, keys.indexOf(segment));
  }

  private static String call(Call call) {
    return switch (call) {
      case BETTER -> "✓ Better";
      case WORSE -> "✕ Worse";
      case UNSTABLE -> "▲ Not stable";
      case NOT_SETTLED -> "Not settled";
      case SAFE -> "✓ Safe";
      case HARMED -> "✕ Harmed";
      case NO_DATA -> "No data";
      case WITHHELD -> "Withheld";
    };
  }

  private static String tone(Call call) {
    return switch (call) {
      case BETTER, SAFE -> "good";
      case WORSE, HARMED -> "bad";
      case UNSTABLE -> "warn";
      case NOT_SETTLED, NO_DATA, WITHHELD -> "";
    };
  }

  private record Scale(double low, double high) {
    static Scale around(List<Comparison> comparisons) {
      double[] ends =
          comparisons.stream()
              .flatMapToDouble(Scale::ends)
              .map(end -> Math.clamp(end, LOWEST, HIGHEST))
              .toArray();
      double low = DoubleStream.of(ends).min().orElse(-NARROWEST);
      double high = DoubleStream.of(ends).max().orElse(NARROWEST);
      low = Math.min(low, -NARROWEST);
      high = Math.max(high, NARROWEST);
      double room = (high - low) * 0.06;
      return new Scale(low - room, high + room);
    }

    private static DoubleStream ends(Comparison of) {
      DoubleStream.Builder ends = DoubleStream.builder();
      List<Double> interval = of.alwaysValid().interval();
      if (interval != null) {
        interval.forEach(ends::add);
      }
      Double margin = of.margin();
      if (margin != null) {
        ends.add(of.direction() == Goal.Direction.INCREASE ? -margin : margin);
      }
      return ends.build();
    }

    boolean holds(double value) {
      return low <= value && value <= high;
    }

    String place(double value) {
      double share = Math.clamp((value - low) / (high - low), 0, 1);
      return String.format(Locale.ROOT, "%.2f%%", share * 100);
    }

    List<Tick> ticks() {
      double step = STEPS[STEPS.length - 1];
      for (double each : STEPS) {
        if ((high - low) / each <= 4.5) {
          step = each;
          break;
        }
      }
      List<Tick> ticks = new ArrayList<>();
      for (long i = (long) Math.ceil(low / step); i * step <= high; i++) {
        double value = i * step;
        double share = (value - low) / (high - low);
        ticks.add(
            new Tick(
                place(value),
                i == 0 ? "no change" : Texts.gain(value).replace(".0 %", " %"),
                share < 0.08 ? "start" : share > 0.92 ? "end" : "middle"));
      }
      return ticks;
    }
  }
}
