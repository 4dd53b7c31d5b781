package dev.pryo.web;

import dev.pryo.account.Account;
import dev.pryo.codehost.Changes;
import dev.pryo.demo.Shop;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.experiment.Stage;
import dev.pryo.implementation.Implementations;
import dev.pryo.implementation.PullRequests;
import dev.pryo.implementation.Remarks;
import dev.pryo.implementation.Revisions;
import dev.pryo.implementation.Transcripts;
import dev.pryo.job.Job;
import dev.pryo.job.JobLog;
import dev.pryo.job.Jobs;
import dev.pryo.model.Ledger;
import dev.pryo.model.Models;
import dev.pryo.platform.Address;
import dev.pryo.platform.Conflict;
import dev.pryo.platform.Unavailable;
import dev.pryo.project.Project;
import dev.pryo.project.Role;
import dev.pryo.readiness.Readiness;
import dev.pryo.readiness.ReadinessCheck;
import dev.pryo.web.Frame.Section;
import dev.pryo.web.templates.Templates;
import gg.jte.models.runtime.JteModel;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// How the variants come about: written, failed, reviewed.
@RestController
@RequestMapping("/experiments/{id}")
class ImplementationPages {
  /// What htmx takes as the end of polling.
  private static final int STOP_POLLING = 286;

  private final Templates templates;
  private final Frames frames;
  private final Experiments experiments;
  private final PullRequests pullRequests;
  private final ReadinessCheck readiness;
  private final Implementations implementations;
  private final Revisions revisions;
  private final Remarks remarks;
  private final Transcripts transcripts;
  private final Ledger ledger;
  private final Models models;
  private final Jobs jobs;
  private final JobLog log;
  private final Address address;
  private final ObjectProvider<Shop> shop; // only in the embedded set-up

  ImplementationPages(
      Templates templates,
      Frames frames,
      Experiments experiments,
      PullRequests pullRequests,
      ReadinessCheck readiness,
      Implementations implementations,
      Revisions revisions,
      Remarks remarks,
      Transcripts transcripts,
      Ledger ledger,
      Models models,
      Jobs jobs,
      JobLog log,
      Address address,
      ObjectProvider<Shop> shop) {
    this.templates = templates;
    this.frames = frames;
    this.experiments = experiments;
    this.pullRequests = pullRequests;
    this.readiness = readiness;
    this.implementations = implementations;
    this.revisions = revisions;
    this.remarks = remarks;
    this.transcripts = transcripts;
    this.ledger = ledger;
    this.models = models;
    this.jobs = jobs;
    this.log = log;
    this.address = address;
    this.shop = shop;
  }

  /// The experiment after a look at its pull request.
  Experiment refreshed(Experiment experiment) {
    return pullRequests.refreshed(experiment);
  }

  /// What is new since a line: it is added to the log, and the phase card is replaced.
  @GetMapping("/progress")
  ResponseEntity<JteModel> progress(
      Frame frame,
      @AuthenticationPrincipal Account account,
      @PathVariable UUID id,
      @RequestParam(defaultValue = "0") int after) {
    Experiment experiment = experiments.require(account, id, Role.VIEWER);
    Work work = work(experiment, after, frame);
    return ResponseEntity.status(work.running() ? 200 : STOP_POLLING)
        .header("Cache-Control", "no-store")
        .body(
            templates.experimentProgress(
                frames.in(frame, account, experiment.projectId(), Section.EXPERIMENTS),
                Heading.of(experiment, false),
                work));
  }

  private Work work(Experiment experiment, int after, Frame frame) {
    Job job = jobs.latest(experiment.id(), Experiments.IMPLEMENT).orElse(null);
    List<JobLog.Line> lines = job == null ? List.of() : log.after(job.id(), after);
    return new Work(
        experiment,
        false,
        job,
        lines,
        after,
        frame.now(),
        ledger.of(experiment.id(), Experiments.IMPLEMENT),
        Authorship.of(models).cap());
  }

  private Made made(Account account, Experiment experiment) {
    String trouble =
        jobs.latest(experiment.id(), Experiments.IMPLEMENT)
            .filter(Job::endedInVain)
            .map(Job::message)
            .orElse(null);
    return new Made(
        pullRequests.unproposed(account, experiment.id()).map(DiffFile::of).orElse(List.of()),
        implementations.checks(experiment),
        ledger.of(experiment.id()),
        remarks.of(experiment),
        revisions.possible(experiment),
        trouble,
        Authorship.of(models).cap());
  }

  JteModel running(Frame frame, Experiment experiment, @Nullable String failure) {
    return templates.experimentImplementing(
        frame,
        experiment,
        Heading.of(experiment, false),
        work(experiment, 0, frame),
        Standing.ofWriting(
            experiment, remarks.of(experiment), revisions.asked(experiment.id()).orElse(null)),
        failure);
  }

  JteModel failed(
      Frame frame,
      Account account,
      Experiment experiment,
      Stage.Problem error,
      @Nullable String failure) {
    return templates.experimentFailed(
        frame,
        experiment,
        Heading.of(experiment, false),
        Failure.of(error),
        snippet(frame, experiment),
        made(account, experiment),
        failure);
  }

  JteModel review(Frame frame, Account account, Experiment experiment, @Nullable String failure) {
    List<DiffFile> files = List.of();
    String trouble = failure;
    try {
      files = DiffFile.of(pullRequests.changes(account, experiment.id()));
    } catch (Conflict | Unavailable e) {
      trouble = failure == null ? e.getMessage() : failure;
    }
    Experiment.PullRequest pull = Objects.requireNonNull(experiment.pullRequest());
    Made made = made(account, experiment);
    return templates.experimentReview(
        frame,
        experiment,
        Heading.of(experiment, false),
        files,
        readiness.of(account, experiment.id()),
        snippet(frame, experiment),
        made,
        Standing.of(experiment, revisions.leftAlone(experiment), made.remarks()),
        site(frame, experiment, pull),
        trouble);
  }

  /// What is there before the start, asked for again and again until all of it is.
  @GetMapping("/ready")
  ResponseEntity<JteModel> ready(@AuthenticationPrincipal Account account, @PathVariable UUID id) {
    Readiness now = readiness.of(account, id);
    return ResponseEntity.status(now.ready() ? STOP_POLLING : 200)
        .header("Cache-Control", "no-store")
        .body(templates.experimentReady(now));
  }

  /// A word where its pull request has moved on since a page was made, by a check, a comment or
  /// somebody else; asked for again and again. The page stays, with what somebody writes on it.
  ///
  /// @param seen the [Standing#mark] that the page shows
  @GetMapping("/moved")
  ResponseEntity<JteModel> moved(
      @AuthenticationPrincipal Account account, @PathVariable UUID id, @RequestParam String seen) {
    Experiment experiment = experiments.require(account, id, Role.VIEWER);
    if (experiment.stage() instanceof Stage.AwaitingMerge
        && standing(experiment).mark().equals(seen)) {
      return ResponseEntity.noContent().header("Cache-Control", "no-store").build();
    }
    return ResponseEntity.status(STOP_POLLING)
        .header("Cache-Control", "no-store")
        .body(templates.experimentMoved(Heading.of(experiment, false)));
  }

  private Standing standing(Experiment experiment) {
    return Standing.of(experiment, revisions.leftAlone(experiment), remarks.of(experiment));
  }

  /// Where the segments can be seen: of the sample shop, before the merge, on the branch itself.
  private @Nullable String site(Frame frame, Experiment experiment, Experiment.PullRequest pull) {
    Project project = Objects.requireNonNull(frame.place()).project();
    Shop open = shop.getIfAvailable();
    boolean waits = pull.state() != Experiment.PullRequest.State.MERGED;
    return waits && open != null
        ? open.url(project, experiment.branch()).orElse(project.siteUrl())
        : project.siteUrl();
  }

  private Snippet snippet(Frame frame, Experiment experiment) {
    Project project = Objects.requireNonNull(frame.place()).project();
    return Snippet.of(project, experiment.key(), address);
  }

  /// What a model was told and answered.
  @GetMapping("/transcript")
  JteModel transcript(
      Frame outer, @AuthenticationPrincipal Account account, @PathVariable UUID id) {
    Experiment experiment = experiments.require(account, id, Role.VIEWER);
    return templates.experimentTranscript(
        frames.in(outer, account, experiment.projectId(), Section.EXPERIMENTS),
        experiment,
        Heading.of(experiment, false),
        transcripts.of(id),
        ledger.of(id, Experiments.IMPLEMENT),
        false);
  }

  /// What the pull request changes, in every stage.
  @GetMapping("/changes")
  JteModel changes(Frame outer, @AuthenticationPrincipal Account account, @PathVariable UUID id) {
    Experiment experiment = experiments.require(account, id, Role.VIEWER);
    Changes changes = pullRequests.changes(account, id);
    return templates.experimentChanges(
        frames.in(outer, account, experiment.projectId(), Section.EXPERIMENTS),
        experiment,
        Heading.of(experiment, false),
        DiffFile.of(changes));
  }
}
