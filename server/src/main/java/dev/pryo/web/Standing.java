package dev.pryo.web;

import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Rollout;
import dev.pryo.experiment.Segment;
import dev.pryo.experiment.Stage;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a pull request of Pryo stands: one state, and what there is to do about it.
///
/// @param tone the chip's colour: `live`, `good`, `warn`, `bad`, or none
/// @param chip the state in a word or two
/// @param lead the same as a sentence
/// @param words what that means
/// @param places files or lines that are in the way; empty where none are
/// @param deed what a person can do
public record Standing(
    String tone, String chip, String lead, String words, List<String> places, Deed deed) {

  /// What a person can do now.
  public enum Deed {
    NOTHING,
    /// Split visitors.
    START,
    MERGE,
    /// Merge on the host's own page.
    MERGE_THERE,
    /// Have it written again on a base branch that has moved.
    WRITE_AGAIN,
    /// Ask for the roll-out once more.
    ASK_AGAIN
  }

  /// The pull request with the variants.
  ///
  /// @param ours whether its branch is as Pryo left it
  static Standing of(Experiment experiment, boolean ours) {
    Experiment.PullRequest pull = Objects.requireNonNull(experiment.pullRequest());
    String base = pull.base();
    if (pull.state() == Experiment.PullRequest.State.MERGED) {
      return new Standing(
          "good",
          "✓ Merged into " + base,
          "The versions are in the code. Start when the site carries them.",
          "Everybody still sees the control. Once you start, visitors are split and counted.",
          List.of(),
          Deed.START);
    }
    if (pull.conflicted()) {
      return conflict(pull, ours);
    }
    return new Standing(
        "live",
        "Pull request #%d, into %s".formatted(pull.number(), base),
        "The versions are written. Look at them, then merge.",
        "Until you merge and start, every visitor sees the page as it is today.",
        List.of(),
        isElsewhere(experiment, pull.url()) ? Deed.MERGE_THERE : Deed.MERGE);
  }

  private static Standing conflict(Experiment.PullRequest pull, boolean ours) {
    String base = pull.base();
    return new Standing(
        "warn",
        "▲ Conflicts with " + base,
        ours
            ? "%s changed the same places. Have the experiment written again there.".formatted(base)
            : "%s changed the same places, and somebody changed the branch.".formatted(base),
        ours
            ? "It becomes another commit on pull request #%d, made from %s as it is now, and passes the same checks."
                .formatted(pull.number(), base)
            : "Pryo leaves what others wrote alone: take %s into %s by hand, or take that change back."
                .formatted(base, pull.head()),
        pull.conflictFiles(),
        ours ? Deed.WRITE_AGAIN : Deed.NOTHING);
  }

  /// A host with pages of its own for pull requests has its own button.
  private static boolean isElsewhere(Experiment experiment, String url) {
    return !url.endsWith("/experiments/%s/changes".formatted(experiment.id()));
  }

  /// The roll-out; null before anybody asked for one.
  static @Nullable Standing ofRollout(Experiment experiment) {
    Rollout rollout = experiment.rollout();
    if (rollout == null) {
      return null;
    }
    String stays = name(experiment, rollout.segment());
    return switch (rollout.status()) {
      case IMPLEMENTING ->
          new Standing(
              "live",
              rollout.hasOpenPullRequest() ? "Written again" : "Being written",
              "The clean-up is being written.",
              "It takes the experiment out of the code, and “%s” stays for everybody."
                  .formatted(stays),
              List.of(),
              Deed.NOTHING);
      case AWAITING_MERGE ->
          awaiting(rollout, Objects.requireNonNull(rollout.pullRequest()), stays);
      case DONE ->
          new Standing(
              "good",
              "✓ Rolled out",
              "The experiment is out of the code.",
              "“%s” stays for everybody.".formatted(stays),
              List.of(),
              Deed.NOTHING);
      case FAILED -> failed(Objects.requireNonNull(rollout.error()));
    };
  }

  private static Standing awaiting(Rollout rollout, Rollout.PullRequest pull, String stays) {
    if (!pull.conflicts()) {
      return new Standing(
          "warn",
          "▲ Waits for its merge",
          "Pull request #%d takes the experiment out of the code.".formatted(pull.number()),
          "Look at it, then merge it into %s: “%s” stays for everybody."
              .formatted(pull.base(), stays),
          List.of(),
          Deed.MERGE);
    }
    Stage.Problem error = rollout.error();
    return new Standing(
        "warn",
        "▲ Conflicts with " + pull.base(),
        "%s changed the same places. Have the clean-up written again there.".formatted(pull.base()),
        error == null
            ? "It becomes another commit on pull request #%d, and passes the same checks."
                .formatted(pull.number())
            : "The last attempt ended without a commit: " + error.message(),
        pull.conflictFiles(),
        Deed.WRITE_AGAIN);
  }

  private static Standing failed(Stage.Problem error) {
    List<String> lines = error.message().lines().map(String::strip).toList();
    return new Standing(
        "bad",
        "✕ Failed",
        "The roll-out failed.",
        lines.isEmpty() ? "" : lines.getFirst(),
        lines.stream().skip(1).filter(line -> !line.isEmpty()).toList(),
        error.retryable() ? Deed.ASK_AGAIN : Deed.NOTHING);
  }

  private static String name(Experiment experiment, String key) {
    return experiment.segments().stream()
        .filter(segment -> segment.key().equals(key))
        .map(Segment::name)
        .findFirst()
        .orElse(key);
  }
}
