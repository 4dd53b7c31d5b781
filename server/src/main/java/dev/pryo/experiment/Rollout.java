package dev.pryo.experiment;

import dev.pryo.experiment.Experiment.PullRequest.Checks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far an experiment is taken out of the repository again, so that one segment stays.
///
/// @param segment the key of the one that stays; `control` for the site as it was
/// @param pullRequest the clean-up; null before it is open, and where nothing was left to clean up
/// @param error why it failed, while it is failed; or why the last attempt to write it again on a
///   new base did, while the clean-up waits as it was before
@Schema(name = "Rollout")
public record Rollout(
    String segment,
    Status status,
    @Nullable PullRequest pullRequest,
    Stage.@Nullable Problem error) {

  /// Where it stands.
  public enum Status {
    /// It is being written.
    IMPLEMENTING,
    /// Its pull request is open.
    AWAITING_MERGE,
    /// The experiment is gone from the repository.
    DONE,
    /// It ended without that, and can be asked for again.
    FAILED
  }

  /// The pull request that cleans up.
  ///
  /// @param url the host's page, or Pryo's own where the host has none
  /// @param conflicts whether it cannot be merged as it is, since the base branch changed the same
  ///   places: asking for the roll-out once more then writes it again on the new base
  /// @param conflictFiles in which files, where that is known
  /// @param checks what the repository's own checks say of its newest commit, where there are any
  /// @param failedChecks which of them failed since the experiment is out
  /// @param failedOnBase which of them fail without the clean-up too
  @Schema(name = "RolloutPullRequest")
  public record PullRequest(
      int number,
      String url,
      Experiment.PullRequest.State state,
      String head,
      String base,
      boolean conflicts,
      List<String> conflictFiles,
      @Nullable Checks checks,
      List<String> failedChecks,
      List<String> failedOnBase) {
    public PullRequest {
      conflictFiles = List.copyOf(conflictFiles);
      failedChecks = List.copyOf(failedChecks);
      failedOnBase = List.copyOf(failedOnBase);
    }

    /// The same with what its checks say.
    public PullRequest checked(
        @Nullable Checks checks, List<String> failedChecks, List<String> failedOnBase) {
      return new PullRequest(
          number,
          url,
          state,
          head,
          base,
          conflicts,
          conflictFiles,
          checks,
          failedChecks,
          failedOnBase);
    }
  }

  static Rollout begun(String segment) {
    return new Rollout(segment, Status.IMPLEMENTING, null, null);
  }

  /// Being written again, for another commit on the pull request that is open.
  Rollout again() {
    return new Rollout(segment, Status.IMPLEMENTING, pullRequest, null);
  }

  /// Failed; or back to the pull request that another commit would have changed.
  Rollout failed(Stage.Problem problem) {
    Status back = hasOpenPullRequest() ? Status.AWAITING_MERGE : Status.FAILED;
    return new Rollout(segment, back, pullRequest, problem);
  }

  /// Whether there is a clean-up that can still be changed and merged.
  public boolean hasOpenPullRequest() {
    return pullRequest != null && pullRequest.state().isOpen();
  }

  /// Whether it can be written again on a new base.
  public boolean conflicts() {
    return status == Status.AWAITING_MERGE && pullRequest != null && pullRequest.conflicts();
  }

  /// Whether the repository's own checks fail on it.
  public boolean failsChecks() {
    return status == Status.AWAITING_MERGE
        && pullRequest != null
        && pullRequest.checks() == Checks.FAILED;
  }

  /// Its pull request as it stands now.
  Rollout with(PullRequest pull) {
    return switch (pull.state()) {
      case DRAFT, OPEN ->
          new Rollout(
              segment, Status.AWAITING_MERGE, pull, status == Status.AWAITING_MERGE ? error : null);
      case MERGED -> new Rollout(segment, Status.DONE, pull, null);
      case CLOSED ->
          new Rollout(
              segment,
              Status.FAILED,
              pull,
              new Stage.Problem(
                  Builds.CLOSED,
                  "Its pull request was closed without a merge: ask for the roll-out again when you like.",
                  true));
    };
  }

  /// Whether it can be asked for.
  boolean isOver() {
    return status == Status.FAILED;
  }
}
