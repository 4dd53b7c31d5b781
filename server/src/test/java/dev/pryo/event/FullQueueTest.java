package dev.pryo.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import dev.pryo.platform.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// More comes than can be kept.
@PryoTest
class FullQueueTest {
  @LocalServerPort int port;
  @Autowired ApplicationContext server;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;

  @Test
  void whenTooMuchWaitsItIsSaidAndWhatIsAcknowledgedIsKept() throws Exception {
    EventWorld world = new EventWorld(server, port);
    CountDownLatch refused = new CountDownLatch(1);
    List<Future<Api.Answer>> answers = new ArrayList<>();
    try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
      Tenant.system(() ->
          transactions.execute(status -> {
            sql.sql("lock table event in exclusive mode").update(); // nobody can write
            for (int i = 0; i < 60; i++) {
              String body = thousand(i);
              answers.add(
                  requests.submit(() -> {
                    Api.Answer answer = world.send(body);
                    if (answer.status() != 200) {
                      refused.countDown();
                    }
                    return answer;
                  }));
            }
            return await(refused);
          }));
    }
    long accepted = 0;
    int full = 0;
    for (Future<Api.Answer> answer : answers) {
      if (answer.get().status() == 200) {
        accepted += answer.get().json().get("accepted").asInt();
      } else {
        assertThat(answer.get().status()).isEqualTo(503);
        assertThat(answer.get().header("Retry-After")).matches("[1-9][0-9]*");
        assertThat(answer.get().header("Content-Type")).startsWith("application/problem+json");
        full++;
      }
    }
    assertThat(full).isBetween(1, 59);
    assertThat(accepted).isPositive().isEqualTo(world.stored());
    world.send("[]").expect(200);
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String thousand(int request) {
    return IntStream.range(0, 1_000)
        .mapToObj(i -> "{\"id\":\"%d-%d\",\"user_id\":\"u\",\"event\":\"x\"}".formatted(request, i))
        .collect(Collectors.joining(",", "[", "]"));
  }
}
