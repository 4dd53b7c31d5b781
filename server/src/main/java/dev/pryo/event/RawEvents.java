package dev.pryo.event;

import dev.pryo.account.Account;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.project.Projects;
import dev.pryo.project.Projects.Page;
import dev.pryo.project.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// An experiment's events, one by one: those that name it, and the goal events of its users.
@Component
public class RawEvents {
  private static final int CHUNK = 1_000;

  /// So many pages are looked through for the events of one name.
  private static final int ROUNDS = 10;

  /// Which events to show; null: whether or not.
  public record Filter(@Nullable Boolean simulated, @Nullable Boolean preview) {
    Set<Source> sources() {
      return Arrays.stream(Source.values())
          .filter(source -> simulated == null || simulated == (source == Source.SIMULATED))
          .filter(source -> preview == null || preview == (source == Source.PREVIEW))
          .collect(Collectors.toSet());
    }
  }

  /// What an export does with each event.
  interface Sink {
    void take(RawEvent event) throws IOException;
  }

  private final Experiments experiments;
  private final Projects projects;
  private final EventStore store;

  RawEvents(Experiments experiments, Projects projects, EventStore store) {
    this.experiments = experiments;
    this.projects = projects;
    this.store = store;
  }

  /// A page, the newest arrivals first. It may be short although more follows, where an
  /// experiment's events lie far apart among those of others.
  ///
  /// @param before the last page's `next`; null for the first page
  public Page<RawEvent> page(
      Account account, UUID id, Filter filter, int limit, @Nullable Long before) {
    return page(account, id, filter, null, limit, before);
  }

  /// The same of one name alone, among so many events at most that a rare one makes a short page.
  ///
  /// @param name null: whatever their name
  public Page<RawEvent> page(
      Account account,
      UUID id,
      Filter filter,
      @Nullable String name,
      int limit,
      @Nullable Long before) {
    Experiment experiment = experiments.require(account, id, Role.VIEWER);
    List<RawEvent> items = new ArrayList<>();
    Long next = before == null ? Long.valueOf(Long.MAX_VALUE) : before;
    int rounds = name == null ? 1 : ROUNDS;
    for (int round = 0; round < rounds && next != null && items.size() < limit; round++) {
      EventPage found = store.page(query(experiment, filter, name, next, limit - items.size()));
      found.events().stream()
          .map(event -> RawEvent.of(event, experiment))
          .filter(event -> name == null || event.event().equals(name))
          .forEach(items::add);
      next = found.next();
    }
    return new Page<>(List.copyOf(items), next == null ? null : String.valueOf(next));
  }

  /// Hands over every event, the newest first, a chunk at a time: memory stays as it is however
  /// many there are, and no transaction waits for a slow reader.
  void export(Experiment experiment, Filter filter, Sink sink) throws IOException {
    EventQuery query = query(experiment, filter, null, Long.MAX_VALUE, CHUNK);
    EventPage chunk = store.page(query);
    while (true) {
      for (StoredEvent event : chunk.events()) {
        sink.take(RawEvent.of(event, experiment));
      }
      Long next = chunk.next();
      if (next == null) {
        return;
      }
      chunk = store.page(query.before(next));
    }
  }

  private EventQuery query(
      Experiment experiment, Filter filter, @Nullable String name, long before, int limit) {
    return new EventQuery(
        projects.no(experiment.projectId()),
        experiment.no(),
        experiment.goals().stream()
            .flatMap(goal -> goal.events().stream())
            .filter(event -> name == null || event.equals(name))
            .distinct()
            .toList(),
        experiment.createdAt(),
        filter.sources(),
        before,
        limit);
  }
}
