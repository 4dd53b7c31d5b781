package dev.pryo.github;

import dev.pryo.account.Account;
import dev.pryo.codehost.CodeHostException;
import dev.pryo.codehost.GitHub;
import dev.pryo.codehost.GitHubPeople.Listed;
import dev.pryo.github.Connection.Kind;
import dev.pryo.platform.Address;
import dev.pryo.platform.Conflict;
import dev.pryo.platform.Forbidden;
import dev.pryo.platform.Invalid;
import dev.pryo.platform.Unavailable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// A person's connection to GitHub over HTTP.
@RestController
@RequestMapping("/api/github")
@Tag(name = "GitHub")
class GitHubApi {
  static final String COOKIE = "pryo_github";
  private static final int MOST = 100;

  /// Where to agree on GitHub.
  record Authorization(String authorizeUrl) {}

  /// @param scopes what an OAuth app was given; an app has permissions instead
  @Schema(name = "GitHubStatus")
  record Status(
      boolean connected, @Nullable String login, @Nullable Kind kind, List<String> scopes) {}

  record RepositoryList(List<Listed> items, @Nullable String nextCursor) {}

  private final GitHub github;
  private final Connections connections;
  private final ConnectedGitHub connected;
  private final Beginnings beginnings;
  private final OAuth oauth;
  private final Address address;

  GitHubApi(
      GitHub github,
      Connections connections,
      ConnectedGitHub connected,
      Beginnings beginnings,
      OAuth oauth,
      Address address) {
    this.github = github;
    this.connections = connections;
    this.connected = connected;
    this.beginnings = beginnings;
    this.oauth = oauth;
    this.address = address;
  }

  @Operation(
      operationId = "authorizeGitHub",
      summary = "Begin to connect GitHub; a signed-in browser is sent there",
      description =
          "Sets a cookie that has to come back with the callback, so that only this browser can end what it began.")
  @ApiResponse(
      responseCode = "200",
      description = "Where to send the browser",
      content = @Content(schema = @Schema(implementation = Authorization.class)))
  @GetMapping("/authorize")
  ResponseEntity<?> authorize(
      @AuthenticationPrincipal Account account, HttpServletRequest request) {
    if (oauth.kind().isEmpty()) {
      throw new Conflict(
          "GitHub is not set up on this Pryo: make its GitHub App on the page /github/app, or set GITHUB_CLIENT_ID and GITHUB_CLIENT_SECRET.");
    }
    Beginnings.Begun begun = beginnings.begin(account.id(), Beginnings.Purpose.CONNECT);
    String there = oauth.address(begun.state(), callback());
    String cookie = cookie(begun.browser(), Beginnings.LIFE.toSeconds());
    return request.getHeader(HttpHeaders.AUTHORIZATION) == null
        ? ResponseEntity.status(HttpStatus.FOUND)
            .header(HttpHeaders.SET_COOKIE, cookie)
            .location(URI.create(there))
            .build()
        : ResponseEntity.ok().header(HttpHeaders.SET_COOKIE, cookie).body(new Authorization(there));
  }

  /// Always the same address, whatever a request says.
  private String callback() {
    return address.publicUrl() + "/api/github/callback";
  }

  private String cookie(String value, long seconds) {
    return ResponseCookie.from(COOKIE, value)
        .httpOnly(true)
        .secure(address.secure())
        .sameSite("Lax")
        .path("/")
        .maxAge(seconds)
        .build()
        .toString();
  }

  @Operation(
      operationId = "gitHubCallback",
      summary = "Where GitHub sends the browser back to; leads on to the front end")
  @GetMapping("/callback")
  @SecurityRequirements
  ResponseEntity<Void> callback(
      @RequestParam(defaultValue = "") String code,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "") String error,
      @CookieValue(name = COOKIE, defaultValue = "") String browser) {
    Optional<UUID> account = beginnings.end(state, browser, Beginnings.Purpose.CONNECT);
    String outcome;
    if (account.isEmpty()) {
      outcome = "expired";
    } else if (!error.isEmpty() || code.isEmpty()) {
      outcome = "declined";
    } else {
      outcome = connect(account.get(), code, state);
    }
    return ResponseEntity.status(HttpStatus.FOUND)
        .header(HttpHeaders.SET_COOKIE, cookie("", 0))
        .location(URI.create(address.frontendOrigin() + "/account?github=" + outcome))
        .build();
  }

  private String connect(UUID account, String code, String state) {
    try {
      OAuth.Agreed agreed = oauth.exchange(code, state, callback());
      var me = github.people().me(new PlainAccess(agreed.grant().accessToken()));
      connections.connect(
          account,
          oauth.kind().orElseThrow(),
          me.id(),
          me.login(),
          agreed.scopes(),
          agreed.grant());
      return "connected";
    } catch (CodeHostException e) {
      return "failed";
    }
  }

  @Operation(operationId = "getGitHubStatus", summary = "Whether GitHub is connected, and as whom")
  @GetMapping("/status")
  Status status(@AuthenticationPrincipal Account account) {
    return connections
        .of(account.id())
        .map(found -> new Status(found.works(), found.login(), found.kind(), found.scopes()))
        .orElseGet(() -> new Status(false, null, null, List.of()));
  }

  @Operation(operationId = "disconnectGitHub", summary = "Forget the connection and its tokens")
  @DeleteMapping("/connection")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void disconnect(@AuthenticationPrincipal Account account) {
    connections.delete(account.id());
  }

  @Operation(
      operationId = "listGitHubRepositories",
      summary = "Repositories whose name holds the query, those first that were worked on last")
  @GetMapping("/repositories")
  RepositoryList repositories(
      @AuthenticationPrincipal Account account, @RequestParam(defaultValue = "") String query) {
    new Invalid.Collector()
        .check(query.length() <= 200, "query", "must be at most 200 characters")
        .throwIfAny();
    Connection connection =
        connections
            .of(account.id())
            .filter(Connection::works)
            .orElseThrow(() ->
                new Conflict("GitHub is not connected: connect it on your account's page first."));
    try {
      return new RepositoryList(
          github
              .people()
              .repositories(
                  connected.access(connection), connection.kind() == Kind.APP, query, MOST),
          null);
    } catch (CodeHostException e) {
      throw answer(e);
    }
  }

  static RuntimeException answer(CodeHostException e) {
    String sentence = String.valueOf(e.getMessage());
    return switch (e.code()) {
      case UNREACHABLE, RATE_LIMITED -> new Unavailable(sentence, e);
      case NOT_ALLOWED -> new Forbidden(sentence);
      default -> new Conflict(sentence);
    };
  }
}
