package dev.pryo.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.PryoTest;
import dev.pryo.platform.Tenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

@PryoTest
class PostgresEventStoreTest extends EventStoreContract {
  private static final AtomicLong EXPERIMENTS = new AtomicLong(1_000_000_000);

  @LocalServerPort int port;
  @Autowired ApplicationContext server;
  @Autowired PostgresEventStore postgres;

  @Override
  long project() {
    return new EventWorld(server, port).project.no();
  }

  @Override
  long experiment() {
    return EXPERIMENTS.incrementAndGet();
  }

  @Override
  EventStore store() {
    return new EventStore() {
      @Override
      public List<Outcome> append(List<NewEvent> events) {
        return postgres.append(events);
      }

      @Override
      public void replaceSimulated(long projectNo, long experimentNo, List<NewEvent> events) {
        postgres.replaceSimulated(projectNo, experimentNo, events);
      }

      @Override
      public Totals totals(TotalsQuery query) {
        return Tenant.system(() -> postgres.totals(query));
      }

      @Override
      public EventPage page(EventQuery query) {
        return Tenant.system(() -> postgres.page(query));
      }

      @Override
      public List<StoredEvent> visitor(VisitorQuery visitor, int limit) {
        return Tenant.system(() -> postgres.visitor(visitor, limit));
      }

      @Override
      public int erase(VisitorQuery visitor, int most) {
        return Tenant.system(() -> postgres.erase(visitor, most));
      }

      @Override
      public int expire(long projectNo, Instant before, int most) {
        return Tenant.system(() -> postgres.expire(projectNo, before, most));
      }

      @Override
      public int sweep(int most) {
        return Tenant.system(() -> postgres.sweep(most));
      }
    };
  }

  /// Ingest checks before; this is what happens to what a check has missed.
  @Test
  void aRowThatTheDatabaseRefusesIsFoundAndItsNeighboursAreKept() {
    History history = new History(postgres, project(), experiment());
    List<NewEvent> events = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      events.add(history.event("e" + i, "u", "x", i, 1.0, null, null, Source.LIVE, false));
    }
    NewEvent poison = history.event("bad", "u\u0000", "x", 1, 1.0, null, null, Source.LIVE, false);
    events.add(5, poison);
    List<EventStore.Outcome> outcomes = postgres.append(events);
    assertThat(outcomes.get(5)).isEqualTo(EventStore.Outcome.REFUSED);
    assertThat(outcomes).filteredOn(EventStore.Outcome.STORED::equals).hasSize(9);
  }
}
