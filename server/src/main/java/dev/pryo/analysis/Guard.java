package dev.pryo.analysis;

import dev.pryo.analysis.Alert.Kind;
import dev.pryo.analysis.Statistics.Call;
import dev.pryo.analysis.Statistics.Comparison;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiment.OnHarm;
import dev.pryo.experiment.Experiments;
import dev.pryo.job.Chore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Looks at every running experiment without being asked: hourly from its start, and sooner after a
/// burst of events. What somebody has to decide about becomes an alert; where the split is broken
/// or a guardrail harmed, and the experiment says so, it is paused.
///
/// When each was looked at is in the database, so that a start of the server skips and repeats
/// nothing, and of two servers that look at the same time one takes back what it did.
@Component
final class Guard implements Chore {
  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
  private static final Duration ROUND = Duration.ofMinutes(5);
  static final Duration USUAL = Duration.ofHours(1);

  /// So many events of the project since the last look are a burst.
  static final int BURST = 5_000;

  private static final String DUE =
      """
      select e.id, g.looked_at
        from experiment e join project p on p.id = e.project_id
        left join guarded g on g.experiment_id = e.id
        left join active_period a on a.experiment_id = e.id and a.until is null
       cross join lateral (select greatest(g.looked_at, coalesce(a.since, e.activated_at)) as at) last
       where e.status = 'active' and e.archived_at is null
         and (last.at <= :usual
              or exists (select from event where project_no = p.no and received_at > last.at
                          order by received_at offset :burst - 1 limit 1))
       order by last.at\
      """;

  private static final String LOOKED =
      """
      insert into guarded (experiment_id, project_id, looked_at) values (:experiment, :project, :now)
      on conflict (experiment_id) do update set looked_at = excluded.looked_at
       where guarded.looked_at is not distinct from :before::timestamptz\
      """;

  private record Due(UUID experiment, @Nullable OffsetDateTime before) {}

  private final Experiments experiments;
  private final Analyst analyst;
  private final Alerts alerts;
  private final JdbcClient sql;
  private final TransactionTemplate transactions;
  private final InstantSource clock;

  Guard(
      Experiments experiments,
      Analyst analyst,
      Alerts alerts,
      JdbcClient sql,
      TransactionTemplate transactions,
      InstantSource clock) {
    this.experiments = experiments;
    this.analyst = analyst;
    this.alerts = alerts;
    this.sql = sql;
    this.transactions = transactions;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "guard";
  }

  @Override
  public Duration every() {
    return ROUND;
  }

  @Override
  public void run() {
    for (Due due : due()) {
      try {
        look(due);
      } catch (RuntimeException e) { // the others are looked at all the same
        LOG.warn("The look at experiment {} failed; the next round tries again", due.experiment, e);
      }
    }
  }

  private List<Due> due() {
    return transactions.execute(status ->
        sql.sql(DUE)
            .param("usual", at(clock.instant().minus(USUAL)))
            .param("burst", BURST)
            .query((rs, n) ->
                new Due(
                    rs.getObject("id", UUID.class),
                    rs.getObject("looked_at", OffsetDateTime.class)))
            .list());
  }

  /// Nothing is written before the counting: a count within a transaction that has written is not
  /// remembered.
  private void look(Due due) {
    transactions.executeWithoutResult(status -> {
      Experiment experiment = experiments.find(due.experiment).orElse(null);
      if (experiment == null || experiment.segments().size() < 2) {
        return;
      }
      Analysis analysis = analyst.watch(experiment);
      if (!looked(experiment, due)) {
        status.setRollbackOnly();
        return;
      }
      found(analysis).forEach((kind, sentence) -> act(experiment, kind, sentence));
    });
  }

  /// @return false where another server has looked meanwhile
  private boolean looked(Experiment experiment, Due due) {
    return sql.sql(LOOKED)
            .param("experiment", experiment.id())
            .param("project", experiment.projectId())
            .param("now", at(clock.instant()))
            .param("before", due.before)
            .update()
        > 0;
  }

  private void act(Experiment experiment, Kind kind, String sentence) {
    boolean pauses = kind.isHarm() && experiment.onHarm() == OnHarm.PAUSE;
    if (alerts.raise(experiment, kind, sentence, pauses, clock.instant()) && pauses) {
      experiments.pauseOnHarm(experiment.id());
    }
  }

  /// What the analysis gives to decide about, each with its sentence.
  private static Map<Kind, String> found(Analysis analysis) {
    Map<Kind, String> found = new LinkedHashMap<>();
    analysis.statistics().comparisons().stream()
        .filter(comparison -> comparison.call() == Call.HARMED)
        .max(Comparator.comparingDouble(Guard::loss))
        .ifPresent(harm -> found.put(Kind.HARM, VerdictWords.harmed(harm)));
    Analysis.Verdict verdict = analysis.verdict();
    switch (verdict.rule()) {
      case SAMPLE_RATIO_ALARM -> found.put(Kind.SPLIT, verdict.sentence());
      case PRIMARY_BETTER, PRIMARY_WORSE, EFFECT_NOT_STABLE ->
          found.put(Kind.SETTLED, verdict.sentence());
      case PLANNED_END -> found.put(Kind.PLANNED_END, verdict.sentence());
      case MAX_DAYS -> found.put(Kind.MAX_DAYS, verdict.sentence());
      case GUARDRAIL_HARMED, // said above
          NO_PEOPLE,
          STOPPED_EARLY,
          WILL_NOT_GET_THERE,
          TOO_FEW_PEOPLE,
          NOT_SETTLED -> {}
    }
    return found;
  }

  private static double loss(Comparison comparison) {
    Double gain = comparison.gain();
    return gain == null ? Double.POSITIVE_INFINITY : -gain;
  }

  private static OffsetDateTime at(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
