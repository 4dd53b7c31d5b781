package dev.pryo.codehost;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

/// What Pryo asks of GitHub beside repositories: who somebody is, what they may reach, and the
/// tokens of an app.
public final class GitHubPeople {
  private static final int A_PAGE = 100;
  private static final int MOST_PAGES = 10;

  /// The person of a token.
  public record Me(long id, String login) {}

  /// A repository as it is offered for linking.
  public record Listed(String fullName, String defaultBranch, boolean archived) {}

  /// An installation of an app.
  public record Installation(long id) {}

  /// @param expiresAt RFC 3339
  public record InstallationToken(String token, String expiresAt) {}

  /// An app as the manifest flow made it.
  ///
  /// @param pem its private key
  public record MadeApp(
      long id,
      String slug,
      String htmlUrl,
      String clientId,
      String clientSecret,
      String webhookSecret,
      String pem) {}

  interface Calls {
    @GetExchange("/user")
    Me me();

    @GetExchange("/user/repos?sort=pushed&per_page=100")
    List<Listed> repositories(@RequestParam("page") int page);

    @GetExchange("/user/installations?per_page=100")
    Installations installations();

    @GetExchange("/user/installations/{id}/repositories?per_page=100")
    Covered repositories(@PathVariable("id") long installation, @RequestParam("page") int page);

    @GetExchange("/repos/{owner}/{repo}/installation")
    Installation installation(
        @PathVariable("owner") String owner, @PathVariable("repo") String repo);

    @PostExchange("/app/installations/{id}/access_tokens")
    InstallationToken token(@PathVariable("id") long installation, @RequestBody Only only);

    @PostExchange("/app-manifests/{code}/conversions")
    MadeApp made(@PathVariable("code") String code);
  }

  record Installations(List<Installation> installations) {}

  record Covered(List<Listed> repositories) {}

  record Only(List<String> repositories) {}

  private final GitHub github;

  GitHubPeople(GitHub github) {
    this.github = github;
  }

  private Calls calls(GitHubAccess access) {
    return github.calls(Calls.class, "", access, Patience.NONE);
  }

  /// Whose token it is.
  public Me me(GitHubAccess access) {
    return GitHubHost.asked("GitHub", () -> calls(access).me());
  }

  /// The person's repositories whose name holds these words, those first that were worked on last;
  /// `most` of them.
  ///
  /// @param app whether the token is one of an app, which reaches only where it is installed
  public List<Listed> repositories(GitHubAccess access, boolean app, String query, int most) {
    return GitHubHost.asked(
        "GitHub",
        () -> {
          List<Listed> found = new ArrayList<>();
          Calls calls = calls(access);
          if (app) {
            for (Installation place : calls.installations().installations()) {
              collect(
                  page -> calls.repositories(place.id(), page).repositories(), query, most, found);
            }
          } else {
            collect(calls::repositories, query, most, found);
          }
          return found.subList(0, Math.min(most, found.size()));
        });
  }

  private interface Pages {
    List<Listed> at(int page);
  }

  private static void collect(Pages pages, String query, int most, List<Listed> found) {
    String wanted = query.strip().toLowerCase(Locale.ROOT);
    for (int page = 1; page <= MOST_PAGES && found.size() < most; page++) {
      List<Listed> all = pages.at(page);
      all.stream()
          .filter(one -> one.fullName().toLowerCase(Locale.ROOT).contains(wanted))
          .forEach(found::add);
      if (all.size() < A_PAGE) {
        return;
      }
    }
  }

  /// The installation of an app that covers a repository.
  ///
  /// @param app the app's own access
  public Installation installation(GitHubAccess app, String fullName) {
    int slash = fullName.indexOf('/');
    return GitHubHost.asked(
        fullName,
        () -> calls(app).installation(fullName.substring(0, slash), fullName.substring(slash + 1)));
  }

  /// A token of an installation, for one repository only.
  public InstallationToken token(GitHubAccess app, long installation, String fullName) {
    String name = fullName.substring(fullName.indexOf('/') + 1);
    return GitHubHost.asked(
        fullName, () -> calls(app).token(installation, new Only(List.of(name))));
  }

  /// The app that a person has just made from a manifest.
  public MadeApp made(GitHubAccess nobody, String code) {
    return GitHubHost.asked("GitHub", () -> calls(nobody).made(code));
  }
}
