package dev.pryo.codehost;

import static dev.pryo.codehost.CodeHostException.Code.BRANCH_NOT_FOUND;
import static dev.pryo.codehost.CodeHostException.Code.COMMIT_NOT_FOUND;
import static dev.pryo.codehost.CodeHostException.Code.CONFLICT;
import static dev.pryo.codehost.CodeHostException.Code.EMPTY_REPOSITORY;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.jspecify.annotations.Nullable;

/// Branches and commits by name. Names are exact: no revision expressions.
record Refs(Repository repository) {

  /// The branch that is meant where none is named: the one asked for, else the one that the
  /// repository was cloned from, else the checked-out one, else the only one.
  Head head(@Nullable String wanted) throws IOException {
    List<Ref> branches = repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS);
    if (branches.isEmpty()) {
      throw CodeHostException.of(
          EMPTY_REPOSITORY,
          "The repository has no commit yet. Commit the site's files there and try again.");
    }
    String name = wanted != null ? wanted : defaultBranch(branches);
    return new Head(name, branch(name).name());
  }

  private String defaultBranch(List<Ref> branches) throws IOException {
    for (String pointer : List.of(Constants.R_REMOTES + "origin/HEAD", Constants.HEAD)) {
      Ref ref = repository.exactRef(pointer);
      if (ref != null && ref.isSymbolic()) {
        String target = ref.getTarget().getName();
        String name = target.replaceFirst("^refs/(remotes/origin|heads)/", "");
        if (branches.stream().anyMatch(b -> b.getName().equals(Constants.R_HEADS + name))) {
          return name;
        }
      }
    }
    if (branches.size() == 1) {
      return Repository.shortenRefName(branches.getFirst().getName());
    }
    throw CodeHostException.of(
        BRANCH_NOT_FOUND,
        "The repository does not say which branch is its default. Name default_branch, one of "
            + names(branches)
            + ".");
  }

  /// The newest commit of a branch.
  RevCommit branch(String name) throws IOException {
    Optional<RevCommit> commit = branchIfPresent(name);
    if (commit.isPresent()) {
      return commit.get();
    }
    List<Ref> branches = repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS);
    throw CodeHostException.of(
        BRANCH_NOT_FOUND,
        "The repository has no branch named "
            + name
            + (branches.isEmpty() ? "." : ". It has " + names(branches) + "."));
  }

  Optional<RevCommit> branchIfPresent(String name) throws IOException {
    if (!Repository.isValidRefName(Constants.R_HEADS + name)) {
      return Optional.empty();
    }
    Ref ref = repository.exactRef(Constants.R_HEADS + name);
    return ref == null || ref.getObjectId() == null
        ? Optional.empty()
        : Optional.of(commit(ref.getObjectId()));
  }

  /// A branch's newest commit, or the commit with this full id.
  RevCommit branchOrCommit(String name) throws IOException {
    return ObjectId.isId(name) ? commit(name) : branch(name);
  }

  RevCommit commit(String id) throws IOException {
    if (!ObjectId.isId(id)) {
      throw noCommit(id);
    }
    return commit(ObjectId.fromString(id));
  }

  RevCommit commit(ObjectId id) throws IOException {
    try (var walk = new RevWalk(repository)) {
      return walk.parseCommit(id);
    } catch (MissingObjectException | IncorrectObjectTypeException e) {
      throw noCommit(id.name());
    }
  }

  /// Whether `newer` holds all of `older`.
  boolean contains(RevCommit newer, RevCommit older) throws IOException {
    try (var walk = new RevWalk(repository)) {
      return walk.isMergedInto(walk.parseCommit(older), walk.parseCommit(newer));
    }
  }

  /// The commit where the two parted.
  RevCommit fork(RevCommit one, RevCommit other) throws IOException {
    try (var walk = new RevWalk(repository)) {
      walk.setRevFilter(RevFilter.MERGE_BASE);
      walk.markStart(walk.parseCommit(one));
      walk.markStart(walk.parseCommit(other));
      RevCommit fork = walk.next();
      if (fork == null) {
        throw CodeHostException.of(
            CONFLICT,
            "The two branches have no common history, so they cannot be compared or merged.");
      }
      return commit(fork);
    }
  }

  /// Whether HEAD is this branch.
  boolean isCheckedOut(String branch) throws IOException {
    Ref head = repository.exactRef(Constants.HEAD);
    return head != null
        && head.isSymbolic()
        && head.getTarget().getName().equals(Constants.R_HEADS + branch);
  }

  /// Moves a ref from exactly `from` (`null`: it must not exist) to `to`.
  ///
  /// @return false where somebody else was faster
  boolean move(String name, @Nullable ObjectId from, ObjectId to, PersonIdent who, String reason)
      throws IOException {
    RefUpdate update = repository.updateRef(name);
    update.setExpectedOldObjectId(from == null ? ObjectId.zeroId() : from);
    update.setNewObjectId(to);
    update.setRefLogIdent(who);
    update.setRefLogMessage(reason, false);
    return switch (update.update()) {
      case NEW, FAST_FORWARD, NO_CHANGE -> true;
      case LOCK_FAILURE, REJECTED, REJECTED_CURRENT_BRANCH -> false;
      case REJECTED_OTHER_REASON,
          REJECTED_MISSING_OBJECT,
          IO_FAILURE,
          NOT_ATTEMPTED,
          FORCED,
          RENAMED ->
          throw new IOException("Git could not write " + name + ": " + update.getResult());
    };
  }

  private static String names(List<Ref> branches) {
    List<String> names =
        branches.stream().limit(10).map(b -> Repository.shortenRefName(b.getName())).toList();
    return String.join(", ", names) + (branches.size() > 10 ? ", …" : "");
  }

  private static CodeHostException noCommit(String id) {
    return CodeHostException.of(
        COMMIT_NOT_FOUND,
        "The repository has no commit "
            + id
            + ". Its history may have been rewritten; start again from its newest commit.");
  }
}
