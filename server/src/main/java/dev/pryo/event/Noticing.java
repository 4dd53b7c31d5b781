package dev.pryo.event;

import dev.pryo.event.TotalsQuery.Period;
import dev.pryo.platform.Tenant;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/// Counts what is odd about events as they come in, by day and by the experiment that they name; of
/// those that name none, by project. Ingest only adds to numbers in memory; they are written once a
/// minute. A server that dies loses the last minute of them, which no result rests on.
@Component
public class Noticing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Noticing.class);
  private static final Duration REST = Duration.ofMinutes(1);

  /// What is counted.
  enum Kind {
    /// Named an experiment, from the `pryo.js` that is served.
    CURRENT,
    /// The same from another version.
    STALE,
    /// The same from other code.
    FOREIGN,
    CHANGED,
    AHEAD,
    LATE
  }

  private static final String ADD =
      """
      insert into noticed (project_no, experiment_no, day, kind, n)
      select no, :experiment, :day, :kind, :n from project where no = :project
      on conflict (project_no, experiment_no, day, kind) do update set n = noticed.n + excluded.n\
      """;

  private static final String READ =
      """
      select experiment_no, day, kind, n
        from noticed where project_no = :project and experiment_no in (0, :experiment) and day >= :since\
      """;

  /// Stands for no experiment.
  static final long NONE = 0;

  /// Whoever deletes a project holds its row for as long as its events are many.
  private static final String NOT_LONG = "select set_config('lock_timeout', '1s', true)";

  private record Key(long projectNo, long experimentNo, LocalDate day, Kind kind) {}

  /// Two servers that write at once wait for each other in one direction alone.
  private static final Comparator<Key> ORDER =
      Comparator.comparingLong(Key::projectNo)
          .thenComparingLong(Key::experimentNo)
          .thenComparing(Key::day)
          .thenComparing(Key::kind);

  private final JdbcClient sql;
  private final TransactionTemplate transactions;
  private final InstantSource clock;
  private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

  /// A number is seen in memory or in the table, and never in both or neither.
  private final ReentrantReadWriteLock moving = new ReentrantReadWriteLock();

  private final Thread writer;

  Noticing(JdbcClient sql, TransactionTemplate transactions, InstantSource clock) {
    this.sql = sql;
    this.transactions = transactions;
    this.clock = clock;
    this.writer = Thread.ofVirtual().name("noticing").start(this::writeNowAndThen);
  }

  /// @param experimentNo that the events name, or [#NONE]
  void note(long projectNo, long experimentNo, Kind kind, long number) {
    if (number > 0) {
      note(new Key(projectNo, experimentNo, today(), kind), number);
    }
  }

  private void note(Key key, long number) {
    counts.computeIfAbsent(key, fresh -> new LongAdder()).add(number);
  }

  /// What was noticed about the events of an experiment, and about those of its project that name
  /// none, on the days on which it was active: as far as it is written, and by this server until
  /// now.
  public Noticed of(long projectNo, long experimentNo, List<Period> active) {
    if (active.isEmpty()) {
      return Noticed.NOTHING;
    }
    moving.readLock().lock();
    try {
      return sum(projectNo, experimentNo, active);
    } finally {
      moving.readLock().unlock();
    }
  }

  private Noticed sum(long projectNo, long experimentNo, List<Period> active) {
    NoticedSum sum = new NoticedSum(active, today());
    counts.forEach((key, count) -> {
      if (key.projectNo() == projectNo
          && (key.experimentNo() == experimentNo || key.experimentNo() == NONE)) {
        sum.add(key.experimentNo() == NONE, key.day(), key.kind(), count.sum());
      }
    });
    Tenant.system(() ->
        transactions.execute(status -> {
          sql.sql(READ)
              .param("project", projectNo)
              .param("experiment", experimentNo)
              .param("since", NoticedSum.day(active.getFirst().since()))
              .query(
                  (RowCallbackHandler)
                      row ->
                          sum.add(
                              row.getLong("experiment_no") == NONE,
                              row.getObject("day", LocalDate.class),
                              Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                              row.getLong("n")));
          return true;
        }));
    return sum.noticed();
  }

  private LocalDate today() {
    return NoticedSum.day(clock.instant());
  }

  private void writeNowAndThen() {
    try {
      while (true) {
        Thread.sleep(REST);
        write();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /// What cannot be written now is written the next time.
  void write() {
    try {
      Map<Key, Long> written =
          Objects.requireNonNull(
              Tenant.system(() ->
                  transactions.execute(status -> {
                    moving.writeLock().lock(); // only now, so that it waits for no connection
                    sql.sql(NOT_LONG).query().singleRow();
                    return add();
                  })));
      written.forEach((key, number) -> note(key, -number));
      counts.keySet().removeIf(key -> key.day().isBefore(today().minusDays(1)));
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("What was noticed about events could not be kept yet: {}", e.getMessage());
    } finally {
      if (moving.isWriteLockedByCurrentThread()) {
        moving.writeLock().unlock();
      }
    }
  }

  private Map<Key, Long> add() {
    Map<Key, Long> written = new HashMap<>();
    for (Key key : counts.keySet().stream().sorted(ORDER).toList()) {
      long number = Objects.requireNonNull(counts.get(key)).sum();
      if (number > 0) {
        sql.sql(ADD)
            .param("project", key.projectNo())
            .param("experiment", key.experimentNo())
            .param("day", key.day())
            .param("kind", key.kind().name().toLowerCase(Locale.ROOT))
            .param("n", number)
            .update();
        written.put(key, number);
      }
    }
    return written;
  }

  @Override
  public void close() {
    writer.interrupt();
    write();
  }
}
