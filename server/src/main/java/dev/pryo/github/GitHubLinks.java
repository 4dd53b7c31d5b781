package dev.pryo.github;

import dev.pryo.account.Account;
import dev.pryo.account.Accounts;
import dev.pryo.codehost.CodeHostException;
import dev.pryo.codehost.GitHub;
import dev.pryo.codehost.GitHubPeople.MadeApp;
import dev.pryo.platform.Address;
import dev.pryo.platform.Conflict;
import dev.pryo.platform.Forbidden;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// How people and GitHub get together, as the pages show it.
@Component
public final class GitHubLinks {
  /// What the app may do, and no more: docs/github.md says why.
  static final Map<String, String> PERMISSIONS =
      Map.of(
          "metadata", "read",
          "contents", "write",
          "pull_requests", "write",
          "checks", "read",
          "statuses", "read",
          "actions", "read",
          "issues", "read");

  /// What the app is told: each is only a hint of where to look.
  static final List<String> EVENTS =
      List.of(
          "pull_request", "check_run", "status", "issue_comment", "pull_request_review_comment");

  /// How somebody stands to GitHub.
  ///
  /// @param ready whether people can connect here at all
  /// @param login their name there; null where they never connected
  /// @param works whether the connection is good
  /// @param install where the app is installed on repositories; null without an app
  /// @param mayMakeApp whether this person may make the app of this installation
  public record View(
      boolean ready,
      @Nullable String login,
      boolean works,
      @Nullable String install,
      boolean mayMakeApp) {}

  /// A form that makes the app on GitHub.
  ///
  /// @param action where it is posted to
  /// @param manifest what is posted
  /// @param browser what the browser keeps until it comes back
  public record Making(String action, String manifest, String browser) {}

  private final GitHub github;
  private final Connections connections;
  private final Apps apps;
  private final Disconnection disconnection;
  private final Beginnings beginnings;
  private final OAuth oauth;
  private final Accounts accounts;
  private final Address address;
  private final JsonMapper json;

  GitHubLinks(
      GitHub github,
      Connections connections,
      Apps apps,
      Disconnection disconnection,
      Beginnings beginnings,
      OAuth oauth,
      Accounts accounts,
      Address address,
      JsonMapper json) {
    this.github = github;
    this.connections = connections;
    this.apps = apps;
    this.disconnection = disconnection;
    this.beginnings = beginnings;
    this.oauth = oauth;
    this.accounts = accounts;
    this.address = address;
    this.json = json;
  }

  public View view(Account account) {
    Optional<Connection> connection = connections.of(account.id());
    Optional<App> app = apps.find();
    return new View(
        oauth.kind().isPresent(),
        connection.map(Connection::login).orElse(null),
        connection.map(Connection::works).orElse(false),
        app.map(found -> found.page() + "/installations/new").orElse(null),
        app.isEmpty() && accounts.isFirst(account));
  }

  /// Forgets a person's connection and revokes its token.
  ///
  /// @return whether GitHub says that the token is gone
  public boolean disconnect(Account account) {
    return disconnection.end(account.id());
  }

  /// Whoever makes the app holds its key and can reach all that it is installed on: only whose Pryo
  /// this is may.
  public Making make(Account account) {
    requireOperator(account);
    Beginnings.Begun begun = beginnings.begin(account.id(), Beginnings.Purpose.APP);
    return new Making(
        github.web() + "/settings/apps/new?state=" + begun.state(),
        json.writeValueAsString(manifest(address.publicUrl(), address.secure())),
        begun.browser());
  }

  private void requireOperator(Account account) {
    if (!accounts.isFirst(account)) {
      throw new Forbidden(
          "The app is made by whoever set this Pryo up: ask them, or set GITHUB_CLIENT_ID.");
    }
    if (apps.find().isPresent()) {
      throw new Conflict("This Pryo has its GitHub App already: connect with it.");
    }
  }

  /// @param here where this Pryo is found
  /// @param secure whether GitHub can reach it there
  static Map<String, Object> manifest(String here, boolean secure) {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("name", name(URI.create(here).getHost()));
    manifest.put("url", here);
    manifest.put("redirect_url", here + "/github/app/made");
    manifest.put("callback_urls", List.of(here + "/api/github/callback"));
    manifest.put("public", false);
    manifest.put("default_permissions", PERMISSIONS);
    if (secure) { // GitHub does not take a webhook that it cannot reach
      manifest.put("hook_attributes", Map.of("url", here + "/api/github/webhook", "active", true));
      manifest.put("default_events", EVENTS);
    }
    return manifest;
  }

  /// GitHub's names of apps are taken once and have at most 34 characters.
  private static String name(String host) {
    String name = "Pryo on " + host;
    return name.substring(0, Math.min(34, name.length()));
  }

  /// Ends what [#make] began: GitHub gives the app's keys for the code, once.
  ///
  /// @return where to install it
  public String made(Account account, String code, String state, String browser) {
    boolean begun =
        beginnings
            .end(state, browser, Beginnings.Purpose.APP)
            .filter(account.id()::equals)
            .isPresent();
    if (!begun) {
      throw new Conflict(
          "This way from GitHub was not begun here, or is over: make the app again.");
    }
    requireOperator(account);
    try {
      MadeApp made = github.people().made(new PlainAccess(""), code);
      return apps.keep(made).page() + "/installations/new";
    } catch (CodeHostException e) {
      throw new Conflict(
          "GitHub did not give the app's keys: delete it there and make it again. %s"
              .formatted(e.getMessage()));
    }
  }
}
