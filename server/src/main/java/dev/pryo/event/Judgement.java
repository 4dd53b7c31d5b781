package dev.pryo.event;

import dev.pryo.event.TotalsQuery.Period;
import dev.pryo.experiment.Goal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One visitor's events under the rules that [TotalsQuery] states, each with the reason why it does
/// not count. `EventStoreContract` holds it to the totals: all visitors judged one by one are what
/// the store counts.
///
/// @param events in the order of their times
/// @param first the first exposure that counts; null where none does
/// @param segment index of the segment that the visitor counts in; null where in none
/// @param multiple whether exposures to two segments keep the visitor out of both
/// @param goals one for each goal of the question, in their order
record Judgement(
    List<Judged> events,
    @Nullable Instant first,
    @Nullable Integer segment,
    boolean multiple,
    List<Reached> goals) {

  /// Why something does not count.
  enum Why {
    PREVIEW("A preview: somebody chose the segment by hand."),
    SIMULATED("Simulated, and never mixed with real events."),
    BOT("Sent by a crawler or a headless browser."),
    NOT_STARTED("The experiment has not been started."),
    BEFORE_START("Before the experiment was started."),
    IN_A_PAUSE("While the experiment was paused."),
    AFTER_END("After the experiment was paused or finished."),
    OUTSIDE_THE_EXPERIMENT("This person is not among the share of visitors that takes part."),
    NO_GOAL("No goal of this experiment counts such an event."),
    NOT_EXPOSED("This person has not been seen in any segment while the experiment ran."),
    TWO_SEGMENTS("This person saw two segments, and so counts in neither."),
    BEFORE_EXPOSURE("Before this person's first exposure that counts."),
    AFTER_WINDOW("Later after the exposure than the goal's window."),
    NEVER_SEEN(
        "Nothing with this id is stored: it never came, was erased, or was too old to keep.");

    private final String sentence;

    Why(String sentence) {
      this.sentence = sentence;
    }

    String sentence() {
      return sentence;
    }
  }

  /// @param why null: it counts
  record Judged(StoredEvent event, @Nullable Why why) {}

  /// What the visitor did towards a goal.
  ///
  /// @param events how many of the events count
  /// @param mature whether the visitor enters the goal's sums: its window has passed
  record Reached(Goal goal, long events, double sum, boolean mature) {}

  static Judgement of(List<StoredEvent> events, TotalsQuery query) {
    List<StoredEvent> exposures =
        events.stream()
            .filter(event -> isExposure(event, query) && excluded(event, query) == null)
            .toList();
    Instant first =
        exposures.stream().map(StoredEvent::at).min(Comparator.naturalOrder()).orElse(null);
    boolean multiple = exposures.stream().map(StoredEvent::segment).distinct().count() > 1;
    List<Judged> judged = new ArrayList<>();
    for (StoredEvent event : events) {
      judged.add(new Judged(event, why(event, query, first, multiple)));
    }
    return new Judgement(
        judged,
        first,
        exposures.isEmpty() || multiple ? null : exposures.getFirst().segment(),
        multiple,
        query.goals().stream().map(goal -> reached(goal, judged, query, first)).toList());
  }

  private static boolean isExposure(StoredEvent event, TotalsQuery query) {
    Integer segment = event.segment();
    return event.named() && segment != null && segment < query.segments();
  }

  /// What keeps an event out whatever it is.
  private static @Nullable Why excluded(StoredEvent event, TotalsQuery query) {
    return switch (event.source()) {
      case PREVIEW -> Why.PREVIEW;
      case SIMULATED -> Why.SIMULATED;
      case LIVE ->
          event.bot() && !query.countBots() ? Why.BOT : untimely(event.at(), query.active());
    };
  }

  private static @Nullable Why untimely(Instant at, List<Period> active) {
    if (active.isEmpty()) {
      return Why.NOT_STARTED;
    }
    if (at.isBefore(active.getFirst().since())) {
      return Why.BEFORE_START;
    }
    for (Period period : active) {
      Instant until = period.until();
      if (!at.isBefore(period.since()) && (until == null || at.isBefore(until))) {
        return null;
      }
    }
    return at.isBefore(active.getLast().since()) ? Why.IN_A_PAUSE : Why.AFTER_END;
  }

  private static @Nullable Why why(
      StoredEvent event, TotalsQuery query, @Nullable Instant first, boolean multiple) {
    Why excluded = excluded(event, query);
    if (excluded != null) {
      return excluded;
    }
    boolean exposure = isExposure(event, query);
    List<Goal> goals =
        query.goals().stream()
            .filter(goal -> goal.event().equals(event.name()))
            .filter(goal -> Filters.pass(goal, event.properties()))
            .toList();
    if (!exposure && goals.isEmpty()) {
      return event.named() ? Why.OUTSIDE_THE_EXPERIMENT : Why.NO_GOAL;
    }
    if (first == null) {
      return Why.NOT_EXPOSED;
    }
    if (multiple) {
      return Why.TWO_SEGMENTS;
    }
    if (exposure) {
      return null;
    }
    if (event.at().isBefore(first)) {
      return Why.BEFORE_EXPOSURE;
    }
    return goals.stream().anyMatch(goal -> within(goal, event, first)) ? null : Why.AFTER_WINDOW;
  }

  private static boolean within(Goal goal, StoredEvent event, Instant first) {
    Instant end = end(goal, first);
    return !event.at().isBefore(first) && (end == null || event.at().isBefore(end));
  }

  private static @Nullable Instant end(Goal goal, Instant first) {
    Integer hours = goal.windowHours();
    return hours == null ? null : first.plus(Duration.ofHours(hours));
  }

  private static Reached reached(
      Goal goal, List<Judged> judged, TotalsQuery query, @Nullable Instant first) {
    if (first == null) {
      return new Reached(goal, 0, 0, false);
    }
    List<StoredEvent> hits =
        judged.stream()
            .filter(each -> each.why() == null && each.event().name().equals(goal.event()))
            .map(Judged::event)
            .filter(event -> Filters.pass(goal, event.properties()))
            .filter(event -> within(goal, event, first))
            .toList();
    double sum =
        hits.stream().map(StoredEvent::value).filter(Objects::nonNull).mapToDouble(v -> v).sum();
    Instant end = end(goal, first);
    return new Reached(goal, hits.size(), sum, end == null || !end.isAfter(query.asOf()));
  }

  /// Why the visitor does not count; empty for one who does.
  List<Why> reasons(boolean takesPart) {
    if (segment != null) {
      return List.of();
    }
    if (events.isEmpty()) {
      return takesPart
          ? List.of(Why.NEVER_SEEN)
          : List.of(Why.OUTSIDE_THE_EXPERIMENT, Why.NEVER_SEEN);
    }
    if (multiple) {
      return List.of(Why.TWO_SEGMENTS);
    }
    List<Why> reasons =
        events.stream()
            .filter(each -> each.event().named())
            .flatMap(each -> Optional.ofNullable(each.why()).stream())
            .distinct()
            .toList();
    if (!reasons.isEmpty()) {
      return reasons;
    }
    return takesPart ? List.of(Why.NOT_EXPOSED) : List.of(Why.OUTSIDE_THE_EXPERIMENT);
  }
}
