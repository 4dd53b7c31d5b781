package dev.pryo.codehost;

import static dev.pryo.codehost.CodeHostException.Code.BRANCH_NOT_FOUND;
import static dev.pryo.codehost.CodeHostException.Code.COMMIT_NOT_FOUND;
import static dev.pryo.codehost.CodeHostException.Code.EMPTY_REPOSITORY;

import dev.pryo.codehost.GitHubRepository.Commit;
import dev.pryo.codehost.GitHubRepository.Ref;
import dev.pryo.codehost.GitHubRepository.Repo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/// Branches and commits of one repository on GitHub, by name.
///
/// @param label what to call it in a sentence
record GitHubPlace(GitHubRepository calls, String label, Patience patience) {

  private static final String HEADS = "heads/";

  Head head(RepositoryRef ref) {
    String name =
        ref.defaultBranch() != null ? ref.defaultBranch() : calls.repository().defaultBranch();
    return new Head(name, branch(name));
  }

  /// The branches that are never written: the one that is served, and the repository's own.
  Set<String> defaults(RepositoryRef ref) {
    String own = calls.repository().defaultBranch();
    String named = ref.defaultBranch();
    return named == null || named.equals(own) ? Set.of(own) : Set.of(own, named);
  }

  /// The newest commit of a branch.
  String branch(String name) {
    return branchIfPresent(name).orElseThrow(() -> noBranch(name));
  }

  Optional<String> branchIfPresent(String name) {
    if (!Repository.isValidRefName(Constants.R_HEADS + name)) {
      return Optional.empty();
    }
    try {
      Ref ref = calls.ref(HEADS + name);
      return ref.ref().equals(Constants.R_HEADS + name)
          ? Optional.of(ref.object().sha())
          : Optional.empty();
    } catch (GitHubRefusal e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e.status() == 409 ? empty() : e;
    }
  }

  private CodeHostException noBranch(String name) {
    List<String> names =
        branches().stream()
            .map(ref -> ref.ref().substring(Constants.R_HEADS.length()))
            .sorted()
            .toList();
    return CodeHostException.of(
        BRANCH_NOT_FOUND,
        "The repository has no branch named %s. It has %s%s."
            .formatted(
                name,
                String.join(", ", names.subList(0, Math.min(10, names.size()))),
                names.size() > 10 ? ", …" : ""));
  }

  private List<Ref> branches() {
    try {
      return calls.refsBelow(HEADS);
    } catch (GitHubRefusal e) {
      throw e.status() == 409 ? empty() : e;
    }
  }

  private static CodeHostException empty() {
    return CodeHostException.of(
        EMPTY_REPOSITORY,
        "The repository has no commit yet. Commit the site's files there and try again.");
  }

  Commit commit(String id) {
    if (!ObjectId.isId(id)) {
      throw noCommit(id);
    }
    try {
      return calls.commit(id);
    } catch (GitHubRefusal e) {
      throw e.status() == 404 || e.status() == 422 ? noCommit(id) : e;
    }
  }

  GitHubTree tree(Commit commit) {
    return new GitHubTree(calls, commit.tree().sha());
  }

  /// A branch's newest commit, or the commit with this full id.
  Commit branchOrCommit(String name) {
    return commit(ObjectId.isId(name) ? name : branch(name));
  }

  /// Where two commits parted.
  String fork(String one, String other) {
    return calls.compare(one + "..." + other).mergeBaseCommit().sha();
  }

  Repo repository() {
    return calls.repository();
  }

  private static CodeHostException noCommit(String id) {
    return CodeHostException.of(
        COMMIT_NOT_FOUND,
        "The repository has no commit "
            + id
            + ". Its history may have been rewritten; start again from its newest commit.");
  }
}
