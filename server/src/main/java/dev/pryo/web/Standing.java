package dev.pryo.web;

import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiment.PullRequest.Checks;
import dev.pryo.experiment.Rollout;
import dev.pryo.experiment.Segment;
import dev.pryo.experiment.Stage;
import dev.pryo.implementation.Remark;
import dev.pryo.model.Usage;
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
/// @param cost what a model took for it, at list price; null where none was asked
public record Standing(
    String tone,
    String chip,
    String lead,
    String words,
    List<String> places,
    Deed deed,
    @Nullable String cost) {

  Standing(String tone, String chip, String lead, String words, List<String> places, Deed deed) {
    this(tone, chip, lead, words, places, deed, null);
  }

  /// What a person can do now.
  public enum Deed {
    NOTHING,
    /// Split visitors.
    START,
    MERGE,
    /// Merge on the host's own page.
    MERGE_THERE,
    /// See on the host's own page what its checks say.
    SEE_THERE,
    /// Have it written again on a base branch that has moved.
    WRITE_AGAIN,
    /// Ask for the roll-out once more.
    ASK_AGAIN
  }

  /// The pull request with the variants.
  ///
  /// @param ours whether its branch is as Pryo left it
  /// @param remarks what it was told on its host, in order
  static Standing of(Experiment experiment, boolean ours, List<Remark> remarks) {
    Experiment.PullRequest pull = Objects.requireNonNull(experiment.pullRequest());
    String base = pull.base();
    Deed merge = isElsewhere(experiment, pull.url()) ? Deed.MERGE_THERE : Deed.MERGE;
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
    if (pull.checks() == Checks.FAILED) {
      return OnChecks.failed(experiment, pull, remarks);
    }
    if (pull.repair()) {
      return OnChecks.repaired(pull, remarks, merge);
    }
    return new Standing(
        "live",
        "Pull request #%d, into %s".formatted(pull.number(), base),
        "The versions are written. Look at them, then merge.",
        "Until you merge and start, every visitor sees the page as it is today.",
        List.of(),
        merge);
  }

  /// The pull request while another commit on it is written; null before there is one.
  ///
  /// @param asked what for, in somebody's words; null where nobody asked
  static @Nullable Standing ofWriting(
      Experiment experiment, List<Remark> remarks, @Nullable String asked) {
    Experiment.PullRequest pull = experiment.pullRequest();
    if (pull == null) {
      return null;
    }
    if (pull.conflicted()) {
      return new Standing(
          "live",
          "Being written again",
          "The experiment is being written again on %s as it is now.".formatted(pull.base()),
          "It becomes another commit on pull request #%d.".formatted(pull.number()),
          pull.conflictFiles(),
          Deed.NOTHING);
    }
    return pull.repair() ? OnChecks.repairing(pull, remarks) : revising(pull, remarks, asked);
  }

  private static Standing revising(
      Experiment.PullRequest pull, List<Remark> remarks, @Nullable String asked) {
    Remark comment =
        OnChecks.last(
            remarks,
            remark ->
                remark.cause() == Remark.Cause.COMMENT
                    && remark.outcome() == Remark.Outcome.RUNNING);
    String words = comment == null ? asked : comment.about();
    return new Standing(
        "live",
        "Being revised",
        comment == null
            ? "Another commit is being written, as somebody asked for here."
            : "Another commit is being written, as %s asked for on the pull request."
                .formatted(String.valueOf(comment.login())),
        "%sIt is for pull request #%d, which stays open and as it was until then."
            .formatted(
                words == null ? "" : "“%s” ".formatted(ExperimentRow.beginning(words)),
                pull.number()),
        List.of(),
        Deed.NOTHING);
  }

  private static Standing conflict(Experiment.PullRequest pull, boolean ours) {
    String base = pull.base();
    return new Standing(
        "warn",
        "▲ Conflicts with " + base,
        ours
            ? "The same places changed on %s. Have the experiment written again there."
                .formatted(base)
            : "The same places changed on %s, and somebody changed the branch.".formatted(base),
        ours
            ? "It becomes another commit on pull request #%d, made from %s as it is now, and passes the same checks."
                .formatted(pull.number(), base)
            : "Pryo leaves what others wrote alone: take %s into %s by hand, or take that change back."
                .formatted(base, pull.head()),
        pull.conflictFiles(),
        ours ? Deed.WRITE_AGAIN : Deed.NOTHING);
  }

  /// Changes whenever anything is said differently.
  public String mark() {
    return Integer.toHexString(List.of(chip, lead, words, places).hashCode());
  }

  /// A host with pages of its own for pull requests has its own button.
  private static boolean isElsewhere(Experiment experiment, String url) {
    return !url.endsWith("/experiments/%s/changes".formatted(experiment.id()));
  }

  /// The roll-out; null before anybody asked for one.
  ///
  /// @param usage of a model for it
  static @Nullable Standing ofRollout(Experiment experiment, Usage usage) {
    Standing standing = ofRollout(experiment);
    return standing == null || usage.calls() == 0
        ? standing
        : standing.costing(Authorship.dollars(usage.costUsd()));
  }

  private Standing costing(String dollars) {
    return new Standing(tone, chip, lead, words, places, deed, dollars);
  }

  private static @Nullable Standing ofRollout(Experiment experiment) {
    Rollout rollout = experiment.rollout();
    if (rollout == null) {
      return null;
    }
    String stays = stays(experiment);
    return switch (rollout.status()) {
      case IMPLEMENTING ->
          new Standing(
              "live",
              rollout.hasOpenPullRequest() ? "Being written again" : "Being written",
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
    if (!pull.conflicts() && rollout.failsChecks()) {
      return OnChecks.failed(pull);
    }
    Stage.Problem error = rollout.error();
    if (!pull.conflicts()) {
      return new Standing(
          "warn",
          "▲ Waits for its merge",
          "Pull request #%d takes the experiment out of the code.".formatted(pull.number()),
          "Look at it, then merge it into %s: “%s” stays for everybody.%s"
              .formatted(
                  pull.base(),
                  stays,
                  error == null
                      ? ""
                      : " The last attempt to write it again ended without a commit: "
                          + error.message()),
          List.of(),
          Deed.MERGE);
    }
    return new Standing(
        "warn",
        "▲ Conflicts with " + pull.base(),
        "The same places changed on %s. Have the clean-up written again there."
            .formatted(pull.base()),
        error == null
            ? "It becomes another commit on pull request #%d, and passes the same checks."
                .formatted(pull.number())
            : "The last attempt ended without a commit: " + error.message(),
        pull.conflictFiles(),
        Deed.WRITE_AGAIN);
  }

  private static Standing failed(Stage.Problem error) {
    if (error.code().equals(Failure.CLOSED)) {
      return new Standing(
          "warn",
          "▲ Closed",
          "The clean-up was closed without a merge.",
          "The experiment is still in the code. Ask for the roll-out again when you like.",
          List.of(),
          error.retryable() ? Deed.ASK_AGAIN : Deed.NOTHING);
    }
    List<String> lines = error.message().lines().map(String::strip).toList();
    return new Standing(
        "bad",
        "✕ Failed",
        "The roll-out failed.",
        lines.isEmpty() ? "" : lines.getFirst(),
        lines.stream().skip(1).filter(line -> !line.isEmpty()).toList(),
        error.retryable() ? Deed.ASK_AGAIN : Deed.NOTHING);
  }

  /// The name of the segment that a roll-out keeps.
  public static String stays(Experiment experiment) {
    return name(experiment, Objects.requireNonNull(experiment.rollout()).segment());
  }

  private static String name(Experiment experiment, String key) {
    return experiment.segments().stream()
        .filter(segment -> segment.key().equals(key))
        .map(Segment::name)
        .findFirst()
        .orElse(key);
  }
}
