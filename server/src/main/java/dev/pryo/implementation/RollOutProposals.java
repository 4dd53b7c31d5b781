package dev.pryo.implementation;

import dev.pryo.agent.Check;
import dev.pryo.agent.rollout.Footprint;
import dev.pryo.agent.rollout.RollOut;
import dev.pryo.codehost.CodeHostException;
import dev.pryo.codehost.NewCommit;
import dev.pryo.codehost.NewPullRequest;
import dev.pryo.codehost.PullRequest;
import dev.pryo.experiment.Rollout;
import dev.pryo.experiment.Rollouts;
import dev.pryo.implementation.Footprints.Beginning;
import dev.pryo.implementation.Repositories.Place;
import dev.pryo.job.Job.Phase;
import dev.pryo.job.JobResult;
import dev.pryo.job.JobRun;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Brings a roll-out into the repository: one branch, one pull request, and another commit on it
/// where its base has moved. What did not pass its checks is proposed to nobody.
@Component
final class RollOutProposals {

  private final Rollouts rollouts;
  private final RollOuts pulls;
  private final Footprints footprints;
  private final StillCounted stillCounted;

  RollOutProposals(
      Rollouts rollouts, RollOuts pulls, Footprints footprints, StillCounted stillCounted) {
    this.rollouts = rollouts;
    this.pulls = pulls;
    this.footprints = footprints;
    this.stillCounted = stillCounted;
  }

  /// @param live what other experiments left that are there still or wait for their merge
  /// @param model that was asked for it; null for none
  JobResult propose(
      CleanUp cleanUp,
      Beginning beginning,
      List<Footprint> live,
      RollOut.Result.Done written,
      @Nullable String model) {
    JobRun run = cleanUp.run();
    RollOut.Result.Done done = warned(cleanUp, live, written);
    run.checks(done.checks().stream().map(Proposals::check).toList());
    if (!done.passed()) {
      return RollOutWriter.failed(
          "checks_failed", Proposals.refused("The roll-out", done.checks()));
    }
    if (done.changes().changes().isEmpty()) {
      return new JobResult.Done(
          "Nothing of it is in the repository any more.", () -> rollouts.gone(cleanUp.id()));
    }
    RollOutText text =
        new RollOutText(
            cleanUp.experiment(),
            cleanUp.segment(),
            cleanUp.name(),
            done,
            cleanUp.asker().name(),
            cleanUp.prepared(),
            model);
    run.report(Phase.PULL_REQUEST, 0.8, "Committing to %s.".formatted(beginning.branch()));
    String commit;
    try {
      commit = commit(cleanUp, beginning, done, text.commitMessage());
    } catch (CodeHostException e) {
      if (cleanUp.open() != null && e.code() == CodeHostException.Code.CONFLICT) {
        return Proposals.changed(beginning.branch());
      }
      throw e;
    }
    run.report(Phase.PULL_REQUEST, 0.9, "Opening the pull request.");
    Place place = cleanUp.place();
    PullRequest pull =
        place
            .host()
            .openPullRequest(
                place.ref(),
                new NewPullRequest(
                    beginning.branch(), beginning.into(), text.pullRequestTitle(), text.body()));
    Rollout.PullRequest stands = pulls.stands(place, cleanUp.experiment(), pull);
    return new JobResult.Done(
        "Pull request #%d is open.".formatted(pull.number()),
        () -> {
          rollouts.written(cleanUp.id(), stands);
          footprints.committed(cleanUp.id(), commit, done.sending());
        });
  }

  private RollOut.Result.Done warned(
      CleanUp cleanUp, List<Footprint> live, RollOut.Result.Done written) {
    List<Check> checks = new ArrayList<>(written.checks());
    checks.addAll(stillCounted.warnings(cleanUp.experiment(), live, written.changes()));
    return new RollOut.Result.Done(
        written.changes(),
        checks,
        written.kept(),
        written.edited(),
        written.words(),
        written.sending());
  }

  private static String commit(
      CleanUp cleanUp, Beginning beginning, RollOut.Result.Done done, String message) {
    return cleanUp
        .place()
        .host()
        .commit(
            cleanUp.place().ref(),
            new NewCommit(
                beginning.branch(),
                beginning.parent(),
                beginning.base(),
                message,
                Implementer.person(cleanUp.asker()),
                Proposals.edits(done.changes())));
  }
}
