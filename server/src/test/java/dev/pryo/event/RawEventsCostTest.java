package dev.pryo.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.PryoTest;
import dev.pryo.platform.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// A page of raw events costs no more however many there are: counted in buffers of 8 kB that
/// PostgreSQL touches, which other work on the machine does not change.
///
/// `-Dpryo.rows=10000000` measures a larger table; it prints what it finds, for
/// docs/performance.md.
@PryoTest
class RawEventsCostTest {
  private static final int FEW = 10_000;
  private static final int MANY = Integer.getInteger("pryo.rows", 200_000);

  /// Who comes and goes: in the first half of the time other people than in the second, ten events
  /// each. Their exposures to three experiments come at the beginning of their half.
  private static final String EXPOSURES =
      """
      insert into event (project_no, event_key, user_key, user_id, name_no, at, received_at,
             experiment_no, segment_no)
      select :project, gen_random_uuid(), hashint8extended(p, 7), 'user-' || p, 0, t.at, t.at, e.no, 0
        from generate_series(:people * :half / 2, :people * (:half + 1) / 2 - 1) p
       cross join (values (:tenth, 10), (:few, :people / 100), (:past, 1)) as e (no, each)
       cross join (select now() - interval '20 days' + :half * interval '9 days' as at) t
       where p % e.each = 0 and (e.no <> :past or :half = 0)\
      """;

  private static final String GOALS =
      """
      insert into event (project_no, event_key, user_key, user_id, name_no, at, received_at, value, properties)
      select :project, gen_random_uuid(), hashint8extended(p, 7), 'user-' || p, :name, t.at, t.at, 1,
             '{"path": "/pricing"}'
        from generate_series(1, :rows / 2) i
       cross join lateral (
         select abs(hashint8(i)::bigint) % (:people / 2) + :half * (:people / 2) as p) person
       cross join lateral (
         select now() - interval '19 days' + :half * interval '9 days'
                + interval '8 days' * (i / (:rows / 2.0)) as at) t\
      """;

  private static final String TOUCHED =
      """
      select sum(pg_stat_get_xact_blocks_fetched(oid))
        from pg_class
       where oid = 'event'::regclass
          or oid in (select indexrelid from pg_index where indrelid = 'event'::regclass)\
      """;

  @LocalServerPort int port;
  @Autowired ApplicationContext server;
  @Autowired EventStore store;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;

  private final List<Double> took = new ArrayList<>();

  @Test
  void aPageTouchesNoMoreBuffersHoweverManyEventsThereAre() {
    Map<String, Long> few = costs(FEW);
    System.out.printf("buffers a page%n%,12d: %s, %s%n", FEW, few, took);
    Map<String, Long> many = costs(MANY);
    System.out.printf("%,12d: %s, %s%n", MANY, many, took);
    // a page of 50 looks at 5,000 events at most, and each look goes through an index of few levels
    assertThat(many.get("one in ten, newest page")).isLessThan(6_000);
    assertThat(many.get("one in ten, in the middle")).isLessThan(6_000);
    assertThat(many.get("few among many")).isLessThan(10_000);
    assertThat(many.get("all of long ago")).isLessThan(20_000);
  }

  private Map<String, Long> costs(int rows) {
    took.clear();
    EventWorld world = new EventWorld(server, port);
    EventWorld.Made tenth = world.experiment("tenth");
    EventWorld.Made few = world.experiment("few");
    EventWorld.Made past = world.experiment("past");
    world
        .send(List.of(Map.of("id", "first", "user_id", "nobody", "event", "purchase")))
        .expect(200);
    long newest =
        fill(world, rows, Map.of("tenth", tenth.no(), "few", few.no(), "past", past.no()));
    Map<String, Long> costs = new TreeMap<>();
    costs.put("one in ten, newest page", buffers(world, tenth, Long.MAX_VALUE, 50));
    costs.put("one in ten, in the middle", buffers(world, tenth, newest - rows / 4, 50));
    costs.put("few among many", buffers(world, few, Long.MAX_VALUE, 50));
    costs.put("all of long ago", buffers(world, past, Long.MAX_VALUE, rows > FEW ? 0 : 50));
    return costs;
  }

  /// The place of the newest one in the order of arrival.
  private long fill(EventWorld world, int rows, Map<String, Long> experiments) {
    for (int half = 0; half < 2; half++) {
      for (String part : List.of(EXPOSURES, GOALS)) {
        int now = half;
        system(() ->
            sql.sql(part)
                .param("project", world.project.no())
                .param("name", name(world))
                .param("people", rows / 10)
                .param("rows", rows)
                .param("half", now)
                .params(experiments)
                .update());
      }
    }
    sql.sql("vacuum (analyze) event").update();
    return world.count("select max(seq) from event where project_no = :project");
  }

  private int name(EventWorld world) {
    return (int) world.count("select no from event_name where project_no = :project");
  }

  /// What the page takes from the table of events and its indexes, planned as the server plans it.
  ///
  /// @param before where the page begins
  /// @param size how many events it has to have; a page without its full size says that more
  ///   follows
  private long buffers(EventWorld world, EventWorld.Made experiment, long before, int size) {
    EventQuery query =
        new EventQuery(
            world.project.no(),
            experiment.no(),
            List.of("purchase"),
            Instant.now().minus(Duration.ofDays(30)),
            Set.of(Source.values()),
            before,
            50);
    return Tenant.as(
        world.account.id(),
        () ->
            Objects.requireNonNull(
                transactions.execute(status -> {
                  sql.sql("set local plan_cache_mode = force_generic_plan").update();
                  long already = touched();
                  EventPage page = store.page(query);
                  long touched = touched() - already;
                  took.add(millis(query));
                  assertThat(page.events()).hasSize(size);
                  assertThat(page.next()).isNotNull();
                  return touched;
                })));
  }

  /// The median of a hundred. It is printed and nothing rests on it.
  private double millis(EventQuery query) {
    double[] times = new double[100];
    for (int i = 0; i < times.length; i++) {
      long start = System.nanoTime();
      store.page(query);
      times[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(times);
    return Math.round(times[times.length / 2] * 100) / 100.0;
  }

  private long touched() {
    return sql.sql(TOUCHED).query(Long.class).single();
  }

  private void system(Supplier<Integer> work) {
    Tenant.system(() -> transactions.execute(status -> work.get()));
  }
}
