package dev.pryo.web;

import dev.pryo.account.Account;
import dev.pryo.analysis.Alerts;
import dev.pryo.analysis.Analyst;
import dev.pryo.event.Source;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.ExperimentChange;
import dev.pryo.experiment.Experiments;
import dev.pryo.implementation.PullRequests;
import dev.pryo.implementation.Revisions;
import dev.pryo.implementation.RollOuts;
import dev.pryo.iteration.NextExperiment;
import dev.pryo.platform.Conflict;
import dev.pryo.platform.Invalid;
import dev.pryo.platform.Unavailable;
import dev.pryo.project.Role;
import dev.pryo.simulation.Simulation;
import gg.jte.models.runtime.JteModel;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The buttons of an experiment. One that comes too late, or at the wrong stage, shows the page as
/// it is now and says why nothing was done.
@RestController
@RequestMapping("/experiments/{id}")
class ExperimentActions {
  /// Enough for pictures that look like something.
  private static final int SIMULATED = 2000;

  private final Experiments experiments;
  private final PullRequests pullRequests;
  private final Revisions revisions;
  private final RollOuts rollOuts;
  private final Analyst analyst;
  private final Alerts alerts;
  private final NextExperiment next;
  private final Simulation simulation;
  private final ExperimentPages pages;

  ExperimentActions(
      Experiments experiments,
      PullRequests pullRequests,
      Revisions revisions,
      RollOuts rollOuts,
      Analyst analyst,
      Alerts alerts,
      NextExperiment next,
      Simulation simulation,
      ExperimentPages pages) {
    this.experiments = experiments;
    this.pullRequests = pullRequests;
    this.revisions = revisions;
    this.rollOuts = rollOuts;
    this.analyst = analyst;
    this.alerts = alerts;
    this.next = next;
    this.simulation = simulation;
    this.pages = pages;
  }

  @PostMapping("/implement")
  ResponseEntity<JteModel> implement(
      Frame frame, @AuthenticationPrincipal Account account, @PathVariable UUID id) {
    return act(frame, account, id, Notice.STARTED, () -> experiments.implement(account, id));
  }

  @PostMapping("/revise")
  ResponseEntity<JteModel> revise(
      Frame frame,
      @AuthenticationPrincipal Account account,
      @PathVariable UUID id,
      @RequestParam(defaultValue = "") String feedback) {
    return act(frame, account, id, Notice.STARTED, () -> revisions.revise(account, id, feedback));
  }

  @PostMapping("/cancel")
  ResponseEntity<JteModel> cancel(
      Frame frame, @AuthenticationPrincipal Account account, @PathVariable UUID id) {
    return act(frame, account, id, Notice.CANCELLED, () -> experiments.cancel(account, id));
  }

  @PostMapping("/merge")
  ResponseEntity<JteModel> merge(
      Frame frame, @AuthenticationPrincipal Account account, @PathVariable UUID id) {
    return act(frame, account, id, Notice.MERGED, () -> pullRequests.merge(account, id));
  }

  /// Keeps why the pull request was closed, for the next proposal.
  @PostMapping("/closed-reason")
  ResponseEntity<JteModel> closedReason(
      Frame frame,
      @AuthenticationPrincipal Account account,
      @PathVariable UUID id,
      @RequestParam(name = "closed_reason", defaultValue = "") String reason) {
    return act(
        frame,
        account,
        id,
        Notice.REASON_KEPT,
        () -> experiments.patch(account, id, ExperimentChange.closedReason(reason)));
  }

  /// @param force the variants are in the site already, by somebody's own hand
  @PostMapping("/activate")
  ResponseEntity<JteModel> activate(
      Frame frame,
      @AuthenticationPrincipal Account account,
      @PathVariable UUID id,
      @RequestParam(defaultValue = "false") boolean force) {
    return act(
        frame, account, id, Notice.ACTIVATED, () -> experiments.activate(account, id, force));
  }

  @PostMapping("/pause")
  ResponseEntity<JteModel> pause(
      Frame frame, @AuthenticationPrincipal Account account, @PathVariable UUID id) {
    return act(frame, account, id, Notice.PAUSED, () -> experiments.pause(account, id));
  }

  @PostMapping("/resume")
  ResponseEntity<JteModel> resume(
      Frame frame, @AuthenticationPrincipal Account account, @PathVariable UUID id) {
    return act(frame, account, id, Notice.RESUMED, () -> experiments.resume(account, id));
  }

  @PostMapping("/finish")
  ResponseEntity<JteModel> finish(
      Frame frame, @AuthenticationPrincipal Account account, @PathVariable UUID id) {
    return act(
        frame,
        account,
        id,
        Notice.FINISHED,
        () -> analyst.run(experiments.finish(account, id), Source.LIVE));
  }

  /// @param segment the key of the one that stays
  @PostMapping("/rollout")
  ResponseEntity<JteModel> rollOut(
      Frame frame,
      @AuthenticationPrincipal Account account,
      @PathVariable UUID id,
      @RequestParam(defaultValue = "") String segment) {
    return act(frame, account, id, Notice.ROLLING_OUT, () -> rollOuts.start(account, id, segment));
  }

  @PostMapping("/analyse")
  ResponseEntity<JteModel> analyse(
      Frame frame, @AuthenticationPrincipal Account account, @PathVariable UUID id) {
    return act(
        frame,
        account,
        id,
        Notice.ANALYSED,
        () -> analyst.run(experiments.require(account, id, Role.EDITOR), Source.LIVE));
  }

  /// Makes visitors up, whatever the stage, and shows what they did on a page of their own.
  @PostMapping("/simulate")
  ResponseEntity<JteModel> simulate(
      Frame frame, @AuthenticationPrincipal Account account, @PathVariable UUID id) {
    try {
      simulation.run(account, id, new Simulation.Wish(SIMULATED, null, null));
      return Answers.next(Notice.SIMULATED.at("/experiments/%s/simulated".formatted(id)));
    } catch (Conflict e) {
      return refused(frame, account, id, HttpStatus.CONFLICT, e.getMessage());
    }
  }

  /// Takes the open alerts from the pages.
  @PostMapping("/dismiss")
  ResponseEntity<JteModel> dismiss(
      Frame frame, @AuthenticationPrincipal Account account, @PathVariable UUID id) {
    return act(frame, account, id, Notice.DISMISSED, () -> alerts.dismiss(account, id));
  }

  @PostMapping("/archive")
  ResponseEntity<JteModel> archive(
      Frame frame, @AuthenticationPrincipal Account account, @PathVariable UUID id) {
    return act(frame, account, id, Notice.ARCHIVED, () -> experiments.archive(account, id));
  }

  /// Proposes the next experiment and opens its draft.
  @PostMapping("/iterate")
  ResponseEntity<JteModel> iterate(
      Frame frame, @AuthenticationPrincipal Account account, @PathVariable UUID id) {
    try {
      return Answers.next("/experiments/" + next.propose(account, id, false).id());
    } catch (Conflict e) {
      return refused(frame, account, id, HttpStatus.CONFLICT, e.getMessage());
    }
  }

  private ResponseEntity<JteModel> act(
      Frame frame, Account account, UUID id, Notice said, Runnable work) {
    try {
      work.run();
      return Answers.next(said.at("/experiments/" + id));
    } catch (Conflict e) {
      return refused(frame, account, id, HttpStatus.CONFLICT, e.getMessage());
    } catch (Unavailable e) {
      return refused(frame, account, id, HttpStatus.SERVICE_UNAVAILABLE, e.getMessage());
    } catch (Invalid e) {
      String sentence =
          e.fields().stream()
              .map(field -> "%s %s".formatted(field.field(), field.message()))
              .collect(Collectors.joining("; ", "", "."));
      return refused(frame, account, id, HttpStatus.UNPROCESSABLE_CONTENT, sentence);
    }
  }

  private ResponseEntity<JteModel> refused(
      Frame frame, Account account, UUID id, HttpStatus status, @Nullable String sentence) {
    Experiment experiment = experiments.require(account, id, Role.VIEWER);
    return ResponseEntity.status(status).body(pages.page(frame, account, experiment, sentence));
  }
}
