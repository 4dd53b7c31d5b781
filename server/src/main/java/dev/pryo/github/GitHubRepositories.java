package dev.pryo.github;

import dev.pryo.account.Account;
import dev.pryo.codehost.CodeHostException;
import dev.pryo.codehost.GitHub;
import dev.pryo.codehost.GitHubPeople.Listed;
import dev.pryo.github.Connection.Kind;
import dev.pryo.platform.Conflict;
import dev.pryo.platform.Invalid;
import java.util.List;
import org.springframework.stereotype.Component;

/// The repositories of a person on GitHub, to choose one from.
@Component
public final class GitHubRepositories {
  private static final int LONGEST = 200;

  private final GitHub github;
  private final Connections connections;
  private final ConnectedGitHub connected;

  GitHubRepositories(GitHub github, Connections connections, ConnectedGitHub connected) {
    this.github = github;
    this.connections = connections;
    this.connected = connected;
  }

  /// Those whose name holds the query, those first that were worked on last.
  ///
  /// @param most how many at most
  /// @throws Conflict where the person is not connected
  public List<Listed> search(Account account, String query, int most) {
    new Invalid.Collector()
        .check(query.length() <= LONGEST, "query", "must be at most 200 characters")
        .throwIfAny();
    Connection connection =
        connections
            .of(account.id())
            .filter(Connection::works)
            .orElseThrow(() ->
                new Conflict("GitHub is not connected: connect it on your account's page first."));
    try {
      return github
          .people()
          .repositories(connected.access(connection), connection.kind() == Kind.APP, query, most);
    } catch (CodeHostException e) {
      throw GitHubApi.answer(e);
    }
  }
}
