package dev.pryo.implementation;

import dev.pryo.account.Account;
import dev.pryo.account.Accounts;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.model.Ended.Why;
import dev.pryo.codehost.CodeHostException;
import dev.pryo.codehost.Head;
import dev.pryo.codehost.Person;
import dev.pryo.codehost.RepositoryRef;
import dev.pryo.codehost.Snapshot;
import dev.pryo.experiment.Builds;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.experiment.Stage;
import dev.pryo.implementation.Authors.Material;
import dev.pryo.implementation.Authors.Written;
import dev.pryo.implementation.Repositories.Place;
import dev.pryo.implementation.Writings.Writing;
import dev.pryo.job.Job;
import dev.pryo.job.Job.Phase;
import dev.pryo.job.JobFailure;
import dev.pryo.job.JobHandler;
import dev.pryo.job.JobResult;
import dev.pryo.job.JobRun;
import dev.pryo.model.CapReached;
import dev.pryo.model.Models;
import dev.pryo.platform.Forbidden;
import dev.pryo.platform.NotFound;
import dev.pryo.project.Project;
import dev.pryo.project.Projects;
import dev.pryo.project.Role;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Writes an experiment's variants and opens the pull request for them, or another commit on it.
///
/// Where they go is noted before the first write, so that a run which is repeated after a crash
/// starts from the same commit, finds its transcript, its branch and its pull request, and makes no
/// second one.
@Component
final class Implementer implements JobHandler {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  private static final int LONGEST_REASON = 600;

  /// Endings of a model's run from which it cannot go on: the same record would end there again.
  private static final Set<String> ENDINGS =
      Set.of("checks_failed", "given_up", "refusals", "loop", "idle", "cut_off", "declined");

  private final Experiments experiments;
  private final Builds builds;
  private final Projects projects;
  private final Accounts accounts;
  private final Repositories repositories;
  private final Briefs briefs;
  private final Writings writings;
  private final Grounds grounds;
  private final Authors authors;
  private final Proposals proposals;

  Implementer(
      Experiments experiments,
      Builds builds,
      Projects projects,
      Accounts accounts,
      Repositories repositories,
      Briefs briefs,
      Writings writings,
      Grounds grounds,
      Authors authors,
      Proposals proposals) {
    this.experiments = experiments;
    this.builds = builds;
    this.projects = projects;
    this.accounts = accounts;
    this.repositories = repositories;
    this.briefs = briefs;
    this.writings = writings;
    this.grounds = grounds;
    this.authors = authors;
    this.proposals = proposals;
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
          "Who started it may not change this project any more: somebody who may has to start it"
              + " again.",
          true);
    }
    Place place = place(run, project, experiment, asker).orElse(null);
    if (place == null) {
      return failed(
          "github_not_connected",
          "Your account is not connected to GitHub: connect it on your account's page, then start"
              + " again.",
          true);
    }
    try {
      return write(run, experiment, project, place, asker);
    } catch (CapReached e) {
      return failed("budget", String.valueOf(e.getMessage()), true);
    } catch (Grounds.Gone e) {
      return failed(e.code(), String.valueOf(e.getMessage()), false);
    } catch (Writings.TooLong e) {
      return failed("too_long", String.valueOf(e.getMessage()), true);
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
            new Place(found.host().patient(Telling.patience(run, LONGEST_WAIT)), found.ref()));
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
    Head head = place.host().inspect(into(experiment, place.ref()));
    boolean again = writings.begunBy(run.job());
    Writing begun = writings.begin(run.job(), experiment, head.commit());
    JobResult refused = again ? null : proposals.refused(experiment, place, begun).orElse(null);
    if (refused != null) {
      return refused;
    }
    Writing writing = grounds.read(run, experiment, place, begun);
    String base = base(experiment, writing);
    try (Snapshot snapshot = place.host().snapshot(place.ref(), base)) {
      Material material =
          new Material(
              experiment,
              project,
              new SnapshotTree(snapshot),
              briefs.of(experiment, project, builds.ended(experiment.projectId())));
      Written written = authors.write(run, material, writing).orElse(null);
      return written == null
          ? failed("no_model", Models.MISSING, true)
          : result(
              new Proposals.Proposal(
                  run, experiment, project, place, asker, writing, written, base, head.branch()),
              snapshot);
    }
  }

  /// The base branch of a pull request that it is in the way of, which people may have changed.
  private static RepositoryRef into(Experiment experiment, RepositoryRef ref) {
    Experiment.PullRequest pull = experiment.pullRequest();
    return pull == null || !pull.conflicted() ? ref : ref.withDefaultBranch(pull.base());
  }

  /// What the variants are written from. Before there is a pull request, a commit that was noted on
  /// the way to it counts.
  private static String base(Experiment experiment, Writing writing) {
    String noted = experiment.pullRequest() == null ? experiment.baseCommit() : null;
    return noted == null ? writing.base() : noted;
  }

  private JobResult result(Proposals.Proposal proposal, Snapshot base) {
    Written written = proposal.written();
    return switch (written.outcome()) {
      case Outcome.Ambiguous ambiguous -> failed("ambiguous", question(ambiguous), false);
      case Outcome.Unable unable ->
          written.why() == null
              ? failed("cannot_edit", unable.reason() + " " + unable.instead(), false)
              : stopped(unable, written.why());
      case Outcome.Done done -> proposals.propose(proposal, done, base);
    };
  }

  private static String question(Outcome.Ambiguous ambiguous) {
    return ambiguous.places().stream()
        .map(at -> "%s:%d: %s".formatted(at.file(), at.line(), at.context()))
        .collect(Collectors.joining("\n", ambiguous.question() + "\n", ""));
  }

  /// A model's run that stopped before its end. What a vendor or a model says is shown as text.
  static JobResult stopped(Outcome.Unable unable, Why why) {
    String sentence = Plain.line(unable.reason() + " " + unable.instead(), LONGEST_REASON);
    return switch (why) {
      case CANCELLED -> throw new Stopped();
      case BUDGET ->
          failed(
              "budget",
              sentence.contains("$")
                  ? sentence + " What a run may cost is PRYO_RUN_BUDGET_USD."
                  : sentence,
              true);
      case TOO_OLD -> failed("cannot_edit", sentence, false);
      case UNAVAILABLE -> failed("model_unavailable", sentence, true);
      case UNUSABLE -> failed("model_unusable", sentence, true);
      case WRITTEN, CHECKS_FAILED, GIVEN_UP, REFUSALS, LOOP, IDLE, CUT_OFF, DECLINED ->
          failed(why.name().toLowerCase(Locale.ROOT), sentence, why.isRetryable());
    };
  }

  /// The server ends; the run goes on when it is there again.
  static final class Stopped extends RuntimeException {
    Stopped() {
      super("The server ends while a model is asked");
    }
  }

  static Person person(Account account) {
    return new Person(account.name(), account.email());
  }

  static JobResult failed(String code, String message, boolean retryable) {
    return new JobResult.Failed(new JobFailure(code, message, retryable));
  }

  @Override
  public void failed(Job job, JobFailure failure) {
    UUID id = job.experimentId();
    if (ENDINGS.contains(failure.code())) {
      experiments.find(id).ifPresent(writings::ended);
    }
    builds.fail(id, new Stage.Problem(failure.code(), failure.message(), failure.retryable()));
  }

  @Override
  public JobFailure explain(Throwable thrown) {
    JobFailure known = known(thrown);
    return known == null ? JobHandler.super.explain(thrown) : known;
  }

  /// Why a job ended that has to do with repositories; null where that is another reason.
  static @Nullable JobFailure known(Throwable thrown) {
    return switch (thrown) {
      case CodeHostException host ->
          new JobFailure(host.code().id(), String.valueOf(host.getMessage()), true);
      case Stopped stopped ->
          new JobFailure("interrupted", "The server was stopped; the run goes on by itself.", true);
      default -> null;
    };
  }
}
