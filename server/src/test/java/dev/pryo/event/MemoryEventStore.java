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
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The promises of an event store in the plainest words: a list of events, and loops over it. Slow,
/// and of another make than any real store, so that both being wrong in the same way is unlikely.
final class MemoryEventStore implements EventStore {
  private record Kept(long seq, NewEvent event) {}

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Map<String, Map<String, Object>> READ = new ConcurrentHashMap<>();

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
        && said(a).equals(said(b));
  }

  /// What an event says, but for the device of what names an experiment.
  private static Map<String, Object> said(NewEvent event) {
    Map<String, Object> said = new HashMap<>(properties(event));
    if (event.experimentNo() != null) {
      said.keySet().removeAll(List.of("device", "browser"));
    }
    return said;
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

    /// When they saw a second segment.
    Optional<Instant> second() {
      return exposures.stream()
          .filter(event -> !Objects.equals(event.segment(), segment()))
          .map(NewEvent::at)
          .findFirst();
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
    Map<String, List<NewEvent>> exposures = exposures(query);
    long bots =
        exposures.values().stream().filter(all -> all.stream().allMatch(NewEvent::bot)).count();
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
  public Optional<Instant> exceeded(TotalsQuery query, Set<Integer> segments, int hours, long n) {
    TreeMap<Instant, Long> steps = new TreeMap<>();
    for (Visitor visitor : visitors(query).values()) {
      Instant mature = visitor.first().plus(Duration.ofHours(hours));
      Optional<Instant> second = visitor.second();
      if (segments.contains(visitor.segment()) && second.map(mature::isBefore).orElse(true)) {
        steps.merge(mature, 1L, Long::sum);
        second.ifPresent(at -> steps.merge(at, -1L, Long::sum));
      }
    }
    long people = 0;
    for (Map.Entry<Instant, Long> step : steps.entrySet()) {
      people += step.getValue();
      if (people > n && !step.getKey().isAfter(query.asOf())) {
        return Optional.of(step.getKey());
      }
    }
    return Optional.empty();
  }

  /// The totals of the people of each value, one after the other.
  @Override
  public List<Part> parts(TotalsQuery query, String property, int most) {
    Map<String, Visitor> all = visitors(query);
    all.values().removeIf(Visitor::multiple);
    Map<String, Long> common = new TreeMap<>();
    all.values()
        .forEach(visitor -> {
          String value = text(visitor, property);
          if (value != null) {
            common.merge(value, 1L, Long::sum);
          }
        });
    List<String> told =
        common.keySet().stream()
            .sorted(
                Comparator.comparing((String value) -> -Objects.requireNonNull(common.get(value)))
                    .thenComparing(Comparator.naturalOrder()))
            .limit(most)
            .toList();
    List<Part> parts = new ArrayList<>();
    told.forEach(value ->
        add(parts, query, all, Part.Kind.VALUE, value, v -> value.equals(text(v, property))));
    add(
        parts,
        query,
        all,
        Part.Kind.OTHER,
        null,
        v -> text(v, property) != null && !told.contains(text(v, property)));
    add(parts, query, all, Part.Kind.NONE, null, v -> text(v, property) == null);
    return parts;
  }

  private void add(
      List<Part> parts,
      TotalsQuery query,
      Map<String, Visitor> all,
      Part.Kind kind,
      @Nullable String value,
      Predicate<Visitor> meant) {
    Map<String, Visitor> some = new TreeMap<>(all);
    some.values().removeIf(meant.negate());
    if (!some.isEmpty()) {
      Totals totals = totals(query, some, 0);
      parts.add(new Part(kind, value, totals.users(), totals.goals()));
    }
  }

  private static @Nullable String text(Visitor visitor, String property) {
    return visitor.exposures().stream()
        .filter(event -> event.at().equals(visitor.first()))
        .map(event -> properties(event).get(property))
        .filter(Objects::nonNull)
        .map(Object::toString)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  @Override
  public List<String> properties(TotalsQuery query) {
    Map<String, Long> names = new TreeMap<>();
    kept.stream()
        .map(Kept::event)
        .filter(event -> names(event, query.experimentNo()) && event.source() == query.source())
        .forEach(
            event -> properties(event).keySet().forEach(name -> names.merge(name, 1L, Long::sum)));
    return names.keySet().stream()
        .sorted(Comparator.comparing(name -> -Objects.requireNonNull(names.get(name))))
        .toList();
  }

  /// A count of what had happened by each day's end, asked as if it were that time.
  @Override
  public List<DayEnd> days(TotalsQuery query) {
    List<LocalDate> days =
        kept.stream().map(old -> day(old.event().at())).distinct().sorted().toList();
    if (days.isEmpty()) {
      return List.of();
    }
    List<DayEnd> ends = new ArrayList<>();
    for (LocalDate day = days.getFirst();
        !day.isAfter(days.getLast().plusDays(9));
        day = day.plusDays(1)) {
      Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
      MemoryEventStore then = new MemoryEventStore();
      kept.stream().filter(old -> old.event().at().isBefore(end)).forEach(then.kept::add);
      Totals totals = then.totals(at(query, query.now().isBefore(end) ? query.now() : end));
      LocalDate today = day;
      List<Long> exposed =
          IntStream.range(0, query.segments())
              .mapToObj(segment ->
                  totals.days().stream()
                      .filter(each -> each.day().equals(today) && each.segment() == segment)
                      .mapToLong(Day::exposed)
                      .sum())
              .toList();
      ends.add(new DayEnd(day, exposed, totals.users(), totals.goals()));
    }
    return ends;
  }

  private static TotalsQuery at(TotalsQuery query, Instant time) {
    return new TotalsQuery(
        query.projectNo(),
        query.experimentNo(),
        query.segments(),
        query.goals(),
        query.active(),
        query.countBots(),
        query.source(),
        time);
  }

  private static LocalDate day(Instant at) {
    return at.atZone(ZoneOffset.UTC).toLocalDate();
  }

  @Override
  public List<Spread> spreads(TotalsQuery query) {
    Map<String, Visitor> visitors = visitors(query);
    List<Spread> spreads = new ArrayList<>();
    for (int goal = 0; goal < query.goals().size(); goal++) {
      Goal of = query.goals().get(goal);
      double[] all = values(query, goal, visitors);
      if (of.kind() != Goal.Kind.CONVERSION && of.kind() != Goal.Kind.RATIO && all.length > 0) {
        double cap = cap(query, goal);
        spreads.add(spread(query, goal, visitors, capped(all, cap), cap));
      }
    }
    return spreads;
  }

  private static double[] capped(double[] values, double cap) {
    return Arrays.stream(values).map(value -> Math.min(value, cap)).sorted().toArray();
  }

  private Spread spread(
      TotalsQuery query, int goal, Map<String, Visitor> visitors, double[] all, double cap) {
    double low = quantile(all, 0.01);
    double high = quantile(all, 0.99);
    double width = width((high - low) / 20, query.goals().get(goal).kind());
    double base = Math.floor(low / width) * width;
    int bins = (int) Math.clamp(Math.floor((high - base) / width) + 1, 1, 40);
    List<Spread.Segment> segments = new ArrayList<>();
    for (int segment = 0; segment < query.segments(); segment++) {
      int of = segment;
      Map<String, Visitor> some = new TreeMap<>(visitors);
      some.values().removeIf(visitor -> visitor.multiple() || visitor.segment() != of);
      double[] values = capped(values(query, goal, some), cap);
      Long[] counts = new Long[bins + 2];
      Arrays.fill(counts, 0L);
      for (double value : values) {
        counts[(int) Math.clamp(Math.floor((value - base) / width), -1, bins) + 1]++;
      }
      segments.add(
          new Spread.Segment(
              List.of(counts),
              values.length == 0
                  ? List.of()
                  : Spread.QUANTILES.stream().map(q -> quantile(values, q)).toList()));
    }
    return new Spread(goal, base, width, bins, segments);
  }

  /// The next larger of 1, 2, 5 with zeros.
  private static double width(double least, Goal.Kind kind) {
    double exact = least == 0 ? 1 : least;
    double ten = Math.pow(10, Math.floor(Math.log10(exact)));
    double round =
        exact <= ten ? ten : exact <= 2 * ten ? 2 * ten : exact <= 5 * ten ? 5 * ten : 10 * ten;
    return kind == Goal.Kind.COUNT ? Math.max(1, round) : round;
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
        .filter(event ->
            query.goals().stream()
                .anyMatch(goal -> goal.event().equals(event.name()) && passes(goal, event)))
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
    double cap = cap(query, index);
    long[] numbers = new long[3]; // mature, converted, count
    double[] sums = new double[6]; // total; first and second: sums, of squares; of products
    of(visitors, segment)
        .forEach(entry -> {
          Visitor visitor = entry.getValue();
          Instant end = end(goal, visitor);
          List<NewEvent> hits = hits(query, goal, entry.getKey(), visitor);
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
          if (isMature(query, goal, visitor)) {
            numbers[0]++;
            numbers[1] += hits.isEmpty() ? 0 : 1;
            numbers[2] += hits.size();
            sums[0] += total(hits);
            double value = Math.min(cap, value(goal.kind(), hits));
            sums[1] += value;
            sums[2] += value * value;
            double second =
                by != null
                    ? value(by.kind(), others)
                    : value(
                        goal.kind(), passing(goal, before(query, goal.event(), entry.getKey())));
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
      double cap = cap(query, index);
      for (int segment = 0; segment < query.segments(); segment++) {
        double value =
            of(visitors, segment)
                .filter(entry -> isMature(query, goal, entry.getValue()))
                .map(entry ->
                    value(goal.kind(), hits(query, goal, entry.getKey(), entry.getValue())))
                .map(each -> Math.min(cap, each))
                .max(Comparator.comparingDouble((Double x) -> Math.abs(x)).thenComparing(x -> x))
                .orElse(0.0);
        if (goal.kind() != Goal.Kind.CONVERSION && value != 0 && Double.isFinite(value)) {
          largest.add(new Totals.Largest(index, segment, value));
        }
      }
    }
    return largest;
  }

  private List<NewEvent> hits(TotalsQuery query, Goal goal, String user, Visitor visitor) {
    return passing(goal, after(query, goal.event(), user, visitor.first(), end(goal, visitor)));
  }

  private static List<NewEvent> passing(Goal goal, List<NewEvent> events) {
    return events.stream().filter(event -> passes(goal, event)).toList();
  }

  private static boolean passes(Goal goal, NewEvent event) {
    return goal.filter().stream().allMatch(condition -> condition.holds(properties(event)));
  }

  private static Map<String, Object> properties(NewEvent event) {
    return event.properties() == null
        ? Map.of()
        : READ.computeIfAbsent(
            event.properties(), text -> JSON.readValue(text, new TypeReference<>() {}));
  }

  /// Of all people, whoever is asked about.
  private double cap(TotalsQuery query, int goal) {
    Double quantile = query.goals().get(goal).capQuantile();
    double[] values = quantile == null ? new double[0] : values(query, goal, visitors(query));
    double[] others = Arrays.stream(values).filter(value -> value != 0).sorted().toArray();
    return quantile == null || others.length == 0
        ? Double.POSITIVE_INFINITY
        : Math.max(0, quantile(others, quantile));
  }

  /// Of all segments' mature visitors with any event of the goal.
  private double[] values(TotalsQuery query, int index, Map<String, Visitor> visitors) {
    Goal goal = query.goals().get(index);
    return visitors.entrySet().stream()
        .filter(entry -> !entry.getValue().multiple())
        .filter(entry -> isMature(query, goal, entry.getValue()))
        .map(entry -> hits(query, goal, entry.getKey(), entry.getValue()))
        .filter(hits -> !hits.isEmpty())
        .mapToDouble(hits -> value(goal.kind(), hits))
        .toArray();
  }

  private static boolean isMature(TotalsQuery query, Goal goal, Visitor visitor) {
    Instant end = end(goal, visitor);
    return end == null || !end.isAfter(query.asOf());
  }

  /// Of sorted values, between two of them on a straight line.
  private static double quantile(double[] sorted, double quantile) {
    double place = quantile * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = (int) Math.ceil(place);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
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
