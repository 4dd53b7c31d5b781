package dev.pryo.readiness;

import dev.pryo.account.Account;
import dev.pryo.event.Sightings;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.implementation.PullRequests;
import dev.pryo.project.Project;
import dev.pryo.project.Projects;
import dev.pryo.project.Role;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Looks whether an experiment can be started.
@Component
public class ReadinessCheck {
  private final Experiments experiments;
  private final Projects projects;
  private final PullRequests pullRequests;
  private final Sightings sightings;

  ReadinessCheck(
      Experiments experiments, Projects projects, PullRequests pullRequests, Sightings sightings) {
    this.experiments = experiments;
    this.projects = projects;
    this.pullRequests = pullRequests;
    this.sightings = sightings;
  }

  /// How it is now, its pull request included.
  public Readiness of(Account account, UUID id) {
    Experiment experiment = pullRequests.refreshed(experiments.require(account, id, Role.VIEWER));
    Project project = projects.require(account, experiment.projectId(), Role.VIEWER);
    return Readiness.of(experiment, sightings.of(project, experiment));
  }
}
