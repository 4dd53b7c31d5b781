package dev.pryo.web;

import dev.pryo.account.Account;
import dev.pryo.analysis.Alerts;
import dev.pryo.analysis.Analyses;
import dev.pryo.analysis.Analysis;
import dev.pryo.analysis.Analyst;
import dev.pryo.event.Source;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.experiment.Status;
import dev.pryo.platform.Address;
import dev.pryo.platform.NotFound;
import dev.pryo.project.Role;
import dev.pryo.share.Shares;
import dev.pryo.web.Frame.Section;
import dev.pryo.web.templates.Templates;
import gg.jte.models.runtime.JteModel;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// The numbers of an experiment. Those of a running one are counted again when they are a minute
/// old; simulated ones have a page of their own and are never mixed with real ones.
@RestController
class ResultPages {
  private static final Duration FRESH = Duration.ofMinutes(1);

  /// What htmx takes as the end of polling.
  private static final int STOP_POLLING = 286;

  private final Templates templates;
  private final Frames frames;
  private final Experiments experiments;
  private final Analyses analyses;
  private final Analyst analyst;
  private final Shares shares;
  private final Alerts alerts;
  private final RollOutPages rollOuts;
  private final Address address;
  private final JsonMapper json;

  ResultPages(
      Templates templates,
      Frames frames,
      Experiments experiments,
      Analyses analyses,
      Analyst analyst,
      Shares shares,
      Alerts alerts,
      RollOutPages rollOuts,
      Address address,
      JsonMapper json) {
    this.templates = templates;
    this.frames = frames;
    this.experiments = experiments;
    this.analyses = analyses;
    this.analyst = analyst;
    this.shares = shares;
    this.alerts = alerts;
    this.rollOuts = rollOuts;
    this.address = address;
    this.json = json;
  }

  /// The simulated results, in whatever stage the experiment is.
  @GetMapping("/experiments/{id}/simulated")
  ResponseEntity<JteModel> simulated(
      Frame frame, @AuthenticationPrincipal Account account, @PathVariable UUID id) {
    Experiment experiment = experiments.require(account, id, Role.VIEWER);
    Optional<Analysis> analysis = analyses.newest(id, Source.SIMULATED);
    if (analysis.isEmpty()) {
      return Answers.next("/experiments/" + id);
    }
    Frame inside = frames.in(frame, account, experiment.projectId(), Section.EXPERIMENTS);
    return Answers.page(page(inside, experiment, analysis.get(), null));
  }

  /// The words of an analysis, asked for again and again until they are there.
  @GetMapping("/experiments/{id}/words/{analysis}")
  ResponseEntity<JteModel> words(
      @AuthenticationPrincipal Account account,
      @PathVariable UUID id,
      @PathVariable("analysis") UUID analysisId) {
    Experiment experiment = experiments.require(account, id, Role.VIEWER);
    Analysis analysis =
        analyses
            .find(analysisId)
            .filter(found -> found.experimentId().equals(id))
            .orElseThrow(() -> new NotFound("analysis"));
    Results results = Results.of(analysis, experiment, json);
    return ResponseEntity.status(results.pending() ? 200 : STOP_POLLING)
        .header("Cache-Control", "no-store")
        .body(templates.experimentMeaning(Heading.of(experiment, false), results, true));
  }

  JteModel live(Frame frame, Experiment experiment, @Nullable String failure) {
    Optional<Analysis> known = analyses.newest(experiment.id(), Source.LIVE);
    boolean running = experiment.status() == Status.ACTIVE;
    Analysis current =
        known
            .filter(of -> !running || of.generatedAt().plus(FRESH).isAfter(frame.now()))
            .orElseGet(() -> analyst.refresh(experiment, Source.LIVE));
    return page(frame, experiment, current, failure);
  }

  private JteModel page(
      Frame frame, Experiment experiment, Analysis analysis, @Nullable String failure) {
    boolean counted = analysis.progress().exposed() > 0;
    Results results = counted ? Results.of(analysis, experiment, json) : null;
    boolean simulated = analysis.source() == Source.SIMULATED;
    return templates.experimentResults(
        frame,
        experiment,
        Heading.of(experiment, results != null && !simulated && results.settled()),
        results,
        Snippet.of(Objects.requireNonNull(frame.place()).project(), experiment.key(), address),
        simulated ? List.of() : alerts.open(experiment.id()),
        !simulated && analyses.newest(experiment.id(), Source.SIMULATED).isPresent(),
        rollOuts.standing(experiment),
        experiment.rollout() == null ? null : rollOuts.work(experiment, 0, frame),
        failure,
        shares.of(experiment.id()).orElse(null));
  }
}
