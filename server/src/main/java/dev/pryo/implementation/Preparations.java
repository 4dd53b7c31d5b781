package dev.pryo.implementation;

import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.experiment.Segment;
import dev.pryo.job.Chore;
import dev.pryo.job.Job;
import dev.pryo.job.Jobs;
import dev.pryo.platform.Tenant;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Sees to it that the record of a merged experiment has every segment, so that no model is needed
/// when one of them is rolled out. It begins with the merge: earlier, each revision would make what
/// was prepared worthless, and of a pull request that is closed nothing is ever rolled out.
@Component
final class Preparations implements Chore {
  /// The kind of the job that prepares.
  static final String KIND = "prepare";

  /// What ended for want of money, of time or of a vendor is tried again after so long.
  private static final Duration AGAIN = Duration.ofHours(6);

  /// How often it is begun again; what has failed so often is left to the roll-out.
  private static final int TRIES = 4;

  /// A vendor that hangs holds up no more of those who work on jobs.
  private static final int MOST_AT_ONCE = 3;

  private final Experiments experiments;
  private final Footprints footprints;
  private final Removals removals;
  private final Jobs jobs;
  private final JdbcClient sql;
  private final TransactionTemplate transactions;
  private final InstantSource clock;

  Preparations(
      Experiments experiments,
      Footprints footprints,
      Removals removals,
      Jobs jobs,
      JdbcClient sql,
      TransactionTemplate transactions,
      InstantSource clock) {
    this.experiments = experiments;
    this.footprints = footprints;
    this.removals = removals;
    this.jobs = jobs;
    this.sql = sql;
    this.transactions = transactions;
    this.clock = clock;
  }

  /// Begins it for an experiment that is merged, where there is a model, nobody rolls it out, and
  /// its record lacks a segment. It is begun once, whoever else begins it at the same moment. Where
  /// there are as many as may be, the next look begins it.
  void begin(Experiment experiment) {
    if (removals.possible()) {
      asPryo(() -> {
        if (heldWithoutRollOut(experiment.id()) && open() < MOST_AT_ONCE) {
          footprints
              .held(experiment.id())
              .filter(
                  kept -> experiment.segments().stream().map(Segment::key).anyMatch(kept::lacks))
              .ifPresent(kept -> jobs.enqueueOnce(KIND, experiment.projectId(), experiment.id()));
        }
        return true;
      });
    }
  }

  /// Whether nobody rolls it out. It is held until the transaction ends, as whoever asks for a
  /// roll-out holds it: so one of both is there when the other looks.
  private boolean heldWithoutRollOut(UUID experiment) {
    return sql.sql(
            """
            select id from experiment
             where id = :id and coalesce(rollout ->> 'status', 'failed') = 'failed' for update\
            """)
        .param("id", experiment)
        .query(UUID.class)
        .optional()
        .isPresent();
  }

  private int open() {
    return sql.sql("select count(*) from job where kind = :kind and state in ('queued', 'running')")
        .param("kind", KIND)
        .query(Integer.class)
        .single();
  }

  /// Whether it is being done, or waits for its turn.
  boolean isUnderWay(UUID experiment) {
    return jobs.latest(experiment, KIND)
        .filter(job -> job.state() == Job.State.QUEUED || job.state() == Job.State.RUNNING)
        .isPresent();
  }

  @Override
  public String name() {
    return "preparations";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(1);
  }

  @Override
  public void run() {
    if (removals.possible()) {
      asPryo(this::waiting).forEach(id -> experiments.find(id).ifPresent(this::begin));
    }
  }

  /// Merged experiments that a model wrote, that are not being rolled out, and whose record lacks a
  /// segment; there is one segment more than can lack, the control.
  private List<UUID> waiting() {
    return sql.sql(
            """
            select e.id from experiment e
              join footprint f on f.experiment_id = e.id
              join writing w on w.experiment_id = e.id and w.model is not null
             where e.pr_state = 'merged' and e.archived_at is null
               and coalesce(e.rollout ->> 'status', 'failed') = 'failed'
               and (select count(*) from jsonb_object_keys(f.prepared)) < jsonb_array_length(e.segments) - 1
               and not exists (select from job j where j.experiment_id = e.id and j.kind = :kind
                                and (j.state in ('queued', 'running') or j.updated_at > :since))
               and (select count(*) from job j
                     where j.experiment_id = e.id and j.kind = :kind and j.state = 'failed') < :tries
             order by e.id desc limit :most\
            """)
        .param("tries", TRIES)
        .param("most", MOST_AT_ONCE)
        .param("kind", KIND)
        .param("since", clock.instant().minus(AGAIN).atOffset(ZoneOffset.UTC))
        .query((rs, n) -> rs.getObject("id", UUID.class))
        .list();
  }

  private <T> T asPryo(Supplier<T> work) {
    return Tenant.system(() -> transactions.execute(status -> work.get()));
  }
}
