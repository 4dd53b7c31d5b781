package dev.pryo.implementation;

import dev.pryo.agent.reading.Detected;
import dev.pryo.codehost.CodeHost;
import dev.pryo.codehost.CodeHostException;
import dev.pryo.codehost.CodeHosts;
import dev.pryo.codehost.Head;
import dev.pryo.codehost.RepositoryRef;
import dev.pryo.codehost.Snapshot;
import dev.pryo.job.Chore;
import dev.pryo.project.Project;
import dev.pryo.project.Projects;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Looks at the code of projects soon after they are linked, and again when their app's folder has
/// changed. A repository that cannot be reached is tried again later.
@Component
final class Detection implements Chore {
  private static final Logger LOG = LoggerFactory.getLogger(Detection.class);
  private static final int AT_ONCE = 5;
  private static final Duration AGAIN = Duration.ofMinutes(10);

  private final Projects projects;
  private final CodeHosts hosts;
  private final InstantSource clock;
  private final JsonMapper json;
  private final Map<UUID, Instant> tried = new HashMap<>();

  Detection(Projects projects, CodeHosts hosts, InstantSource clock, JsonMapper json) {
    this.projects = projects;
    this.hosts = hosts;
    this.clock = clock;
    this.json = json;
  }

  @Override
  public String name() {
    return "detection";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(5);
  }

  /// One round at a time, so that whoever asks for one finds what an earlier one was reading.
  @Override
  public synchronized void run() {
    Instant now = clock.instant();
    tried.values().removeIf(at -> at.plus(AGAIN).isBefore(now));
    for (Project project : projects.undetected(Set.copyOf(tried.keySet()), AT_ONCE)) {
      tried.put(project.id(), now);
      Optional<CodeHost> host = hosts.find(project.repository(), projects.people(project.id()));
      if (host.isPresent()) {
        look(project, host.get());
      }
    }
  }

  private void look(Project project, CodeHost host) {
    RepositoryRef ref = project.repository();
    try {
      Head head = host.inspect(ref);
      try (Snapshot snapshot = host.snapshot(ref, head.commit())) {
        SnapshotTree tree = new SnapshotTree(snapshot);
        Detected found =
            ref.appRoot() == null ? Detected.of(tree, "") : Detected.ofChosen(tree, folder(ref));
        projects.detected(project.id(), json.valueToTree(found), head.branch());
      }
      tried.remove(project.id());
    } catch (CodeHostException e) {
      LOG.info("The code of project {} cannot be read now: {}", project.id(), e.getMessage());
    }
  }

  /// The app's folder with a `/` at its end, empty for the whole repository.
  private static String folder(RepositoryRef ref) {
    String root = ref.appRoot() == null ? "" : ref.appRoot().replaceFirst("/+$", "");
    return root.isEmpty() || root.equals(".") ? "" : root + "/";
  }
}
