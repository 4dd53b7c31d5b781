package dev.pryo.implementation;

import dev.pryo.agent.Brief;
import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.Check;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.model.Ended;
import dev.pryo.agent.model.Removal;
import dev.pryo.agent.rollout.Footprint;
import dev.pryo.agent.rollout.Preparation;
import dev.pryo.codehost.CodeHostException;
import dev.pryo.codehost.Snapshot;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.experiment.Rollout;
import dev.pryo.experiment.Segment;
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
import dev.pryo.platform.NotFound;
import dev.pryo.project.Project;
import dev.pryo.project.Projects;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Has a model write down what each segment of a merged experiment is without it, one after the
/// other, and keeps that in the record.
///
/// All of it rests on the record and on the commit that the experiment was written from, so that a
/// run which is repeated after a crash tells the model the same and pays for no answer twice. What
/// comes of it counts for the record that it was made from and no other.
@Component
final class Preparer implements JobHandler {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
  private static final int LONGEST_WORDS = 800;

  /// More than there are roll-outs of an experiment, whose transcripts have the numbers above.
  private static final int NUMBERS = 1000;

  /// Of an experiment that touched nothing but the client.
  private static final Outcome.Done NOTHING_TO_DO =
      new Outcome.Done(new ChangeSet(List.of()), List.of(), List.of(), List.of());

  private final Experiments experiments;
  private final Projects projects;
  private final Repositories repositories;
  private final Footprints footprints;
  private final Briefs briefs;
  private final Removals removals;
  private final Preparations preparations;

  Preparer(
      Experiments experiments,
      Projects projects,
      Repositories repositories,
      Footprints footprints,
      Briefs briefs,
      Removals removals,
      Preparations preparations) {
    this.experiments = experiments;
    this.projects = projects;
    this.repositories = repositories;
    this.footprints = footprints;
    this.briefs = briefs;
    this.removals = removals;
    this.preparations = preparations;
  }

  @Override
  public String kind() {
    return Preparations.KIND;
  }

  /// What is prepared.
  ///
  /// @param version of the record
  /// @param base what the experiment was written from
  private record Work(
      JobRun run,
      Experiment experiment,
      Project project,
      int version,
      List<Footprint> others,
      Snapshot base) {
    UUID id() {
      return experiment.id();
    }
  }

  @Override
  public JobResult run(JobRun run) {
    Job job = run.job();
    Experiment experiment = experiment(job.experimentId());
    Project project = projects.find(job.projectId()).orElseThrow(() -> new NotFound("project"));
    Kept kept = footprints.of(experiment.id()).orElse(null);
    String base = experiment.baseCommit();
    if (kept == null || base == null || !removals.possible()) {
      return new JobResult.Done("There is nothing to prepare.", () -> {});
    }
    Place place = repositories.of(project, experiment).orElse(null);
    if (place == null) {
      return failed("github_not_connected", "Nobody in the project is connected to GitHub.");
    }
    Others others = footprints.others(experiment);
    List<Footprint> all =
        Stream.concat(others.live().stream(), others.gone().stream().map(Footprint.Gone::footprint))
            .toList();
    run.report(Phase.READ, 0.05, "Reading what was written.");
    try (Snapshot snapshot =
        place.host().patient(Telling.patience(run, LONGEST_WAIT)).snapshot(place.ref(), base)) {
      return prepare(new Work(run, experiment, project, kept.version(), all, snapshot));
    } catch (CapReached e) {
      return failed("budget", String.valueOf(e.getMessage()));
    } catch (CodeHostException e) {
      if (e.retryAt() != null) {
        return new JobResult.Later(e.retryAt(), String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  private Experiment experiment(UUID id) {
    return experiments.find(id).orElseThrow(() -> new NotFound("experiment"));
  }

  /// A budget is each segment's own; without a vendor there is no other segment either.
  private JobResult prepare(Work work) {
    Unfinished unfinished = null;
    for (Segment segment : work.experiment().segments()) {
      Kept kept = footprints.of(work.id()).orElseThrow();
      if (kept.version() == work.version()
          && kept.lacks(segment.key())
          && isWanted(work.id(), segment.key())) {
        Unfinished stopped = prepare(work, kept, segment.key()).orElse(null);
        if (stopped != null && stopped.why() != Ended.Why.BUDGET) {
          return stopped.result();
        }
        unfinished = stopped == null ? unfinished : stopped;
      }
    }
    if (footprints.of(work.id()).orElseThrow().version() != work.version()) {
      return new JobResult.Done(
          "The experiment was written anew meanwhile.",
          () -> preparations.begin(work.experiment()));
    }
    return unfinished == null
        ? new JobResult.Done("The record has what it could be given.", () -> {})
        : unfinished.result();
  }

  /// How it ended with a segment of which that says nothing.
  private record Unfinished(Outcome.Unable unable, Ended.Why why) {
    JobResult result() {
      return Implementer.stopped(unable, why);
    }
  }

  /// Once a segment is chosen, no other is rolled out.
  private boolean isWanted(UUID id, String segment) {
    Rollout rollout = experiment(id).rollout();
    return rollout == null
        || rollout.status() == Rollout.Status.FAILED
        || rollout.segment().equals(segment);
  }

  /// @return how it ended, where another day it may end otherwise
  private Optional<Unfinished> prepare(Work work, Kept kept, String segment) {
    Brief brief = briefs.of(work.experiment(), work.project(), Set.of());
    Preparation preparation =
        new Preparation(new SnapshotTree(work.base()), kept.footprint(), work.others(), segment);
    Removal removal = preparation.removal(brief, removals.budget());
    if (removal.parts().isEmpty()) {
      complete(work, kept, segment, preparation, NOTHING_TO_DO, "");
      return Optional.empty();
    }
    try {
      Ended ended =
          removals.lead(
              work.run(),
              work.experiment(),
              work.project(),
              Preparations.KIND,
              number(work, segment),
              removal);
      if (ended.outcome() instanceof Outcome.Unable unable && isForNow(ended.why())) {
        return Optional.of(new Unfinished(unable, ended.why()));
      }
      complete(work, kept, segment, preparation, ended.outcome(), ended.spent().model());
    } catch (Writings.TooLong e) {
      keep(work, kept, segment, null, new Prepared(false, "", String.valueOf(e.getMessage())));
    }
    return Optional.empty();
  }

  /// @param model that was asked; empty for none
  private void complete(
      Work work,
      Kept kept,
      String segment,
      Preparation preparation,
      Outcome outcome,
      String model) {
    Footprint known =
        outcome instanceof Outcome.Done done ? preparation.completed(done).orElse(null) : null;
    keep(
        work,
        kept,
        segment,
        known,
        new Prepared(known != null, model, words(outcome, known != null)));
  }

  /// @param known the record with the segment; null where nothing came of it
  private void keep(
      Work work, Kept kept, String segment, @Nullable Footprint known, Prepared came) {
    Footprint now = known == null ? kept.footprint() : known;
    work.run().store(() -> footprints.prepared(work.id(), kept, now, segment, came));
  }

  /// Each record of an experiment has transcripts of its own.
  private static int number(Work work, String segment) {
    List<String> keys = work.experiment().segments().stream().map(Segment::key).toList();
    return -(NUMBERS * work.version() + keys.indexOf(segment));
  }

  /// Whether it says nothing of the segment: another day it may end otherwise. One that met its
  /// budget goes on then where it was, with time of its own; where its money is still used up, it
  /// ends before it asks.
  private static boolean isForNow(Ended.Why why) {
    return switch (why) {
      case UNAVAILABLE, UNUSABLE, CANCELLED, BUDGET -> true;
      case WRITTEN, CHECKS_FAILED, GIVEN_UP, TOO_OLD, REFUSALS, LOOP, IDLE, CUT_OFF, DECLINED ->
          false;
    };
  }

  private static String words(Outcome outcome, boolean ready) {
    String words =
        switch (outcome) {
          case Outcome.Done done when ready -> String.join(" ", done.summary());
          case Outcome.Done done when done.passed() ->
              "By the record it could not be rolled out again.";
          case Outcome.Done done ->
              done.checks().stream()
                  .filter(check -> check.status() == Check.Status.FAIL)
                  .map(Check::detail)
                  .collect(Collectors.joining(" "));
          case Outcome.Unable unable -> unable.reason();
          case Outcome.Ambiguous ambiguous -> ambiguous.question();
        };
    return Plain.line(words, LONGEST_WORDS);
  }

  private static JobResult failed(String code, String message) {
    return Implementer.failed(code, message, true);
  }

  /// Nothing hangs on it: the roll-out asks a model then.
  @Override
  public void failed(Job job, JobFailure failure) {}

  @Override
  public JobFailure explain(Throwable thrown) {
    JobFailure known = Implementer.known(thrown);
    return known == null ? JobHandler.super.explain(thrown) : known;
  }
}
