package dev.pryo.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.PryoTest;
import dev.pryo.platform.Tenant;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// However many events an export has, the server holds few of them at a time.
@PryoTest
class ExportTest {
  private static final int EVENTS = 300_000;
  private static final long LITTLE = 24 << 20; // all of them are ten times as much

  @LocalServerPort int port;
  @Autowired ApplicationContext server;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;

  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void hangUp() {
    http.close();
  }

  @Test
  void memoryDoesNotGrowWithTheExport() throws IOException, InterruptedException {
    EventWorld world = new EventWorld(server, port);
    EventWorld.Made made = world.experiment("buy");
    fill(world.project.no(), made.no());
    for (String format : List.of("csv", "ndjson")) {
      List<Long> used = new ArrayList<>();
      Set<String> ids = new HashSet<>();
      int lines = 0;
      try (BufferedReader file = file(world, made, format)) {
        for (String line = file.readLine(); line != null; line = file.readLine()) {
          if (lines++ % 50_000 == 0) {
            used.add(usedMemory());
          }
          if (lines % 100 == 0) {
            ids.add(line.replaceAll("^\\{?(\"id\":)?\"?([^\",]+).*", "$2"));
          }
        }
      }
      assertThat(lines).as(format).isEqualTo(format.equals("csv") ? EVENTS + 1 : EVENTS);
      assertThat(ids).as(format).hasSize(EVENTS / 100);
      assertThat(used.get(5)).as(format).isLessThan(used.getFirst() + LITTLE);
    }
  }

  /// The file as it comes, read while the server writes it.
  private BufferedReader file(EventWorld world, EventWorld.Made made, String format)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> answer =
        http.send(
            HttpRequest.newBuilder(
                    URI.create(
                        "http://localhost:%d/api/experiments/%s/events?format=%s"
                            .formatted(port, made.id(), format)))
                .header("Authorization", "Bearer " + world.api.token())
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    return new BufferedReader(new InputStreamReader(answer.body(), UTF_8));
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
