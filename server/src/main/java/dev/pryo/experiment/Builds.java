package dev.pryo.experiment;

import dev.pryo.experiment.Experiment.PullRequest;
import dev.pryo.job.Jobs;
import dev.pryo.platform.Conflict;
import dev.pryo.platform.Tenant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// What Pryo itself does to an experiment while its variants are written, reviewed and merged. All
/// of it happens as Pryo itself, and joins a transaction of the caller.
@Component
public class Builds {
  /// The code of the failure of a pull request that was closed without a merge.
  public static final String CLOSED = "pull_request_closed";

  private final ExperimentRows rows;
  private final StageRows stages;
  private final Jobs jobs;
  private final TransactionTemplate transactions;
  private final PlanDays days;

  Builds(
      ExperimentRows rows,
      StageRows stages,
      Jobs jobs,
      TransactionTemplate transactions,
      PlanDays days) {
    this.rows = rows;
    this.stages = stages;
    this.jobs = jobs;
    this.transactions = transactions;
    this.days = days;
  }

  /// Notes, before anything is written, where the variants go: a run that is repeated after a crash
  /// then writes the same again and finds it there.
  ///
  /// @param baseCommit what the branch starts from
  /// @param baseBranch what it will be merged into
  public void writes(UUID id, String branch, String baseCommit, String baseBranch) {
    asPryo(() -> {
      stages.writes(id, branch, baseCommit, baseBranch);
      return true;
    });
  }

  /// The keys of a project's finished experiments. Everybody sees the control of theirs, so that
  /// the next experiment may take over their elements.
  public Set<String> ended(UUID project) {
    return asPryo(() -> rows.keysOf(project, Status.FINISHED));
  }

  /// How a pull request was seen to stand.
  ///
  /// @param base what it is merged into, which people may change
  /// @param conflicted whether it cannot be merged as it is; null while that is not known, which
  ///   changes nothing of what was known
  /// @param conflictFiles in which files the base branch is in its way
  public record Seen(
      PullRequest.State state,
      String headCommit,
      String base,
      @Nullable Boolean conflicted,
      List<String> conflictFiles) {}

  /// The pull request is open.
  ///
  /// @param baseCommit what its newest commit was written from
  /// @param url the host's own page of it, or null
  /// @throws Conflict if it is not being implemented any more
  public void advance(
      UUID id,
      String baseCommit,
      String headCommit,
      int number,
      @Nullable String url,
      PullRequest.State state) {
    asPryo(() -> {
      if (!stages.awaitingMerge(id, baseCommit, headCommit, number, url, word(state))) {
        throw new Conflict("It is not being implemented any more.");
      }
      return true;
    });
  }

  /// The implementation has failed, unless it has ended otherwise by now. Where it was a revision,
  /// the pull request is as it was before.
  public boolean fail(UUID id, Stage.Problem error) {
    return asPryo(() -> stages.notImplemented(id, error));
  }

  /// Notes how its pull request stands. A merge activates an experiment that asks for it; closed
  /// without a merge, it has failed.
  public void pullRequest(Experiment experiment, Seen seen) {
    asPryo(() -> {
      UUID id = experiment.id();
      boolean changed = stages.pullRequest(id, seen);
      PullRequest.State state = seen.state();
      if (changed && state == PullRequest.State.CLOSED) {
        stages.failed(
            id,
            Status.AWAITING_MERGE,
            new Stage.Problem(
                CLOSED,
                "Its pull request was closed without a merge: say why, or implement it again.",
                true));
      }
      if (changed && state == PullRequest.State.MERGED && experiment.activateOnMerge()) {
        days.freeze(experiment);
        stages.active(id, Status.AWAITING_MERGE);
      }
      return changed;
    });
  }

  /// Notes what the checks of its pull request say of this commit; of an older one nothing is
  /// noted.
  ///
  /// @param checks null where there are none
  public void checks(UUID id, String headCommit, PullRequest.@Nullable Checks checks) {
    asPryo(() ->
        stages.checks(
            id, headCommit, checks == null ? null : checks.name().toLowerCase(Locale.ROOT)));
  }

  /// Has the pull request that waits changed once more, without anybody's hand in Pryo.
  ///
  /// @param by in whose name, who may change the project
  /// @param mostRepairs where it is an attempt to mend what the checks found, which is counted: how
  ///   many there may be
  /// @return the job that does it
  /// @throws Conflict where the pull request waits no more, or there were as many
  public UUID revise(Experiment experiment, UUID by, @Nullable Integer mostRepairs) {
    UUID id = experiment.id();
    return asPryo(() -> {
      boolean repair = mostRepairs != null;
      boolean counted = mostRepairs == null || stages.repairs(id, mostRepairs);
      if (!counted || !stages.revising(id, repair)) {
        throw new Conflict("Its pull request cannot be revised now.");
      }
      return jobs.enqueue(Experiments.IMPLEMENT, experiment.projectId(), id, by);
    });
  }

  /// One experiment, of whichever project.
  public Optional<Experiment> find(UUID id) {
    return asPryo(() -> rows.byId(id));
  }

  /// Fails those that say they are being implemented while no job does it.
  ///
  /// @return how many there were
  public int failAbandoned() {
    return asPryo(() ->
        stages.abandoned(
            Experiments.IMPLEMENT,
            new Stage.Problem(
                "interrupted", "The implementation was interrupted: start it again.", true)));
  }

  /// Those of all projects whose pull request waits.
  public List<Experiment> awaitingMerge() {
    return asPryo(() -> rows.inStage(Status.AWAITING_MERGE));
  }

  private <T> T asPryo(Supplier<T> work) {
    return Tenant.system(() -> transactions.execute(status -> work.get()));
  }

  private static String word(PullRequest.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
