package dev.pryo.web;

import dev.pryo.experiment.Experiment;
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
      case Stage.Implementing i -> of(experiment, Step.IMPLEMENT, "Writing", "live");
      case Stage.Failed f -> of(experiment, Step.IMPLEMENT, "Needs you", "warn");
      case Stage.AwaitingMerge a -> awaiting(experiment);
      case Stage.Active a -> of(experiment, settled ? Step.DECIDE : Step.RUN, "Running", "live");
      case Stage.Paused p -> of(experiment, settled ? Step.DECIDE : Step.RUN, "Paused", "warn");
      case Stage.Finished f -> of(experiment, Step.DECIDE, "Finished", "");
    };
  }

  private static Heading awaiting(Experiment experiment) {
    Experiment.PullRequest pull = experiment.pullRequest();
    return pull != null && pull.state() == Experiment.PullRequest.State.MERGED
        ? of(experiment, Step.RUN, "Merged, not running", "warn")
        : of(experiment, Step.REVIEW, "Waits for your review", "warn");
  }

  public boolean done(Step other) {
    return other.compareTo(step) < 0;
  }
}
