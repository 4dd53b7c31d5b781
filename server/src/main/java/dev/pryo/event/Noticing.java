package dev.pryo.event;

import dev.pryo.platform.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/// Counts what is odd about events as they come in, by project and day. Ingest only adds to numbers
/// in memory; they are written once a minute. A server that dies loses the last minute of them,
/// which no result rests on.
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
      insert into noticed (project_no, day, kind, n)
      select no, :day, :kind, :n from project where no = :project
      on conflict (project_no, day, kind) do update set n = noticed.n + excluded.n\
      """;

  private static final String READ =
      """
      select kind, sum(n) as n, coalesce(sum(n) filter (where day >= :recent), 0) as recent
        from noticed where project_no = :project and day >= :since group by kind\
      """;

  private record Key(long projectNo, LocalDate day, Kind kind) {}

  private record Number(long all, long recent) {
    static final Number NONE = new Number(0, 0);

    Number plus(Number other) {
      return new Number(all + other.all, recent + other.recent);
    }
  }

  private final JdbcClient sql;
  private final TransactionTemplate transactions;
  private final InstantSource clock;
  private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();
  private final Thread writer;

  Noticing(JdbcClient sql, TransactionTemplate transactions, InstantSource clock) {
    this.sql = sql;
    this.transactions = transactions;
    this.clock = clock;
    this.writer = Thread.ofVirtual().name("noticing").start(this::writeNowAndThen);
  }

  void note(long projectNo, Kind kind, long number) {
    if (number > 0) {
      Key key = new Key(projectNo, today(), kind);
      counts.computeIfAbsent(key, fresh -> new LongAdder()).add(number);
    }
  }

  /// What was noticed since that day, as far as it is written, and by this server until now.
  public Noticed since(long projectNo, Instant start) {
    LocalDate first = start.atZone(ZoneOffset.UTC).toLocalDate();
    LocalDate recent = today().minusDays(1);
    Map<Kind, Number> found = new EnumMap<>(Kind.class);
    counts.forEach((key, count) -> {
      if (key.projectNo() == projectNo && !key.day().isBefore(first)) {
        long number = count.sum();
        found.merge(
            key.kind(), new Number(number, key.day().isBefore(recent) ? 0 : number), Number::plus);
      }
    });
    Tenant.system(() ->
            transactions.execute(status ->
                sql.sql(READ)
                    .param("project", projectNo)
                    .param("since", first)
                    .param("recent", recent)
                    .query((row, n) ->
                        Map.entry(
                            Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                            new Number(row.getLong("n"), row.getLong("recent"))))
                    .list()))
        .forEach(entry -> found.merge(entry.getKey(), entry.getValue(), Number::plus));
    return noticed(found);
  }

  private static Noticed noticed(Map<Kind, Number> found) {
    Number current = found.getOrDefault(Kind.CURRENT, Number.NONE);
    Number stale = found.getOrDefault(Kind.STALE, Number.NONE);
    Number foreign = found.getOrDefault(Kind.FOREIGN, Number.NONE);
    Number named = current.plus(stale).plus(foreign);
    return new Noticed(
        named.all(),
        found.getOrDefault(Kind.CHANGED, Number.NONE).all(),
        found.getOrDefault(Kind.AHEAD, Number.NONE).all(),
        found.getOrDefault(Kind.LATE, Number.NONE).all(),
        foreign.all(),
        named.recent(),
        stale.recent());
  }

  private LocalDate today() {
    return clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
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
  private void write() {
    for (Entry<Key, LongAdder> entry : counts.entrySet()) {
      long number = entry.getValue().sumThenReset();
      try {
        add(entry.getKey(), number);
      } catch (DataAccessException | TransactionException e) {
        entry.getValue().add(number);
        LOG.warn("What was noticed about events could not be kept yet: {}", e.getMessage());
        return;
      }
    }
    counts.keySet().removeIf(key -> key.day().isBefore(today().minusDays(1)));
  }

  private void add(Key key, long number) {
    if (number > 0) {
      Tenant.system(() ->
          transactions.execute(status ->
              sql.sql(ADD)
                  .param("project", key.projectNo())
                  .param("day", key.day())
                  .param("kind", key.kind().name().toLowerCase(Locale.ROOT))
                  .param("n", number)
                  .update()));
    }
  }

  @Override
  public void close() {
    writer.interrupt();
    write();
  }
}
