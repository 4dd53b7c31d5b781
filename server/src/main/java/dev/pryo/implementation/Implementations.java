package dev.pryo.implementation;

import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.job.Job;
import dev.pryo.job.Jobs;
import dev.pryo.model.Ledger;
import dev.pryo.model.Usage;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// How far the implementations of experiments are, as far as the caller may see them.
@Component
public class Implementations {
  private final Jobs jobs;
  private final Ledger ledger;
  private final Remarks remarks;
  private final TransactionTemplate transactions;

  Implementations(Jobs jobs, Ledger ledger, Remarks remarks, TransactionTemplate transactions) {
    this.jobs = jobs;
    this.ledger = ledger;
    this.remarks = remarks;
    this.transactions = transactions;
  }

  /// Polled, so one transaction, and none where nothing was ever begun.
  Implementation of(Experiment experiment) {
    if (!experiment.tried()) {
      return Implementation.of(experiment, null, List.of(), Usage.NONE, List.of());
    }
    UUID id = experiment.id();
    return transactions.execute(status ->
        Implementation.of(
            experiment,
            jobs.latest(id, Experiments.IMPLEMENT).orElse(null),
            checks(experiment),
            ledger.of(id),
            remarks.of(experiment)));
  }

  /// What was asked about what the pull request has; of a revision that was given up, nothing came
  /// into it.
  public List<Job.Check> checks(Experiment experiment) {
    return (experiment.pullRequest() == null
            ? jobs.latest(experiment.id(), Experiments.IMPLEMENT)
            : jobs.latestDone(experiment.id(), Experiments.IMPLEMENT))
        .map(Job::checks)
        .orElse(List.of());
  }
}
