package dev.pryo.event;

import static dev.pryo.event.History.between;
import static dev.pryo.event.History.from;
import static dev.pryo.event.History.goal;
import static dev.pryo.event.History.hour;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.PryoTest;
import dev.pryo.account.Account;
import dev.pryo.experiment.Goal;
import dev.pryo.platform.Tenant;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// A count is only made again where something has changed, and then always.
@PryoTest
class KnownTotalsTest {
  private static final AtomicLong EXPERIMENTS = new AtomicLong(3_000_000_000L);

  @LocalServerPort int port;
  @Autowired ApplicationContext server;
  @Autowired PostgresEventStore store;
  @Autowired DataSource source;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;

  private Account account;
  private History history;
  private Totals first;

  @BeforeEach
  void aCount() {
    EventWorld world = new EventWorld(server, port);
    account = world.account;
    history = new History(store, world.project.no(), EXPERIMENTS.incrementAndGet());
    history.exposed("a", 0, 1).exposed("b", 1, 1).happened("a", "purchase", 2);
    store.append(history.events);
    first = count();
    assertThat(first.users()).containsExactly(1L, 1L);
  }

  private Totals count() {
    return count(history.query(false, Source.LIVE, hour(100), List.of(History.BOUGHT), from(0)));
  }

  private Totals count(TotalsQuery query) {
    return Tenant.as(account.id(), () -> store.totals(query));
  }

  private NewEvent event(
      String user, String name, @Nullable Long experiment, @Nullable Integer segment, Source kind) {
    return history.event(
        UUID.randomUUID().toString(), user, name, 3, 5.0, experiment, segment, kind, false);
  }

  @Test
  void whatNothingHasTouchedIsNotCountedAgain() {
    assertThat(count()).isSameAs(first);
    assertThat(
            count(history.query(false, Source.LIVE, hour(900), List.of(History.BOUGHT), from(0))))
        .isSameAs(first);
  }

  /// Also what a series and a breakdown are made of, with visitors who still have to become mature.
  @Test
  void neitherAreDaysSpreadsAndPartsCountedAgain() {
    store.append(
        List.of(
            at(0.2, "c", NewEvent.EXPOSURE, history.experiment, 0),
            at(0.4, "c", "purchase", null, null)));
    List<Goal> goals =
        List.of(goal("purchase", Goal.Kind.SUM, 24), goal("purchase", Goal.Kind.CONVERSION, null));
    TotalsQuery early = history.query(false, Source.LIVE, hour(24.5), goals, from(0));
    TotalsQuery later = history.query(false, Source.LIVE, hour(24.9), goals, from(0));
    TotalsQuery ripe =
        history.query(
            false,
            Source.LIVE,
            hour(25.5),
            goals,
            from(0)); // the windows of both others have passed
    List<DayEnd> days = as(() -> store.days(early));
    List<Spread> spreads = as(() -> store.spreads(early));
    List<Part> parts = as(() -> store.parts(early, "n", 5));
    assertThat(spreads).hasSize(1);
    assertThat(as(() -> store.days(later))).isSameAs(days);
    assertThat(as(() -> store.spreads(later))).isSameAs(spreads);
    assertThat(as(() -> store.parts(later, "n", 5))).isSameAs(parts);
    assertThat(as(() -> store.days(ripe))).isNotEqualTo(days);
    assertThat(as(() -> store.spreads(ripe))).isNotEqualTo(spreads);
    assertThat(as(() -> store.parts(ripe, "n", 5))).isNotEqualTo(parts);
    List<Spread> known = as(() -> store.spreads(ripe));
    assertThat(
            as(() -> store.spreads(history.query(false, Source.LIVE, hour(900), goals, from(0)))))
        .isSameAs(known);
    store.append(List.of(at(0.6, "c", "purchase", null, null)));
    assertThat(as(() -> store.spreads(ripe))).isNotEqualTo(known);
  }

  private NewEvent at(
      double hour, String user, String name, @Nullable Long experiment, @Nullable Integer segment) {
    return history.event(
        UUID.randomUUID().toString(),
        user,
        name,
        hour,
        5.0,
        experiment,
        segment,
        Source.LIVE,
        false);
  }

  private <T> T as(Supplier<T> count) {
    return Tenant.as(account.id(), count::get);
  }

  @Test
  void eventsOfOthersDoNotMatter() {
    store.append(
        List.of(
            event("c", NewEvent.EXPOSURE, history.experiment + 1_000_000, 0, Source.LIVE),
            event("c", "purchase", history.experiment + 1_000_000, 0, Source.LIVE),
            event("a", "no goal", null, null, Source.LIVE),
            event("a", NewEvent.EXPOSURE, history.experiment, 1, Source.PREVIEW)));
    assertThat(count()).isSameAs(first);
  }

  @Test
  void oneLateEventIsEnough() {
    store.append(List.of(event("c", NewEvent.EXPOSURE, history.experiment, 0, Source.LIVE)));
    assertThat(count().users()).containsExactly(2L, 1L);
    store.append(List.of(event("b", "purchase", null, null, Source.LIVE)));
    assertThat(count().goals()).extracting(Totals.GoalTotal::converted).containsExactly(1L, 1L);
    store.append(List.of(event("c", "purchase", history.experiment, null, Source.LIVE)));
    assertThat(count().goals()).extracting(Totals.GoalTotal::converted).containsExactly(2L, 1L);
    store.append(List.of(event("nobody", "purchase", null, null, Source.LIVE)));
    assertThat(count().goalWithoutExposure()).isEqualTo(1);
  }

  /// A goal's name is numbered when its first event comes.
  @Test
  void theFirstEventOfAGoalIsNoticed() {
    TotalsQuery query =
        history.query(
            false,
            Source.LIVE,
            hour(100),
            List.of(goal("refund", Goal.Kind.CONVERSION, null)),
            from(0));
    assertThat(count(query).goals().getFirst().converted()).isZero();
    store.append(List.of(event("a", "refund", null, null, Source.LIVE)));
    assertThat(count(query).goals().getFirst().converted()).isEqualTo(1);
  }

  @Test
  void whatIsCommittedAfterNewerEventsIsNotMissed() throws SQLException {
    NewEvent slow = event("slow", NewEvent.EXPOSURE, history.experiment, 0, Source.LIVE);
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.execute("select set_config('pryo.account', 'system', true)");
      }
      EventInsert.run(
          connection, List.of(new EventInsert.Row(slow, EventKeys.event(slow.id()), 0)));
      store.append(List.of(event("fast", NewEvent.EXPOSURE, history.experiment, 0, Source.LIVE)));
      Totals between = count();
      assertThat(between.users()).containsExactly(2L, 1L);
      assertThat(count()).isSameAs(between);
      connection.commit();
      connection.setAutoCommit(true);
    }
    assertThat(count().users()).containsExactly(3L, 1L);
  }

  @Test
  void whatIsDeletedCountsNoMore() {
    delete("b");
    assertThat(count().users()).containsExactly(1L, 0L);
    delete("a");
    assertThat(count().users()).containsExactly(0L, 0L);
  }

  private void delete(String user) {
    Tenant.as(
        account.id(),
        () ->
            transactions.execute(status ->
                sql.sql("delete from event where project_no = :project and user_id = :user")
                    .param("project", history.project)
                    .param("user", user)
                    .update()));
  }

  @Test
  void aNewSimulationIsCounted() {
    TotalsQuery query = history.query(false, Source.SIMULATED, hour(9), List.of(History.BOUGHT));
    for (int people = 1; people <= 3; people++) {
      List<NewEvent> run =
          java.util.stream.IntStream.range(0, people)
              .mapToObj(
                  i -> event("s" + i, NewEvent.EXPOSURE, history.experiment, 0, Source.SIMULATED))
              .toList();
      store.replaceSimulated(history.project, history.experiment, run);
      assertThat(count(query).users()).containsExactly((long) people, 0L);
    }
    store.replaceSimulated(history.project, history.experiment, List.of());
    assertThat(count(query).users()).containsExactly(0L, 0L);
    assertThat(count()).isSameAs(first);
  }

  @Test
  void otherGoalsTimesOrBotsAreOtherCounts() {
    List<Goal> goals = List.of(History.BOUGHT);
    store.append(
        List.of(
            history.event(
                UUID.randomUUID().toString(),
                "crawler",
                NewEvent.EXPOSURE,
                3,
                null,
                history.experiment,
                0,
                Source.LIVE,
                true)));
    assertThat(count().users()).containsExactly(1L, 1L);
    assertThat(count(history.query(true, Source.LIVE, hour(100), goals, from(0))).users())
        .containsExactly(2L, 1L);
    assertThat(count(history.query(false, Source.LIVE, hour(100), goals, from(2))).users())
        .containsExactly(0L, 0L);
    assertThat(
            count(history.query(false, Source.LIVE, hour(100), goals, between(0, 1.5)))
                .goals()
                .getFirst()
                .converted())
        .isZero();
    assertThat(
            count(
                    history.query(
                        false,
                        Source.LIVE,
                        hour(100),
                        List.of(goal("purchase", Goal.Kind.SUM, null)),
                        from(0)))
                .goals()
                .getFirst()
                .sum())
        .isEqualTo(10);
  }

  @Test
  void visitorsBecomeMatureWithoutAnyEvent() {
    List<Goal> goals = List.of(goal("purchase", Goal.Kind.CONVERSION, 24));
    store.append(List.of(event("late", NewEvent.EXPOSURE, history.experiment, 0, Source.LIVE)));
    Totals before = count(history.query(false, Source.LIVE, hour(24.9), goals, from(0)));
    assertThat(before.goals().getFirst().mature()).isZero();
    assertThat(count(history.query(false, Source.LIVE, hour(24.95), goals, from(0))))
        .isSameAs(before);
    assertThat(mature(25, goals)).isEqualTo(1);
    assertThat(mature(26.9, goals)).isEqualTo(1);
    assertThat(mature(27, goals)).isEqualTo(2);
    assertThat(mature(24.9, goals)).isZero();
  }

  private long mature(double hour, List<Goal> goals) {
    return count(history.query(false, Source.LIVE, hour(hour), goals, from(0)))
        .goals()
        .getFirst()
        .mature();
  }

  @Test
  void whoDoesNotSeeTheProjectSeesNoKnownCount() {
    Account stranger = new EventWorld(server, port).account;
    TotalsQuery query =
        history.query(false, Source.LIVE, hour(100), List.of(History.BOUGHT), from(0));
    assertThat(Tenant.as(stranger.id(), () -> store.totals(query)).users()).containsExactly(0L, 0L);
    assertThat(count()).isSameAs(first);
  }

  @Test
  void afterManyEventsOfOthersItIsCountedOnceMore() {
    crowd(4_000, history.experiment + 1_000_000, false);
    assertThat(count()).isSameAs(first);
    crowd(12_000, history.experiment + 1_000_000, false);
    Totals again = count();
    assertThat(again).isNotSameAs(first).isEqualTo(first);
    assertThat(count()).isSameAs(again);
  }

  /// Much is cut into slices; here they are held to what one piece gives, which a transaction that
  /// has written gets.
  @Test
  void slicesAddUpToTheWhole() {
    crowd(24_000, history.experiment, true);
    List<Goal> goals =
        List.of(
            History.BOUGHT,
            goal("purchase", Goal.Kind.SUM, 2),
            History.ratio("purchase", "click", Goal.Kind.COUNT, null),
            History.withHistory("purchase", Goal.Kind.COUNT, null));
    Totals slices = count(history.query(false, Source.LIVE, hour(100), goals, from(0)));
    assertThat(slices.users()).containsExactly(6_001L, 6_001L);
    assertThat(slices.goals().getFirst().converted()).isEqualTo(6_001);
    Totals whole =
        Tenant.as(
            account.id(),
            () ->
                transactions.execute(status -> {
                  sql.sql("select pg_current_xact_id()::text").query(String.class).single();
                  return store.totals(
                      history.query(false, Source.LIVE, hour(100), goals, between(0, 5_000)));
                }));
    assertThat(slices).isEqualTo(whole);
  }

  /// Half are exposures of people whose keys lie everywhere, a quarter their purchases.
  private void crowd(int events, long experiment, boolean unnamed) {
    store.append(List.of(event("namer", "purchase", experiment, null, Source.PREVIEW)));
    Tenant.system(() ->
        transactions.execute(status ->
            sql.sql(
                    """
                    insert into event (project_no, event_key, user_key, user_id, name_no, at, received_at, value,
                                       experiment_no, segment_no)
                    select :project, gen_random_uuid(), hashint8extended(n / 2, 0), 'p' || n / 2,
                           case n % 4 when 1 then name.no when 3 then name.no + 1000000 else 0 end,
                           timestamptz '2026-03-01 03:00:00Z' + n % 4 * interval '1 hour', now(), 1,
                           case when n % 2 = 0 or n % 8 = 1 or not :unnamed then :experiment::bigint end,
                           case when n % 2 = 0 then n / 2 % 2 end
                      from generate_series(0, :events - 1) n, event_name name
                     where name.project_no = :project and name.name = 'purchase'\
                    """)
                .param("project", history.project)
                .param("experiment", experiment)
                .param("events", events)
                .param("unnamed", unnamed)
                .update()));
  }
}
