package dev.pryo.job;

import dev.pryo.job.Job.Phase;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// What a job said, line by line.
@Component
public class JobLog {
  private static final int MOST = 500;

  /// One line.
  ///
  /// @param seq counts from 1 in each job
  /// @param kind `step`, `refusal` or `warning`
  public record Line(int seq, Instant at, Phase phase, String kind, String message) {}

  private final JdbcClient sql;
  private final TransactionTemplate transactions;

  JobLog(JdbcClient sql, TransactionTemplate transactions) {
    this.sql = sql;
    this.transactions = transactions;
  }

  /// The lines after this one, as far as the caller may see the job; at most 500.
  public List<Line> after(UUID job, int seq) {
    return transactions.execute(status ->
        sql.sql(
                """
                select seq, at, phase, kind, message from job_log
                 where job_id = :job and seq > :seq order by seq limit :most\
                """)
            .param("job", job)
            .param("seq", seq)
            .param("most", MOST)
            .query((rs, n) ->
                new Line(
                    rs.getInt("seq"),
                    rs.getObject("at", OffsetDateTime.class).toInstant(),
                    Phase.valueOf(rs.getString("phase").toUpperCase(Locale.ROOT)),
                    rs.getString("kind"),
                    rs.getString("message")))
            .list());
  }
}
