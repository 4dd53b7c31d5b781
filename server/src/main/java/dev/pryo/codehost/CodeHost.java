package dev.pryo.codehost;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A place where code lives and where changes to it are proposed. Every host keeps the promises of
/// `CodeHostContract`.
///
/// All calls may read disks or networks, so they belong outside of database transactions. What a
/// host cannot do is thrown as a [CodeHostException], whose sentence can be shown as it is. All
/// calls that write may be repeated after a crash: they find what is there already.
public interface CodeHost {

  /// The name by which a [RepositoryRef] asks for this host: `git`, `github`.
  String name();

  /// The same host, which waits this long for a service that asks for time.
  default CodeHost patient(Patience patience) {
    return this;
  }

  /// Asks whether whoever this host acts for may write to the repository now.
  ///
  /// @throws CodeHostException `NOT_ALLOWED` where they may not
  default void requirePush(RepositoryRef ref) {}

  /// Looks at the repository: its default branch, that branch's newest commit, and whether the
  /// app's folder is there. Callers keep the branch, since a working tree's own may change.
  Head inspect(RepositoryRef ref);

  /// The files of one commit. Close it after use.
  Snapshot snapshot(RepositoryRef ref, String commit);

  /// One regular file at the head of a branch (`null`: the default branch), or nothing where the
  /// branch has no regular file at that path.
  Optional<byte[]> file(RepositoryRef ref, @Nullable String branch, String path);

  /// Writes one commit on a branch, which is made if it is absent and moved only from the commit's
  /// own parent, always forwards. A branch that already is this very change is returned as it is;
  /// one that is anything else is a conflict. The default branch is never written.
  ///
  /// @return the commit's id
  String commit(RepositoryRef ref, NewCommit commit);

  /// Proposes a branch for merging. There is one pull request for a branch: a second call returns
  /// the first one.
  PullRequest openPullRequest(RepositoryRef ref, NewPullRequest request);

  /// A pull request as it stands now.
  PullRequest pullRequest(RepositoryRef ref, int number);

  /// The files in which an open pull request and its base branch changed the same places, in path
  /// order; empty where it can be merged, and where the host does not tell them apart.
  List<String> conflicts(RepositoryRef ref, int number);

  /// What `head` changed since it left `base`; both are a branch or a full commit id. Measured from
  /// where the two parted, so later work on `base` is not shown. For a pull request, give its
  /// `baseCommit` and `headCommit`: that holds after the merge too.
  Changes changes(RepositoryRef ref, String base, String head);

  /// The repository's own checks and what people say of its pull requests; nothing where the host
  /// has neither.
  default Optional<Reviews> reviews() {
    return Optional.empty();
  }

  /// Merges a pull request by a person's hand, always as a merge commit. A merged one is returned
  /// as it is; lines that both sides changed are a conflict that names the files, and nothing is
  /// written. A host with a page of its own for this refuses and leaves it to that page.
  PullRequest merge(RepositoryRef ref, int number, String message, Person person);
}
