package dev.pryo.planning;

import dev.pryo.account.Account;
import dev.pryo.experiment.ExperimentRequest.GoalRequest;
import dev.pryo.experiment.ExperimentRequest.PlanRequest;
import dev.pryo.experiment.ExperimentRequest.SegmentRequest;
import dev.pryo.experiment.Sketch;
import dev.pryo.project.Project;
import dev.pryo.project.Projects;
import dev.pryo.project.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Plans over HTTP.
@RestController
@Tag(name = "Projects")
class PlanApi {
  /// What is planned.
  ///
  /// @param segments two halves where they are left out
  /// @param baseline the goal's value today; left out, it is measured
  /// @param mde the smallest lift that is to be noticed, a fraction; 0.1 where it is left out
  record PlanQuestion(
      @Nullable List<@Nullable GoalRequest> goals,
      @Nullable List<@Nullable SegmentRequest> segments,
      @Nullable Double baseline,
      @Nullable Double mde,
      @Nullable Double power,
      @Nullable Double alpha,
      @Nullable Integer maxDays) {}

  private final Projects projects;
  private final Planning planning;

  PlanApi(Projects projects, Planning planning) {
    this.projects = projects;
    this.planning = planning;
  }

  @Operation(
      operationId = "planExperiment",
      summary = "How many people and days an experiment takes, before anything is built")
  @PostMapping("/api/projects/{id}/plan")
  PlanAnswer plan(
      @AuthenticationPrincipal Account account,
      @PathVariable("id") UUID project,
      @RequestBody PlanQuestion body) {
    Project found = projects.require(account, project, Role.VIEWER);
    Sketch sketch =
        Sketch.of(
            body.segments(),
            body.goals(),
            new PlanRequest(
                body.baseline(), body.mde(), body.power(), body.alpha(), body.maxDays()));
    return planning.plan(found, sketch);
  }
}
