package dev.pryo.event;

import dev.pryo.platform.Tenant;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
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

  private final TransactionTemplate transactions;
  private final CountStatements statements;
  private final KnownTotals<Totals> known;
  private final Semaphore help = new Semaphore(HELPED);

  EventTotals(JdbcClient sql, TransactionTemplate transactions, CountStatements statements) {
    this.transactions = transactions;
    this.statements = statements;
    this.known = new KnownTotals<>(sql);
  }

  Totals count(TotalsQuery query) {
    List<Measure> measures = Measure.of(query.goals());
    return transactions.execute(status ->
        known.get(
            query,
            "",
            statements.names(query, measures),
            () -> {
              TotalsSum sum = new TotalsSum(query);
              count(query, measures, sum);
              return new KnownTotals.Made<>(sum.totals(), sum.ripeAt());
            }));
  }

  Optional<Instant> exceeded(TotalsQuery query, Set<Integer> segments, int hours, long n) {
    return transactions.execute(status -> {
      statements.settings();
      TotalsQuery people = query.people();
      return statements
          .of(people, List.of(), TotalsText.exceeded(people))
          .param("of", segments.toArray(Integer[]::new))
          .param("wait", hours)
          .param("n", n)
          .query((rs, row) -> rs.getObject("at", OffsetDateTime.class).toInstant())
          .optional();
    });
  }

  private void count(TotalsQuery query, List<Measure> measures, TotalsSum sum) {
    statements.settings();
    boolean much =
        !TotalsText.isCapped(query.goals())
            && statements
                .of(query, measures, TotalsText.much(query))
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

  private void slice(TotalsQuery query, List<Measure> measures, int slice, TotalsSum sum) {
    statements.of(query, measures, TotalsText.sums(query, measures, slice)).query(sum::add);
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
        statements.settings();
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
