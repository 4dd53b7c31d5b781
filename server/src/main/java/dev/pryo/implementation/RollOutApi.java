package dev.pryo.implementation;

import dev.pryo.account.Account;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.ExperimentView;
import dev.pryo.experiment.Experiments;
import dev.pryo.experiment.Rollouts;
import dev.pryo.implementation.ImplementationApi.TranscriptLines;
import dev.pryo.implementation.Transcripts.TranscriptLine;
import dev.pryo.model.Ledger;
import dev.pryo.model.Usage;
import dev.pryo.platform.NotFound;
import dev.pryo.project.Projects;
import dev.pryo.project.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Takes experiments out of repositories again, over HTTP.
@RestController
@RequestMapping("/api/experiments/{id}")
@Tag(name = "Implementation")
class RollOutApi {
  /// @param segment the key of the one that stays, `control` too
  @Schema(name = "RolloutWish")
  record Wish(@Nullable String segment) {}

  /// A page of a roll-out's transcript.
  ///
  /// @param usage of a model for all roll-outs of the experiment
  @Schema(name = "RolloutTranscript")
  record Lines(List<TranscriptLine> items, @Nullable String nextCursor, Usage usage) {}

  private final RollOuts rollOuts;
  private final Experiments experiments;
  private final Projects projects;
  private final Transcripts transcripts;
  private final Ledger ledger;

  RollOutApi(
      RollOuts rollOuts,
      Experiments experiments,
      Projects projects,
      Transcripts transcripts,
      Ledger ledger) {
    this.rollOuts = rollOuts;
    this.experiments = experiments;
    this.projects = projects;
    this.transcripts = transcripts;
    this.ledger = ledger;
  }

  @Operation(
      operationId = "rollOutExperiment",
      summary =
          "A clean-up pull request that keeps one segment and takes the experiment out; where that conflicts, the same again on its new base")
  @PostMapping("/rollout")
  @ResponseStatus(HttpStatus.ACCEPTED)
  ExperimentView rollOut(
      @AuthenticationPrincipal Account account,
      @PathVariable("id") UUID experiment,
      @RequestBody Wish body) {
    Experiment begun = rollOuts.start(account, experiment, body.segment());
    return ExperimentView.of(
        begun, projects.require(account, begun.projectId(), Role.VIEWER).siteUrl());
  }

  @Operation(
      operationId = "getRolloutTranscript",
      summary =
          "What a model was told and answered for its newest roll-out, in order, and what all took; no lines where none was asked")
  @GetMapping("/rollout/transcript")
  Lines transcript(
      @AuthenticationPrincipal Account account,
      @PathVariable("id") UUID experiment,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    if (experiments.require(account, experiment, Role.VIEWER).rollout() == null) {
      throw new NotFound("roll-out");
    }
    TranscriptLines page = ImplementationApi.page(transcripts.ofRollout(experiment), limit, cursor);
    return new Lines(page.items(), page.nextCursor(), ledger.of(experiment, Rollouts.KIND));
  }
}
