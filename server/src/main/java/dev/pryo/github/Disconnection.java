package dev.pryo.github;

import dev.pryo.codehost.CodeHostException;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Ends a person's connection: here always, and at GitHub where it answers.
@Component
final class Disconnection {
  private final Connections connections;
  private final ConnectedGitHub connected;
  private final OAuth oauth;

  Disconnection(Connections connections, ConnectedGitHub connected, OAuth oauth) {
    this.connections = connections;
    this.connected = connected;
    this.oauth = oauth;
  }

  /// Forgets the tokens and revokes the one in use.
  ///
  /// @return whether it means nothing at GitHub either
  boolean end(UUID account) {
    Connection connection = connections.of(account).filter(Connection::works).orElse(null);
    if (connection == null) {
      connections.delete(account);
      return true;
    }
    try {
      // renewed where it has ended, because GitHub takes back only what is good
      return oauth.revoked(connected.access(connection).token());
    } catch (CodeHostException e) {
      return e.code() == CodeHostException.Code.RECONNECT;
    } finally {
      connections.delete(account);
    }
  }
}
