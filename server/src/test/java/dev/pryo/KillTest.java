package dev.pryo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// kill -9 under load: whatever was acknowledged is there after the next start, once.
class KillTest {
  /// What dies.
  enum Victim {
    SERVER,
    DATABASE,
    BOTH
  }

  private static final int CLIENTS = 4;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void nothingAcknowledgedIsLost(Victim victim) {
    round(victim, folder.resolve("home"), 1);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("slow")
  void nothingAcknowledgedIsLostInRoundAfterRound(Victim victim) {
    round(victim, folder.resolve("home"), 4);
  }

  private static void round(Victim victim, Path home, int rounds) {
    Set<String> acknowledged = new HashSet<>();
    Scene scene;
    try (ServerProcess server = ServerProcess.start(home)) {
      scene = Scene.set(server);
    }
    for (int round = 0; round < rounds; round++) {
      try (ServerProcess server = ServerProcess.start(home)) {
        acknowledged.addAll(underLoad(server, scene, round, victim));
      }
    }
    try (ServerProcess server = ServerProcess.start(home)) {
      List<String> stored = scene.stored(server);
      assertThat(stored).doesNotHaveDuplicates();
      assertThat(new HashSet<>(stored)).containsAll(acknowledged);
      assertThat(acknowledged).hasSizeGreaterThan(100);
    }
  }

  private static Set<String> underLoad(
      ServerProcess server, Scene scene, int round, Victim victim) {
    ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
    AtomicBoolean over = new AtomicBoolean();
    AtomicLong numbers = new AtomicLong();
    List<Thread> clients = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      clients.add(
          Thread.ofVirtual()
              .start(() -> {
                while (!over.get()) {
                  String id = "e-%d-%d".formatted(round, numbers.incrementAndGet());
                  if (scene.send(server, id)) {
                    acknowledged.add(id);
                  }
                }
              }));
    }
    while (acknowledged.size() < 200) {
      Thread.onSpinWait();
    }
    switch (victim) {
      case SERVER -> server.kill();
      case DATABASE -> {
        server.killDatabase();
        int before = acknowledged.size();
        server.awaitHealth(200); // it starts its database again by itself
        while (acknowledged.size() < before + 50) {
          Thread.onSpinWait();
        }
        server.kill();
      }
      case BOTH -> {
        server.killDatabase();
        server.kill();
      }
    }
    over.set(true);
    clients.forEach(KillTest::join);
    return new HashSet<>(acknowledged);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// An active experiment, and a token that outlives restarts.
  private record Scene(String token, String writeKey, String experiment) {
    static Scene set(ServerProcess server) {
      World world = World.create(server.port());
      world
          .owner()
          .post("/api/experiments/" + world.experiment() + "/activate", Map.of("force", true))
          .expect(200);
      return new Scene(world.owner().token(), world.writeKey(), world.experiment());
    }

    boolean send(ServerProcess server, String id) {
      try {
        Api.Answer answer =
            server
                .api()
                .post(
                    "/api/events?key=" + writeKey,
                    Map.of(
                        "id",
                        id,
                        "user_id",
                        "u-" + id,
                        "event",
                        "$exposure",
                        "experiment",
                        experiment));
        return answer.status() == 200 && answer.json().get("accepted").asInt() == 1;
      } catch (UncheckedIOException e) {
        return false; // the server is gone: not acknowledged
      }
    }

    List<String> stored(ServerProcess server) {
      String lines =
          server
              .api()
              .with(token)
              .get("/api/experiments/" + experiment + "/events?format=ndjson")
              .text();
      try (Stream<String> events = lines.lines()) {
        return events
            .filter(line -> !line.isBlank())
            .map(line -> JsonMapper.shared().readTree(line))
            .map((JsonNode event) -> event.get("id").asString())
            .toList();
      }
    }
  }
}
