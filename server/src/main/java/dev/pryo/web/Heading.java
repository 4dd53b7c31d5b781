package dev.pryo.web;

import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiment.PullRequest.Checks;
import dev.pryo.experiment.Rollout;
import dev.pryo.experiment.Stage;

/// The head of every page of an experiment: its name, the step it is at, and how it stands.
///
/// @param state a word or two, such as `Running`
/// @param tone the chip's colour: `live`, `good`, `warn`, `bad`, or none
public record Heading(String path, String name, Step step, String state, String tone) {

  static Heading of(Experiment experiment, Step step, String state, String tone) {
    return new Heading("/experiments/" + experiment.id(), experiment.name(), step, state, tone);
  }

  /// @param settled whether its numbers have reached a decision
  static Heading of(Experiment experiment, boolean settled) {
    return switch (experiment.stage()) {
      case Stage.Draft d -> of(experiment, Step.DESCRIBE, "Draft", "");
      case Stage.Implementing i -> writing(experiment);
      case Stage.Failed f -> of(experiment, Step.IMPLEMENT, "Needs you", "warn");
      case Stage.AwaitingMerge a -> awaiting(experiment);
      case Stage.Active a -> of(experiment, settled ? Step.DECIDE : Step.RUN, "Running", "live");
      case Stage.Paused p -> of(experiment, settled ? Step.DECIDE : Step.RUN, "Paused", "warn");
      case Stage.Finished f -> finished(experiment);
    };
  }

  private static Heading writing(Experiment experiment) {
    Experiment.PullRequest pull = experiment.pullRequest();
    return of(experiment, Step.IMPLEMENT, pull == null ? "Writing" : writing(pull), "live");
  }

  private static String writing(Experiment.PullRequest pull) {
    if (pull.conflicted()) {
      return "Writing again";
    }
    return pull.repair() ? "Repairing" : "Revising";
  }

  private static Heading awaiting(Experiment experiment) {
    Experiment.PullRequest pull = experiment.pullRequest();
    if (pull != null && pull.state() == Experiment.PullRequest.State.MERGED) {
      return of(experiment, Step.RUN, "Merged, not running", "warn");
    }
    String state = pull == null ? "Waits for your review" : waiting(pull);
    return of(experiment, Step.REVIEW, state, "warn");
  }

  private static String waiting(Experiment.PullRequest pull) {
    if (pull.conflicted()) {
      return "Conflicts with its base";
    }
    if (pull.checks() == Checks.FAILED) {
      return "Checks failed";
    }
    return pull.repair() ? "Repaired" : "Waits for your review";
  }

  private static Heading finished(Experiment experiment) {
    Rollout rollout = experiment.rollout();
    if (rollout == null) {
      return of(experiment, Step.DECIDE, "Finished", "");
    }
    return switch (rollout.status()) {
      case IMPLEMENTING -> of(experiment, Step.DECIDE, "Rolling out", "live");
      case AWAITING_MERGE -> of(experiment, Step.DECIDE, waiting(rollout), "warn");
      case FAILED ->
          rollout.error() != null && rollout.error().code().equals(Failure.CLOSED)
              ? of(experiment, Step.DECIDE, "Roll-out closed", "warn")
              : of(experiment, Step.DECIDE, "Roll-out failed", "bad");
      case DONE -> of(experiment, Step.DECIDE, "Rolled out", "good");
    };
  }

  private static String waiting(Rollout rollout) {
    if (rollout.conflicts()) {
      return "Roll-out conflicts";
    }
    return rollout.failsChecks() ? "Roll-out fails checks" : "Roll-out waits";
  }

  public boolean done(Step other) {
    return other.compareTo(step) < 0;
  }
}
