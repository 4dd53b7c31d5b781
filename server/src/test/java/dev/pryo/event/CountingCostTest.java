package dev.pryo.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.PryoTest;
import dev.pryo.event.TotalsQuery.Period;
import dev.pryo.experiment.Condition;
import dev.pryo.experiment.Goal;
import dev.pryo.platform.Tenant;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// Totals, days, spreads and parts cost what the experiment's own events cost, and nothing more for
/// the events of other experiments: counted in buffers of 8 kB that PostgreSQL touches, which other
/// work on the machine does not change.
///
/// `-Dpryo.rows=200000` measures more visitors; it prints what it finds, for docs/performance.md.
@PryoTest
class CountingCostTest {
  private static final int VISITORS = Integer.getInteger("pryo.rows", 8_000);
  private static final int TIMES = 10; // so many times as many events of others
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final Instant SINCE = NOW.minus(Duration.ofDays(30));

  /// Of one experiment. Everybody is exposed on some day, and one in five buys an hour later.
  private static final String EXPOSURES =
      """
      insert into event (project_no, event_key, user_key, user_id, name_no, at, received_at, experiment_no,
             segment_no, properties)
      select :project, gen_random_uuid(), hashint8extended(i, 3), 'user-' || i, 0, t.at, t.at, :experiment, i % 2,
             jsonb_build_object('device', (array['phone', 'tablet', 'desk'])[1 + i % 3])
        from generate_series(1, :visitors) i
       cross join lateral (select :since::timestamptz + i % 29 * interval '1 day' as at) t\
      """;

  private static final String PURCHASES =
      """
      insert into event (project_no, event_key, user_key, user_id, name_no, at, received_at, value, properties,
             experiment_no, segment_no)
      select :project, gen_random_uuid(), hashint8extended(i, 3), 'user-' || i, :name, t.at, t.at, 10 + i % 90,
             '{"currency": "EUR"}', :experiment, :segment
        from generate_series(1, :visitors) i
       cross join lateral (select :since::timestamptz + i % 29 * interval '1 day' + interval '1 hour' as at) t
       where i % 5 = 0\
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
  @Autowired EventNames names;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;

  @Test
  void eventsOfOtherExperimentsAreNotRead() {
    EventWorld world = new EventWorld(server, port);
    EventWorld.Made own = world.experiment("own");
    world
        .send(List.of(Map.of("id", "first", "user_id", "nobody", "event", "purchase")))
        .expect(200);
    exposures(world, own, VISITORS);
    purchases(world, null, VISITORS);
    Map<String, Long> alone = costs(world, own);
    for (String key : List.of("one", "two")) { // half of their visitors see several experiments
      EventWorld.Made other = world.experiment(key);
      exposures(world, other, VISITORS * TIMES / 2);
      purchases(world, other, VISITORS * TIMES / 2);
    }
    Map<String, Long> beside = costs(world, own);
    System.out.printf(
        "buffers for %,d visitors%nalone:  %s%nbeside: %s%n", VISITORS, alone, beside);
    // the indexes may have become a level higher, and a page at the edge of a stretch is shared
    alone.forEach((what, buffers) ->
        assertThat(beside.get(what)).as(what).isLessThan(buffers * 11 / 10 + 100));
  }

  private void exposures(EventWorld world, EventWorld.Made experiment, int visitors) {
    insert(world, EXPOSURES, experiment, visitors);
  }

  /// @param experiment that the events name; null: none
  private void purchases(EventWorld world, EventWorld.@Nullable Made experiment, int visitors) {
    insert(world, PURCHASES, experiment, visitors);
  }

  private void insert(
      EventWorld world, String into, EventWorld.@Nullable Made experiment, int visitors) {
    long name = world.count("select no from event_name where project_no = :project");
    Tenant.system(() ->
        transactions.execute(status ->
            sql.sql(into)
                .param("project", world.project.no())
                .param("experiment", experiment == null ? null : experiment.no(), Types.BIGINT)
                .param("segment", experiment == null ? null : 0, Types.INTEGER)
                .param("name", name)
                .param("since", SINCE.toString())
                .param("visitors", visitors)
                .update()));
  }

  private Map<String, Long> costs(EventWorld world, EventWorld.Made experiment) {
    sql.sql("vacuum (analyze) event").update();
    TotalsQuery query = query(world, experiment, goals());
    TotalsQuery filtered = query(world, experiment, List.of(filteredGoal()));
    CountStatements statements = new CountStatements(sql, names); // which know nothing yet
    EventTotals totals = new EventTotals(sql, transactions, statements);
    EventDays days = new EventDays(sql, transactions, statements);
    EventSpreads spreads = new EventSpreads(sql, transactions, statements);
    EventParts parts = new EventParts(sql, transactions, statements);
    Map<String, Long> costs = new LinkedHashMap<>();
    costs.put("totals", buffers(world, () -> assertThat(totals.count(query).users()).hasSize(2)));
    costs.put("days", buffers(world, () -> assertThat(days.count(query)).hasSizeBetween(29, 31)));
    costs.put(
        "days with filter and cap",
        buffers(world, () -> assertThat(days.count(filtered)).hasSizeBetween(29, 31)));
    costs.put("spreads", buffers(world, () -> assertThat(spreads.count(query)).hasSize(1)));
    costs.put(
        "parts", buffers(world, () -> assertThat(parts.count(query, "device", 5)).hasSize(3)));
    costs.put(
        "properties",
        buffers(world, () -> assertThat(parts.properties(query)).containsExactly("device")));
    return costs;
  }

  private static List<Goal> goals() {
    return List.of(
        History.goal("purchase", Goal.Kind.CONVERSION, 24),
        History.goal("purchase", Goal.Kind.SUM, null));
  }

  private static Goal filteredGoal() {
    return History.capped(
        History.filtered(
            History.goal("purchase", Goal.Kind.SUM, null),
            new Condition("currency", Condition.Op.EQ, "EUR")),
        0.99);
  }

  private static TotalsQuery query(EventWorld world, EventWorld.Made experiment, List<Goal> goals) {
    return new TotalsQuery(
        world.project.no(),
        experiment.no(),
        2,
        goals,
        List.of(new Period(SINCE, null)),
        false,
        Source.LIVE,
        NOW);
  }

  private long buffers(EventWorld world, Runnable count) {
    return Tenant.as(
        world.account.id(),
        () ->
            Objects.requireNonNull(
                transactions.execute(status -> {
                  long already = touched();
                  count.run();
                  return touched() - already;
                })));
  }

  private long touched() {
    return sql.sql(TOUCHED).query(Long.class).single();
  }
}
