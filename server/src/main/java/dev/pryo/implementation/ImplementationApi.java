package dev.pryo.implementation;

import dev.pryo.account.Account;
import dev.pryo.account.ShortRead;
import dev.pryo.codehost.Changes;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.ExperimentView;
import dev.pryo.experiment.Experiments;
import dev.pryo.implementation.Transcripts.TranscriptLine;
import dev.pryo.platform.Invalid;
import dev.pryo.project.Projects;
import dev.pryo.project.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// How an experiment's variants come about, over HTTP.
@RestController
@RequestMapping("/api/experiments/{id}")
@Tag(name = "Implementation")
class ImplementationApi implements ShortRead {
  /// @param force the variants are in the site already, by somebody's own hand
  record Activation(@Nullable Boolean force) {}

  /// @param feedback what shall be different, in a person's words
  record Revision(@Nullable String feedback) {}

  /// A page of a transcript.
  record TranscriptLines(List<TranscriptLine> items, @Nullable String nextCursor) {}

  private final Experiments experiments;
  private final PullRequests pullRequests;
  private final ProgressStreams streams;
  private final Projects projects;
  private final Implementations implementations;
  private final Revisions revisions;
  private final Transcripts transcripts;
  private final Estimates estimates;

  ImplementationApi(
      Experiments experiments,
      PullRequests pullRequests,
      ProgressStreams streams,
      Projects projects,
      Implementations implementations,
      Revisions revisions,
      Transcripts transcripts,
      Estimates estimates) {
    this.experiments = experiments;
    this.pullRequests = pullRequests;
    this.streams = streams;
    this.projects = projects;
    this.implementations = implementations;
    this.revisions = revisions;
    this.transcripts = transcripts;
    this.estimates = estimates;
  }

  @Operation(operationId = "getStatus", summary = "How far it is")
  @GetMapping("/status")
  Implementation status(
      @AuthenticationPrincipal Account account, @PathVariable("id") UUID experiment) {
    return read(account, experiment);
  }

  @Override
  public String route() {
    return "status";
  }

  @Override
  public Implementation read(Account account, UUID experiment) {
    return implementations.of(
        pullRequests.refreshed(experiments.require(account, experiment, Role.VIEWER)));
  }

  @Operation(
      operationId = "estimateExperiment",
      summary = "What implementing it will probably use, before anything is spent")
  @GetMapping("/estimate")
  Estimates.Estimate estimate(
      @AuthenticationPrincipal Account account, @PathVariable("id") UUID experiment) {
    return estimates.of(account, experiment);
  }

  @Operation(
      operationId = "getTranscript",
      summary = "What a model was told and answered, and what was refused, in order")
  @GetMapping("/transcript")
  TranscriptLines transcript(
      @AuthenticationPrincipal Account account,
      @PathVariable("id") UUID experiment,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    experiments.require(account, experiment, Role.VIEWER);
    return page(transcripts.of(experiment), limit, cursor);
  }

  /// The lines of one page.
  ///
  /// @throws Invalid where limit or cursor are none
  static TranscriptLines page(List<TranscriptLine> all, int limit, @Nullable String cursor) {
    Invalid.Collector problems = new Invalid.Collector();
    problems.check(limit >= 1 && limit <= 1000, "limit", "must be from 1 to 1000");
    problems.check(
        cursor == null || cursor.matches("\\d{1,6}"),
        "cursor",
        "must be a next_cursor of this list");
    problems.throwIfAny();
    int from = Math.min(all.size(), cursor == null ? 0 : Integer.parseInt(cursor));
    int to = Math.min(all.size(), from + limit);
    return new TranscriptLines(all.subList(from, to), to < all.size() ? String.valueOf(to) : null);
  }

  @Operation(
      operationId = "reviseExperiment",
      summary =
          "Another commit on its pull request, while it is open; on the new base where it conflicts")
  @PostMapping("/revise")
  @ResponseStatus(HttpStatus.ACCEPTED)
  ExperimentView revise(
      @AuthenticationPrincipal Account account,
      @PathVariable("id") UUID experiment,
      @RequestBody Revision body) {
    return view(account, revisions.revise(account, experiment, body.feedback()));
  }

  @Operation(operationId = "streamProgress", summary = "The same as server-sent events")
  @GetMapping(path = "/progress", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @ApiResponse(
      responseCode = "200",
      description = "An event `status` at each change, until the implementation has ended",
      content = @Content(schema = @Schema(implementation = Implementation.class)))
  SseEmitter progress(
      @AuthenticationPrincipal Account account, @PathVariable("id") UUID experiment) {
    experiments.require(account, experiment, Role.VIEWER);
    return streams.open(account, experiment);
  }

  @Operation(operationId = "getChanges", summary = "What its branch changes")
  @GetMapping("/changes")
  Changes changes(@AuthenticationPrincipal Account account, @PathVariable("id") UUID experiment) {
    return pullRequests.changes(account, experiment);
  }

  @Operation(operationId = "mergeExperiment", summary = "Merge its pull request by a person's hand")
  @PostMapping("/merge")
  ExperimentView merge(
      @AuthenticationPrincipal Account account, @PathVariable("id") UUID experiment) {
    return view(account, pullRequests.merge(account, experiment));
  }

  @Operation(
      operationId = "activateExperiment",
      summary = "Start counting, after the merge or by force")
  @PostMapping("/activate")
  ExperimentView activate(
      @AuthenticationPrincipal Account account,
      @PathVariable("id") UUID experiment,
      @RequestBody(required = false) @Nullable Activation body) {
    boolean force = body != null && Boolean.TRUE.equals(body.force());
    pullRequests.refreshed(experiments.require(account, experiment, Role.EDITOR));
    return view(account, experiments.activate(account, experiment, force));
  }

  private ExperimentView view(Account account, Experiment experiment) {
    return ExperimentView.of(
        experiment, projects.require(account, experiment.projectId(), Role.VIEWER).siteUrl());
  }
}
