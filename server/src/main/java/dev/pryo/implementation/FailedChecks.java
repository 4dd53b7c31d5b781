package dev.pryo.implementation;

import dev.pryo.codehost.CheckRun;
import dev.pryo.codehost.RepositoryRef;
import dev.pryo.codehost.Reviews;
import dev.pryo.experiment.Experiment.PullRequest.Checks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The checks of a commit that failed: those that the change made fail, and those that fail on its
/// base too.
record FailedChecks(List<CheckRun> fresh, List<CheckRun> onBase) {
  /// How long those that still run are waited for, so that one attempt sees all that failed.
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final int LONGEST_NAME = 60;
  private static final int LONGEST_NAMES = 300;

  /// @param runs of the commit
  /// @param base the commit that the change was made from
  static FailedChecks of(Reviews reviews, RepositoryRef ref, List<CheckRun> runs, String base) {
    List<CheckRun> failed = failed(runs);
    if (failed.isEmpty()) {
      return new FailedChecks(List.of(), List.of());
    }
    Set<String> before =
        failed(reviews.checks(ref, base)).stream().map(CheckRun::name).collect(Collectors.toSet());
    return new FailedChecks(
        failed.stream().filter(run -> !before.contains(run.name())).toList(),
        failed.stream().filter(run -> before.contains(run.name())).toList());
  }

  private static List<CheckRun> failed(List<CheckRun> runs) {
    return runs.stream().filter(run -> run.state() == CheckRun.State.FAILED).toList();
  }

  /// What the checks say together; null where there are none.
  static @Nullable Checks state(List<CheckRun> runs) {
    if (runs.isEmpty()) {
      return null;
    }
    if (!failed(runs).isEmpty()) {
      return Checks.FAILED;
    }
    return isPending(runs) ? Checks.PENDING : Checks.PASSED;
  }

  /// Whether something failed and no more is waited for.
  static boolean settled(List<CheckRun> runs, Instant now) {
    return !failed(runs).isEmpty()
        && (!isPending(runs)
            || failed(runs).stream()
                .map(CheckRun::endedAt)
                .allMatch(ended -> ended == null || ended.plus(PATIENCE).isBefore(now)));
  }

  private static boolean isPending(List<CheckRun> runs) {
    return runs.stream().anyMatch(run -> run.state() == CheckRun.State.PENDING);
  }

  /// Their names in a line, harmless and not endless.
  static String names(List<CheckRun> runs) {
    return Plain.line(String.join(", ", each(runs)), LONGEST_NAMES);
  }

  /// The name of each, harmless.
  static List<String> each(List<CheckRun> runs) {
    return runs.stream()
        .map(run -> Plain.text(run.name(), LONGEST_NAME))
        .map(name -> name.isEmpty() ? "a check without a name" : name)
        .distinct()
        .toList();
  }
}
