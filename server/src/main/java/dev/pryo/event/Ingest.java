package dev.pryo.event;

import dev.pryo.event.EventStore.Outcome;
import dev.pryo.event.Noticing.Kind;
import dev.pryo.event.Receipt.Rejected;
import dev.pryo.experiment.Split;
import dev.pryo.project.KeyedProject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The one way of events into the store: from a site, from a server, from a simulation.
///
/// An event that names an experiment is an exposure of its user to a segment: the client's, or the
/// bucketed one where the client says none. A user whom the bucketing leaves outside the experiment
/// and who comes without a segment saw what everybody sees; such an event is kept without a segment
/// and exposes nobody.
@Component
public class Ingest {
  private static final Duration FARTHEST_AHEAD = Duration.ofHours(24);

  /// Clocks that are off by less are no news.
  private static final Duration AHEAD = Duration.ofMinutes(1);

  private static final Duration LATE = Duration.ofHours(1);

  private final Lookups lookups;
  private final EventStore store;
  private final Noticing noticing;
  private final InstantSource clock;

  Ingest(Lookups lookups, EventStore store, Noticing noticing, InstantSource clock) {
    this.lookups = lookups;
    this.store = store;
    this.noticing = noticing;
    this.clock = clock;
  }

  /// Keeps what fits the project and says what became of each; returns once it is durable.
  ///
  /// @param rejected what was found wrong before; it comes back with the rest
  /// @param userAgent tells crawlers and headless browsers, and the kind of device; it is not kept
  /// @param client what the `pryo.js` that sent them says of itself; null: other code did
  Receipt accept(
      KeyedProject project,
      List<SentEvent> events,
      List<Rejected> rejected,
      @Nullable String userAgent,
      @Nullable String client) {
    boolean bot = Robots.is(userAgent);
    Checked checked = check(project, events, new Sender(bot, false, Devices.of(userAgent)));
    List<Outcome> outcomes = store.append(checked.rows());
    List<Rejected> refused = new ArrayList<>(rejected);
    refused.addAll(checked.rejected());
    int accepted = 0;
    int duplicates = 0;
    Map<Long, Odd> odd = new HashMap<>();
    for (int i = 0; i < outcomes.size(); i++) {
      switch (outcomes.get(i)) {
        case STORED -> accepted++;
        case DUPLICATE -> duplicates++;
        case CHANGED -> {
          duplicates++;
          if (checked.rows().get(i).source() == Source.LIVE) {
            odd(odd, checked.rows().get(i)).changed++;
          }
        }
        case REFUSED -> refused.add(refused(checked.sent().get(i), "the event cannot be stored"));
      }
    }
    if (!bot) {
      notice(project, checked, odd, client);
    }
    refused.sort(Comparator.comparingInt(Rejected::index));
    return new Receipt(accepted, duplicates, refused);
  }

  /// What is odd about the events that name one experiment, or none.
  private static final class Odd {
    private long named;
    private long changed;
    private long ahead;
    private long late;
  }

  private static Odd odd(Map<Long, Odd> all, NewEvent row) {
    Long no = row.experimentNo();
    return all.computeIfAbsent(no == null ? Noticing.NONE : no, fresh -> new Odd());
  }

  /// Adds up what is odd about events that name an experiment: an analysis rests on them. Of those
  /// that name none only the changed are news.
  private void notice(
      KeyedProject project, Checked checked, Map<Long, Odd> all, @Nullable String client) {
    for (int i = 0; i < checked.rows().size(); i++) {
      NewEvent row = checked.rows().get(i);
      Instant said = checked.sent().get(i).timestamp();
      if (row.experimentNo() != null && row.source() == Source.LIVE) {
        Odd odd = odd(all, row);
        odd.named++;
        if (said != null) {
          odd.ahead += said.isAfter(row.receivedAt().plus(AHEAD)) ? 1 : 0;
          odd.late += said.isBefore(row.receivedAt().minus(LATE)) ? 1 : 0;
        }
      }
    }
    long no = project.project().no();
    all.forEach((experiment, odd) -> {
      noticing.note(no, experiment, Kind.CHANGED, odd.changed);
      noticing.note(no, experiment, sender(client), odd.named);
      noticing.note(no, experiment, Kind.AHEAD, odd.ahead);
      noticing.note(no, experiment, Kind.LATE, odd.late);
    });
  }

  private static Kind sender(@Nullable String client) {
    if (client == null) {
      return Kind.FOREIGN;
    }
    return BrowserClient.current().sent(client) ? Kind.CURRENT : Kind.STALE;
  }

  /// Checks a simulation's events like anybody's and puts them in the place of the experiment's
  /// earlier simulated ones.
  ///
  /// @return what was kept
  public List<NewEvent> replaceSimulated(
      KeyedProject project, long experimentNo, List<SentEvent> events) {
    Checked checked = check(project, events, Sender.SIMULATION);
    if (!checked.rejected().isEmpty()) {
      throw new IllegalStateException("A simulated event is wrong: " + checked.rejected());
    }
    store.replaceSimulated(project.project().no(), experimentNo, checked.rows());
    return checked.rows();
  }

  /// @param sent the events that became rows, in their order
  private record Checked(List<NewEvent> rows, List<SentEvent> sent, List<Rejected> rejected) {}

  /// Where events came from.
  ///
  /// @param device what [Devices] says of it
  private record Sender(boolean bot, boolean simulated, String device) {
    static final Sender SIMULATION = new Sender(false, true, "");
  }

  private Checked check(KeyedProject project, List<SentEvent> events, Sender sender) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS); // as the database keeps it
    Checked checked = new Checked(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    NamedSplits splits = new NamedSplits(lookups, project.project().id(), events);
    for (SentEvent event : events) {
      Place place = place(splits, event, sender.simulated() || event.preview());
      String wrong = place.wrong() == null ? timeProblem(project, event, now) : place.wrong();
      if (wrong == null) {
        checked.sent().add(event);
        checked.rows().add(row(project, event, place, now, sender));
      } else {
        checked.rejected().add(refused(event, wrong));
      }
    }
    return checked;
  }

  private static Rejected refused(SentEvent event, String why) {
    return new Rejected(event.index(), event.id(), why);
  }

  /// Where in which experiment an event belongs.
  private record Place(
      @Nullable Long experimentNo,
      @Nullable Integer segment,
      boolean mismatch,
      @Nullable String wrong) {
    static final Place NOWHERE = new Place(null, null, false, null);

    static Place wrong(String why) {
      return new Place(null, null, false, why);
    }
  }

  /// @param forced whether somebody chose the segment, so that the bucketing has no say
  private static Place place(NamedSplits splits, SentEvent event, boolean forced) {
    if (event.experiment() == null) {
      return Place.NOWHERE;
    }
    Split split = splits.of(event.experiment());
    if (split == null) {
      return Place.wrong("the project has no such experiment: send its key or id");
    }
    OptionalInt bucketed = split.bucket(event.userId());
    if (event.segment() == null) {
      return new Place(split.no(), boxed(bucketed), false, null);
    }
    OptionalInt said = splits.segment(event.experiment(), split, event.segment());
    return said.isEmpty()
        ? Place.wrong("the experiment has no such segment: send control, test1, …")
        : new Place(split.no(), said.getAsInt(), !forced && !said.equals(bucketed), null);
  }

  private static @Nullable Integer boxed(OptionalInt index) {
    return index.isPresent() ? index.getAsInt() : null;
  }

  private static @Nullable String timeProblem(KeyedProject project, SentEvent event, Instant now) {
    Instant at = event.timestamp();
    if (at == null) {
      return null;
    }
    if (at.isAfter(now.plus(FARTHEST_AHEAD))) {
      return "timestamp is more than 24 hours ahead: set the clock, or leave it out";
    }
    int days = project.project().retentionDays();
    return at.isBefore(now.minus(Duration.ofDays(days)))
        ? "timestamp is older than the %d days that the project keeps: leave it out, or keep more"
            .formatted(days)
        : null;
  }

  /// What names an experiment says the device too, because results are told apart by what people
  /// were when they were exposed.
  private static NewEvent row(
      KeyedProject project, SentEvent event, Place place, Instant now, Sender sender) {
    Instant said = event.timestamp();
    return new NewEvent(
        project.project().no(),
        event.id(),
        event.userId(),
        EventKeys.user(project.userKeySecret(), event.userId()),
        event.event(),
        said == null || said.isAfter(now) ? now : said.truncatedTo(ChronoUnit.MICROS),
        now,
        event.value(),
        place.experimentNo(),
        place.segment(),
        place.mismatch(),
        sender.simulated() ? Source.SIMULATED : event.preview() ? Source.PREVIEW : Source.LIVE,
        sender.bot(),
        place.experimentNo() == null
            ? event.properties()
            : Devices.added(event.properties(), sender.device()));
  }
}
