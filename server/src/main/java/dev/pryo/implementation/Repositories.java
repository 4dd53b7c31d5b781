package dev.pryo.implementation;

import dev.pryo.codehost.CodeHost;
import dev.pryo.codehost.CodeHosts;
import dev.pryo.codehost.RepositoryRef;
import dev.pryo.experiment.Experiment;
import dev.pryo.project.Project;
import dev.pryo.project.Projects;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Where an experiment's code lives, and through which host to reach it.
@Component
final class Repositories {
  /// A repository and its host.
  record Place(CodeHost host, RepositoryRef ref) {}

  private final CodeHosts hosts;
  private final Projects projects;

  Repositories(CodeHosts hosts, Projects projects) {
    this.hosts = hosts;
    this.projects = projects;
  }

  /// As the project's people reach it, whoever of them is connected.
  Optional<Place> of(Project project, Experiment experiment) {
    return of(project, experiment, projects.people(project.id()));
  }

  /// Nothing where this installation cannot reach that host. The branch that the experiment names
  /// takes the place of the default branch.
  ///
  /// @param people through whose connections
  Optional<Place> of(Project project, Experiment experiment, List<UUID> people) {
    RepositoryRef named = project.repository();
    RepositoryRef ref =
        experiment.baseBranch() == null ? named : named.withDefaultBranch(experiment.baseBranch());
    return hosts.find(named, people).map(host -> new Place(host, ref));
  }
}
