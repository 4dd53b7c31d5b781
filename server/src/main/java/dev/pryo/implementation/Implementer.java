package dev.pryo.implementation;

import dev.pryo.account.Account;
import dev.pryo.account.Accounts;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.edit.EditMode;
import dev.pryo.codehost.CodeHostException;
import dev.pryo.codehost.FileEdit;
import dev.pryo.codehost.Head;
import dev.pryo.codehost.NewCommit;
import dev.pryo.codehost.NewPullRequest;
import dev.pryo.codehost.Patience;
import dev.pryo.codehost.Person;
import dev.pryo.codehost.PullRequest;
import dev.pryo.codehost.Snapshot;
import dev.pryo.experiment.Builds;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.experiment.Stage;
import dev.pryo.implementation.Repositories.Place;
import dev.pryo.job.Job;
import dev.pryo.job.Job.Phase;
import dev.pryo.job.JobFailure;
import dev.pryo.job.JobHandler;
import dev.pryo.job.JobResult;
import dev.pryo.job.JobRun;
import dev.pryo.platform.Forbidden;
import dev.pryo.platform.NotFound;
import dev.pryo.project.Project;
import dev.pryo.project.Projects;
import dev.pryo.project.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Writes an experiment's variants and opens the pull request for them.
///
/// Where they go is noted before the first write, so that a run which is repeated after a crash
/// starts from the same commit, finds its branch and its pull request, and makes no second one.
@Component
final class Implementer implements JobHandler {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  private final Experiments experiments;
  private final Builds builds;
  private final Projects projects;
  private final Accounts accounts;
  private final Repositories repositories;
  private final Briefs briefs;

  Implementer(
      Experiments experiments,
      Builds builds,
      Projects projects,
      Accounts accounts,
      Repositories repositories,
      Briefs briefs) {
    this.experiments = experiments;
    this.builds = builds;
    this.projects = projects;
    this.accounts = accounts;
    this.repositories = repositories;
    this.briefs = briefs;
  }

  @Override
  public String kind() {
    return Experiments.IMPLEMENT;
  }

  @Override
  public JobResult run(JobRun run) {
    Job job = run.job();
    Experiment experiment =
        experiments.find(job.experimentId()).orElseThrow(() -> new NotFound("experiment"));
    Project project = projects.find(job.projectId()).orElseThrow(() -> new NotFound("project"));
    Account asker = asker(job.createdBy(), project).orElse(null);
    if (asker == null) {
      return failed(
          "not_allowed",
          "Who started it may not change this project any more: somebody who may has to start it again.",
          true);
    }
    Place place = place(run, project, experiment, asker).orElse(null);
    if (place == null) {
      return failed(
          "github_not_connected",
          "Your account is not connected to GitHub: connect it on your account's page, then start again.",
          true);
    }
    try {
      return write(run, experiment, project, place, asker);
    } catch (CodeHostException e) {
      if (e.code() == CodeHostException.Code.UNREACHABLE) {
        throw e;
      }
      if (e.retryAt() != null) {
        return new JobResult.Later(e.retryAt(), String.valueOf(e.getMessage()));
      }
      return failed(e.code().id(), String.valueOf(e.getMessage()), true);
    }
  }

  /// The repository as whoever asked reaches it: their own right to write counts, nobody else's.
  private Optional<Place> place(JobRun run, Project project, Experiment experiment, Account asker) {
    return repositories
        .of(project, experiment, List.of(asker.id()))
        .map(found ->
            new Place(found.host().patient(new Patience(LONGEST_WAIT, run::pause)), found.ref()));
  }

  /// The person who asked, if they still may: that was checked when they did, and is again now.
  private Optional<Account> asker(@Nullable UUID id, Project project) {
    Optional<Account> asker = id == null ? Optional.empty() : accounts.find(id);
    try {
      asker.ifPresent(account -> projects.require(account, project.id(), Role.EDITOR));
      return asker;
    } catch (NotFound | Forbidden e) {
      return Optional.empty();
    }
  }

  private JobResult write(
      JobRun run, Experiment experiment, Project project, Place place, Account asker) {
    run.report(Phase.PLAN, 0.05, "Looking at the repository.");
    place.host().requirePush(place.ref());
    Head head = place.host().inspect(place.ref());
    String base = experiment.baseCommit() != null ? experiment.baseCommit() : head.commit();
    Outcome outcome;
    try (Snapshot snapshot = place.host().snapshot(place.ref(), base)) {
      outcome =
          EditMode.run(
              new SnapshotTree(snapshot),
              briefs.of(experiment, project, builds.ended(experiment.projectId())),
              (phase, fraction, message) ->
                  run.report(Phase.valueOf(phase.name()), 0.1 + 0.7 * fraction, message + "."));
    }
    return switch (outcome) {
      case Outcome.Ambiguous ambiguous -> failed("ambiguous", question(ambiguous), false);
      case Outcome.Unable unable ->
          failed("cannot_edit", unable.reason() + " " + unable.instead(), false);
      case Outcome.Done done -> propose(run, experiment, project, place, asker, done, base, head);
    };
  }

  private static String question(Outcome.Ambiguous ambiguous) {
    return ambiguous.places().stream()
        .map(at -> "%s:%d: %s".formatted(at.file(), at.line(), at.context()))
        .collect(Collectors.joining("\n", ambiguous.question() + "\n", ""));
  }

  private JobResult propose(
      JobRun run,
      Experiment experiment,
      Project project,
      Place place,
      Account asker,
      Outcome.Done done,
      String base,
      Head head) {
    run.checks(done.checks().stream().map(Implementer::check).toList());
    if (!done.passed()) {
      return failed("checks_failed", refused(done), false);
    }
    UUID id = experiment.id();
    String branch = experiment.branch() != null ? experiment.branch() : "pryo/exp-" + id;
    run.store(() -> builds.writes(id, branch, base, head.branch()));
    run.report(Phase.PULL_REQUEST, 0.85, "Committing to %s.".formatted(branch));
    var text = new PullRequestText(experiment, done, project.siteUrl(), asker.name());
    String commit =
        place
            .host()
            .commit(
                place.ref(),
                new NewCommit(branch, base, text.commitMessage(), person(asker), edits(done)));
    run.report(Phase.PULL_REQUEST, 0.95, "Opening the pull request.");
    PullRequest pull =
        place
            .host()
            .openPullRequest(
                place.ref(), new NewPullRequest(branch, head.branch(), text.title(), text.body()));
    return new JobResult.Done(
        "Pull request #%d is open.".formatted(pull.number()),
        () -> builds.advance(id, commit, pull.number(), pull.url(), PullRequests.state(pull)));
  }

  private static Job.Check check(dev.pryo.agent.Check check) {
    return new Job.Check(
        check.id(), Job.Check.Status.valueOf(check.status().name()), check.detail());
  }

  private static String refused(Outcome.Done done) {
    return done.checks().stream()
        .filter(check -> check.status() == dev.pryo.agent.Check.Status.FAIL)
        .map(dev.pryo.agent.Check::detail)
        .collect(Collectors.joining(" ", "What was written did not pass its own checks: ", ""));
  }

  private static List<FileEdit> edits(Outcome.Done done) {
    return done.changes().changes().stream()
        .map(change -> new FileEdit(change.path(), change.content()))
        .toList();
  }

  static Person person(Account account) {
    return new Person(account.name(), account.email());
  }

  private static JobResult failed(String code, String message, boolean retryable) {
    return new JobResult.Failed(new JobFailure(code, message, retryable));
  }

  @Override
  public void failed(Job job, JobFailure failure) {
    builds.fail(
        job.experimentId(),
        new Stage.Problem(failure.code(), failure.message(), failure.retryable()));
  }

  @Override
  public JobFailure explain(Throwable thrown) {
    return thrown instanceof CodeHostException host
        ? new JobFailure(host.code().id(), String.valueOf(host.getMessage()), true)
        : JobHandler.super.explain(thrown);
  }
}
