package dev.pryo.implementation;

import dev.pryo.account.Account;
import dev.pryo.account.Accounts;
import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.Check;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.model.Ended;
import dev.pryo.agent.model.Removal;
import dev.pryo.agent.rollout.Footprint;
import dev.pryo.agent.rollout.RollOut;
import dev.pryo.codehost.CodeHostException;
import dev.pryo.codehost.FileEdit;
import dev.pryo.codehost.Head;
import dev.pryo.codehost.NewCommit;
import dev.pryo.codehost.NewPullRequest;
import dev.pryo.codehost.PullRequest;
import dev.pryo.codehost.Snapshot;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.experiment.Rollout;
import dev.pryo.experiment.Rollouts;
import dev.pryo.experiment.Segment;
import dev.pryo.experiment.Stage;
import dev.pryo.implementation.Footprints.Beginning;
import dev.pryo.implementation.Footprints.Others;
import dev.pryo.implementation.Repositories.Place;
import dev.pryo.job.Job;
import dev.pryo.job.Job.Phase;
import dev.pryo.job.JobFailure;
import dev.pryo.job.JobHandler;
import dev.pryo.job.JobResult;
import dev.pryo.job.JobRun;
import dev.pryo.model.CapReached;
import dev.pryo.platform.Forbidden;
import dev.pryo.platform.NotFound;
import dev.pryo.project.Project;
import dev.pryo.project.Projects;
import dev.pryo.project.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Writes a roll-out and opens its pull request, from the record of what was written, and where
/// that alone does not know with a model.
///
/// Which commit it reads is noted before the first write, so that a run which is repeated after a
/// crash writes the same, and finds its branch and its pull request.
@Component
final class RollOutWriter implements JobHandler {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
  private static final int LONGEST_DETAIL = 400;
  private static final String NO_MODEL =
      "With a language model set up Pryo does it: put ANTHROPIC_API_KEY or OPENAI_API_KEY into .env"
          + " and start Pryo again.";

  private final Experiments experiments;
  private final Rollouts rollouts;
  private final RollOuts pulls;
  private final Projects projects;
  private final Accounts accounts;
  private final Repositories repositories;
  private final Footprints footprints;
  private final Briefs briefs;
  private final Removals removals;

  RollOutWriter(
      Experiments experiments,
      Rollouts rollouts,
      RollOuts pulls,
      Projects projects,
      Accounts accounts,
      Repositories repositories,
      Footprints footprints,
      Briefs briefs,
      Removals removals) {
    this.experiments = experiments;
    this.rollouts = rollouts;
    this.pulls = pulls;
    this.projects = projects;
    this.accounts = accounts;
    this.repositories = repositories;
    this.footprints = footprints;
    this.briefs = briefs;
    this.removals = removals;
  }

  @Override
  public String kind() {
    return Rollouts.KIND;
  }

  /// What is rolled out, where, and for whom.
  private record Work(
      JobRun run,
      Experiment experiment,
      Project project,
      String segment,
      Place place,
      Account asker) {
    UUID id() {
      return experiment.id();
    }

    /// The clean-up that is written again on a new base; null where there is none yet.
    Rollout.@Nullable PullRequest open() {
      Rollout rollout = experiment.rollout();
      return rollout == null || !rollout.hasOpenPullRequest() ? null : rollout.pullRequest();
    }
  }

  @Override
  public JobResult run(JobRun run) {
    Job job = run.job();
    Experiment experiment =
        experiments.find(job.experimentId()).orElseThrow(() -> new NotFound("experiment"));
    Project project = projects.find(job.projectId()).orElseThrow(() -> new NotFound("project"));
    Rollout rollout = experiment.rollout();
    Footprint own = footprints.of(experiment.id()).orElse(null);
    Account asker = asker(job.createdBy(), project).orElse(null);
    if (asker == null || rollout == null || own == null) {
      return failed(
          "not_allowed",
          "Who started it may not change this project any more: somebody who may has to start it"
              + " again.");
    }
    Place place =
        repositories
            .of(project, experiment, List.of(asker.id()))
            .map(found ->
                new Place(found.host().patient(Telling.patience(run, LONGEST_WAIT)), found.ref()))
            .orElse(null);
    if (place == null) {
      return failed(
          "github_not_connected",
          "Your account is not connected to GitHub: connect it on your account's page, then start"
              + " again.");
    }
    try {
      return write(new Work(run, experiment, project, rollout.segment(), place, asker), own);
    } catch (CapReached e) {
      return failed("budget", String.valueOf(e.getMessage()));
    } catch (Writings.TooLong e) {
      return failed("too_long", String.valueOf(e.getMessage()));
    } catch (CodeHostException e) {
      if (e.code() == CodeHostException.Code.UNREACHABLE) {
        throw e;
      }
      return e.retryAt() != null
          ? new JobResult.Later(e.retryAt(), String.valueOf(e.getMessage()))
          : failed(e.code().id(), String.valueOf(e.getMessage()));
    }
  }

  private Optional<Account> asker(@Nullable UUID id, Project project) {
    Optional<Account> asker = id == null ? Optional.empty() : accounts.find(id);
    try {
      asker.ifPresent(account -> projects.require(account, project.id(), Role.EDITOR));
      return asker;
    } catch (NotFound | Forbidden e) {
      return Optional.empty();
    }
  }

  private JobResult write(Work work, Footprint own) {
    Place place = work.place();
    work.run().report(Phase.READ, 0.1, "Looking at the repository as it is now.");
    place.host().requirePush(place.ref());
    Rollout.PullRequest open = work.open();
    Head head =
        place
            .host()
            .inspect(open == null ? place.ref() : place.ref().withDefaultBranch(open.base()));
    Beginning beginning =
        footprints.begin(work.run().job(), head.commit(), head.branch(), open != null);
    Others others = footprints.others(work.experiment());
    try (Snapshot now = place.host().snapshot(place.ref(), beginning.base())) {
      RollOut rollOut =
          new RollOut(new SnapshotTree(now), own, others.live(), others.gone(), work.segment());
      return switch (rollOut.run()) {
        case RollOut.Result.Done done -> propose(work, beginning, done, null);
        case RollOut.Result.Changed changed ->
            removals.possible()
                ? byModel(work, beginning, rollOut)
                : failed("lines_changed", changed(changed) + " " + NO_MODEL);
        case RollOut.Result.Unknown unknown ->
            removals.possible()
                ? byModel(work, beginning, rollOut)
                : failed("segment_unknown", unknown(work.experiment(), unknown) + " " + NO_MODEL);
      };
    }
  }

  private JobResult byModel(Work work, Beginning beginning, RollOut rollOut) {
    Removal removal =
        rollOut.removal(briefs.of(work.experiment(), work.project(), Set.of()), removals.budget());
    if (removal.parts().isEmpty()) {
      Outcome.Done nothing =
          new Outcome.Done(new ChangeSet(List.of()), List.of(), List.of(), List.of());
      return propose(work, beginning, rollOut.completed(removal, nothing), null);
    }
    Ended ended =
        removals.lead(work.run(), work.experiment(), work.project(), beginning.round(), removal);
    return switch (ended.outcome()) {
      case Outcome.Done done ->
          propose(work, beginning, rollOut.completed(removal, done), ended.spent().model());
      case Outcome.Unable unable ->
          Implementer.stopped(
              new Outcome.Unable(unable.reason(), "Start it again, or take it out by hand."),
              ended.why());
      case Outcome.Ambiguous ambiguous -> failed("cannot_edit", ambiguous.question());
    };
  }

  private static String unknown(Experiment experiment, RollOut.Result.Unknown unknown) {
    return "A model wrote this experiment, so its record says how the site was and not what “%s” is without it. Roll out the control, or take the segment over by hand."
        .formatted(name(experiment, unknown.segment()));
  }

  private static String changed(RollOut.Result.Changed changed) {
    String lines =
        changed.lines().stream().limit(20).map(Object::toString).collect(Collectors.joining(", "));
    String why =
        changed.experiments().isEmpty()
            ? "Put these lines back or take the experiment out of them by hand, then start again."
            : "The same files have what other experiments wrote (%s): roll those out first, or change the lines by hand, then start again."
                .formatted(String.join(", ", changed.experiments()));
    return "Lines that the experiment wrote were changed since: %s. %s".formatted(lines, why);
  }

  private static String name(Experiment experiment, String key) {
    return experiment.segments().stream()
        .filter(segment -> segment.key().equals(key))
        .map(Segment::name)
        .findFirst()
        .orElse(key);
  }

  private JobResult propose(
      Work work, Beginning beginning, RollOut.Result.Done done, @Nullable String model) {
    JobRun run = work.run();
    run.checks(done.checks().stream().map(RollOutWriter::check).toList());
    if (!done.passed()) {
      return failed(
          "checks_failed",
          done.checks().stream()
              .filter(check -> check.status() == Check.Status.FAIL)
              .map(check -> Plain.line(check.detail(), LONGEST_DETAIL))
              .collect(Collectors.joining(" ", "The roll-out did not pass its own checks: ", "")));
    }
    if (done.changes().changes().isEmpty()) {
      return new JobResult.Done(
          "Nothing of it is in the repository any more.", () -> rollouts.gone(work.id()));
    }
    RollOutText text =
        new RollOutText(
            work.experiment(),
            work.segment(),
            name(work.experiment(), work.segment()),
            done,
            work.asker().name(),
            model);
    run.report(Phase.PULL_REQUEST, 0.8, "Committing to %s.".formatted(beginning.branch()));
    Place place = work.place();
    String commit;
    try {
      commit =
          place
              .host()
              .commit(
                  place.ref(),
                  new NewCommit(
                      beginning.branch(),
                      beginning.parent(),
                      beginning.base(),
                      text.commitMessage(),
                      Implementer.person(work.asker()),
                      done.changes().changes().stream().map(RollOutWriter::edit).toList()));
    } catch (CodeHostException e) {
      if (work.open() != null && e.code() == CodeHostException.Code.CONFLICT) {
        return Proposals.changed(beginning.branch());
      }
      throw e;
    }
    run.report(Phase.PULL_REQUEST, 0.9, "Opening the pull request.");
    PullRequest pull =
        place
            .host()
            .openPullRequest(
                place.ref(),
                new NewPullRequest(
                    beginning.branch(), beginning.into(), text.pullRequestTitle(), text.body()));
    Rollout.PullRequest stands = pulls.stands(place, work.experiment(), pull);
    return new JobResult.Done(
        "Pull request #%d is open.".formatted(pull.number()),
        () -> {
          rollouts.written(work.id(), stands);
          footprints.committed(work.id(), commit);
        });
  }

  private static FileEdit edit(FileChange change) {
    return new FileEdit(change.path(), change.content());
  }

  private static Job.Check check(Check check) {
    return new Job.Check(
        check.id(),
        Job.Check.Status.valueOf(check.status().name()),
        Plain.line(check.detail(), LONGEST_DETAIL));
  }

  private static JobResult failed(String code, String message) {
    return new JobResult.Failed(new JobFailure(code, message, true));
  }

  @Override
  public void failed(Job job, JobFailure failure) {
    rollouts.fail(
        job.experimentId(),
        new Stage.Problem(failure.code(), failure.message(), failure.retryable()));
  }

  @Override
  public JobFailure explain(Throwable thrown) {
    return switch (thrown) {
      case CodeHostException host ->
          new JobFailure(host.code().id(), String.valueOf(host.getMessage()), true);
      case Implementer.Stopped stopped ->
          new JobFailure("interrupted", "The server was stopped; the run goes on by itself.", true);
      default -> JobHandler.super.explain(thrown);
    };
  }
}
