package dev.pryo.web;

import dev.pryo.analysis.Alert;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Rollout;
import dev.pryo.experiment.Stage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An experiment in a list.
///
/// @param words the beginning of its description
/// @param waits what somebody has to do, null for nothing
public record ExperimentRow(
    String path, String name, String words, String state, String tone, @Nullable String waits) {
  private static final int LONGEST = 160;

  /// @param alerts the open ones, the most urgent first
  static ExperimentRow of(Experiment experiment, List<Alert> alerts) {
    Heading heading = Heading.of(experiment, false);
    return new ExperimentRow(
        heading.path(),
        experiment.name(),
        beginning(experiment.description()),
        heading.state(),
        heading.tone(),
        waits(experiment, alerts));
  }

  /// So much of a text as fits a line or two.
  static String beginning(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1).strip() + "…";
  }

  /// What its people have to do next, if anything.
  static @Nullable String waits(Experiment experiment, List<Alert> alerts) {
    if (!alerts.isEmpty()) {
      return title(alerts.getFirst());
    }
    return switch (experiment.stage()) {
      case Stage.AwaitingMerge a -> reviewed(experiment);
      case Stage.Failed f -> Failure.of(f.error()).title();
      case Stage.Draft d -> "Finish the draft";
      case Stage.Implementing i -> null;
      case Stage.Active a -> null;
      case Stage.Paused p -> "Resume or finish";
      case Stage.Finished f -> finished(experiment.rollout());
    };
  }

  /// An alert in a few words.
  public static String title(Alert alert) {
    return switch (alert.kind()) {
      case SPLIT -> "The split is broken";
      case HARM -> "It does harm";
      case SETTLED -> "It is settled: decide";
      case PLANNED_END -> "The planned number has come: decide";
      case MAX_DAYS -> "The longest time is over: decide";
    };
  }

  private static String reviewed(Experiment experiment) {
    Experiment.PullRequest pull = experiment.pullRequest();
    if (pull != null && pull.state() == Experiment.PullRequest.State.MERGED) {
      return "Start it";
    }
    if (pull != null && pull.conflicted()) {
      return "Solve the conflict";
    }
    return pull != null && pull.checks() == Experiment.PullRequest.Checks.FAILED
        ? "See the failed checks"
        : "Review the pull request";
  }

  private static @Nullable String finished(@Nullable Rollout rollout) {
    if (rollout == null) {
      return null;
    }
    return switch (rollout.status()) {
      case AWAITING_MERGE -> waits(rollout);
      case FAILED -> "See what to do";
      case IMPLEMENTING, DONE -> null;
    };
  }

  private static String waits(Rollout rollout) {
    if (rollout.conflicts()) {
      return "Solve the conflict";
    }
    return rollout.failsChecks() ? "See the failed checks" : "Merge the clean-up";
  }
}
