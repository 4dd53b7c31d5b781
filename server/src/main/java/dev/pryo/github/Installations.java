package dev.pryo.github;

import dev.pryo.codehost.CodeHostException;
import dev.pryo.codehost.GitHub;
import dev.pryo.codehost.GitHubAccess;
import dev.pryo.codehost.GitHubPeople.InstallationToken;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// What the app may do where it is installed. Its tokens live an hour, are good for one repository
/// each, and are kept in memory only.
@Component
final class Installations {
  private static final Duration SOON = Duration.ofMinutes(5);

  private final GitHub github;
  private final InstantSource clock;
  private final Map<String, Installed> known = new ConcurrentHashMap<>();

  Installations(GitHub github, InstantSource clock) {
    this.github = github;
    this.clock = clock;
  }

  /// The app's access to one repository.
  GitHubAccess of(App app, String fullName) {
    return known.computeIfAbsent(
        app.id() + " " + fullName, key -> new Installed(new AppAccess(app, clock), fullName));
  }

  private final class Installed implements GitHubAccess {
    private final GitHubAccess app;
    private final String fullName;
    private String token = "";
    private Instant end = Instant.EPOCH;

    Installed(GitHubAccess app, String fullName) {
      this.app = app;
      this.fullName = fullName;
    }

    @Override
    public String id() {
      return app.id() + " " + fullName;
    }

    @Override
    public synchronized String token() {
      if (clock.instant().plus(SOON).isAfter(end)) {
        InstallationToken fresh = fresh();
        token = fresh.token();
        end = OffsetDateTime.parse(fresh.expiresAt()).toInstant();
      }
      return token;
    }

    /// Uninstalled, suspended or deleted: all of that is answered by 401, 403 or 404 here.
    private InstallationToken fresh() {
      try {
        long installation = github.people().installation(app, fullName).id();
        return github.people().token(app, installation, fullName);
      } catch (CodeHostException e) {
        throw switch (e.code()) {
          case NOT_A_REPOSITORY, NOT_ALLOWED, RECONNECT ->
              CodeHostException.reconnect(
                  "Pryo's GitHub App is not installed on %s, or was suspended there. Install it for that repository and start again."
                      .formatted(fullName));
          default -> e;
        };
      }
    }

    @Override
    public synchronized void refused(String refused) {
      if (refused.equals(token)) {
        end = Instant.EPOCH;
      }
    }
  }
}
