package dev.pryo.implementation;

import dev.pryo.agent.model.Round;
import dev.pryo.experiment.Builds;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.implementation.RemarkRows.Told;
import dev.pryo.implementation.Remarks.Look;
import dev.pryo.implementation.Writings.Writing;
import dev.pryo.job.Job;
import dev.pryo.job.Jobs;
import dev.pryo.platform.Conflict;
import dev.pryo.platform.Tenant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Begins revisions that nobody asks for in Pryo, in the name of whoever had the pull request made.
@Component
final class Revisers {
  private final Builds builds;
  private final Jobs jobs;
  private final Writings writings;
  private final Authors authors;
  private final RemarkRows rows;
  private final TransactionTemplate transactions;

  Revisers(
      Builds builds,
      Jobs jobs,
      Writings writings,
      Authors authors,
      RemarkRows rows,
      TransactionTemplate transactions) {
    this.builds = builds;
    this.jobs = jobs;
    this.writings = writings;
    this.authors = authors;
    this.rows = rows;
    this.transactions = transactions;
  }

  /// Why no revision can begin now, where none can.
  Optional<String> refusal(Look look) {
    UUID id = look.experiment().id();
    Optional<String> nobody = authors.refusal(id);
    if (nobody.isPresent()) {
      return nobody;
    }
    String ours = writings.find(id).map(Writing::commit).orElse("");
    if (!look.pull().headCommit().equals(ours)) {
      return Optional.of(
          "Somebody has changed the branch %s since Pryo wrote it, so Pryo leaves it alone: go on there by hand."
              .formatted(look.pull().head()));
    }
    return by(id).isEmpty()
        ? Optional.of(
            "The account that had it written is gone: ask for another commit on the experiment's page.")
        : Optional.empty();
  }

  /// Who had the commit made that the pull request has.
  private Optional<UUID> by(UUID id) {
    return jobs.latestDone(id, Experiments.IMPLEMENT).map(Job::createdBy);
  }

  /// Keeps what was told and begins its job, both or neither, and once for each source.
  ///
  /// @param round why it goes on; null where the job reads that itself
  /// @return whether it has begun; not where somebody was faster, or the pull request waits no more
  boolean begin(Look look, Told told, @Nullable Round round) {
    Experiment experiment = look.experiment();
    UUID by = by(experiment.id()).orElseThrow();
    try {
      return inTransaction(() -> {
        UUID row = rows.insert(experiment, look.pull().number(), told, null).orElse(null);
        if (row == null) {
          return false;
        }
        boolean repair = told.cause() == Remark.Cause.CHECKS;
        UUID job = builds.revise(experiment, by, repair ? Remarks.MOST_REPAIRS : null);
        writings.goesOn(experiment.id(), round);
        rows.begun(row, job);
        return true;
      });
    } catch (Conflict e) {
      return false; // the next look sees how it stands then
    }
  }

  /// Keeps what was told and that nothing comes of it.
  ///
  /// @param why null where it is nobody's business
  void leave(Look look, Told told, @Nullable String why) {
    inTransaction(
        () -> rows.insert(look.experiment(), look.pull().number(), told, why).isPresent());
  }

  private boolean inTransaction(BooleanSupplier work) {
    return Tenant.system(() -> transactions.execute(status -> work.getAsBoolean()));
  }
}
