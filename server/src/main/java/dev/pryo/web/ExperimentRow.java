package dev.pryo.web;

import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Rollout;
import dev.pryo.experiment.Stage;
import org.jspecify.annotations.Nullable;

/// An experiment in a list.
///
/// @param words the beginning of its description
/// @param waits what somebody has to do, null for nothing
public record ExperimentRow(
    String path, String name, String words, String state, String tone, @Nullable String waits) {
  private static final int LONGEST = 160;

  static ExperimentRow of(Experiment experiment) {
    Heading heading = Heading.of(experiment, false);
    return new ExperimentRow(
        heading.path(),
        experiment.name(),
        beginning(experiment.description()),
        heading.state(),
        heading.tone(),
        waits(experiment));
  }

  private static String beginning(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1).strip() + "…";
  }

  /// What its people have to do next, if anything.
  static @Nullable String waits(Experiment experiment) {
    return switch (experiment.stage()) {
      case Stage.AwaitingMerge a -> reviewed(experiment);
      case Stage.Failed f -> "See what to do";
      case Stage.Draft d -> "Finish the draft";
      case Stage.Implementing i -> null;
      case Stage.Active a -> null;
      case Stage.Paused p -> "Resume or finish";
      case Stage.Finished f -> finished(experiment.rollout());
    };
  }

  private static String reviewed(Experiment experiment) {
    Experiment.PullRequest pull = experiment.pullRequest();
    if (pull != null && pull.state() == Experiment.PullRequest.State.MERGED) {
      return "Start it";
    }
    return pull != null && pull.conflicted() ? "Solve the conflict" : "Review the pull request";
  }

  private static @Nullable String finished(@Nullable Rollout rollout) {
    if (rollout == null) {
      return null;
    }
    return switch (rollout.status()) {
      case AWAITING_MERGE -> rollout.conflicts() ? "Solve the conflict" : "Merge the clean-up";
      case FAILED -> "See what to do";
      case IMPLEMENTING, DONE -> null;
    };
  }
}
