package dev.pryo.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.PryoTest;
import dev.pryo.experiment.Splits;
import dev.pryo.project.Projects;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Two servers on one database: the running one, which makes the changes, and the look-ups of a
/// second one, which nobody tells of them. Its time is the test's.
@PryoTest
class LookupsTest {
  private static final Duration ALMOST = Duration.ofSeconds(5).minusNanos(1);

  @LocalServerPort int port;
  @Autowired ApplicationContext server;
  @Autowired Projects projects;
  @Autowired Splits splits;

  private final AtomicLong nanos = new AtomicLong();
  private EventWorld world;
  private Lookups second;

  @BeforeEach
  void twoServers() {
    world = new EventWorld(server, port);
    second = new Lookups(projects, splits, new Strangers(false), nanos::get);
  }

  @Test
  void aKeyThatAnotherServerHasEndedIsRefusedAfterFiveSeconds() {
    String key = world.project.writeKey();
    assertThat(second.project(key)).isPresent();
    rotate();
    pass(ALMOST);
    assertThat(second.project(key)).as("it is remembered").isPresent();
    pass(Duration.ofNanos(1));
    assertThat(second.project(key)).isEmpty();
    world.send("[]").expect(401); // the server that ended it knows at once
  }

  /// What is remembered of the key makes no older answer of the rules.
  @Test
  void theRulesOfAnEndedKeyAreRefusedAfterFiveSecondsToo() {
    String key = world.project.writeKey();
    assertThat(second.project(key)).isPresent();
    pass(ALMOST);
    rotate();
    assertThat(rules(key)).isEmpty();
    assertThat(rules("nothing like a key")).isEmpty();
  }

  @Test
  void rulesThatAnotherServerHasChangedAreObeyedAfterFiveSeconds() {
    String key = world.project.writeKey();
    UUID experiment = world.experiment("buy").id();
    assertThat(rules(key)).hasValueSatisfying(text -> assertThat(text).contains("\"buy\""));
    world.api.post("/api/experiments/" + experiment + "/pause", null).expect(200);
    pass(ALMOST);
    assertThat(rules(key)).hasValueSatisfying(text -> assertThat(text).contains("\"buy\""));
    pass(Duration.ofNanos(1));
    assertThat(rules(key)).hasValueSatisfying(text -> assertThat(text).doesNotContain("\"buy\""));
  }

  @Test
  void aShareThatAnotherServerHasChangedIsObeyedAtIngestAfterFiveSeconds() {
    UUID experiment = world.experiment("buy", 1).id();
    long before = bound("buy");
    world
        .api
        .patch("/api/experiments/" + experiment, Map.of("exposure_percentage", 100))
        .expect(200);
    pass(ALMOST);
    assertThat(bound("buy")).isEqualTo(before);
    pass(Duration.ofNanos(1));
    assertThat(bound("buy")).isEqualTo(1L << 32);
  }

  @Test
  void whatIsUnknownIsLookedUpEachTime() {
    String key = "pk_" + UUID.randomUUID().toString().replace("-", "");
    assertThat(second.project(key)).isEmpty();
    assertThat(rules(key)).isEmpty();
    assertThat(second.splits(world.project.id(), Set.of("new"))).isEmpty();
    world.writeKey(key);
    world.experiment("new");
    assertThat(second.project(key)).isPresent();
    assertThat(rules(key)).isPresent();
    assertThat(second.splits(world.project.id(), Set.of("new"))).containsKey("new");
  }

  private long bound(String experiment) {
    return Objects.requireNonNull(
            second.splits(world.project.id(), Set.of(experiment)).get(experiment))
        .exposureBound();
  }

  private Optional<String> rules(String key) {
    return second
        .rules(key, server.getBean(AssignmentsApi.class)::rules)
        .map(rules -> new String(rules.body(), UTF_8));
  }

  private void rotate() {
    world
        .api
        .post("/api/projects/" + world.project.id() + "/write-key/rotate", Map.of("now", true))
        .expect(200);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
