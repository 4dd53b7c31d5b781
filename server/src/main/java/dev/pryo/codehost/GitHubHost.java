package dev.pryo.codehost;

import static dev.pryo.codehost.CodeHostException.Code.APP_ROOT_NOT_FOUND;
import static dev.pryo.codehost.CodeHostException.Code.NOT_ALLOWED;
import static dev.pryo.codehost.CodeHostException.Code.NOT_A_REPOSITORY;
import static dev.pryo.codehost.CodeHostException.Code.UNSUPPORTED_URL;

import dev.pryo.codehost.GitHubRepository.Commit;
import dev.pryo.codehost.GitHubRepository.Repo;
import dev.pryo.codehost.Trees.Entry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.RestClientException;

/// Repositories on GitHub, as one connection reaches them. Nothing is cloned: commits are read and
/// written through GitHub's Git data API, or fetched for the moment where many files are read.
public final class GitHubHost implements CodeHost {
  private final GitHub github;
  private final GitHubAccess writer;
  private final GitHubAccess person;
  private final Patience patience;

  GitHubHost(GitHub github, GitHubAccess writer, GitHubAccess person, Patience patience) {
    this.github = github;
    this.writer = writer;
    this.person = person;
    this.patience = patience;
  }

  private interface Work<T> {
    T run(GitHubPlace place) throws IOException;
  }

  @Override
  public String name() {
    return "github";
  }

  @Override
  public CodeHost patient(Patience longer) {
    return new GitHubHost(github, writer, person, longer);
  }

  @Override
  public void requirePush(RepositoryRef ref) {
    ask(
        ref,
        person,
        place -> {
          Repo repo = place.repository();
          if (repo.archived() || repo.disabled()) {
            throw CodeHostException.of(
                NOT_ALLOWED,
                "%s is %s on GitHub, so nothing can be written there. Bring it back on its settings page."
                    .formatted(repo.fullName(), repo.archived() ? "archived" : "disabled"));
          }
          if (repo.permissions() == null || !repo.permissions().push()) {
            throw CodeHostException.of(
                NOT_ALLOWED,
                "Your GitHub account may not push to %s. Ask one of its admins for the right to write."
                    .formatted(repo.fullName()));
          }
          return true;
        });
  }

  @Override
  public Head inspect(RepositoryRef ref) {
    return ask(
        ref,
        writer,
        place -> {
          Head head = place.head(ref);
          checkAppRoot(ref, head, place);
          return head;
        });
  }

  private static void checkAppRoot(RepositoryRef ref, Head head, GitHubPlace place) {
    String root = ref.appRoot();
    if (root == null || root.isEmpty() || root.equals(".")) {
      return;
    }
    Entry folder = place.tree(place.commit(head.commit())).at(root);
    if (folder == null || !folder.isFolder()) {
      throw CodeHostException.of(
          APP_ROOT_NOT_FOUND,
          "The branch "
              + head.branch()
              + " has no folder "
              + root
              + ". Give app_root as the app's folder inside the repository, or leave it out.");
    }
  }

  @Override
  public Snapshot snapshot(RepositoryRef ref, String commit) {
    return ask(
        ref,
        writer,
        place -> {
          Commit found = place.commit(commit);
          return new GitHubSnapshot(
              found.sha(),
              place.tree(found),
              read -> ask(ref, writer, again -> read.get()),
              new GitFetch(github.web() + "/" + name(ref) + ".git", writer));
        });
  }

  @Override
  public Optional<byte[]> file(RepositoryRef ref, @Nullable String branch, String path) {
    return ask(
        ref,
        writer,
        place -> {
          String commit = branch != null ? place.branch(branch) : place.head(ref).commit();
          GitHubTree tree = place.tree(place.commit(commit));
          Entry entry = tree.at(path);
          return entry == null || !entry.isFile()
              ? Optional.empty()
              : Optional.of(tree.bytes(java.util.Objects.requireNonNull(tree.item(path))));
        });
  }

  @Override
  public String commit(RepositoryRef ref, NewCommit commit) {
    return ask(
        ref,
        writer,
        place ->
            new GitHubCommits(place, github.clock().instant()).write(commit, place.defaults(ref)));
  }

  @Override
  public PullRequest openPullRequest(RepositoryRef ref, NewPullRequest request) {
    return ask(ref, writer, place -> new GitHubPulls(place).open(request));
  }

  @Override
  public PullRequest pullRequest(RepositoryRef ref, int number) {
    return ask(ref, writer, place -> new GitHubPulls(place).get(number));
  }

  @Override
  public List<String> conflicts(RepositoryRef ref, int number) {
    return ask(ref, writer, place -> new GitHubPulls(place).conflicts(number));
  }

  @Override
  public Changes changes(RepositoryRef ref, String base, String head) {
    return ask(ref, writer, place -> new GitHubChanges(place).between(base, head));
  }

  @Override
  public PullRequest merge(RepositoryRef ref, int number, String message, Person by) {
    return ask(ref, writer, place -> new GitHubPulls(place).merge(number));
  }

  @Override
  public Optional<Reviews> reviews() {
    return Optional.of(new GitHubReviews(this, github.logs()));
  }

  /// What is asked of a repository's checks and conversations.
  interface Talking<T> {
    T run(GitHubTalk talk) throws IOException;
  }

  <T> T talk(RepositoryRef ref, Talking<T> work) {
    String name = name(ref);
    return asked(
        name, () -> work.run(github.calls(GitHubTalk.class, "/repos/" + name, writer, patience)));
  }

  private <T> T ask(RepositoryRef ref, GitHubAccess access, Work<T> work) {
    String name = name(ref);
    return asked(
        name,
        () -> {
          var calls = github.calls(GitHubRepository.class, "/repos/" + name, access, patience);
          return work.run(new GitHubPlace(calls, name, patience));
        });
  }

  /// What GitHub answers, with its refusals as those of a host.
  interface Asked<T> {
    T answer() throws IOException;
  }

  static <T> T asked(String name, Asked<T> asked) {
    try {
      return asked.answer();
    } catch (GitHubRefusal e) {
      throw answer(name, e);
    } catch (GitHubSilence e) {
      throw CodeHostException.unreachable(e.getMessage() + ". Try again in a few minutes.", e);
    } catch (RestClientException e) {
      throw CodeHostException.unreachable("GitHub's answer cannot be read. Try again later.", e);
    } catch (IOException e) {
      throw CodeHostException.unreachable(
          "The repository " + name + " could not be read (" + e.getMessage() + "). Try again.", e);
    }
  }

  private static String name(RepositoryRef ref) {
    if (ref.fullName() == null || !ref.fullName().matches("[A-Za-z0-9-]+/[A-Za-z0-9._-]+")) {
      throw CodeHostException.of(
          UNSUPPORTED_URL, "A repository of the host github needs a full_name, owner/repo.");
    }
    return ref.fullName();
  }

  /// What GitHub's refusal means, with the mend.
  private static CodeHostException answer(String name, GitHubRefusal refusal) {
    String said = refusal.said();
    return switch (refusal.status()) {
      case 401 ->
          CodeHostException.reconnect(
              "GitHub does not accept Pryo's connection any more. Reconnect GitHub and start again.");
      case 404 ->
          CodeHostException.of(
              NOT_A_REPOSITORY,
              "GitHub has no repository "
                  + name
                  + ", or does not show it to Pryo. Check its name, and that your connection or the"
                  + " app's installation covers it.");
      case 403 -> CodeHostException.of(NOT_ALLOWED, forbidden(name, refusal));
      default ->
          CodeHostException.of(
              NOT_ALLOWED,
              "GitHub refused to work on %s (%d%s)."
                  .formatted(name, refusal.status(), said.isEmpty() ? "" : ": " + said));
    };
  }

  private static String forbidden(String name, GitHubRefusal refusal) {
    if (refusal.says("archived")) {
      return name + " is archived on GitHub, so nothing can be written there.";
    }
    if (refusal.says("saml")) {
      return "The organisation of %s asks for its single sign-on. Authorise Pryo for it on GitHub's page of your applications, then start again."
          .formatted(name);
    }
    if (refusal.says("access restrictions")) {
      return "The organisation of %s has not approved Pryo yet. Ask one of its owners to approve it on GitHub, then start again."
          .formatted(name);
    }
    return "GitHub does not let Pryo do that on %s: %s Check the connection's rights there."
        .formatted(
            name, refusal.said().isEmpty() ? "it gave no reason." : sentence(refusal.said()));
  }

  private static String sentence(String words) {
    return words.endsWith(".") ? words : words + ".";
  }
}
