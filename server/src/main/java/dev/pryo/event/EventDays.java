package dev.pryo.event;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// Counts what each day of an experiment ended with, from its events in one pass.
final class EventDays {
  private final TransactionTemplate transactions;
  private final CountStatements statements;
  private final KnownTotals<List<DayEnd>> known;

  EventDays(JdbcClient sql, TransactionTemplate transactions, CountStatements statements) {
    this.transactions = transactions;
    this.statements = statements;
    this.known = new KnownTotals<>(sql);
  }

  List<DayEnd> count(TotalsQuery query) {
    List<Measure> measures = Measure.of(query.goals());
    return transactions.execute(status ->
        known.get(
            query,
            "",
            statements.names(query, measures),
            () -> {
              statements.settings();
              DaysSum sum = new DaysSum(query);
              statements.of(query, measures, DaysText.of(query, measures)).query(sum::add);
              return new KnownTotals.Made<>(sum.days(), sum.ripeAt());
            }));
  }
}
