package dev.pryo.implementation;

import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Stage;
import dev.pryo.experiment.Status;
import dev.pryo.job.Job;
import dev.pryo.job.Job.Phase;
import dev.pryo.model.Usage;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far an experiment's implementation is, as the API shows it.
///
/// @param phase null while nothing is being implemented
/// @param message one sentence for people
/// @param checks what was asked about the variants, once they are written
/// @param remarks what the pull request was told on its host, and what came of it
@Schema(name = "ImplementationStatus")
public record Implementation(
    Status status,
    @Nullable Phase phase,
    double progress,
    String message,
    @Nullable String prUrl,
    List<Job.Check> checks,
    Usage usage,
    List<Remark> remarks,
    Stage.@Nullable Problem error,
    Instant updatedAt) {

  /// @param job the newest that implements or revises it
  static Implementation of(
      Experiment experiment,
      @Nullable Job job,
      List<Job.Check> checks,
      Usage usage,
      List<Remark> remarks) {
    Job running = experiment.status() == Status.IMPLEMENTING ? job : null;
    Experiment.PullRequest pull = experiment.pullRequest();
    return new Implementation(
        experiment.status(),
        running == null ? null : running.phase(),
        progress(experiment, job),
        running == null ? message(experiment, job) : running.message(),
        pull == null ? null : pull.url(),
        checks,
        usage,
        remarks,
        experiment.stage() instanceof Stage.Failed failed ? failed.error() : null,
        job != null && job.updatedAt().isAfter(experiment.updatedAt())
            ? job.updatedAt()
            : experiment.updatedAt());
  }

  private static double progress(Experiment experiment, @Nullable Job job) {
    return switch (experiment.stage()) {
      case Stage.Draft d -> 0;
      case Stage.Implementing i -> job == null ? 0 : job.progress();
      case Stage.Failed f -> job == null ? 0 : job.progress();
      default -> 1;
    };
  }

  private static String message(Experiment experiment, @Nullable Job job) {
    return switch (experiment.stage()) {
      case Stage.Draft d -> "Not started yet.";
      case Stage.Implementing i -> "Waiting for its turn.";
      case Stage.AwaitingMerge a ->
          job != null && job.endedInVain()
              ? "The last attempt ended without a commit: " + job.message()
              : waiting(experiment.pullRequest());
      case Stage.Active a -> "It is active.";
      case Stage.Paused p -> "It is paused.";
      case Stage.Finished f -> "It is finished.";
      case Stage.Failed f -> f.error().message();
    };
  }

  private static String waiting(Experiment.@Nullable PullRequest pull) {
    boolean fails = pull != null && pull.checks() == Experiment.PullRequest.Checks.FAILED;
    return pull != null && pull.isOpen() && pull.conflicted()
        ? "The pull request cannot be merged: %s changed the same places%s. Implement it again, and it is written again on the new base."
            .formatted(
                pull.base(),
                pull.conflictFiles().isEmpty()
                    ? ""
                    : " in " + String.join(", ", pull.conflictFiles()))
        : fails
            ? "The repository's own checks fail on the pull request; the remarks say which, and what came of it."
            : "The pull request waits for its merge.";
  }

  /// Whether nothing will change by itself any more.
  boolean settled() {
    return status != Status.IMPLEMENTING;
  }
}
