package dev.pryo.event;

import dev.pryo.event.Totals.Day;
import dev.pryo.event.Totals.GoalTotal;
import dev.pryo.event.Totals.Second;
import dev.pryo.experiment.Goal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The promises of an event store in the plainest words: a list of events, and loops over it. Slow,
/// and of another make than any real store, so that both being wrong in the same way is unlikely.
final class MemoryEventStore implements EventStore {
  private record Kept(long seq, NewEvent event) {}

  private final List<Kept> kept = new ArrayList<>();
  private long arrivals;

  @Override
  public List<Outcome> append(List<NewEvent> events) {
    return events.stream().map(this::append).toList();
  }

  private Outcome append(NewEvent event) {
    Optional<NewEvent> known =
        kept.stream()
            .map(Kept::event)
            .filter(old -> old.projectNo() == event.projectNo() && old.id().equals(event.id()))
            .findFirst();
    if (known.isPresent()) {
      return same(known.get(), event) ? Outcome.DUPLICATE : Outcome.CHANGED;
    }
    kept.add(new Kept(++arrivals, event));
    return Outcome.STORED;
  }

  private static boolean same(NewEvent a, NewEvent b) {
    return a.userId().equals(b.userId())
        && a.name().equals(b.name())
        && Objects.equals(a.value(), b.value())
        && Objects.equals(a.experimentNo(), b.experimentNo())
        && Objects.equals(a.segment(), b.segment())
        && Objects.equals(a.properties(), b.properties());
  }

  @Override
  public void replaceSimulated(long projectNo, long experimentNo, List<NewEvent> events) {
    kept.removeIf(
        old -> old.event().source() == Source.SIMULATED && names(old.event(), experimentNo));
    append(events);
  }

  private static boolean names(NewEvent event, long experimentNo) {
    return Objects.equals(event.experimentNo(), experimentNo);
  }

  @Override
  public EventPage page(EventQuery query) {
    List<StoredEvent> found =
        kept.stream()
            .filter(old -> old.event().projectNo() == query.projectNo())
            .filter(old -> query.sources().contains(old.event().source()))
            .filter(old -> old.seq() < query.before())
            .filter(old -> belongs(old.event(), query))
            .sorted(Comparator.comparingLong(Kept::seq).reversed())
            .map(MemoryEventStore::shown)
            .toList();
    List<StoredEvent> shown = found.stream().limit(query.limit()).toList();
    return new EventPage(shown, shown.size() < found.size() ? shown.getLast().seq() : null);
  }

  @Override
  public List<StoredEvent> visitor(VisitorQuery visitor, int limit) {
    return kept.stream()
        .filter(old -> concerns(old.event(), visitor))
        .sorted(Comparator.comparing((Kept old) -> old.event().at()).thenComparing(Kept::seq))
        .map(MemoryEventStore::shown)
        .limit(limit)
        .toList();
  }

  private static boolean concerns(NewEvent event, VisitorQuery visitor) {
    return event.projectNo() == visitor.projectNo()
        && event.userId().equals(visitor.userId())
        && (event.experimentNo() == null || visitor.experiments().contains(event.experimentNo()));
  }

  @Override
  public int erase(VisitorQuery visitor, int most) {
    return remove(kept.stream().filter(old -> concerns(old.event(), visitor)), most);
  }

  @Override
  public int expire(long projectNo, Instant before, int most) {
    return remove(
        kept.stream()
            .filter(old ->
                old.event().projectNo() == projectNo && old.event().receivedAt().isBefore(before))
            .sorted(Comparator.comparing((Kept old) -> old.event().receivedAt())),
        most);
  }

  private int remove(Stream<Kept> meant, int most) {
    List<Kept> gone = meant.limit(most).toList();
    kept.removeAll(gone);
    return gone.size();
  }

  /// Here no project ever goes.
  @Override
  public int sweep(int most) {
    return 0;
  }

  private boolean belongs(NewEvent event, EventQuery query) {
    if (event.experimentNo() != null) {
      return names(event, query.experimentNo());
    }
    return query.goals().contains(event.name())
        && !event.receivedAt().isBefore(query.since())
        && kept.stream()
            .map(Kept::event)
            .anyMatch(other ->
                names(other, query.experimentNo())
                    && other.segment() != null
                    && other.source() == event.source()
                    && other.userId().equals(event.userId()));
  }

  private static StoredEvent shown(Kept old) {
    NewEvent event = old.event();
    return new StoredEvent(
        old.seq(),
        event.id(),
        event.userId(),
        event.name(),
        event.at(),
        event.receivedAt(),
        event.value(),
        event.experimentNo() != null,
        event.segment(),
        event.source(),
        event.bot(),
        event.properties());
  }

  /// A visitor: what counts of their exposures, the earliest first.
  private record Visitor(List<NewEvent> exposures) {
    Instant first() {
      return exposures.getFirst().at();
    }

    boolean multiple() {
      return exposures.stream().map(NewEvent::segment).distinct().count() > 1;
    }

    int segment() {
      return Objects.requireNonNull(exposures.getFirst().segment());
    }

    LocalDate day() {
      return first().atZone(ZoneOffset.UTC).toLocalDate();
    }
  }

  @Override
  public Totals totals(TotalsQuery query) {
    long bots =
        exposures(query).values().stream()
            .filter(all -> all.stream().allMatch(NewEvent::bot))
            .count();
    return totals(query, visitors(query), bots);
  }

  private Map<String, List<NewEvent>> exposures(TotalsQuery query) {
    Map<String, List<NewEvent>> exposures = new TreeMap<>();
    within(query)
        .filter(event -> names(event, query.experimentNo()) && event.segment() != null)
        .forEach(event ->
            exposures.computeIfAbsent(event.userId(), user -> new ArrayList<>()).add(event));
    return exposures;
  }

  private Map<String, Visitor> visitors(TotalsQuery query) {
    Map<String, Visitor> visitors = new TreeMap<>();
    exposures(query)
        .forEach((user, all) -> {
          List<NewEvent> counting =
              all.stream()
                  .filter(event -> query.countBots() || !event.bot())
                  .sorted(Comparator.comparing(NewEvent::at))
                  .toList();
          if (!counting.isEmpty()) {
            visitors.put(user, new Visitor(counting));
          }
        });
    return visitors;
  }

  @Override
  public Optional<Instant> exposedAfter(TotalsQuery query, Set<Integer> segments, long n) {
    return visitors(query).values().stream()
        .filter(visitor -> !visitor.multiple() && segments.contains(visitor.segment()))
        .map(Visitor::first)
        .sorted()
        .skip(n)
        .findFirst();
  }

  private Stream<NewEvent> within(TotalsQuery query) {
    return kept.stream()
        .map(Kept::event)
        .filter(event -> event.projectNo() == query.projectNo() && event.source() == query.source())
        .filter(event -> query.source() == Source.SIMULATED || active(query, event.at()));
  }

  private static boolean active(TotalsQuery query, Instant at) {
    for (TotalsQuery.Period period : query.active()) {
      Instant until = period.until();
      if (!at.isBefore(period.since()) && (until == null || at.isBefore(until))) {
        return true;
      }
    }
    return false;
  }

  private Totals totals(TotalsQuery query, Map<String, Visitor> visitors, long bots) {
    Set<NewEvent> counted = new HashSet<>();
    visitors.values().forEach(visitor -> counted.addAll(visitor.exposures()));
    List<GoalTotal> goals = new ArrayList<>();
    Map<LocalDate, Map<Integer, long[]>> days = new TreeMap<>();
    for (int goal = 0; goal < query.goals().size(); goal++) {
      for (int segment = 0; segment < query.segments(); segment++) {
        goals.add(goal(query, goal, segment, visitors, counted, days));
      }
    }
    return new Totals(
        IntStream.range(0, query.segments())
            .mapToObj(segment -> of(visitors, segment).count())
            .toList(),
        visitors.values().stream().filter(Visitor::multiple).count(),
        visitors.values().stream()
            .filter(visitor -> visitor.exposures().stream().anyMatch(NewEvent::mismatch))
            .count(),
        bots,
        strangers(query, visitors),
        counted.size(),
        visitors.values().stream().map(Visitor::first).min(Comparator.naturalOrder()).orElse(null),
        counted.stream().map(NewEvent::at).max(Comparator.naturalOrder()).orElse(null),
        goals,
        series(query, visitors, days),
        largest(query, visitors));
  }

  private static Stream<Map.Entry<String, Visitor>> of(Map<String, Visitor> visitors, int segment) {
    return visitors.entrySet().stream()
        .filter(entry -> !entry.getValue().multiple() && entry.getValue().segment() == segment);
  }

  private long strangers(TotalsQuery query, Map<String, Visitor> visitors) {
    return goalEvents(query, within(query))
        .filter(event -> query.goals().stream().anyMatch(goal -> goal.event().equals(event.name())))
        .map(NewEvent::userId)
        .filter(user -> !visitors.containsKey(user))
        .distinct()
        .count();
  }

  private static Stream<NewEvent> goalEvents(TotalsQuery query, Stream<NewEvent> events) {
    return events
        .filter(event -> query.countBots() || !event.bot())
        .filter(event ->
            names(event, query.experimentNo())
                || (event.experimentNo() == null && query.source() == Source.LIVE));
  }

  private GoalTotal goal(
      TotalsQuery query,
      int index,
      int segment,
      Map<String, Visitor> visitors,
      Set<NewEvent> counted,
      Map<LocalDate, Map<Integer, long[]>> days) {
    Goal goal = query.goals().get(index);
    long[] numbers = new long[3]; // mature, converted, count
    double[] sums = new double[6]; // total; first and second: sums, of squares; of products
    of(visitors, segment)
        .forEach(entry -> {
          Visitor visitor = entry.getValue();
          Instant end = end(goal, visitor);
          List<NewEvent> hits = after(query, goal.event(), entry.getKey(), visitor.first(), end);
          counted.addAll(hits);
          Goal.Denominator by = goal.denominator();
          List<NewEvent> others =
              by == null
                  ? List.of()
                  : after(query, by.event(), entry.getKey(), visitor.first(), end);
          counted.addAll(others);
          if (!hits.isEmpty()) {
            days.computeIfAbsent(visitor.day(), day -> new TreeMap<>())
                .computeIfAbsent(segment, s -> new long[query.goals().size()])[index]++;
          }
          if (end == null || !end.isAfter(query.asOf())) {
            numbers[0]++;
            numbers[1] += hits.isEmpty() ? 0 : 1;
            numbers[2] += hits.size();
            sums[0] += total(hits);
            double value = value(goal.kind(), hits);
            sums[1] += value;
            sums[2] += value * value;
            double second =
                by != null
                    ? value(by.kind(), others)
                    : value(goal.kind(), before(query, goal.event(), entry.getKey()));
            sums[3] += second;
            sums[4] += second * second;
            sums[5] += value * second;
          }
        });
    return new GoalTotal(
        index,
        segment,
        numbers[0],
        numbers[1],
        numbers[2],
        sums[0],
        sums[1],
        sums[2],
        goal.denominator() != null || goal.useHistory()
            ? new Second(sums[3], sums[4], sums[5])
            : null);
  }

  private List<Totals.Largest> largest(TotalsQuery query, Map<String, Visitor> visitors) {
    List<Totals.Largest> largest = new ArrayList<>();
    for (int index = 0; index < query.goals().size(); index++) {
      Goal goal = query.goals().get(index);
      for (int segment = 0; segment < query.segments(); segment++) {
        double value =
            of(visitors, segment)
                .mapToDouble(entry -> mature(query, goal, entry.getKey(), entry.getValue()))
                .boxed()
                .max(Comparator.comparingDouble((Double x) -> Math.abs(x)).thenComparing(x -> x))
                .orElse(0.0);
        if (goal.kind() != Goal.Kind.CONVERSION && value != 0 && Double.isFinite(value)) {
          largest.add(new Totals.Largest(index, segment, value));
        }
      }
    }
    return largest;
  }

  /// The visitor's value if the window has passed, else 0.
  private double mature(TotalsQuery query, Goal goal, String user, Visitor visitor) {
    Instant end = end(goal, visitor);
    return end != null && end.isAfter(query.asOf())
        ? 0
        : value(goal.kind(), after(query, goal.event(), user, visitor.first(), end));
  }

  private List<NewEvent> after(
      TotalsQuery query, String name, String user, Instant first, @Nullable Instant end) {
    return goalEvents(query, within(query))
        .filter(event -> event.name().equals(name) && event.userId().equals(user))
        .filter(event -> !event.at().isBefore(first))
        .filter(event -> end == null || event.at().isBefore(end))
        .toList();
  }

  /// What the user did in the time before the first exposure of any kind.
  private List<NewEvent> before(TotalsQuery query, String name, String user) {
    List<NewEvent> all =
        kept.stream()
            .map(Kept::event)
            .filter(event -> event.projectNo() == query.projectNo())
            .filter(event -> event.source() == query.source() && event.userId().equals(user))
            .toList();
    Instant seen =
        all.stream()
            .filter(event -> names(event, query.experimentNo()) && event.segment() != null)
            .map(NewEvent::at)
            .min(Comparator.naturalOrder())
            .orElseThrow();
    return goalEvents(query, all.stream())
        .filter(event -> event.name().equals(name))
        .filter(event -> event.at().isBefore(seen))
        .filter(event -> !event.at().isBefore(seen.minus(Goal.HISTORY)))
        .toList();
  }

  private static @Nullable Instant end(Goal goal, Visitor visitor) {
    Integer hours = goal.windowHours();
    return hours == null ? null : visitor.first().plus(Duration.ofHours(hours));
  }

  private static double value(Goal.Kind kind, List<NewEvent> hits) {
    long valued = hits.stream().filter(event -> event.value() != null).count();
    return switch (kind) {
      case CONVERSION -> hits.isEmpty() ? 0 : 1;
      case COUNT -> hits.size();
      case SUM -> total(hits);
      case MEAN -> valued == 0 ? 0 : total(hits) / valued;
      case RATIO -> total(hits) + (hits.size() - valued);
    };
  }

  private static double total(List<NewEvent> hits) {
    double total = 0;
    for (NewEvent event : hits) {
      Double value = event.value();
      total += value == null ? 0 : limited(value);
    }
    return total;
  }

  private static double limited(double value) {
    return Math.abs(value) > TotalsQuery.LARGEST
        ? Math.copySign(Double.POSITIVE_INFINITY, value)
        : value;
  }

  private static List<Day> series(
      TotalsQuery query,
      Map<String, Visitor> visitors,
      Map<LocalDate, Map<Integer, long[]>> converted) {
    List<Day> series = new ArrayList<>();
    for (LocalDate day :
        new java.util.TreeSet<>(visitors.values().stream().map(Visitor::day).toList())) {
      for (int segment = 0; segment < query.segments(); segment++) {
        long exposed = of(visitors, segment).filter(e -> e.getValue().day().equals(day)).count();
        if (exposed > 0) {
          long[] none = new long[query.goals().size()];
          long[] counts = converted.getOrDefault(day, Map.of()).getOrDefault(segment, none);
          series.add(
              new Day(day, segment, exposed, java.util.Arrays.stream(counts).boxed().toList()));
        }
      }
    }
    return series;
  }
}
