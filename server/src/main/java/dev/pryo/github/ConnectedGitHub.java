package dev.pryo.github;

import dev.pryo.codehost.CodeHost;
import dev.pryo.codehost.ConnectedHosts;
import dev.pryo.codehost.GitHub;
import dev.pryo.codehost.GitHubAccess;
import dev.pryo.codehost.RepositoryRef;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// GitHub through the connections of this installation's people. An OAuth connection reads and
/// writes in its person's name; a connection to the app only says who somebody is and what they may
/// do, while the app's own installation reads and writes.
@Component
final class ConnectedGitHub implements ConnectedHosts {
  private final GitHub github;
  private final Connections connections;
  private final Apps apps;
  private final Installations installations;
  private final OAuth oauth;
  private final InstantSource clock;

  ConnectedGitHub(
      GitHub github,
      Connections connections,
      Apps apps,
      Installations installations,
      OAuth oauth,
      InstantSource clock) {
    this.github = github;
    this.connections = connections;
    this.apps = apps;
    this.installations = installations;
    this.oauth = oauth;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "github";
  }

  /// A connection that works comes before one that is over; the latter answers with the word
  /// "reconnect".
  @Override
  public Optional<CodeHost> reach(RepositoryRef ref, List<UUID> people) {
    List<Connection> all = people.stream().map(connections::of).flatMap(Optional::stream).toList();
    return all.stream()
        .filter(Connection::works)
        .findFirst()
        .or(() -> all.stream().findFirst())
        .map(connection -> host(connection, ref));
  }

  private CodeHost host(Connection connection, RepositoryRef ref) {
    GitHubAccess person = access(connection);
    GitHubAccess writer =
        switch (connection.kind()) {
          case OAUTH -> person;
          case APP ->
              apps.find()
                  .map(app -> installations.of(app, String.valueOf(ref.fullName())))
                  .orElse(person);
        };
    return github.host(writer, person);
  }

  GitHubAccess access(Connection connection) {
    return new PersonAccess(connection, connections, oauth, clock);
  }
}
