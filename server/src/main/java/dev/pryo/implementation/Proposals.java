package dev.pryo.implementation;

import dev.pryo.account.Account;
import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.Check;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.rollout.Footprint;
import dev.pryo.codehost.Changes;
import dev.pryo.codehost.Changes.ChangedFile;
import dev.pryo.codehost.CodeHost;
import dev.pryo.codehost.CodeHostException;
import dev.pryo.codehost.FileEdit;
import dev.pryo.codehost.NewCommit;
import dev.pryo.codehost.NewPullRequest;
import dev.pryo.codehost.PullRequest;
import dev.pryo.codehost.RepositoryRef;
import dev.pryo.codehost.Snapshot;
import dev.pryo.experiment.Builds;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Rollouts;
import dev.pryo.implementation.Authors.Written;
import dev.pryo.implementation.Repositories.Place;
import dev.pryo.implementation.Writings.Writing;
import dev.pryo.job.Job;
import dev.pryo.job.Job.Phase;
import dev.pryo.job.JobResult;
import dev.pryo.job.JobRun;
import dev.pryo.project.Project;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Brings what was written into the repository: one branch, one pull request, and another commit on
/// it for each revision. What did not pass its checks stays here, for the owner to see.
@Component
final class Proposals {
  private static final int LONGEST_DETAIL = 400;

  private final Builds builds;
  private final Writings writings;
  private final Footprints footprints;
  private final Grounds grounds;
  private final Rollouts rollouts;

  Proposals(
      Builds builds, Writings writings, Footprints footprints, Grounds grounds, Rollouts rollouts) {
    this.builds = builds;
    this.writings = writings;
    this.footprints = footprints;
    this.grounds = grounds;
    this.rollouts = rollouts;
  }

  /// What is proposed, where, and for whom.
  ///
  /// @param base the commit that was read
  /// @param into the branch that it is to be merged into
  record Proposal(
      JobRun run,
      Experiment experiment,
      Project project,
      Place place,
      Account asker,
      Writing writing,
      Written written,
      String base,
      String into) {
    CodeHost host() {
      return place.host();
    }

    RepositoryRef ref() {
      return place.ref();
    }

    UUID id() {
      return experiment.id();
    }
  }

  JobResult propose(Proposal proposal, Outcome.Done done, Snapshot base) {
    JobRun run = proposal.run();
    run.checks(done.checks().stream().map(Proposals::check).toList());
    if (!done.passed()) {
      run.store(() -> writings.unproposed(proposal.id(), changes(proposal.base(), done.changes())));
      return Implementer.failed(
          "checks_failed",
          refused("What was written", done.checks()),
          proposal.written().model() != null);
    }
    Experiment.PullRequest pull = proposal.experiment().pullRequest();
    return pull == null ? open(proposal, done) : revise(proposal, done, base, pull);
  }

  /// Why another commit on a pull request is not even begun: it is over, or its branch is not as
  /// Pryo left it. Asked before the job has committed anything itself.
  Optional<JobResult> refused(Experiment experiment, Place place, Writing writing) {
    Experiment.PullRequest known = experiment.pullRequest();
    if (known == null) {
      return Optional.empty();
    }
    PullRequest pull = place.host().pullRequest(place.ref(), known.number());
    if (!PullRequests.state(pull).isOpen()) {
      return Optional.of(over());
    }
    // the branch itself: a host may take a while to show its newest commit on the pull request
    String head = place.host().inspect(place.ref().withDefaultBranch(pull.head())).commit();
    return head.equals(writing.commit()) ? Optional.empty() : Optional.of(changed(pull.head()));
  }

  private static JobResult over() {
    return Implementer.failed(
        "pull_request_closed", "The pull request was merged or closed meanwhile.", false);
  }

  static JobResult changed(String branch) {
    return Implementer.failed(
        "branch_changed",
        "Somebody has changed the branch %s since Pryo wrote it. Go on there by hand, or take that change back and ask again."
            .formatted(branch),
        true);
  }

  private JobResult open(Proposal proposal, Outcome.Done done) {
    JobRun run = proposal.run();
    UUID id = proposal.id();
    String known = proposal.experiment().branch();
    String branch = known != null ? known : "pryo/exp-" + id;
    run.store(() -> builds.writes(id, branch, proposal.base(), proposal.into()));
    run.report(Phase.PULL_REQUEST, 0.85, "Committing to %s.".formatted(branch));
    PullRequestText text = text(proposal, done);
    String commit =
        commit(
            proposal,
            branch,
            proposal.base(),
            proposal.base(),
            text.commitMessage(),
            edits(done.changes()));
    run.report(Phase.PULL_REQUEST, 0.95, "Opening the pull request.");
    PullRequest pull =
        proposal
            .host()
            .openPullRequest(
                proposal.ref(),
                new NewPullRequest(branch, proposal.into(), text.title(), text.body()));
    return new JobResult.Done(
        "Pull request #%d is open.".formatted(pull.number()),
        () -> advance(proposal, done, commit, pull.number(), pull.url(), PullRequests.state(pull)));
  }

  private static PullRequestText text(Proposal proposal, Outcome.Done done) {
    return new PullRequestText(
        proposal.experiment(),
        done,
        proposal.project().siteUrl(),
        proposal.asker().name(),
        proposal.written().model());
  }

  private void advance(
      Proposal proposal,
      Outcome.Done done,
      String commit,
      int number,
      @Nullable String url,
      Experiment.PullRequest.State state) {
    builds.advance(proposal.id(), proposal.base(), commit, number, url, state);
    writings.committed(proposal.writing(), commit, proposal.written().model());
    footprints.keep(proposal.experiment(), done);
    Set<String> found =
        Footprint.of(proposal.experiment().key(), done).found(events(proposal.experiment()));
    footprints
        .silencing(proposal.experiment(), found)
        .forEach(other -> rollouts.again(other, proposal.asker().id()));
  }

  private static Set<String> events(Experiment experiment) {
    return experiment.goals().stream()
        .flatMap(goal -> goal.events().stream())
        .collect(Collectors.toSet());
  }

  private static String commit(
      Proposal proposal,
      String branch,
      String parent,
      String base,
      String message,
      List<FileEdit> edits) {
    return proposal
        .host()
        .commit(
            proposal.ref(),
            new NewCommit(
                branch, parent, base, message, Implementer.person(proposal.asker()), edits));
  }

  /// Another commit behind Pryo's last one, which takes the base branch in where that has moved.
  /// Where a person has changed the branch since, it stays as it is.
  private JobResult revise(
      Proposal proposal, Outcome.Done done, Snapshot base, Experiment.PullRequest pull) {
    Experiment.PullRequest.State state =
        PullRequests.state(proposal.host().pullRequest(proposal.ref(), pull.number()));
    if (!state.isOpen()) {
      return over();
    }
    String parent = Objects.requireNonNull(proposal.writing().commit());
    boolean moves = proposal.writing().moves(proposal.experiment());
    PullRequestText text = text(proposal, done);
    proposal.run().report(Phase.PULL_REQUEST, 0.85, "Committing to %s.".formatted(pull.head()));
    String commit;
    try {
      commit =
          commit(
              proposal,
              pull.head(),
              parent,
              moves ? proposal.base() : parent,
              moves ? text.movedMessage(pull.base()) : text.revisionMessage(because(proposal)),
              moves ? edits(done.changes()) : revised(proposal, done, base, parent));
    } catch (CodeHostException e) {
      if (e.code() == CodeHostException.Code.CONFLICT) {
        return changed(pull.head());
      }
      throw e;
    }
    return new JobResult.Done(
        moves
            ? "Pull request #%d is written again on %s.".formatted(pull.number(), pull.base())
            : "Pull request #%d is revised.".formatted(pull.number()),
        () -> advance(proposal, done, commit, pull.number(), pull.url(), state));
  }

  /// Why there is another commit, in a sentence.
  private String because(Proposal proposal) {
    return grounds
        .of(proposal.run().job())
        .map(remark -> RemarkText.because(remark, proposal.experiment()))
        .orElseGet(() -> PullRequestText.asked(proposal.asker().name()));
  }

  /// What was changed before and is not any more goes back to what the base has.
  private static List<FileEdit> revised(
      Proposal proposal, Outcome.Done done, Snapshot base, String parent) {
    Set<String> paths = new TreeSet<>();
    proposal
        .host()
        .changes(proposal.ref(), proposal.base(), parent)
        .files()
        .forEach(file -> paths.add(file.path()));
    done.changes().changes().forEach(change -> paths.add(change.path()));
    return paths.stream().map(path -> new FileEdit(path, content(done, base, path))).toList();
  }

  private static byte @Nullable [] content(Outcome.Done done, Snapshot base, String path) {
    FileChange change = done.changes().of(path).orElse(null);
    return change == null ? base.read(path).orElse(null) : change.content();
  }

  static Job.Check check(Check check) {
    return new Job.Check(
        check.id(),
        Job.Check.Status.valueOf(check.status().name()),
        Plain.line(check.detail(), LONGEST_DETAIL));
  }

  /// @param what that did not pass
  static String refused(String what, List<Check> checks) {
    return checks.stream()
        .filter(check -> check.status() == Check.Status.FAIL)
        .map(check -> Plain.line(check.detail(), LONGEST_DETAIL))
        .collect(Collectors.joining(" ", what + " did not pass its own checks: ", ""));
  }

  private static Changes changes(String base, ChangeSet changes) {
    return new Changes(
        base,
        null,
        changes.changes().stream()
            .map(change ->
                new ChangedFile(
                    change.path(),
                    Changes.Status.valueOf(change.status().name()),
                    change.additions(),
                    change.deletions()))
            .toList(),
        changes.diff());
  }

  static List<FileEdit> edits(ChangeSet changes) {
    return changes.changes().stream()
        .map(change -> new FileEdit(change.path(), change.content()))
        .toList();
  }
}
