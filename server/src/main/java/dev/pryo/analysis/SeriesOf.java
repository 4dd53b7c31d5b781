package dev.pryo.analysis;

import dev.pryo.analysis.Carried.Reached;
import dev.pryo.analysis.GoalTests.Pair;
import dev.pryo.analysis.GoalTests.Tested;
import dev.pryo.analysis.Series.GoalSeries;
import dev.pryo.analysis.Series.Lifts;
import dev.pryo.analysis.Series.SegmentSeries;
import dev.pryo.analysis.Series.Values;
import dev.pryo.analysis.Statistics.AlwaysValid;
import dev.pryo.analysis.Statistics.Call;
import dev.pryo.analysis.Subject.Variant;
import dev.pryo.event.DayEnd;
import dev.pryo.event.Spread;
import dev.pryo.event.Totals;
import dev.pryo.experiment.Goal;
import dev.pryo.stats.Comparison;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// From what each day ended with to what would have been said of it: one look a day, each running
/// on from the one before.
final class SeriesOf {
  private final Look look;
  private final Axis axis;
  private final List<DayEnd> ends;

  /// @param look what is known now
  private SeriesOf(Look look, List<DayEnd> ends) {
    this.look = look;
    this.ends = ends;
    this.axis = DailyPlots.axis(look, ends.stream().map(DayEnd::day).toList());
  }

  /// @param newest the plots of the newest analysis
  static Series of(Look look, List<DayEnd> ends, List<Spread> spreads, List<Plot> newest) {
    return new SeriesOf(look, ends).series(spreads, newest);
  }

  private Series series(List<Spread> spreads, List<Plot> newest) {
    List<State> states = states();
    List<GoalSeries> goals =
        IntStream.range(0, look.goals().size()).mapToObj(goal -> goal(states, goal)).toList();
    List<Series.Distribution> distributions =
        spreads.stream().map(spread -> Distributions.of(look, spread)).toList();
    List<Plot> plots = new ArrayList<>(newest);
    plots.addAll(SeriesPlots.of(look, axis, goals, distributions));
    return new Series(
        look.experiment().id(),
        look.source(),
        "UTC",
        axis.step(),
        axis.days(),
        segments(states),
        goals,
        distributions,
        List.copyOf(plots),
        look.now());
  }

  /// What was known at the end of a point.
  ///
  /// @param exposed people of each segment who came in it
  /// @param tested null while nobody had come
  private record State(
      long[] exposed, List<Long> users, List<Totals.GoalTotal> goals, List<Seen> tested) {}

  private record Seen(Pair pair, @Nullable Comparison made, AlwaysValid anytime) {}

  private List<State> states() {
    List<State> states = new ArrayList<>();
    State before = new State(new long[0], nobody(), List.of(), List.of());
    @Nullable Carried carried = null;
    int next = 0;
    for (int point = 0; point < axis.points(); point++) {
      long[] exposed = new long[look.segments().size()];
      DayEnd end = null;
      LocalDate last = axis.end(point);
      while (next < ends.size() && !ends.get(next).day().isAfter(last)) {
        end = ends.get(next++);
        for (int segment = 0; segment < exposed.length; segment++) {
          exposed[segment] += end.exposed().get(segment);
        }
      }
      if (end == null) {
        before = new State(exposed, before.users(), before.goals(), before.tested());
      } else {
        Look then = at(end, last, carried);
        List<Seen> said = said(then);
        carried = carried(then, said);
        before = new State(exposed, end.users(), end.goals(), said);
      }
      states.add(before);
    }
    return states;
  }

  private List<Long> nobody() {
    return look.segments().stream().map(segment -> 0L).toList();
  }

  /// The look that somebody would have taken at the end of that day.
  private Look at(DayEnd end, LocalDate day, @Nullable Carried carried) {
    Instant midnight = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    return look.with(
        Totals.of(end.users(), end.goals()),
        midnight.isBefore(look.now()) ? midnight : look.now(),
        carried);
  }

  private static List<Seen> said(Look then) {
    List<Seen> said = new ArrayList<>();
    for (Tested tested : GoalTests.tested(then)) {
      Comparison made = GoalReading.made(tested.pair(), tested.level());
      said.add(
          new Seen(tested.pair(), made, GoalReading.anytime(tested.pair(), made, tested.level())));
    }
    return said;
  }

  private static Carried carried(Look then, List<Seen> said) {
    List<Reached> reached =
        said.stream()
            .map(each -> {
              Goal goal = each.pair().goal();
              return new Reached(
                  goal.event(),
                  goal.kind(),
                  goal.denominator(),
                  goal.filter(),
                  then.segments().get(each.pair().segmentIndex()).key(),
                  each.made() == null ? Call.NO_DATA : Call.NOT_SETTLED,
                  each.anytime(),
                  null);
            })
            .toList();
    return new Carried(then.id(), then.now(), null, reached);
  }

  private List<SegmentSeries> segments(List<State> states) {
    List<SegmentSeries> segments = new ArrayList<>();
    for (int segment = 0; segment < look.segments().size(); segment++) {
      int of = segment;
      Variant variant = look.segments().get(segment);
      double share = look.shares().get(segment);
      segments.add(
          new SegmentSeries(
              variant.key(),
              variant.name(),
              states.stream().map(state -> state.exposed()[of]).toList(),
              states.stream().map(state -> LongStream.of(state.exposed()).sum() * share).toList(),
              states.stream().map(state -> state.users().get(of)).toList()));
    }
    return List.copyOf(segments);
  }

  private GoalSeries goal(List<State> states, int goal) {
    Goal of = look.goals().get(goal);
    List<Values> values = new ArrayList<>();
    List<Lifts> lifts = new ArrayList<>();
    for (int segment = 0; segment < look.segments().size(); segment++) {
      values.add(values(states, goal, segment));
      if (segment > 0) {
        lifts.add(lifts(states, goal, segment));
      }
    }
    return new GoalSeries(
        of.event(),
        of.name(),
        of.kind(),
        of.denominator(),
        of.filter(),
        Say.unit(of.kind(), of.denominator()),
        List.copyOf(values),
        List.copyOf(lifts));
  }

  private Values values(List<State> states, int goal, int segment) {
    List<Long> n = new ArrayList<>();
    List<@Nullable Double> value = new ArrayList<>();
    long before = 0;
    for (State state : states) {
      Totals.GoalTotal total = total(state, goal, segment);
      long people = total == null ? 0 : total.mature();
      n.add(people);
      value.add(
          total == null || people <= before
              ? null
              : GoalReading.value(look.goals().get(goal), total));
      before = people;
    }
    return new Values(look.segments().get(segment).key(), n, value);
  }

  private static Totals.@Nullable GoalTotal total(State state, int goal, int segment) {
    return state.goals().stream()
        .filter(total -> total.goal() == goal && total.segment() == segment)
        .findFirst()
        .orElse(null);
  }

  private Lifts lifts(List<State> states, int goal, int segment) {
    List<@Nullable Double> lift = new ArrayList<>();
    List<@Nullable Double> lower = new ArrayList<>();
    List<@Nullable Double> upper = new ArrayList<>();
    List<@Nullable Double> p = new ArrayList<>();
    long before = 0;
    for (State state : states) {
      long people = people(state, goal, 0) + people(state, goal, segment);
      Seen said = people > before ? said(state, goal, segment) : null;
      List<Double> interval = said == null ? null : said.anytime().interval();
      Comparison made = said == null ? null : said.made();
      lift.add(made == null ? null : GoalReading.lift(made.uplift()));
      lower.add(interval == null ? null : interval.getFirst());
      upper.add(interval == null ? null : interval.getLast());
      p.add(said == null ? null : said.anytime().pValue());
      before = people;
    }
    return new Lifts(look.segments().get(segment).key(), lift, lower, upper, p);
  }

  private static long people(State state, int goal, int segment) {
    Totals.GoalTotal total = total(state, goal, segment);
    return total == null ? 0 : total.mature();
  }

  private static @Nullable Seen said(State state, int goal, int segment) {
    return state.tested().stream()
        .filter(each -> each.pair().goalIndex() == goal && each.pair().segmentIndex() == segment)
        .findFirst()
        .orElse(null);
  }
}
