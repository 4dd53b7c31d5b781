package dev.pryo.implementation;

import dev.pryo.account.Account;
import dev.pryo.account.ShortRead;
import dev.pryo.codehost.Changes;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.ExperimentView;
import dev.pryo.experiment.Experiments;
import dev.pryo.job.Jobs;
import dev.pryo.project.Projects;
import dev.pryo.project.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// How an experiment's variants come about, over HTTP.
@RestController
@RequestMapping("/api/experiments/{id}")
@Tag(name = "Implementation")
class ImplementationApi implements ShortRead {
  /// @param force the variants are in the site already, by somebody's own hand
  record Activation(@Nullable Boolean force) {}

  private final Experiments experiments;
  private final PullRequests pullRequests;
  private final ProgressStreams streams;
  private final Projects projects;
  private final Jobs jobs;

  ImplementationApi(
      Experiments experiments,
      PullRequests pullRequests,
      ProgressStreams streams,
      Projects projects,
      Jobs jobs) {
    this.experiments = experiments;
    this.pullRequests = pullRequests;
    this.streams = streams;
    this.projects = projects;
    this.jobs = jobs;
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
    Experiment found = experiments.require(account, experiment, Role.VIEWER);
    return Implementation.of(pullRequests.refreshed(found), jobs);
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
