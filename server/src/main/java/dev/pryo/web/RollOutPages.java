package dev.pryo.web;

import dev.pryo.account.Account;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.experiment.Rollouts;
import dev.pryo.implementation.RollOuts;
import dev.pryo.implementation.Transcripts;
import dev.pryo.job.Job;
import dev.pryo.job.JobLog;
import dev.pryo.job.Jobs;
import dev.pryo.model.Ledger;
import dev.pryo.model.Models;
import dev.pryo.platform.NotFound;
import dev.pryo.project.Role;
import dev.pryo.web.Frame.Section;
import dev.pryo.web.templates.Templates;
import gg.jte.models.runtime.JteModel;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// How an experiment is taken out of the code again.
@RestController
@RequestMapping("/experiments/{id}")
class RollOutPages {
  /// What htmx takes as the end of polling.
  private static final int STOP_POLLING = 286;

  private final Templates templates;
  private final Frames frames;
  private final Experiments experiments;
  private final RollOuts rollOuts;
  private final Transcripts transcripts;
  private final Ledger ledger;
  private final Models models;
  private final Jobs jobs;
  private final JobLog log;

  RollOutPages(
      Templates templates,
      Frames frames,
      Experiments experiments,
      RollOuts rollOuts,
      Transcripts transcripts,
      Ledger ledger,
      Models models,
      Jobs jobs,
      JobLog log) {
    this.templates = templates;
    this.frames = frames;
    this.experiments = experiments;
    this.rollOuts = rollOuts;
    this.transcripts = transcripts;
    this.ledger = ledger;
    this.models = models;
    this.jobs = jobs;
    this.log = log;
  }

  /// The clean-up's pull request, where the host has no page of its own for it.
  @GetMapping("/rollout")
  JteModel show(Frame outer, @AuthenticationPrincipal Account account, @PathVariable UUID id) {
    Experiment experiment = rollOuts.refreshed(experiments.require(account, id, Role.VIEWER));
    return templates.experimentCleanup(
        frames.in(outer, account, experiment.projectId(), Section.EXPERIMENTS),
        experiment,
        Heading.of(experiment, false),
        DiffFile.of(rollOuts.changes(account, id)),
        Objects.requireNonNull(standing(experiment)));
  }

  /// How it stands; null before anybody asked for one.
  @Nullable Standing standing(Experiment experiment) {
    return experiment.rollout() == null
        ? null
        : Standing.ofRollout(experiment, ledger.of(experiment.id(), Rollouts.KIND));
  }

  /// How far it is; behind its end nobody asks for the steps.
  ///
  /// @param after the last line of the log that the reader has
  Work work(Experiment experiment, int after, Frame frame) {
    Job job = jobs.latest(experiment.id(), Rollouts.KIND).orElse(null);
    return new Work(
        experiment,
        true,
        job,
        job == null || !Work.rollsOut(experiment) ? List.of() : log.after(job.id(), after),
        after,
        frame.now(),
        ledger.of(experiment.id(), Rollouts.KIND),
        Authorship.of(models).cap());
  }

  /// What a model was told and answered for it.
  @GetMapping("/rollout/transcript")
  JteModel transcript(
      Frame outer, @AuthenticationPrincipal Account account, @PathVariable UUID id) {
    Experiment experiment = experiments.require(account, id, Role.VIEWER);
    if (experiment.rollout() == null) {
      throw new NotFound("roll-out");
    }
    return templates.experimentTranscript(
        frames.in(outer, account, experiment.projectId(), Section.EXPERIMENTS),
        experiment,
        Heading.of(experiment, false),
        transcripts.ofRollout(id),
        ledger.of(id, Rollouts.KIND),
        true);
  }

  /// What is new since a line, asked for again and again; at the end how it stands.
  @GetMapping("/rollout-state")
  ResponseEntity<JteModel> state(
      Frame outer,
      @AuthenticationPrincipal Account account,
      @PathVariable UUID id,
      @RequestParam(defaultValue = "0") int after) {
    Experiment experiment = experiments.require(account, id, Role.VIEWER);
    Standing standing = standing(experiment);
    if (standing == null) {
      throw new NotFound("roll-out");
    }
    Work work = work(experiment, after, outer);
    return ResponseEntity.status(work.running() ? 200 : STOP_POLLING)
        .header("Cache-Control", "no-store")
        .body(
            templates.experimentRolloutProgress(
                frames.in(outer, account, experiment.projectId(), Section.EXPERIMENTS),
                experiment,
                Heading.of(experiment, false),
                standing,
                work));
  }
}
