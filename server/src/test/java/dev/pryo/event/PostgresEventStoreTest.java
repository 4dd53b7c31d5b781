package dev.pryo.event;

import dev.pryo.PryoTest;
import dev.pryo.platform.Tenant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
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
      public List<StoredEvent> page(EventQuery query) {
        return Tenant.system(() -> postgres.page(query));
      }
    };
  }
}
