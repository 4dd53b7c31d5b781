package dev.pryo.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.PryoTest;
import dev.pryo.account.Account;
import dev.pryo.account.Accounts;
import dev.pryo.analysis.Alert.Kind;
import dev.pryo.event.EventStore;
import dev.pryo.event.Noticing;
import dev.pryo.experiment.Experiments;
import dev.pryo.platform.Tenant;
import dev.pryo.project.Projects;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Pryo looks by itself; the time is the test's.
@PryoTest
class GuardTest {
  private static final Map<String, Object> SIGNED_UP =
      Map.of("event", "sign_up", "name", "Signed up", "kind", "conversion", "role", "primary");
  private static final Map<String, Object> STAYED =
      Map.of(
          "event",
          "stay",
          "name",
          "Stayed",
          "kind",
          "conversion",
          "role",
          "guardrail",
          "margin",
          0.1);

  @LocalServerPort int port;
  @Autowired Accounts accounts;
  @Autowired EventStore events;
  @Autowired Analyses analyses;
  @Autowired Noticing noticing;
  @Autowired Alerts alerts;
  @Autowired Projects projects;
  @Autowired Experiments experiments;
  @Autowired InstantSource clock;
  @Autowired ObjectProvider<AnalysisListener> listeners;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;
  @TempDir Path folder;

  @Test
  void itLooksEveryHourAndSavesWhatHasChanged() {
    PairsWorld world = new PairsWorld(port, 1, List.of(SIGNED_UP));
    Instant start = clock.instant();
    visit(world, "a", 30, 3);
    look(start.plus(Duration.ofMinutes(59)));
    assertThat(looks(world)).isZero();
    look(start.plus(Duration.ofMinutes(61)));
    assertThat(looks(world)).isEqualTo(1);
    look(start.plus(Duration.ofMinutes(120)));
    assertThat(lookedAt(world)).isBefore(start.plus(Duration.ofMinutes(62)));
    look(start.plus(Duration.ofMinutes(122)));
    assertThat(lookedAt(world)).isAfter(start.plus(Duration.ofMinutes(121)));
    assertThat(looks(world)).isEqualTo(1); // nothing has come since
    visit(world, "b", 30, 3);
    look(start.plus(Duration.ofMinutes(183)));
    assertThat(looks(world)).isEqualTo(2);
  }

  @Test
  void aBurstOfEventsIsLookedAtSooner() {
    PairsWorld world = new PairsWorld(port, 1, List.of(SIGNED_UP));
    visit(world, "a", 30, 3);
    Instant soon = clock.instant().plus(Duration.ofMinutes(5));
    fill(world, Guard.BURST - 100);
    look(soon);
    assertThat(looks(world)).isZero();
    fill(world, 100);
    look(soon);
    assertThat(looks(world)).isEqualTo(1);
  }

  @Test
  void harmPausesOnceWhereThatIsWished() {
    PairsWorld world = new PairsWorld(port, 1, List.of(SIGNED_UP, STAYED), "pause", Map.of());
    harm(world);
    Instant start = clock.instant();
    look(start.plus(Duration.ofMinutes(61)));
    assertThat(status(world)).isEqualTo("paused");
    assertThat(open(world))
        .singleElement()
        .satisfies(alert -> {
          assertThat(alert.kind()).isEqualTo(Kind.HARM);
          assertThat(alert.paused()).isTrue();
          assertThat(alert.sentence())
              .isEqualTo("Stop now: Test 1 brings 37.5 % fewer “Stayed” (limit 10 %).");
        });
    world.post("/resume", null);
    assertThat(open(world)).isEmpty();
    look(start.plus(Duration.ofMinutes(180)));
    assertThat(status(world)).isEqualTo("active");
    assertThat(open(world)).isEmpty();
  }

  @Test
  void harmIsSaidUntilSomebodyActsOrDismissesIt() {
    PairsWorld world = new PairsWorld(port, 1, List.of(SIGNED_UP, STAYED));
    harm(world);
    Instant start = clock.instant();
    look(start.plus(Duration.ofMinutes(61)));
    assertThat(status(world)).isEqualTo("active");
    assertThat(open(world)).extracting(Alert::kind).containsExactly(Kind.HARM);
    assertThat(open(world)).noneMatch(Alert::paused);
    world.post("/pause", null);
    assertThat(open(world)).isEmpty();
    world.post("/resume", null);
    assertThat(open(world)).isEmpty();

    PairsWorld other = new PairsWorld(port, 1, List.of(SIGNED_UP, STAYED));
    harm(other);
    look(start.plus(Duration.ofMinutes(123)));
    assertThat(open(other)).hasSize(1);
    Account owner = accounts.find(other.account()).orElseThrow();
    Tenant.as(
        owner.id(),
        () -> {
          alerts.dismiss(owner, other.id());
          return true;
        });
    look(start.plus(Duration.ofMinutes(185)));
    assertThat(open(other)).isEmpty();
  }

  @Test
  void aBrokenSplitIsSaid() {
    PairsWorld world = new PairsWorld(port, 1, List.of(SIGNED_UP));
    IntStream.range(0, 2_000).forEach(i -> world.exposed("u" + i, i < 1_500 ? "control" : "test1"));
    world.send();
    look(clock.instant().plus(Duration.ofMinutes(61)));
    assertThat(open(world))
        .singleElement()
        .satisfies(alert -> {
          assertThat(alert.kind()).isEqualTo(Kind.SPLIT);
          assertThat(alert.sentence())
              .startsWith("Do not use these numbers: Test 1 got 25 % of people instead of 50 %.");
        });
  }

  @Test
  void aSettledVerdictAndTheLongestTimeAreSaid() {
    PairsWorld clear = new PairsWorld(port, 1, List.of(SIGNED_UP));
    visit(clear, "a", 400, 20, 200);
    PairsWorld open = new PairsWorld(port, 1, List.of(SIGNED_UP));
    visit(open, "a", 400, 40, 40);
    Instant start = clock.instant();
    look(start.plus(Duration.ofMinutes(61)));
    assertThat(open(clear)).extracting(Alert::kind).containsExactly(Kind.SETTLED);
    assertThat(open(open)).isEmpty();
    look(start.plus(Duration.ofDays(29)));
    assertThat(open(open)).extracting(Alert::kind).containsExactly(Kind.MAX_DAYS);
    assertThat(open(open).getFirst().sentence()).startsWith("You can stop. If there is a gain,");
  }

  @Test
  void thePlannedNumberIsSaid() {
    Map<String, Object> plan = Map.of("baseline", 0.5, "mde", 0.5);
    PairsWorld world = new PairsWorld(port, 1, List.of(SIGNED_UP), "notify", plan);
    int planned = world.experiment().at("/plan/n_planned").asInt();
    visit(world, "a", planned - 2, planned / 4);
    Instant start = clock.instant();
    look(start.plus(Duration.ofMinutes(61)));
    assertThat(open(world)).isEmpty();
    visit(world, "b", 2, 0);
    look(start.plus(Duration.ofMinutes(122)));
    assertThat(open(world))
        .singleElement()
        .satisfies(alert -> {
          assertThat(alert.kind()).isEqualTo(Kind.PLANNED_END);
          assertThat(alert.sentence()).startsWith("You can stop. If there is a gain, it is below ");
        });
  }

  @Test
  void twoServersDoNotLookTwice() throws Exception {
    PairsWorld world = new PairsWorld(port, 1, List.of(SIGNED_UP));
    visit(world, "a", 400, 20, 200);
    Instant first = clock.instant().plus(Duration.ofMinutes(62)).truncatedTo(ChronoUnit.SECONDS);
    Instant second = first.minusSeconds(60);
    List<Future<?>> servers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      system(() -> {
        analyses.lock(world.id()); // both have seen that it is due before either of them looks
        servers.add(threads.submit(() -> look(first)));
        awaitWaiting(1);
        servers.add(threads.submit(() -> look(second)));
        awaitWaiting(2);
        return true;
      });
      for (Future<?> server : servers) {
        server.get();
      }
    }
    assertThat(looks(world)).isEqualTo(1);
    assertThat(open(world)).hasSize(1);
    assertThat(
            one(
                "select looked_at from guarded where experiment_id = :id",
                world,
                OffsetDateTime.class))
        .isEqualTo(first.atOffset(ZoneOffset.UTC));
    look(first); // as after a start
    assertThat(looks(world)).isEqualTo(1);
  }

  private void awaitWaiting(long number) {
    for (int i = 0; i < 3_000; i++) {
      long now =
          sql.sql("select count(*) from pg_locks where locktype = 'advisory' and not granted")
              .query(Long.class)
              .single();
      if (now >= number) {
        return;
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    throw new AssertionError("nobody waits");
  }

  /// The plan is 138 people. The first 138 show an effect that is clear at the planned end alone.
  @Test
  void aLateLookSeesThePlannedEndToo() {
    Map<String, Object> plan = Map.of("baseline", 0.5, "mde", 0.5);
    Map<String, Object> goal =
        Map.of(
            "event",
            "sign_up",
            "name",
            "Signed up",
            "kind",
            "conversion",
            "role",
            "primary",
            "window_hours",
            1);
    PairsWorld inTime = new PairsWorld(port, 1, List.of(goal), "notify", plan);
    PairsWorld late = new PairsWorld(port, 1, List.of(goal), "notify", plan);
    int planned = Objects.requireNonNull(inTime.experiment().at("/plan/n_planned")).asInt();
    for (PairsWorld world : List.of(inTime, late)) {
      visit(world, "a", planned, planned / 4, planned / 4 + planned / 8);
    }
    visit(late, "b", 4 * planned, planned, planned);
    look(clock.instant().plus(Duration.ofHours(3)));
    JsonNode then = inTime.analysis();
    JsonNode now = late.analysis();
    assertThat(then.at("/verdict/decision").asString()).isEqualTo("ship");
    assertThat(now.at("/verdict/decision").asString()).isEqualTo("ship");
    String p = "/statistics/comparisons/0/always_valid/p_value";
    assertThat(now.at(p).asDouble()).isEqualTo(then.at(p).asDouble());
    assertThat(now.at(p + "_now").asDouble()).isGreaterThan(0.05);
    assertThat(now.at("/statistics/comparisons/0/test/n").asInt()).isGreaterThan(2 * planned);
    late.verified(folder);
    look(clock.instant().plus(Duration.ofHours(6)));
    assertThat(late.analysis().at(p).asDouble()).isEqualTo(then.at(p).asDouble());
  }

  @Test
  void eachTestSegmentHasAPlannedEndOfItsOwn() {
    Map<String, Object> goal =
        Map.of(
            "event",
            "sign_up",
            "name",
            "Signed up",
            "kind",
            "conversion",
            "role",
            "primary",
            "window_hours",
            1);
    Map<String, Object> plan = Map.of("baseline", 0.5, "mde", 0.5);
    PairsWorld world = new PairsWorld(port, 2, List.of(goal), "notify", plan);
    world.startedBefore(sql, transactions, 12);
    long planned = world.experiment().at("/plan/n_planned").asLong();
    for (int i = 0; i < 2 * planned; i++) {
      world.exposed("u" + i, i % 3 == 0 ? "control" : "test" + i % 3, 10 - i / 1_000.0);
    }
    world.send();
    look(clock.instant());
    JsonNode ends =
        JsonMapper.shared()
            .readTree(
                one(
                    "select look ->> 'planned_ends' from analysis where experiment_id = :id",
                    world,
                    String.class));
    assertThat(ends.size()).isEqualTo(2);
    for (int test = 1; test <= 2; test++) {
      JsonNode end = ends.get(test - 1);
      assertThat(end.get("segment").asInt()).isEqualTo(test);
      double share =
          world.experiment().at("/segments/%d/traffic_percentage".formatted(test)).asDouble();
      double control = world.experiment().at("/segments/0/traffic_percentage").asDouble();
      long mature = 0;
      for (JsonNode total : end.get("totals")) {
        int segment = total.get("segment").asInt();
        mature += segment == 0 || segment == test ? total.get("mature").asLong() : 0;
      }
      assertThat(mature).isEqualTo(Math.round(planned * (control + share) / 100));
    }
  }

  /// On one day the planned people come at noon, and many more two hours later: no day's end shows
  /// the plan alone.
  @Test
  void theSeriesKnowsThePlannedEndThatTheAnalysisKnows() {
    Map<String, Object> goal =
        Map.of("event", "sign_up", "kind", "conversion", "role", "primary", "window_hours", 1);
    Map<String, Object> capped =
        Map.of(
            "event",
            "sign_up",
            "kind",
            "count",
            "role",
            "secondary",
            "window_hours",
            1,
            "cap_quantile",
            0.9);
    Map<String, Object> growing = Map.of("event", "sign_up", "kind", "sum", "role", "secondary");
    Map<String, Object> plan = Map.of("baseline", 0.5, "mde", 0.5);
    PairsWorld world = new PairsWorld(port, 1, List.of(goal, capped, growing), "notify", plan);
    world.startedBefore(sql, transactions, 12);
    int planned = world.experiment().at("/plan/n_planned").asInt();
    Instant noon =
        clock.instant().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(10).minusHours(12));
    double days = Duration.between(noon, clock.instant()).toSeconds() / 86_400.0;
    visitBefore(world, "a", days, planned, planned / 4, planned / 4 + planned / 8);
    visitBefore(world, "b", days - 2 / 24.0, 4 * planned, planned, planned);
    look(clock.instant());
    JsonNode ends =
        JsonMapper.shared()
            .readTree(
                one(
                    "select look ->> 'planned_ends' from analysis where experiment_id = :id",
                    world,
                    String.class));
    assertThat(ends.size()).isEqualTo(3);
    JsonNode series = world.series();
    for (int each = 0; each < 3; each++) {
      JsonNode p = series.at("/goals/%d/lifts/0/p_value".formatted(each));
      JsonNode said =
          world.analysis().at("/statistics/comparisons/%d/always_valid".formatted(each));
      assertThat(said.get("p_value_now").asDouble()).isGreaterThan(0.1);
      assertThat(said.get("p_value").asDouble()).isLessThan(0.1);
      assertThat(p.get(0).asDouble()).isEqualTo(said.get("p_value").asDouble());
    }
  }

  private static void visitBefore(
      PairsWorld world, String name, double days, int people, int control, int test) {
    for (int i = 0; i < people; i++) {
      world.exposed(name + i, i % 2 == 0 ? "control" : "test1", days);
      if (i / 2 < (i % 2 == 0 ? control : test)) {
        world.before(name + i, "sign_up", 1.0, days - 0.01);
      }
    }
    world.send();
  }

  private static void harm(PairsWorld world) {
    for (int i = 0; i < 1_000; i++) {
      String segment = i % 2 == 0 ? "control" : "test1";
      world.exposed("u" + i, segment);
      if (i / 2 < (i % 2 == 0 ? 400 : 250)) {
        world.happened("u" + i, "stay", null);
      }
    }
    world.send();
  }

  private static void visit(PairsWorld world, String name, int people, int each) {
    visit(world, name, people, each, each);
  }

  /// Half of the people see each segment; so many of each sign up.
  private static void visit(PairsWorld world, String name, int people, int control, int test) {
    for (int i = 0; i < people; i++) {
      world.exposed(name + i, i % 2 == 0 ? "control" : "test1");
      if (i / 2 < (i % 2 == 0 ? control : test)) {
        world.happened(name + i, "sign_up", null);
      }
    }
    world.send();
  }

  /// Events of the project that name no experiment.
  private void fill(PairsWorld world, int number) {
    system(() ->
        sql.sql(
                """
                insert into event (project_no, event_key, user_key, user_id, name_no, at, received_at)
                select p.no, gen_random_uuid(), i, 'u' || i, 0, now(), now()
                  from generate_series(1, :number) i, experiment e join project p on p.id = e.project_id
                 where e.id = :id\
                """)
            .param("number", number)
            .param("id", world.id())
            .update());
  }

  private void look(Instant time) {
    InstantSource then = () -> time;
    Analyst analyst =
        new Analyst(events, analyses, noticing, projects, sql, transactions, then, listeners);
    Guard guard = new Guard(experiments, analyst, alerts, sql, transactions, then);
    Tenant.system(() -> {
      guard.run();
      return true;
    });
  }

  private long looks(PairsWorld world) {
    return one("select count(*) from analysis where experiment_id = :id", world, Long.class);
  }

  private Instant lookedAt(PairsWorld world) {
    return one(
            "select looked_at from guarded where experiment_id = :id", world, OffsetDateTime.class)
        .toInstant();
  }

  private String status(PairsWorld world) {
    return one("select status from experiment where id = :id", world, String.class);
  }

  private List<Alert> open(PairsWorld world) {
    return Tenant.system(() -> alerts.open(world.id()));
  }

  private <T> T one(String query, PairsWorld world, Class<T> type) {
    return system(() -> sql.sql(query).param("id", world.id()).query(type).single());
  }

  private <T> T system(Supplier<T> work) {
    return Objects.requireNonNull(Tenant.system(() -> transactions.execute(status -> work.get())));
  }
}
