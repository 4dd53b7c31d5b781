package dev.pryo.event;

import dev.pryo.platform.Tenant;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/// Counts an experiment by the rules that [TotalsQuery] states, and not again what it has counted
/// and nothing has touched since.
///
/// Much work is cut into slices by the keys of people. All that belongs to a person is in one
/// slice, so they may be counted one after the other or side by side; each needs little memory. A
/// second connection helps where one is free.
final class EventTotals {
  private static final Logger LOG = LoggerFactory.getLogger(EventTotals.class);

  /// How many events are much.
  private static final int MUCH = 20_000;

  /// How many counts have help at the same time: each takes a connection more from the pool.
  private static final int HELPED = 2;

  // Whole sets are joined; one by one only pays for a few, and is chosen for millions where
  // statistics are old. Days are those of UTC.
  private static final String SETTINGS =
      """
      select set_config('work_mem', '32MB', true), set_config('enable_nestloop', 'off', true),
             set_config('jit', 'off', true), set_config('max_parallel_workers_per_gather', '0', true),
             set_config('plan_cache_mode', 'force_custom_plan', true), set_config('TimeZone', 'UTC', true)\
      """;

  private final JdbcClient sql;
  private final TransactionTemplate transactions;
  private final EventNames names;
  private final KnownTotals known;
  private final Semaphore help = new Semaphore(HELPED);

  EventTotals(JdbcClient sql, TransactionTemplate transactions, EventNames names) {
    this.sql = sql;
    this.transactions = transactions;
    this.names = names;
    this.known = new KnownTotals(sql);
  }

  Totals count(TotalsQuery query) {
    List<Measure> measures = Measure.of(query.goals());
    Integer[] asked = names(query, measures.stream());
    return transactions.execute(status ->
        known.get(
            query,
            asked,
            () -> {
              TotalsSum sum = new TotalsSum(query);
              count(query, measures, sum);
              return sum;
            }));
  }

  Optional<Instant> exposedAfter(TotalsQuery query, Set<Integer> segments, long n) {
    return transactions.execute(status -> {
      settings();
      return about(query, List.of(), TotalsText.after(query))
          .param("segments", query.segments())
          .param("of", segments.toArray(Integer[]::new))
          .param("n", n)
          .query((rs, row) -> rs.getObject("first_at", OffsetDateTime.class).toInstant())
          .optional();
    });
  }

  private void count(TotalsQuery query, List<Measure> measures, TotalsSum sum) {
    settings();
    boolean much =
        about(query, measures, TotalsText.much(query))
            .param("much", MUCH)
            .query(Boolean.class)
            .single();
    if (much) {
      side(
          IntStream.range(0, TotalsText.SLICES)
              .mapToObj(slice -> new FutureTask<>(() -> slice(query, measures, slice, sum), true))
              .toList());
    } else {
      slice(query, measures, -1, sum);
    }
  }

  private void settings() {
    sql.sql(SETTINGS).query().singleRow();
  }

  private void slice(TotalsQuery query, List<Measure> measures, int slice, TotalsSum sum) {
    List<Integer> seconds = IntStream.range(query.goals().size(), measures.size()).boxed().toList();
    about(query, measures, TotalsText.sums(query, measures, slice))
        .param("segments", query.segments())
        .param("asOf", query.asOf().truncatedTo(ChronoUnit.MICROS).toString())
        .param("measures", IntStream.range(0, measures.size()).boxed().toArray(Integer[]::new))
        .param("kinds", measures.stream().map(TotalsText::kind).toArray(String[]::new))
        .param("hours", measures.stream().map(Measure::hours).toArray(Integer[]::new))
        .param("before", measures.stream().map(Measure::before).toArray(Boolean[]::new))
        .param("own", names(query, measures.stream().limit(query.goals().size())))
        .param("firsts", seconds.stream().map(i -> measures.get(i).goal()).toArray(Integer[]::new))
        .param("seconds", seconds.toArray(Integer[]::new))
        .query(sum::add);
  }

  private JdbcClient.StatementSpec about(TotalsQuery query, List<Measure> measures, String text) {
    return sql.sql(text)
        .param("project", query.projectNo())
        .param("experiment", query.experimentNo())
        .param("names", names(query, measures.stream()));
  }

  private Integer[] names(TotalsQuery query, Stream<Measure> measures) {
    return measures
        .map(measure -> names.find(query.projectNo(), measure.event()))
        .toArray(Integer[]::new);
  }

  /// Runs each task once, here and in another thread side by side. The other has a transaction of
  /// its own; while it waits for a connection, everything is done here.
  private void side(List<FutureTask<Boolean>> tasks) {
    if (help.tryAcquire()) {
      Thread.ofVirtual().name("totals").start(Tenant.carried(() -> helping(tasks)));
    }
    tasks.forEach(FutureTask::run);
    tasks.forEach(EventTotals::finished);
  }

  private void helping(List<FutureTask<Boolean>> tasks) {
    try {
      transactions.executeWithoutResult(status -> {
        settings();
        tasks.forEach(FutureTask::run);
      });
    } catch (CannotCreateTransactionException e) {
      LOG.debug("A count goes without help, no connection was free", e);
    } finally {
      help.release();
    }
  }

  private static void finished(FutureTask<Boolean> task) {
    try {
      task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while counting", e);
    }
  }
}
