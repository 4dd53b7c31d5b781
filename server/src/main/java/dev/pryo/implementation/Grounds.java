package dev.pryo.implementation;

import dev.pryo.agent.model.Round;
import dev.pryo.codehost.CheckRun;
import dev.pryo.codehost.RepositoryRef;
import dev.pryo.codehost.Reviews;
import dev.pryo.experiment.Experiment;
import dev.pryo.implementation.Remark.Cause;
import dev.pryo.implementation.RemarkRows.Kept;
import dev.pryo.implementation.Repositories.Place;
import dev.pryo.implementation.Writings.Writing;
import dev.pryo.job.Job;
import dev.pryo.job.Job.Phase;
import dev.pryo.job.JobRun;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// On what a revision rests that began on the host: reads what failed checks said, and asks again
/// whether a comment's author may push.
@Component
final class Grounds {
  private static final int MOST_CHECKS = 3;

  private final RemarkRows rows;
  private final Writings writings;
  private final TransactionTemplate transactions;

  Grounds(RemarkRows rows, Writings writings, TransactionTemplate transactions) {
    this.rows = rows;
    this.writings = writings;
    this.transactions = transactions;
  }

  /// There is nothing to revise any more.
  static final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String code;

    Gone(String code, String message) {
      super(message);
      this.code = code;
    }

    String code() {
      return code;
    }
  }

  /// What began this job on the host, if that is where it began.
  Optional<Remark> of(Job job) {
    return kept(job).map(Kept::remark);
  }

  private Optional<Kept> kept(Job job) {
    return transactions.execute(status -> rows.ofJob(job.id()));
  }

  /// What was read is kept before anything is done with it, so that a run which is begun again
  /// tells the model the same.
  ///
  /// @return the writing, with why it goes on
  /// @throws Gone where it need not, or may not
  Writing read(JobRun run, Experiment experiment, Place place, Writing writing) {
    Kept kept = kept(run.job()).orElse(null);
    if (kept == null) {
      return writing;
    }
    Reviews reviews = place.host().reviews().orElseThrow();
    if (kept.remark().cause() == Cause.COMMENT) {
      requirePush(reviews, place.ref(), String.valueOf(kept.remark().login()));
      return writing;
    }
    if (writing.pending() != null) {
      return writing;
    }
    run.report(Phase.PLAN, 0.05, "Reading what the checks said.");
    String base = Objects.requireNonNull(experiment.baseCommit());
    List<CheckRun> runs = reviews.checks(place.ref(), kept.source());
    List<CheckRun> failed = FailedChecks.of(reviews, place.ref(), runs, base).fresh();
    if (failed.isEmpty()) {
      throw new Gone("checks_passed", "The checks do not fail any more.");
    }
    Round failure = new Round.Failure(said(reviews, place.ref(), failed));
    run.store(() -> writings.goesOn(experiment.id(), failure));
    return writings.find(experiment.id()).orElseThrow();
  }

  private static void requirePush(Reviews reviews, RepositoryRef ref, String login) {
    if (!reviews.mayPush(ref, login)) {
      throw new Gone("not_allowed", "%s may not push to the repository any more.".formatted(login));
    }
  }

  private static String said(Reviews reviews, RepositoryRef ref, List<CheckRun> failed) {
    String read =
        failed.stream()
            .limit(MOST_CHECKS)
            .map(run -> "Check “%s” failed.\n%s".formatted(run.name(), reviews.said(ref, run)))
            .collect(Collectors.joining("\n\n"));
    List<CheckRun> more = failed.stream().skip(MOST_CHECKS).toList();
    return more.isEmpty() ? read : read + "\n\nThese failed too: " + FailedChecks.names(more);
  }
}
