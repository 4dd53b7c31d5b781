package dev.pryo.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.PryoTest;
import dev.pryo.platform.Tenant;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@PryoTest
class PostgresEventStoreTest extends EventStoreContract {
  private static final AtomicLong EXPERIMENTS = new AtomicLong(1_000_000_000);

  @LocalServerPort int port;
  @Autowired ApplicationContext server;
  @Autowired PostgresEventStore postgres;

  @Override
  long project() {
    return new EventWorld(server, port).project.no();
  }

  @Override
  long experiment() {
    return EXPERIMENTS.incrementAndGet();
  }

  @Override
  EventStore store() {
    return new EventStore() {
      @Override
      public List<Outcome> append(List<NewEvent> events) {
        return postgres.append(events);
      }

      @Override
      public void replaceSimulated(long projectNo, long experimentNo, List<NewEvent> events) {
        postgres.replaceSimulated(projectNo, experimentNo, events);
      }

      @Override
      public Totals totals(TotalsQuery query) {
        return Tenant.system(() -> postgres.totals(query));
      }

      @Override
      public Optional<Instant> exceeded(
          TotalsQuery query, Set<Integer> segments, int hours, long n) {
        return Tenant.system(() -> postgres.exceeded(query, segments, hours, n));
      }

      @Override
      public List<Part> parts(TotalsQuery query, String property, int most) {
        return Tenant.system(() -> postgres.parts(query, property, most));
      }

      @Override
      public List<String> properties(TotalsQuery query) {
        return Tenant.system(() -> postgres.properties(query));
      }

      @Override
      public List<DayEnd> days(TotalsQuery query) {
        return Tenant.system(() -> postgres.days(query));
      }

      @Override
      public List<Spread> spreads(TotalsQuery query) {
        return Tenant.system(() -> postgres.spreads(query));
      }

      @Override
      public EventPage page(EventQuery query) {
        return Tenant.system(() -> postgres.page(query));
      }

      @Override
      public List<StoredEvent> visitor(VisitorQuery visitor, int limit) {
        return Tenant.system(() -> postgres.visitor(visitor, limit));
      }

      @Override
      public int erase(VisitorQuery visitor, int most) {
        return Tenant.system(() -> postgres.erase(visitor, most));
      }

      @Override
      public int expire(long projectNo, Instant before, int most) {
        return Tenant.system(() -> postgres.expire(projectNo, before, most));
      }

      @Override
      public int sweep(int most) {
        return Tenant.system(() -> postgres.sweep(most));
      }
    };
  }

  /// Ingest checks before; this is what happens to what a check has missed.
  @Test
  void aRowThatTheDatabaseRefusesIsFoundAndItsNeighboursAreKept() {
    History history = new History(postgres, project(), experiment());
    List<NewEvent> events = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      events.add(history.event("e" + i, "u", "x", i, 1.0, null, null, Source.LIVE, false));
    }
    NewEvent poison = history.event("bad", "u\u0000", "x", 1, 1.0, null, null, Source.LIVE, false);
    events.add(5, poison);
    List<EventStore.Outcome> outcomes = postgres.append(events);
    assertThat(outcomes.get(5)).isEqualTo(EventStore.Outcome.REFUSED);
    assertThat(outcomes).filteredOn(EventStore.Outcome.STORED::equals).hasSize(9);
  }

  @Test
  void daysAreThoseOfUtcWhereverTheConnectionThinksItIs() {
    History history = new History(postgres, project(), experiment());
    history.exposed("before midnight", 0, 23.99).exposed("after it", 1, 24.01);
    postgres.append(history.events);
    LocalDate first = LocalDate.parse("2026-03-01");
    for (boolean bots : new boolean[] {false, true}) { // another query, that none is known already
      String zone = bots ? "Pacific/Kiritimati" : "America/Los_Angeles";
      TotalsQuery query =
          history.query(
              bots, Source.LIVE, History.hour(30), List.of(History.BOUGHT), History.from(0));
      List<LocalDate> days =
          Tenant.system(() ->
              server
                  .getBean(TransactionTemplate.class)
                  .execute(status -> {
                    server
                        .getBean(JdbcClient.class)
                        .sql("select set_config('TimeZone', :zone, true)")
                        .param("zone", zone)
                        .query()
                        .singleRow();
                    List<LocalDate> all = new ArrayList<>();
                    postgres.days(query).forEach(end -> all.add(end.day()));
                    postgres.totals(query).days().stream()
                        .map(Totals.Day::day)
                        .sorted()
                        .forEach(all::add);
                    return all;
                  }));
      assertThat(days).as(zone).containsExactly(first, first.plusDays(1), first, first.plusDays(1));
    }
  }

  /// What lies far down among the events of strangers costs more pages, not more for each.
  @Test
  void eventsFarApartAreAllFoundByFollowingThePages() {
    for (int people : new int[] {50, 2_100}) {
      History history = new History(store(), project(), experiment());
      history.happened("stranger", "purchase", 1);
      postgres.append(history.events);
      fill(history, 0, people, "purchase");
      fill(history, 0, people, NewEvent.EXPOSURE);
      fill(history, 10_000, 30_000, "purchase");
      List<String> users = new ArrayList<>();
      int shortPages = 0;
      Long before = Long.MAX_VALUE;
      while (before != null) {
        EventPage page = store().page(query(history, before));
        page.events().forEach(event -> users.add(event.userId() + event.name()));
        shortPages += page.next() != null && page.events().size() < 1_000 ? 1 : 0;
        before = page.next();
      }
      assertThat(users).hasSize(2 * people).doesNotHaveDuplicates();
      assertThat(shortPages).as("%d people", people).isEqualTo(people == 50 ? 0 : 1);
    }
  }

  private static EventQuery query(History history, long before) {
    return new EventQuery(
        history.project,
        history.experiment,
        List.of("purchase"),
        History.hour(0),
        Set.of(Source.LIVE),
        before,
        1_000);
  }

  private void fill(History history, int from, int users, String name) {
    boolean exposure = name.equals(NewEvent.EXPOSURE);
    Tenant.system(() ->
        server
            .getBean(TransactionTemplate.class)
            .execute(status ->
                server
                    .getBean(JdbcClient.class)
                    .sql(
                        """
                        insert into event (project_no, event_key, user_key, user_id, name_no, at, received_at,
                               experiment_no, segment_no)
                        select :project, gen_random_uuid(), i, 'user-' || i,
                               coalesce((select no from event_name where project_no = :project and name = :name), 0),
                               now(), now(), :experiment, :segment
                          from generate_series(:from + 1, :from + :users) i order by i\
                        """)
                    .param("project", history.project)
                    .param("name", name)
                    .param("experiment", exposure ? history.experiment : null, Types.BIGINT)
                    .param("segment", exposure ? 0 : null, Types.SMALLINT)
                    .param("from", from)
                    .param("users", users)
                    .update()));
  }
}
