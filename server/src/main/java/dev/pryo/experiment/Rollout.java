package dev.pryo.experiment;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// How far an experiment is taken out of the repository again, so that one segment stays.
///
/// @param segment the key of the one that stays; `control` for the site as it was
/// @param pullRequest the clean-up; null before it is open, and where nothing was left to clean up
/// @param error why it failed, while it is failed
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
  @Schema(name = "RolloutPullRequest")
  public record PullRequest(
      int number, String url, Experiment.PullRequest.State state, String head, String base) {}

  static Rollout begun(String segment) {
    return new Rollout(segment, Status.IMPLEMENTING, null, null);
  }

  Rollout failed(Stage.Problem problem) {
    return new Rollout(segment, Status.FAILED, pullRequest, problem);
  }

  /// Its pull request as it stands now.
  Rollout with(PullRequest pull) {
    return switch (pull.state()) {
      case DRAFT, OPEN -> new Rollout(segment, Status.AWAITING_MERGE, pull, null);
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
