package dev.pryo.implementation;

import dev.pryo.codehost.CodeHost;
import dev.pryo.codehost.CodeHosts;
import dev.pryo.codehost.RepositoryRef;
import dev.pryo.experiment.Experiment;
import dev.pryo.project.Project;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Where an experiment's code lives, and through which host to reach it.
@Component
final class Repositories {
  /// A repository and its host.
  record Place(CodeHost host, RepositoryRef ref) {}

  private final CodeHosts hosts;

  Repositories(CodeHosts hosts) {
    this.hosts = hosts;
  }

  /// Nothing where this installation cannot reach that host. The branch that the experiment names
  /// takes the place of the default branch.
  Optional<Place> of(Project project, Experiment experiment) {
    RepositoryRef named = project.repository();
    RepositoryRef ref =
        experiment.baseBranch() == null ? named : named.withDefaultBranch(experiment.baseBranch());
    return hosts.find(named.host()).map(host -> new Place(host, ref));
  }
}
