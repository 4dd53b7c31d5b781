package dev.pryo.experiment;

import dev.pryo.account.Account;
import dev.pryo.platform.Invalid;
import dev.pryo.project.Projects;
import dev.pryo.project.Projects.Page;
import dev.pryo.project.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Experiments and their stages over HTTP.
@RestController
@RequestMapping("/api/experiments")
@Tag(name = "Experiments")
class ExperimentApi {
  record PreviewPage(@Nullable String previewUrl) {}

  /// A page of experiments, newest first.
  record ExperimentList(List<ExperimentView> items, @Nullable String nextCursor) {}

  private final Experiments experiments;
  private final Projects projects;

  ExperimentApi(Experiments experiments, Projects projects) {
    this.experiments = experiments;
    this.projects = projects;
  }

  @Operation(
      operationId = "listExperiments",
      summary = "Experiments, newest first; archived ones where archived is true")
  @GetMapping
  ExperimentList list(
      @AuthenticationPrincipal Account account,
      @RequestParam(name = "project_id", required = false) @Nullable UUID project,
      @Schema(implementation = Status.class) @RequestParam(required = false)
          @Nullable String status,
      @RequestParam(defaultValue = "false") boolean archived,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    Invalid.Collector problems = new Invalid.Collector();
    problems.check(limit >= 1 && limit <= 1000, "limit", "must be from 1 to 1000");
    Status stage =
        status == null ? null : Words.of(Status.class, problems, status, "status", Status.DRAFT);
    UUID before = cursor == null ? null : cursor(problems, cursor);
    problems.throwIfAny();
    Page<Experiment> page = experiments.list(account, project, stage, archived, limit, before);
    Map<UUID, ProjectSite> sites = new HashMap<>();
    return new ExperimentList(
        page.items().stream()
            .map(experiment ->
                ExperimentView.of(
                    experiment,
                    sites.computeIfAbsent(experiment.projectId(), id -> site(account, id)).url()))
            .toList(),
        page.next());
  }

  private static @Nullable UUID cursor(Invalid.Collector problems, String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      problems.check(false, "cursor", "must be a next_cursor of this list");
      return null;
    }
  }

  @Operation(
      operationId = "createExperiment",
      summary = "Create an experiment; start says whether to implement it at once")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  ExperimentView create(
      @AuthenticationPrincipal Account account, @RequestBody ExperimentRequest body) {
    return view(account, experiments.create(account, body));
  }

  @Operation(operationId = "getExperiment", summary = "One experiment")
  @GetMapping("/{id}")
  ExperimentView get(
      @AuthenticationPrincipal Account account, @PathVariable("id") UUID experiment) {
    return view(account, experiments.require(account, experiment, Role.VIEWER));
  }

  @Operation(
      operationId = "changeExperiment",
      summary = "Change what its stage still allows; what is left out stays")
  @PatchMapping("/{id}")
  ExperimentView patch(
      @AuthenticationPrincipal Account account,
      @PathVariable("id") UUID experiment,
      @RequestBody ExperimentChange body) {
    return view(account, experiments.patch(account, experiment, body));
  }

  @Operation(operationId = "changePreviewUrl", summary = "Change the page on which previews open")
  @PatchMapping("/{id}/preview-url")
  ExperimentView previewUrl(
      @AuthenticationPrincipal Account account,
      @PathVariable("id") UUID experiment,
      @RequestBody PreviewPage body) {
    return view(
        account,
        experiments.patch(account, experiment, ExperimentChange.previewUrl(body.previewUrl())));
  }

  @Operation(
      operationId = "archiveExperiment",
      summary = "Archive it; an active one, or one being implemented, has to end first")
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void archive(@AuthenticationPrincipal Account account, @PathVariable("id") UUID experiment) {
    experiments.archive(account, experiment);
  }

  @Operation(
      operationId = "implementExperiment",
      summary =
          "Start the implementation of a draft, or of a failed one again; or write one whose pull request conflicts again on its new base")
  @PostMapping("/{id}/implement")
  @ResponseStatus(HttpStatus.ACCEPTED)
  ExperimentView implement(
      @AuthenticationPrincipal Account account, @PathVariable("id") UUID experiment) {
    return view(account, experiments.implement(account, experiment));
  }

  @Operation(operationId = "cancelImplementation", summary = "Stop a running implementation")
  @PostMapping("/{id}/cancel")
  ExperimentView cancel(
      @AuthenticationPrincipal Account account, @PathVariable("id") UUID experiment) {
    return view(account, experiments.cancel(account, experiment));
  }

  @Operation(
      operationId = "pauseExperiment",
      summary = "Everybody gets the control and nobody is counted")
  @PostMapping("/{id}/pause")
  ExperimentView pause(
      @AuthenticationPrincipal Account account, @PathVariable("id") UUID experiment) {
    return view(account, experiments.pause(account, experiment));
  }

  @Operation(operationId = "resumeExperiment", summary = "Go on after a pause")
  @PostMapping("/{id}/resume")
  ExperimentView resume(
      @AuthenticationPrincipal Account account, @PathVariable("id") UUID experiment) {
    return view(account, experiments.resume(account, experiment));
  }

  private ExperimentView view(Account account, Experiment experiment) {
    return ExperimentView.of(experiment, site(account, experiment.projectId()).url());
  }

  private record ProjectSite(@Nullable String url) {}

  private ProjectSite site(Account account, UUID project) {
    return new ProjectSite(projects.require(account, project, Role.VIEWER).siteUrl());
  }
}
