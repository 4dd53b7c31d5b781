package dev.pryo.iteration;

import dev.pryo.account.Account;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.ExperimentView;
import dev.pryo.project.Projects;
import dev.pryo.project.Role;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The next experiment over HTTP.
@RestController
@RequestMapping("/api/experiments/{id}")
@Tag(name = "Iteration")
class IterateApi {
  /// @param start whether to implement it at once
  record Iterate(@Nullable Boolean start) {}

  private final NextExperiment next;
  private final Projects projects;

  IterateApi(NextExperiment next, Projects projects) {
    this.next = next;
    this.projects = projects;
  }

  /// Proposes the next experiment, as a draft with its reasons.
  @PostMapping("/iterate")
  @ResponseStatus(HttpStatus.CREATED)
  ExperimentView iterate(
      @AuthenticationPrincipal Account account,
      @PathVariable("id") UUID experiment,
      @RequestBody(required = false) @Nullable Iterate body) {
    boolean start = body != null && Boolean.TRUE.equals(body.start());
    Experiment made = next.propose(account, experiment, start);
    return ExperimentView.of(
        made, projects.require(account, made.projectId(), Role.VIEWER).siteUrl());
  }
}
