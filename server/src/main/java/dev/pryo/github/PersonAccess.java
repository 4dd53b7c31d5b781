package dev.pryo.github;

import dev.pryo.codehost.CodeHostException;
import dev.pryo.codehost.GitHubAccess;
import dev.pryo.github.Connection.Grant;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// What a person lets Pryo do on GitHub in their name. A token that ends soon is renewed before it
/// is used, by one caller at a time: GitHub takes a refresh token once.
final class PersonAccess implements GitHubAccess {
  private static final Duration SOON = Duration.ofMinutes(5);

  private final Connection connection;
  private final Connections connections;
  private final OAuth oauth;
  private final InstantSource clock;

  PersonAccess(Connection connection, Connections connections, OAuth oauth, InstantSource clock) {
    this.connection = connection;
    this.connections = connections;
    this.oauth = oauth;
    this.clock = clock;
  }

  @Override
  public String id() {
    return connection.id().toString();
  }

  @Override
  public String token() {
    Grant grant = current().grant();
    return endsSoon(grant) ? renewed() : grant.accessToken();
  }

  private boolean endsSoon(Grant grant) {
    Instant end = grant.expiresAt();
    return end != null && grant.refreshToken() != null && clock.instant().plus(SOON).isAfter(end);
  }

  private String renewed() {
    synchronized (oauth.renewing(connection.id())) {
      Grant grant = current().grant();
      if (!endsSoon(grant)) {
        return grant.accessToken(); // somebody else was faster
      }
      Optional<Grant> fresh = oauth.renewed(grant);
      if (fresh.isEmpty()) {
        connections.off(connection.id());
        throw over();
      }
      connections.renewed(connection.id(), fresh.get());
      return fresh.get().accessToken();
    }
  }

  /// As it is stored now: it may have been renewed or ended since this was made.
  private Connection current() {
    return connections
        .of(connection.account())
        .filter(now -> now.id().equals(connection.id()) && now.works())
        .orElseThrow(PersonAccess::over);
  }

  @Override
  public void refused(String token) {
    connections
        .of(connection.account())
        .filter(now -> now.id().equals(connection.id()) && now.grant().accessToken().equals(token))
        .ifPresent(now -> connections.off(now.id()));
  }

  static CodeHostException over() {
    return CodeHostException.reconnect(
        "GitHub does not accept Pryo's connection any more. Reconnect GitHub on your account's page and start again.");
  }
}
