package dev.pryo.analysis;

import dev.pryo.analysis.Plot.Data;
import dev.pryo.analysis.Plot.Dataset;
import dev.pryo.analysis.Plot.Type;
import dev.pryo.analysis.Subject.Variant;
import dev.pryo.event.Totals.Day;
import dev.pryo.experiment.Condition;
import dev.pryo.experiment.Goal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// The plots over days (UTC). The axis runs without holes from the first exposure to the last, and
/// of a running experiment to today. A day without people is zero in counts and a gap in rates.
final class DailyPlots {
  private final Look look;
  private final Axis axis;

  DailyPlots(Look look) {
    this.look = look;
    this.axis = axis(look, look.totals().days().stream().map(Day::day).sorted().toList());
  }

  /// @param days those of which there is something to tell, in their order
  static Axis axis(Look look, List<LocalDate> days) {
    if (days.isEmpty()) {
      return Axis.EMPTY;
    }
    LocalDate last = days.getLast();
    LocalDate today = look.now().atZone(ZoneOffset.UTC).toLocalDate();
    return Axis.of(days.getFirst(), look.running() && today.isAfter(last) ? today : last);
  }

  List<Plot> all() {
    List<Plot> plots = new ArrayList<>();
    plots.add(exposures());
    for (int goal = 0; goal < look.goals().size(); goal++) {
      if (look.goals().get(goal).kind() == Goal.Kind.CONVERSION) {
        plots.add(cumulative(goal));
      }
    }
    return plots;
  }

  /// Who came, and how they would have been split as planned.
  private Plot exposures() {
    List<Dataset> datasets = new ArrayList<>();
    long[] all = new long[axis.points()];
    for (int segment = 0; segment < look.segments().size(); segment++) {
      long[] exposed = exposed(segment);
      Arrays.setAll(all, point -> all[point] + exposed[point]);
      List<@Nullable Object> values = new ArrayList<>();
      LongStream.of(exposed).forEach(values::add);
      datasets.add(dataset(segment, values));
    }
    for (int segment = 0; segment < look.segments().size(); segment++) {
      double share = look.shares().get(segment);
      Variant of = look.segments().get(segment);
      List<@Nullable Object> planned = new ArrayList<>();
      LongStream.of(all).forEach(people -> planned.add(Math.rint(people * share * 10) / 10));
      datasets.add(Dataset.line(of.name() + ", as planned", of.key(), planned));
    }
    return Plot.of(
        "exposures",
        Plots.title(
            look, axis.step() == 1 ? "People a day" : "People in %d days".formatted(axis.step())),
        Type.BAR,
        new Data(axis.labels(), datasets),
        Map.of("scales", Map.of("y", Plots.zeroBased("people; lines: the planned split"))));
  }

  /// By day of exposure: of everybody who had come by then, how many have converted by now.
  private Plot cumulative(int goal) {
    Goal of = look.goals().get(goal);
    List<Dataset> datasets = new ArrayList<>();
    for (int segment = 0; segment < look.segments().size(); segment++) {
      datasets.add(dataset(segment, rates(goal, segment)));
    }
    return Plot.of(
        of.filter().isEmpty()
            ? "cumulative." + of.event()
            : "cumulative.%s.%s".formatted(of.event(), Condition.key(of.filter())),
        Plots.title(look, of.name() + ", cumulative"),
        Type.LINE,
        new Data(axis.labels(), datasets),
        Map.of("scales", Map.of("y", Plots.axis("% of people exposed so far"))));
  }

  private List<@Nullable Object> rates(int goal, int segment) {
    long[] exposed = exposed(segment);
    long[] converted = new long[axis.points()];
    for (Day day : look.totals().days()) {
      if (day.segment() == segment && goal < day.converted().size()) {
        converted[axis.place(day.day())] += day.converted().get(goal);
      }
    }
    List<@Nullable Object> rates = new ArrayList<>();
    long people = 0;
    long done = 0;
    for (int point = 0; point < axis.points(); point++) {
      people += exposed[point];
      done += converted[point];
      rates.add(exposed[point] == 0 ? null : Plots.percent((double) done / people));
    }
    return rates;
  }

  private long[] exposed(int segment) {
    long[] exposed = new long[axis.points()];
    for (Day day : look.totals().days()) {
      if (day.segment() == segment) {
        exposed[axis.place(day.day())] += day.exposed();
      }
    }
    return exposed;
  }

  private Dataset dataset(int segment, List<@Nullable Object> values) {
    Variant of = look.segments().get(segment);
    return Dataset.of(of.name(), of.key(), values);
  }
}
