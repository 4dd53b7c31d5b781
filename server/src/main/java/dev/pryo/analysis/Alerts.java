package dev.pryo.analysis;

import dev.pryo.account.Account;
import dev.pryo.analysis.Alert.Kind;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.project.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// The alerts of all experiments. Each kind is stored once for an experiment, so that nothing is
/// said twice. It stays open until somebody dismisses it or acts: the next move of the experiment
/// from stage to stage ends it.
@Component
public class Alerts {
  private static final String OPEN =
      """
      select a.* from alert a join experiment e on e.id = a.experiment_id
       where a.dismissed_at is null and e.archived_at is null
         and e.status = case when a.paused then 'paused' else 'active' end
         and a.runs = (select count(*) from active_period p where p.experiment_id = e.id)\
      """;

  private final JdbcClient sql;
  private final TransactionTemplate transactions;
  private final Experiments experiments;
  private final InstantSource clock;

  Alerts(
      JdbcClient sql,
      TransactionTemplate transactions,
      Experiments experiments,
      InstantSource clock) {
    this.sql = sql;
    this.transactions = transactions;
    this.experiments = experiments;
    this.clock = clock;
  }

  /// The open ones that the caller may see, by experiment, the most urgent first.
  public Map<UUID, List<Alert>> open() {
    return Objects.requireNonNull(
            transactions.execute(status -> sql.sql(OPEN).query((rs, n) -> alert(rs)).list()))
        .stream()
        .sorted(Comparator.comparing(Alert::kind))
        .collect(Collectors.groupingBy(Alert::experimentId));
  }

  /// The open ones of an experiment, the most urgent first.
  public List<Alert> open(UUID experiment) {
    return Objects.requireNonNull(
            transactions.execute(status ->
                sql.sql(OPEN + " and e.id = :experiment")
                    .param("experiment", experiment)
                    .query((rs, n) -> alert(rs))
                    .list()))
        .stream()
        .sorted(Comparator.comparing(Alert::kind))
        .toList();
  }

  /// Takes the open ones of an experiment from the pages, for everybody.
  public void dismiss(Account account, UUID experiment) {
    experiments.require(account, experiment, Role.EDITOR);
    transactions.executeWithoutResult(status ->
        sql.sql(
                """
                update alert set dismissed_at = :now
                 where experiment_id = :experiment and dismissed_at is null\
                """)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .param("experiment", experiment)
            .update());
  }

  /// Stores it in the caller's transaction.
  ///
  /// @return whether it is the first of its kind
  boolean raise(Experiment experiment, Kind kind, String sentence, boolean paused, Instant at) {
    return sql.sql(
                """
                insert into alert (experiment_id, project_id, kind, sentence, paused, runs, at)
                select :experiment, :project, :kind, :sentence, :paused, count(*), :at
                  from active_period where experiment_id = :experiment
                on conflict do nothing\
                """)
            .param("experiment", experiment.id())
            .param("project", experiment.projectId())
            .param("kind", kind.name().toLowerCase(Locale.ROOT))
            .param("sentence", sentence)
            .param("paused", paused)
            .param("at", at.atOffset(ZoneOffset.UTC))
            .update()
        > 0;
  }

  private static Alert alert(ResultSet row) throws SQLException {
    return new Alert(
        row.getObject("experiment_id", UUID.class),
        Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getString("sentence"),
        row.getBoolean("paused"),
        row.getObject("at", OffsetDateTime.class).toInstant());
  }
}
