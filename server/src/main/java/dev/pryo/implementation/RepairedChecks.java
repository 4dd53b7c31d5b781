package dev.pryo.implementation;

import dev.pryo.codehost.CheckRun;
import dev.pryo.experiment.Builds;
import dev.pryo.experiment.Experiment;
import dev.pryo.implementation.Remark.Cause;
import dev.pryo.implementation.RemarkRows.Told;
import dev.pryo.implementation.Remarks.Look;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Has failed checks of pull requests mended. Only the newest commit counts, and only if it is
/// Pryo's own; what fails on its base too is told and left.
@Component
final class RepairedChecks {
  private final Builds builds;
  private final Revisers revisers;
  private final RemarkRows rows;
  private final InstantSource clock;
  private final TransactionTemplate transactions;

  RepairedChecks(
      Builds builds,
      Revisers revisers,
      RemarkRows rows,
      InstantSource clock,
      TransactionTemplate transactions) {
    this.builds = builds;
    this.revisers = revisers;
    this.rows = rows;
    this.clock = clock;
    this.transactions = transactions;
  }

  /// @return whether a repair has begun
  boolean look(Look look) {
    String head = look.pull().headCommit();
    List<CheckRun> runs = look.reviews().checks(look.ref(), head);
    builds.checks(look.experiment().id(), head, FailedChecks.state(runs));
    if (!FailedChecks.settled(runs, clock.instant()) || isKnown(look, head)) {
      return false;
    }
    FailedChecks failed =
        FailedChecks.of(look.reviews(), look.ref(), runs, look.pull().baseCommit());
    Told told =
        new Told(
            Cause.CHECKS,
            head,
            FailedChecks.names(failed.fresh()),
            FailedChecks.names(failed.onBase()),
            null);
    String refusal = refusal(look, failed);
    if (refusal == null) {
      return revisers.begin(look, told, null);
    }
    revisers.leave(look, told, refusal);
    return false;
  }

  private boolean isKnown(Look look, String head) {
    return transactions.execute(
        status -> rows.known(look.experiment(), look.pull().number()).contains(head));
  }

  private @Nullable String refusal(Look look, FailedChecks failed) {
    if (failed.fresh().isEmpty()) {
      return "They fail on the base commit too, so Pryo leaves them as they are.";
    }
    Experiment.PullRequest pull = look.experiment().pullRequest();
    if (pull != null && pull.repairs() >= Remarks.MOST_REPAIRS) {
      return "Pryo has tried %d times to mend what the checks found: see to it by hand, or ask for another commit."
          .formatted(Remarks.MOST_REPAIRS);
    }
    return revisers.refusal(look).orElse(null);
  }
}
