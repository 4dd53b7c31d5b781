package dev.pryo.analysis;

import dev.pryo.analysis.Plot.Data;
import dev.pryo.analysis.Plot.Dataset;
import dev.pryo.analysis.Plot.Type;
import dev.pryo.analysis.Subject.Variant;
import dev.pryo.event.Totals.Day;
import dev.pryo.experiment.Goal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// The plots over days (UTC). The axis runs without holes from the first exposure to the last, and
/// of a running experiment to today. A day without people is zero in counts and a gap in rates.
final class DailyPlots {
  /// Longer times are drawn in steps of several days.
  private static final int MOST_POINTS = 400;

  private final Look look;
  private final LocalDate first;
  private final int step;
  private final int points;

  DailyPlots(Look look) {
    this.look = look;
    List<LocalDate> days = look.totals().days().stream().map(Day::day).sorted().toList();
    if (days.isEmpty()) {
      this.first = LocalDate.EPOCH;
      this.step = 1;
      this.points = 0;
      return;
    }
    this.first = days.getFirst();
    LocalDate last = days.getLast();
    LocalDate today = look.now().atZone(ZoneOffset.UTC).toLocalDate();
    long length =
        ChronoUnit.DAYS.between(first, look.running() && today.isAfter(last) ? today : last) + 1;
    this.step = Math.toIntExact(Math.ceilDiv(length, MOST_POINTS));
    this.points = Math.toIntExact(Math.ceilDiv(length, step));
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

  private Plot exposures() {
    List<Dataset> datasets = new ArrayList<>();
    for (int segment = 0; segment < look.segments().size(); segment++) {
      List<@Nullable Object> values = new ArrayList<>();
      LongStream.of(exposed(segment)).forEach(values::add);
      datasets.add(dataset(segment, values));
    }
    return new Plot(
        "exposures",
        Plots.title(look, step == 1 ? "People a day" : "People in %d days".formatted(step)),
        Type.BAR,
        new Data(labels(), datasets),
        Map.of("scales", Map.of("y", Plots.zeroBased("people"))));
  }

  /// By day of exposure: of everybody who had come by then, how many have converted by now.
  private Plot cumulative(int goal) {
    Goal of = look.goals().get(goal);
    List<Dataset> datasets = new ArrayList<>();
    for (int segment = 0; segment < look.segments().size(); segment++) {
      datasets.add(dataset(segment, rates(goal, segment)));
    }
    return new Plot(
        "cumulative." + of.event(),
        Plots.title(look, of.name() + ", cumulative"),
        Type.LINE,
        new Data(labels(), datasets),
        Map.of("scales", Map.of("y", Plots.axis("% of people exposed so far"))));
  }

  private List<@Nullable Object> rates(int goal, int segment) {
    long[] exposed = exposed(segment);
    long[] converted = new long[points];
    for (Day day : look.totals().days()) {
      if (day.segment() == segment && goal < day.converted().size()) {
        converted[place(day)] += day.converted().get(goal);
      }
    }
    List<@Nullable Object> rates = new ArrayList<>();
    long people = 0;
    long done = 0;
    for (int point = 0; point < points; point++) {
      people += exposed[point];
      done += converted[point];
      rates.add(exposed[point] == 0 ? null : Plots.percent((double) done / people));
    }
    return rates;
  }

  private long[] exposed(int segment) {
    long[] exposed = new long[points];
    for (Day day : look.totals().days()) {
      if (day.segment() == segment) {
        exposed[place(day)] += day.exposed();
      }
    }
    return exposed;
  }

  private int place(Day day) {
    return Math.toIntExact(ChronoUnit.DAYS.between(first, day.day()) / step);
  }

  private List<String> labels() {
    return IntStream.range(0, points)
        .mapToObj(point -> first.plusDays((long) point * step).toString())
        .toList();
  }

  private Dataset dataset(int segment, List<@Nullable Object> values) {
    Variant of = look.segments().get(segment);
    return new Dataset(of.name(), of.key(), values, null, null, null, false);
  }

  static String lower(Goal.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
