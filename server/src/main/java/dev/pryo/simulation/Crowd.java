package dev.pryo.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pryo.event.NewEvent;
import dev.pryo.event.SentEvent;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Goal;
import dev.pryo.experiment.Split;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Made-up visitors of an experiment, the same ones for the same seed: each is bucketed as a real
/// one would be, is exposed, and reaches each goal with a chance that depends on the segment.
final class Crowd {
  /// How likely a goal is reached where the plan does not say it.
  private static final double USUAL_RATE = 0.1;

  /// The same of an event that is no goal, only divided by.
  private static final double DIVISOR_RATE = 0.5;

  private static final double SMALLEST_VALUE = 10;
  private static final double MEAN_VALUE_ABOVE = 40;
  private static final Duration LONGEST_DELAY = Duration.ofHours(2);

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Experiment experiment;
  private final Split split;
  private final Map<String, Double> effect;
  private final Instant from;
  private final Instant to;
  private final long seed;
  private final Random random;
  private final List<SentEvent> events = new ArrayList<>();
  private final Map<String, Long> visitors = new LinkedHashMap<>();

  /// @param effect the relative lift of each segment, by its key
  Crowd(
      Experiment experiment,
      Split split,
      Map<String, Double> effect,
      Instant from,
      Instant to,
      long seed) {
    this.experiment = experiment;
    this.split = split;
    this.effect = effect;
    this.from = from;
    this.to = to;
    this.seed = seed;
    this.random = new Random(seed);
    split.segments().forEach(segment -> visitors.put(segment.key(), 0L));
  }

  /// Exactly so many events, by as many visitors as it takes.
  List<SentEvent> events(int count) {
    for (int visitor = 0; events.size() < count; visitor++) {
      visit("sim-%x-%d".formatted(seed, visitor), count);
    }
    return events;
  }

  /// How many visitors each segment has.
  Map<String, Long> visitors() {
    return visitors;
  }

  private void visit(String user, int count) {
    String segment = split.segments().get(split.bucketOfAll(user).orElseThrow()).key();
    double lift = 1 + effect.getOrDefault(segment, 0.0);
    Instant seen = between(from, to);
    visitors.merge(segment, 1L, Long::sum);
    add(user, segment, NewEvent.EXPOSURE, seen, null);
    experiment.goals().stream()
        .flatMap(goal -> goal.events().stream())
        .distinct()
        .forEach(event -> reach(user, segment, seen, lift, event, count));
  }

  /// Draws the same numbers whether or not there is room for what they say, so that a longer run
  /// begins like a shorter one.
  private void reach(
      String user, String segment, Instant seen, double lift, String event, int count) {
    List<Goal> goals =
        experiment.goals().stream().filter(goal -> goal.event().equals(event)).toList();
    Goal first = goals.isEmpty() ? null : goals.getFirst();
    boolean valued = goals.stream().anyMatch(Crowd::hasValues) || isDividedBySumOf(event);
    boolean lifted = first != null && liftsValues(first);
    double rate = first == null ? DIVISOR_RATE : rate(first) * (lifted ? 1 : lift);
    int times = random.nextDouble() < rate ? 1 : 0;
    while (times > 0 && first != null && first.kind() == Goal.Kind.COUNT && random.nextBoolean()) {
      times++;
    }
    for (int i = 0; i < times; i++) {
      Instant at = between(seen, earlier(to, seen.plus(LONGEST_DELAY)));
      double value = SMALLEST_VALUE - Math.log(1 - random.nextDouble()) * MEAN_VALUE_ABOVE;
      if (events.size() < count) {
        double shown = Math.round(value * (lifted ? lift : 1) * 100) / 100.0;
        add(user, segment, event, at, valued ? shown : null);
      }
    }
  }

  private static boolean hasValues(Goal goal) {
    return switch (goal.kind()) {
      case SUM, MEAN, RATIO -> true;
      case CONVERSION, COUNT -> false;
    };
  }

  private boolean isDividedBySumOf(String event) {
    return experiment.goals().stream()
        .map(Goal::denominator)
        .anyMatch(by -> by != null && by.kind() == Goal.Kind.SUM && by.event().equals(event));
  }

  /// Whether the effect shows in the values and not in how many reach the goal.
  private static boolean liftsValues(Goal goal) {
    Goal.Denominator by = goal.denominator();
    return goal.kind() == Goal.Kind.MEAN || (by != null && by.event().equals(goal.event()));
  }

  /// The plan's baseline is the control's mean, which for a conversion is a rate.
  private double rate(Goal goal) {
    Double planned = experiment.plan().baseline();
    boolean meant = goal.kind() == Goal.Kind.CONVERSION && goal.role() == Goal.Role.PRIMARY;
    return meant && planned != null && planned > 0 && planned < 1 ? planned : USUAL_RATE;
  }

  private Instant between(Instant start, Instant end) {
    double share = random.nextDouble();
    return start.plusMillis((long) (Duration.between(start, end).toMillis() * share));
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private void add(String user, String segment, String event, Instant at, @Nullable Double value) {
    int index = events.size();
    String name = "%s %x %d".formatted(experiment.id(), seed, index);
    events.add(
        new SentEvent(
            index,
            UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString(),
            user,
            event,
            at,
            value,
            properties(event),
            experiment.key(),
            segment,
            false));
  }

  /// What an event must say to count for one of the goals that ask for something, each in its turn.
  private @Nullable String properties(String event) {
    List<Goal> asking =
        experiment.goals().stream()
            .filter(goal -> goal.event().equals(event) && !goal.filter().isEmpty())
            .toList();
    if (asking.isEmpty()) {
      return null;
    }
    Map<String, Object> properties = new LinkedHashMap<>();
    asking
        .get(events.size() % asking.size())
        .filter()
        .forEach(condition -> {
          Object example = condition.example();
          if (example != null) {
            properties.put(condition.property(), example);
          }
        });
    return properties.isEmpty() ? null : JSON.writeValueAsString(properties);
  }
}
