package dev.pryo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// kill -9 under load: whatever was acknowledged is there afterwards, once, and so is what was sent
/// again because no answer came.
class KillTest {
  /// What dies.
  enum Victim {
    SERVER,
    DATABASE,
    BOTH
  }

  private static final int CLIENTS = 8;
  private static final int BATCH = 20;
  private static final int MUCH = 400;

  @TempDir Path home;

  @ParameterizedTest
  @EnumSource
  void nothingAcknowledgedIsLost(Victim victim) {
    killAgainAndAgain(victim, 3);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("slow")
  void nothingAcknowledgedIsLostInTenRounds(Victim victim) {
    killAgainAndAgain(victim, 10);
  }

  private void killAgainAndAgain(Victim victim, int rounds) {
    ServerProcess server = ServerProcess.start(home);
    try {
      Scene scene = Scene.set(server);
      Set<String> acknowledged = ConcurrentHashMap.newKeySet();
      List<List<String>> unanswered = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        Load load = new Load(scene, server, acknowledged, "e-%d-".formatted(round));
        load.awaitMore(MUCH);
        kill(victim, server, load);
        unanswered.addAll(load.stop());
        if (victim != Victim.DATABASE) {
          server = ServerProcess.start(home); // and finds what the one before left running
        }
      }
      for (List<String> batch : unanswered) {
        assertThat(scene.send(server, batch)).isTrue();
        acknowledged.addAll(batch);
      }
      assertThat(acknowledged).hasSizeGreaterThan(rounds * MUCH);
      assertThat(scene.stored(server)).containsExactlyInAnyOrderElementsOf(acknowledged);
    } finally {
      server.close();
    }
  }

  private static void kill(Victim victim, ServerProcess server, Load load) {
    switch (victim) {
      case SERVER -> server.kill();
      case BOTH -> {
        server.killDatabase();
        server.kill();
      }
      case DATABASE -> {
        server.killDatabase();
        server.awaitHealth(200); // it starts its database again by itself
        load.awaitMore(MUCH);
      }
    }
  }

  /// Clients that send as fast as they are answered, half of them one event at a time, and the same
  /// again where no answer came.
  private static final class Load {
    private final Semaphore answered = new Semaphore(0);
    private final AtomicLong numbers = new AtomicLong();
    private final List<List<String>> unanswered = new ArrayList<>();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean over;

    Load(Scene scene, ServerProcess server, Set<String> acknowledged, String prefix) {
      for (int client = 0; client < CLIENTS; client++) {
        int size = client % 2 == 0 ? 1 : BATCH;
        clients.add(
            Thread.ofVirtual()
                .start(() -> {
                  while (!over) {
                    List<String> batch =
                        IntStream.range(0, size)
                            .mapToObj(i -> prefix + numbers.incrementAndGet())
                            .toList();
                    if (sent(scene, server, batch)) {
                      acknowledged.addAll(batch);
                      answered.release(size);
                    }
                  }
                }));
      }
    }

    private boolean sent(Scene scene, ServerProcess server, List<String> batch) {
      do {
        if (scene.send(server, batch)) {
          return true;
        }
      } while (!over);
      synchronized (unanswered) {
        unanswered.add(batch);
      }
      return false;
    }

    /// Waits until this many more events have been acknowledged.
    void awaitMore(int events) {
      answered.drainPermits();
      try {
        assertThat(answered.tryAcquire(events, 90, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    /// @return the batches that nobody has acknowledged
    List<List<String>> stop() {
      over = true;
      try {
        for (Thread client : clients) {
          client.join();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      synchronized (unanswered) {
        return List.copyOf(unanswered);
      }
    }
  }

  /// An active experiment and who owns it.
  private record Scene(String email, String writeKey, String experiment) {
    static Scene set(ServerProcess server) {
      World world = World.create(server.port());
      world
          .owner()
          .post("/api/experiments/" + world.experiment() + "/activate", Map.of("force", true))
          .expect(200);
      String email = world.owner().get("/api/auth/me").expect(200).get("email").asString();
      return new Scene(email, world.writeKey(), world.experiment());
    }

    /// @return whether the server has acknowledged every event, now or before
    boolean send(ServerProcess server, List<String> ids) {
      List<Map<String, String>> events =
          ids.stream()
              .map(id ->
                  Map.of(
                      "id",
                      id,
                      "user_id",
                      "u-" + id,
                      "event",
                      "$exposure",
                      "experiment",
                      experiment))
              .toList();
      try {
        Api.Answer answer = server.api().post("/api/events?key=" + writeKey, events);
        return answer.status() == 200
            && answer.json().get("accepted").asInt() + answer.json().get("duplicates").asInt()
                == ids.size();
      } catch (UncheckedIOException e) {
        return false; // the server is gone: not acknowledged
      }
    }

    List<String> stored(ServerProcess server) {
      JsonNode tokens =
          server
              .api()
              .post("/api/auth/login", Map.of("email", email, "password", "correct horse battery"))
              .expect(200);
      return server
          .api()
          .with(tokens.get("access_token").asString())
          .get("/api/experiments/" + experiment + "/events?format=ndjson")
          .text()
          .lines()
          .map(line -> JsonMapper.shared().readTree(line).get("id").asString())
          .toList();
    }
  }
}
