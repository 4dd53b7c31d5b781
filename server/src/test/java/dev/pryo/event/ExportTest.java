package dev.pryo.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.PryoTest;
import dev.pryo.experiment.Experiments;
import dev.pryo.platform.Tenant;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// However many events an export has, it holds few of them at a time.
@PryoTest
class ExportTest {
  private static final int EVENTS = 300_000;
  private static final long LITTLE = 24 << 20; // all of them are ten times as much

  @LocalServerPort int port;
  @Autowired ApplicationContext server;
  @Autowired RawEvents events;
  @Autowired Experiments experiments;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;

  @Test
  void memoryDoesNotGrowWithTheExport() throws IOException {
    EventWorld world = new EventWorld(server, port);
    EventWorld.Made made = world.experiment("buy");
    fill(world.project.no(), made.no());
    List<Long> used = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    int[] count = new int[1];
    RawEvents.Sink sink =
        event -> {
          if (count[0]++ % 50_000 == 0) {
            used.add(usedMemory());
          }
          if (count[0] % 100 == 0) {
            ids.add(event.id());
          }
        };
    Tenant.as(
        world.account.id(),
        () -> {
          events.export(
              experiments.find(made.id()).orElseThrow(), new RawEvents.Filter(null, null), sink);
          return true;
        });
    assertThat(count[0]).isEqualTo(EVENTS);
    assertThat(ids).hasSize(EVENTS / 100);
    assertThat(used).hasSize(6);
    assertThat(used.getLast()).isLessThan(used.getFirst() + LITTLE);
  }

  private static long usedMemory() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private void fill(long projectNo, long experimentNo) {
    Tenant.system(() ->
        transactions.execute(status ->
            sql.sql(
                    """
                    insert into event (project_no, event_key, user_key, user_id, name_no, at, received_at, value,
                           experiment_no, segment_no, properties)
                    select :project, gen_random_uuid(), i, 'user-' || i, 0, now(), now(), 1, :experiment, i % 2,
                           jsonb_build_object('path', repeat('x', 300))
                      from generate_series(1, :events) i\
                    """)
                .param("project", projectNo)
                .param("experiment", experimentNo)
                .param("events", EVENTS)
                .update()));
  }
}
