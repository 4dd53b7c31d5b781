package dev.pryo.event;

import dev.pryo.event.TotalsQuery.Period;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// The times in which experiments were active, in their order.
@Component
final class ActiveTimes {
  private final JdbcClient sql;
  private final TransactionTemplate transactions;

  ActiveTimes(JdbcClient sql, TransactionTemplate transactions) {
    this.sql = sql;
    this.transactions = transactions;
  }

  List<Period> of(UUID experiment) {
    return transactions.execute(status ->
        sql.sql(
                "select since, until from active_period where experiment_id = :experiment order by since")
            .param("experiment", experiment)
            .query((rs, n) -> {
              OffsetDateTime until = rs.getObject("until", OffsetDateTime.class);
              return new Period(
                  rs.getObject("since", OffsetDateTime.class).toInstant(),
                  until == null ? null : until.toInstant());
            })
            .list());
  }
}
