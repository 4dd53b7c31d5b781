package dev.pryo.web;

import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Rollout;
import dev.pryo.experiment.Stage;
import dev.pryo.job.Job;
import dev.pryo.job.Job.Phase;
import dev.pryo.job.JobLog;
import dev.pryo.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How far the writing of an experiment's variants or of its roll-out is, as its page shows it.
///
/// @param rollout whether it is the roll-out that is written
/// @param job null before the first run
/// @param lines of the log, those that the reader has not seen yet
/// @param usage of a model so far
/// @param cap what one run may cost
public record Work(
    Experiment experiment,
    boolean rollout,
    @Nullable Job job,
    List<JobLog.Line> lines,
    int after,
    Instant now,
    Usage usage,
    String cap) {
  /// A phase in the list: `done`, `now`, or empty for one that is still to come.
  public record PhaseRow(String label, String state) {}

  public boolean running() {
    return rollout ? rollsOut(experiment) : experiment.stage() instanceof Stage.Implementing;
  }

  /// Whether its roll-out is being written.
  static boolean rollsOut(Experiment experiment) {
    Rollout known = experiment.rollout();
    return known != null && known.status() == Rollout.Status.IMPLEMENTING;
  }

  public boolean failed() {
    return experiment.stage() instanceof Stage.Failed;
  }

  /// The number of the last line that the page has, for the next question.
  public int last() {
    return lines.isEmpty() ? after : lines.getLast().seq();
  }

  /// Whether a phase has begun or ended since, which is worth speaking aloud.
  public boolean moved() {
    return !running() || lines.stream().map(JobLog.Line::phase).distinct().count() > 1;
  }

  public String message() {
    if (experiment.stage() instanceof Stage.Failed failed) {
      return failed.error().message();
    }
    return !running()
        ? job != null && job.endedInVain()
            ? "The last attempt ended without a commit: " + job.message()
            : "The pull request is open."
        : job == null ? "Waiting for its turn." : job.message();
  }

  public String spoken() {
    return running() ? "%s. %s".formatted(name(reached()), message()) : message();
  }

  public List<PhaseRow> phases() {
    Phase reached = reached();
    return Stream.of(Phase.values())
        .filter(phase -> phase != Phase.QUEUED || running() && reached == Phase.QUEUED)
        .filter(phase -> phase != Phase.PLAN || !rollout)
        .map(phase -> new PhaseRow(label(phase), state(phase, reached)))
        .toList();
  }

  private Phase reached() {
    return job == null ? Phase.QUEUED : shown(job.phase());
  }

  /// A roll-out has nothing to plan: where a model begins it has read, and it takes out.
  private Phase shown(Phase phase) {
    return rollout && phase == Phase.PLAN ? Phase.WRITE : phase;
  }

  private String state(Phase phase, Phase reached) {
    if (!running() && !failed()) {
      return "done";
    }
    return phase == reached && running() ? "now" : phase.compareTo(reached) < 0 ? "done" : "";
  }

  private String label(Phase phase) {
    return rollout ? labelOfRollout(phase) : labelOfWriting(phase);
  }

  private String labelOfRollout(Phase phase) {
    return switch (phase) {
      case QUEUED -> "Wait for its turn";
      case PLAN, READ -> "Read the code as it is now";
      case WRITE -> "Take the experiment out";
      case CHECK -> "Check that nothing of it is left";
      case PULL_REQUEST ->
          pullRequest(experiment.rollout() != null && experiment.rollout().hasOpenPullRequest());
    };
  }

  private String labelOfWriting(Phase phase) {
    return switch (phase) {
      case QUEUED -> "Wait for its turn";
      case PLAN -> "Plan";
      case READ -> "Read";
      case WRITE -> "Write";
      case CHECK -> "Check names, syntax, tracking";
      case PULL_REQUEST -> pullRequest(experiment.pullRequest() != null);
    };
  }

  private static String pullRequest(boolean open) {
    return open ? "Commit to the pull request" : "Open the pull request";
  }

  /// A phase in one word.
  public String name(Phase phase) {
    return switch (shown(phase)) {
      case QUEUED -> "Waiting";
      case PLAN -> "Plan";
      case READ -> "Read";
      case WRITE -> "Write";
      case CHECK -> "Check";
      case PULL_REQUEST -> "Pull request";
    };
  }

  public String elapsed() {
    if (job == null) {
      return "";
    }
    Instant end = running() ? now : job.updatedAt();
    return Texts.span(Duration.between(job.createdAt(), end));
  }

  /// Minutes and seconds since the start: `1:12`.
  public String since(Instant at) {
    long seconds = job == null ? 0 : Math.max(0, Duration.between(job.createdAt(), at).toSeconds());
    return "%d:%02d".formatted(seconds / 60, seconds % 60);
  }
}
