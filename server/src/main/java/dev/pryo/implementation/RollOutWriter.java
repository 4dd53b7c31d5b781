package dev.pryo.implementation;

import dev.pryo.account.Account;
import dev.pryo.account.Accounts;
import dev.pryo.agent.Brief;
import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.model.Ended;
import dev.pryo.agent.model.Removal;
import dev.pryo.agent.rollout.Footprint;
import dev.pryo.agent.rollout.RollOut;
import dev.pryo.codehost.CodeHostException;
import dev.pryo.codehost.Head;
import dev.pryo.codehost.Snapshot;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.experiment.Rollout;
import dev.pryo.experiment.Rollouts;
import dev.pryo.experiment.Stage;
import dev.pryo.implementation.Footprints.Beginning;
import dev.pryo.implementation.Footprints.Kept;
import dev.pryo.implementation.Footprints.Others;
import dev.pryo.implementation.Footprints.Prepared;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Writes a roll-out and opens its pull request, from the record of what was written, and where
/// that alone does not know with a model. Where the record is just being completed it waits for
/// that ([Preparer]).
///
/// Which commit it reads is noted before the first write, so that a run which is repeated after a
/// crash writes the same, and finds its branch and its pull request.
@Component
final class RollOutWriter implements JobHandler {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  /// How long it waits each time for a preparation that is under way.
  private static final Duration PREPARING = Duration.ofSeconds(3);

  private static final String NO_MODEL =
      "With a language model set up Pryo does it: put ANTHROPIC_API_KEY or OPENAI_API_KEY into .env"
          + " and start Pryo again.";

  /// A preparation that takes longer is not waited for.
  private static final Duration LONGEST_PREPARING = Duration.ofMinutes(10);

  private final Experiments experiments;
  private final Rollouts rollouts;
  private final Projects projects;
  private final Accounts accounts;
  private final Repositories repositories;
  private final Footprints footprints;
  private final Briefs briefs;
  private final Removals removals;
  private final Preparations preparations;
  private final RollOutProposals proposals;
  private final StillCounted stillCounted;
  private final InstantSource clock;

  RollOutWriter(
      Experiments experiments,
      Rollouts rollouts,
      Projects projects,
      Accounts accounts,
      Repositories repositories,
      Footprints footprints,
      Briefs briefs,
      Removals removals,
      Preparations preparations,
      RollOutProposals proposals,
      StillCounted stillCounted,
      InstantSource clock) {
    this.experiments = experiments;
    this.rollouts = rollouts;
    this.projects = projects;
    this.accounts = accounts;
    this.repositories = repositories;
    this.footprints = footprints;
    this.briefs = briefs;
    this.removals = removals;
    this.preparations = preparations;
    this.proposals = proposals;
    this.stillCounted = stillCounted;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return Rollouts.KIND;
  }

  @Override
  public JobResult run(JobRun run) {
    Job job = run.job();
    Experiment experiment =
        experiments.find(job.experimentId()).orElseThrow(() -> new NotFound("experiment"));
    Project project = projects.find(job.projectId()).orElseThrow(() -> new NotFound("project"));
    Rollout rollout = experiment.rollout();
    // asked before the record is read, which then has what ended meanwhile
    boolean preparing = preparations.isUnderWay(experiment.id());
    Kept kept = footprints.of(experiment.id()).orElse(null);
    Account asker = asker(job.createdBy(), project).orElse(null);
    if (asker == null || rollout == null || kept == null) {
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
    String segment = rollout.segment();
    if (preparing
        && kept.lacks(segment)
        && clock.instant().isBefore(job.createdAt().plus(LONGEST_PREPARING))) {
      return new JobResult.Later(
          clock.instant().plus(PREPARING),
          "A model is still writing down what the segment is without the experiment.");
    }
    try {
      return write(new CleanUp(run, experiment, project, kept, segment, place, asker));
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

  private JobResult write(CleanUp cleanUp) {
    Place place = cleanUp.place();
    cleanUp.run().report(Phase.READ, 0.1, "Looking at the repository as it is now.");
    place.host().requirePush(place.ref());
    Rollout.PullRequest open = cleanUp.open();
    Head head =
        place
            .host()
            .inspect(open == null ? place.ref() : place.ref().withDefaultBranch(open.base()));
    Beginning beginning =
        footprints.begin(cleanUp.run().job(), head.commit(), head.branch(), open != null);
    Others others = footprints.others(cleanUp.experiment());
    try (Snapshot now = place.host().snapshot(place.ref(), beginning.base())) {
      RollOut rollOut =
          new RollOut(
              new SnapshotTree(now),
              cleanUp.kept().footprint(),
              others.live(),
              others.gone(),
              cleanUp.segment(),
              stillCounted.events(cleanUp.experiment()));
      return switch (rollOut.run()) {
        case RollOut.Result.Done done ->
            proposals.propose(cleanUp, beginning, others.live(), done, null);
        case RollOut.Result.Silent silent ->
            removals.possible()
                ? sending(cleanUp, beginning, others.live(), rollOut, silent.whole())
                : proposals.propose(cleanUp, beginning, others.live(), silent.whole(), null);
        case RollOut.Result.Changed changed ->
            removals.possible()
                ? byModel(cleanUp, beginning, others.live(), rollOut)
                : failed("lines_changed", changed(changed) + " " + NO_MODEL);
        case RollOut.Result.Unknown _ ->
            removals.possible()
                ? byModel(cleanUp, beginning, others.live(), rollOut)
                : failed("segment_unknown", unknown(cleanUp) + " " + NO_MODEL);
      };
    }
  }

  private JobResult byModel(
      CleanUp cleanUp, Beginning beginning, List<Footprint> live, RollOut rollOut) {
    Brief brief = briefs.of(cleanUp.experiment(), cleanUp.project(), Set.of());
    Removal removal = rollOut.removal(brief, removals.budget());
    if (removal.parts().isEmpty()) {
      Outcome.Done nothing =
          new Outcome.Done(new ChangeSet(List.of()), List.of(), List.of(), List.of());
      return proposals.propose(cleanUp, beginning, live, rollOut.completed(removal, nothing), null);
    }
    Ended ended = led(cleanUp, beginning, removal);
    return switch (ended.outcome()) {
      case Outcome.Done done ->
          proposals.propose(
              cleanUp, beginning, live, rollOut.completed(removal, done), ended.spent().model());
      case Outcome.Unable unable ->
          Implementer.stopped(
              new Outcome.Unable(unable.reason(), "Start it again, or take it out by hand."),
              ended.why());
      case Outcome.Ambiguous ambiguous -> failed("cannot_edit", ambiguous.question());
    };
  }

  /// A model leaves there what sends the events that others count. What it cannot do is told in the
  /// pull request, and holds nobody up.
  private JobResult sending(
      CleanUp cleanUp,
      Beginning beginning,
      List<Footprint> live,
      RollOut rollOut,
      RollOut.Result.Done whole) {
    Removal removal =
        rollOut.removal(
            briefs.of(cleanUp.experiment(), cleanUp.project(), Set.of()), removals.budget());
    Ended ended = led(cleanUp, beginning, removal);
    if (ended.outcome() instanceof Outcome.Done done) {
      RollOut.Result.Done completed = rollOut.completed(removal, done);
      Footprint telling = rollOut.telling().orElse(null);
      if (completed.passed() && telling != null) {
        footprints.tell(cleanUp.id(), telling);
        return proposals.propose(cleanUp, beginning, live, completed, ended.spent().model());
      }
    }
    return proposals.propose(cleanUp, beginning, live, whole, null);
  }

  private Ended led(CleanUp cleanUp, Beginning beginning, Removal removal) {
    return removals.lead(
        cleanUp.run(),
        cleanUp.experiment(),
        cleanUp.project(),
        Rollouts.KIND,
        -beginning.round(),
        removal);
  }

  private static String unknown(CleanUp cleanUp) {
    Prepared prepared = cleanUp.prepared();
    return "A model wrote this experiment, so its record says how the site was and not what “%s” is without it%s. Roll out the control, or take the segment over by hand."
        .formatted(
            cleanUp.name(),
            prepared == null ? "" : ": the preparation did not succeed (" + prepared.words() + ")");
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

  static JobResult failed(String code, String message) {
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
    JobFailure known = Implementer.known(thrown);
    return known == null ? JobHandler.super.explain(thrown) : known;
  }
}
