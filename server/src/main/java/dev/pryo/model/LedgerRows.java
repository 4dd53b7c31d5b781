package dev.pryo.model;

import dev.pryo.llm.Cost;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The SQL of calls to models.
@Component
final class LedgerRows {
  private final JdbcClient sql;
  private final InstantSource clock;

  LedgerRows(JdbcClient sql, InstantSource clock) {
    this.sql = sql;
    this.clock = clock;
  }

  /// One call is entered at a time, until the transaction ends.
  void lock() {
    sql.sql("select pg_advisory_xact_lock(hashtext('model_call'))::text")
        .query(String.class)
        .single();
  }

  BigDecimal spent(UUID project, OffsetDateTime since) {
    return sql.sql(
            "select coalesce(sum(cost_usd), 0) from model_call where project_id = :project and at >= :since")
        .param("project", project)
        .param("since", since)
        .query(BigDecimal.class)
        .single();
  }

  /// For all projects, those that are gone included.
  BigDecimal spent(OffsetDateTime since) {
    return sql.sql("select coalesce(sum(cost_usd), 0) from model_call where at >= :since")
        .param("since", since)
        .query(BigDecimal.class)
        .single();
  }

  UUID insert(Ledger.Account account, String model, Cost dearest) {
    return sql.sql(
            """
            insert into model_call (project_id, experiment_id, purpose, job_id, model, cost_usd, at)
            values (:project, :experiment, :purpose, :job, :model, :cost, :now) returning id\
            """)
        .param("project", account.project().id())
        .param("experiment", account.experiment())
        .param("purpose", account.purpose())
        .param("job", account.job())
        .param("model", model)
        .param("cost", dearest.usd())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .query(UUID.class)
        .single();
  }

  void answered(UUID id, String model, dev.pryo.llm.Usage usage, Cost cost) {
    sql.sql(
            """
            update model_call set answered = true, model = :model, input_tokens = :input,
                   cached_input_tokens = :cached, output_tokens = :output, cost_usd = :cost where id = :id\
            """)
        .param("model", model)
        .param("input", usage.input())
        .param("cached", usage.cacheRead())
        .param("output", usage.output())
        .param("cost", cost.usd())
        .param("id", id)
        .update();
  }

  void delete(UUID id) {
    sql.sql("delete from model_call where id = :id").param("id", id).update();
  }

  /// @param purpose null for all
  Usage usage(UUID experiment, @Nullable String purpose) {
    return sql.sql(
            """
            select count(*) calls, coalesce(sum(input_tokens), 0) input, coalesce(sum(output_tokens), 0) output,
                   coalesce(sum(cached_input_tokens), 0) cached, coalesce(sum(cost_usd), 0) cost,
                   (array_agg(model order by id desc))[1] model
              from model_call where experiment_id = :experiment and answered
               and (:purpose::text is null or purpose = :purpose)\
            """)
        .param("experiment", experiment)
        .param("purpose", purpose)
        .query((rs, n) ->
            rs.getInt("calls") == 0
                ? Usage.NONE
                : new Usage(
                    rs.getString("model"),
                    rs.getInt("calls"),
                    rs.getLong("input"),
                    rs.getLong("cached"),
                    rs.getLong("output"),
                    rs.getBigDecimal("cost")))
        .single();
  }
}
