package dev.pryo.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.PryoTest;
import dev.pryo.platform.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// What is older than its project keeps it goes, in batches, and its space is used again.
@PryoTest
class RetentionTest {
  private static final int MANY = 23_000; // four full batches and a rest

  @LocalServerPort int port;
  @Autowired ApplicationContext server;
  @Autowired Retention retention;
  @Autowired PostgresEventStore store;
  @Autowired InstantSource clock;
  @Autowired JdbcClient sql;
  @Autowired JdbcTemplate jdbc;
  @Autowired TransactionTemplate transactions;

  @Test
  void onlyWhatIsTooOldGoes() {
    EventWorld world = new EventWorld(server, port);
    EventWorld other = new EventWorld(server, port);
    other.retain(396);
    fill(world.project.no(), 10, "395 days 1 hour");
    fill(world.project.no(), 7, "394 days 23 hours");
    fill(other.project.no(), 5, "395 days 1 hour");
    retain();
    assertThat(world.stored()).isEqualTo(7);
    assertThat(other.stored()).isEqualTo(5);
    other.retain(30);
    retain();
    assertThat(other.stored()).isZero();
    assertThat(world.stored()).isEqualTo(7);
  }

  @Test
  void itGoesInBatchesAndEachIsATransactionOfItsOwn() {
    EventWorld world = new EventWorld(server, port);
    fill(world.project.no(), MANY, "400 days");
    AtomicInteger batches = new AtomicInteger();
    Instant old = clock.instant().minus(Duration.ofDays(395));
    int deleted;
    do {
      deleted = Tenant.system(() -> store.expire(world.project.no(), old, Retention.BATCH));
      batches.incrementAndGet();
      assertThat(world.stored()).isEqualTo(Math.max(0, MANY - batches.get() * Retention.BATCH));
    } while (deleted == Retention.BATCH);
    assertThat(batches).hasValue(5);
  }

  @Test
  void theSpaceOfWhatIsGoneIsUsedAgain() {
    EventWorld world = new EventWorld(server, port);
    fill(world.project.no(), MANY, "400 days");
    long table = size("pg_relation_size('event')");
    List<Long> all = new ArrayList<>();
    for (int day = 0; day < 6; day++) {
      retain();
      assertThat(world.stored()).isZero();
      jdbc.execute("vacuum event"); // what autovacuum does by itself, a minute later
      fill(world.project.no(), MANY, "400 days");
      all.add(size("pg_total_relation_size('event')"));
    }
    assertThat(size("pg_relation_size('event')")).isLessThanOrEqualTo(table);
    // an index uses an emptied page again from the second vacuum on; then it grows no more
    assertThat(all.getLast()).isLessThan(all.get(2) + all.get(2) / 10);
  }

  @Test
  void autovacuumComesBeforeTheTableHasGrownByAFiftieth() {
    List<@Nullable String> options =
        sql.sql("select unnest(reloptions) from pg_class where relname = 'event' and relkind = 'r'")
            .query(String.class)
            .list();
    assertThat(options).contains("autovacuum_vacuum_scale_factor=0.02");
  }

  @Test
  void whatADeletedProjectLeftBehindIsSweptUp() {
    long gone = 9_000_000_000L;
    fill(gone, 5_001, "1 minute");
    EventWorld world = new EventWorld(server, port);
    fill(world.project.no(), 3, "1 minute");
    retain();
    assertThat(count(gone)).isZero();
    assertThat(world.stored()).isEqualTo(3);
  }

  @Test
  void withoutBeingPryoItselfNothingIsDeleted() {
    EventWorld world = new EventWorld(server, port);
    EventWorld stranger = new EventWorld(server, port);
    fill(world.project.no(), 10, "400 days");
    Instant now = clock.instant();
    assertThat(store.expire(world.project.no(), now, 100)).isZero();
    Tenant.as(
        stranger.account.id(),
        () -> {
          assertThat(store.expire(world.project.no(), now, 100)).isZero();
          return true;
        });
    assertThat(world.stored()).isEqualTo(10);
  }

  /// A million events, as a large project loses them.
  @Test
  @Tag("slow")
  void aMillionGo() {
    EventWorld world = new EventWorld(server, port);
    fill(world.project.no(), 1_000_000, "400 days");
    retain();
    assertThat(world.stored()).isZero();
  }

  private void retain() {
    Tenant.system(() -> {
      retention.run();
      return true;
    });
  }

  private void fill(long projectNo, int events, String age) {
    system(() ->
        sql.sql(
                """
                insert into event (project_no, event_key, user_key, user_id, name_no, at, received_at, value)
                select :project, gen_random_uuid(), i / 5, 'user-' || i / 5, 1 + i % 2, t, t, 1
                  from generate_series(1, :events) i, (select now() - :age::interval as t) at\
                """)
            .param("project", projectNo)
            .param("events", events)
            .param("age", age)
            .update());
  }

  private long count(long projectNo) {
    return system(() ->
        sql.sql("select count(*) from event where project_no = :project")
            .param("project", projectNo)
            .query(Long.class)
            .single());
  }

  private long size(String of) {
    return sql.sql("select " + of).query(Long.class).single();
  }

  private <T> T system(java.util.function.Supplier<T> work) {
    return Objects.requireNonNull(Tenant.system(() -> transactions.execute(status -> work.get())));
  }
}
