package dev.pryo.web;

import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiment.PullRequest;
import dev.pryo.experiment.Experiment.PullRequest.Checks;
import dev.pryo.experiment.Rollout;
import dev.pryo.implementation.Remark;
import dev.pryo.implementation.Remark.Cause;
import dev.pryo.implementation.Remark.Outcome;
import dev.pryo.implementation.Remarks;
import dev.pryo.web.Standing.Deed;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How a pull request stands that the repository's own checks have something to say of.
final class OnChecks {
  private OnChecks() {}

  /// Some failed: which ones, what Pryo does about it, and what is left to people.
  static Standing failed(Experiment experiment, PullRequest pull, List<Remark> remarks) {
    Remark told =
        last(
            remarks,
            remark ->
                remark.cause() == Cause.CHECKS
                    && remark.commit() != null
                    && remark.commit().equals(experiment.headCommit()));
    return new Standing(
        "warn",
        "▲ Checks failed",
        told != null && told.about().isEmpty()
            ? "Checks failed that fail on %s too.".formatted(pull.base())
            : "The repository's own checks failed.",
        words(pull, told),
        told == null ? List.of() : names(pull, told),
        Deed.SEE_THERE,
        told != null && told.repairs() ? Authorship.dollars(told.costUsd()) : null);
  }

  private static String words(PullRequest pull, @Nullable Remark told) {
    if (told == null || told.outcome() == Outcome.RUNNING || told.outcome() == Outcome.COMMITTED) {
      return toCome(pull);
    }
    if (told.outcome() == Outcome.IN_VAIN) {
      return "The last try, %s, ended without a commit. See to it by hand, or ask for another commit."
          .formatted(attempt(pull.repairs()));
    }
    return told.about().isEmpty()
        ? "Pryo leaves them as they are: mend them on %s, or merge in spite of them."
            .formatted(pull.base())
        : told.message();
  }

  private static String toCome(PullRequest pull) {
    return pull.repairs() < Remarks.MOST_REPAIRS
        ? "Pryo looks which of them fail on %s too, and mends the others where it can: %s."
            .formatted(pull.base(), attempt(pull.repairs() + 1))
        : "Pryo has tried %d times, and does not try again: see to it by hand, or ask for another commit."
            .formatted(pull.repairs());
  }

  private static List<String> names(PullRequest pull, Remark told) {
    return Stream.of(
            told.about(),
            told.onBase().isEmpty()
                ? ""
                : "%s (on %s too, and left as it is)".formatted(told.onBase(), pull.base()))
        .filter(names -> !names.isEmpty())
        .toList();
  }

  /// Some failed on a clean-up, which holds what the record says and is not mended.
  static Standing failed(Rollout.PullRequest pull) {
    String base = pull.base();
    boolean fresh = !pull.failedChecks().isEmpty();
    return new Standing(
        "warn",
        "▲ Checks failed",
        fresh
            ? "The repository's own checks failed on the clean-up."
            : "Checks failed that fail on %s too.".formatted(base),
        fresh
            ? "Pryo takes out what it recorded and mends nothing there: put right on %s what they found, or close pull request #%d and ask for the roll-out again."
                .formatted(pull.head(), pull.number())
            : "Mend them on %s, or merge in spite of them.".formatted(base),
        Stream.concat(
                pull.failedChecks().stream(),
                pull.failedOnBase().stream().map(name -> "%s (on %s too)".formatted(name, base)))
            .toList(),
        Deed.SEE_THERE);
  }

  /// Pryo has made a commit of its own about it.
  static Standing repaired(PullRequest pull, List<Remark> remarks, Deed deed) {
    Remark mended =
        last(remarks, remark -> remark.repairs() && remark.outcome() == Outcome.COMMITTED);
    return new Standing(
        pull.checks() == Checks.PASSED ? "good" : "live",
        pull.checks() == Checks.PASSED ? "✓ Repaired" : "Repaired",
        pull.checks() == Checks.PASSED
            ? "Pryo mended what the checks found. Look at it, then merge."
            : "Pryo made a commit for what the checks found. Wait for them before you merge.",
        "Another commit was made for %s: %s. %s"
            .formatted(
                mended == null ? "it" : mended.about(),
                attempt(pull.repairs()),
                then(pull.checks())),
        List.of(),
        deed,
        mended == null ? null : Authorship.dollars(mended.costUsd()));
  }

  private static String then(@Nullable Checks checks) {
    return switch (checks) {
      case PASSED -> "The checks pass now.";
      case PENDING -> "The checks run again.";
      case FAILED -> "The checks fail still.";
      case null -> "The checks have not begun again yet.";
    };
  }

  /// It is being mended.
  static Standing repairing(PullRequest pull, List<Remark> remarks) {
    Remark running =
        last(remarks, remark -> remark.repairs() && remark.outcome() == Outcome.RUNNING);
    return new Standing(
        "live",
        "Being repaired",
        "Pryo mends what the repository's own checks found.",
        "It becomes another commit on pull request #%d: %s."
            .formatted(pull.number(), attempt(pull.repairs())),
        running == null ? List.of() : names(pull, running),
        Deed.NOTHING,
        null);
  }

  private static String attempt(int number) {
    return "attempt %d of at most %d".formatted(number, Remarks.MOST_REPAIRS);
  }

  static @Nullable Remark last(List<Remark> remarks, Predicate<Remark> wanted) {
    return remarks.reversed().stream().filter(wanted).findFirst().orElse(null);
  }
}
