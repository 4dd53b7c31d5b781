package dev.pryo.implementation;

import dev.pryo.account.Account;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.ExperimentView;
import dev.pryo.project.Projects;
import dev.pryo.project.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
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

/// Takes experiments out of repositories again, over HTTP.
@RestController
@RequestMapping("/api/experiments/{id}")
@Tag(name = "Implementation")
class RollOutApi {
  /// @param segment the key of the one that stays, `control` too
  @Schema(name = "RolloutWish")
  record Wish(@Nullable String segment) {}

  private final RollOuts rollOuts;
  private final Projects projects;

  RollOutApi(RollOuts rollOuts, Projects projects) {
    this.rollOuts = rollOuts;
    this.projects = projects;
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
}
