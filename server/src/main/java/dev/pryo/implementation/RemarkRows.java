package dev.pryo.implementation;

import dev.pryo.codehost.Reviews.Sign;
import dev.pryo.experiment.Experiment;
import dev.pryo.implementation.Remark.Cause;
import dev.pryo.implementation.Remark.Outcome;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The SQL of what pull requests were told. Each commit whose checks failed and each comment has at
/// most one row, whoever sees it, and however often.
@Component
final class RemarkRows {
  private static final String SELECT =
      """
      select r.*, j.state as job_state, j.message as job_message,
             (select coalesce(sum(cost_usd), 0) from model_call c where c.job_id = r.job_id and c.answered) as cost
        from remark r left join job j on j.id = r.job_id\
      """;

  private final JdbcClient sql;
  private final InstantSource clock;

  RemarkRows(JdbcClient sql, InstantSource clock) {
    this.sql = sql;
    this.clock = clock;
  }

  /// What was told, as it is kept.
  ///
  /// @param source the commit, or the comment
  record Told(Cause cause, String source, String about, String onBase, @Nullable String login) {}

  /// One row.
  ///
  /// @param sign how the comment was answered
  record Kept(UUID id, String source, @Nullable Sign sign, Remark remark) {}

  /// Keeps it, unless it is known.
  ///
  /// @param number of the pull request
  /// @param refusal why nothing is done; null where a job is, or where it is nobody's business
  /// @return nothing where it is known
  Optional<UUID> insert(Experiment experiment, int number, Told told, @Nullable String refusal) {
    return sql.sql(
            """
            insert into remark (experiment_id, project_id, pr_number, cause, source, about, on_base, login,
                                refusal, at)
            values (:experiment, :project, :number, :cause, :source, :about, :base, :login, :refusal, :now)
            on conflict do nothing returning id\
            """)
        .param("experiment", experiment.id())
        .param("project", experiment.projectId())
        .param("number", number)
        .param("cause", told.cause().name().toLowerCase(Locale.ROOT))
        .param("source", told.source())
        .param("about", told.about())
        .param("base", told.onBase())
        .param("login", told.login())
        .param("refusal", refusal)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .query(UUID.class)
        .optional();
  }

  void begun(UUID id, UUID job) {
    sql.sql("update remark set job_id = :job where id = :id")
        .param("job", job)
        .param("id", id)
        .update();
  }

  void signed(UUID id, Sign sign) {
    sql.sql("update remark set sign = :sign where id = :id")
        .param("sign", sign.name().toLowerCase(Locale.ROOT))
        .param("id", id)
        .update();
  }

  /// The sources of all that is known of one of the experiment's pull requests.
  Set<String> known(Experiment experiment, int number) {
    return sql.sql(
            "select source from remark where experiment_id = :experiment and pr_number = :number")
        .param("experiment", experiment.id())
        .param("number", number)
        .query((rs, n) -> rs.getString("source"))
        .set();
  }

  /// What one of its pull requests was told, in order, without what is nobody's business.
  List<Kept> of(Experiment experiment, int number) {
    return sql.sql(
            SELECT
                + """
                 where r.experiment_id = :experiment and r.pr_number = :number
                   and (r.job_id is not null or r.refusal is not null) order by r.id\
                """)
        .param("experiment", experiment.id())
        .param("number", number)
        .query((rs, n) -> kept(rs))
        .list();
  }

  /// What began this job.
  Optional<Kept> ofJob(UUID job) {
    return sql.sql(SELECT + " where r.job_id = :job")
        .param("job", job)
        .query((rs, n) -> kept(rs))
        .optional();
  }

  private static Kept kept(ResultSet row) throws SQLException {
    String sign = row.getString("sign");
    String refusal = row.getString("refusal");
    String message = refusal != null ? refusal : row.getString("job_message");
    BigDecimal cost = row.getBigDecimal("cost");
    Cause cause = Cause.valueOf(row.getString("cause").toUpperCase(Locale.ROOT));
    return new Kept(
        row.getObject("id", UUID.class),
        row.getString("source"),
        sign == null ? null : Sign.valueOf(sign.toUpperCase(Locale.ROOT)),
        new Remark(
            cause,
            row.getString("about"),
            row.getString("on_base"),
            row.getString("login"),
            cause == Cause.CHECKS ? row.getString("source") : null,
            outcome(row.getString("job_state")),
            Objects.requireNonNullElse(message, ""),
            cost,
            row.getObject("at", OffsetDateTime.class).toInstant()));
  }

  private static Outcome outcome(@Nullable String job) {
    return switch (job) {
      case null -> Outcome.LEFT;
      case "queued", "running" -> Outcome.RUNNING;
      case "done" -> Outcome.COMMITTED;
      default -> Outcome.IN_VAIN;
    };
  }

  /// What Pryo has added to the description of the experiment's pull request; empty before.
  String added(UUID experiment) {
    return sql.sql("select added from writing where experiment_id = :experiment")
        .param("experiment", experiment)
        .query(String.class)
        .single();
  }

  void added(UUID experiment, String text) {
    sql.sql("update writing set added = :text where experiment_id = :experiment")
        .param("text", text)
        .param("experiment", experiment)
        .update();
  }
}
