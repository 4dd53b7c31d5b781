package dev.pryo.codehost;

import static dev.pryo.codehost.CodeHostException.Code.NOTHING_CHANGED;
import static dev.pryo.codehost.CodeHostException.Code.PULL_REQUEST_NOT_FOUND;

import dev.pryo.codehost.PullRequest.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/// Pull requests that live in the repository itself: each is an annotated tag at
/// `refs/pryo/pulls/<number>` on the commit that was proposed, whose message is the title, the
/// lines `Branch:`, `Base:` and `From:` (the base branch's commit at that time), and the body. `git
/// show refs/pryo/pulls/1` prints one. The state is not stored but seen from the branches, so a
/// merge in a terminal counts.
record GitPulls(Repository repository, Refs refs) {

  private static final String PREFIX = "refs/pryo/pulls/";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration LONGEST_PAUSE = Duration.ofMillis(20);

  private record Stored(
      int number,
      String title,
      String branch,
      String base,
      String from,
      String body,
      String head) {}

  /// The number is claimed by creating its ref, which only one caller can. Whoever loses looks
  /// again, so one branch never gets two.
  PullRequest open(NewPullRequest wanted, PersonIdent who) throws IOException {
    RevCommit head = refs.branch(wanted.branch());
    RevCommit base = refs.branch(wanted.base());
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      List<Stored> all = all();
      Optional<Stored> same =
          all.stream().filter(pull -> pull.branch().equals(wanted.branch())).findFirst();
      if (same.isPresent()) {
        return current(same.get());
      }
      if (refs.contains(base, head)) {
        throw CodeHostException.of(
            NOTHING_CHANGED,
            "The branch " + wanted.branch() + " has nothing that " + wanted.base() + " lacks.");
      }
      refs.fork(base, head);
      int number = all.stream().mapToInt(Stored::number).max().orElse(0) + 1;
      ObjectId tag = tag(number, wanted, head, base, who);
      if (refs.move(PREFIX + number, null, tag, who, "pull request opened")) {
        return current(stored(number, tag));
      }
      // a number or a lock is somebody else's, who may be waiting for a processor
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE.toNanos()));
    }
    throw new IOException(
        "No pull request number could be claimed in %d seconds.".formatted(PATIENCE.toSeconds()));
  }

  PullRequest get(int number) throws IOException {
    Ref ref = number < 1 ? null : repository.exactRef(PREFIX + number);
    if (ref == null || ref.getObjectId() == null) {
      throw CodeHostException.of(
          PULL_REQUEST_NOT_FOUND, "The repository has no pull request " + number + ".");
    }
    return current(stored(number, ref.getObjectId()));
  }

  private ObjectId tag(
      int number, NewPullRequest wanted, RevCommit head, RevCommit base, PersonIdent who)
      throws IOException {
    var tag = new TagBuilder();
    tag.setTag("pryo-pull-" + number);
    tag.setTagger(who);
    tag.setObjectId(head);
    tag.setMessage(
        "%s\n\nBranch: %s\nBase: %s\nFrom: %s\n\n%s\n"
            .formatted(wanted.title(), wanted.branch(), wanted.base(), base.name(), wanted.body()));
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId id = inserter.insert(tag);
      inserter.flush();
      return id;
    }
  }

  private List<Stored> all() throws IOException {
    List<Ref> pulls = repository.getRefDatabase().getRefsByPrefix(PREFIX);
    var all = new ArrayList<Stored>();
    for (Ref pull : pulls) {
      String number = pull.getName().substring(PREFIX.length());
      if (pull.getObjectId() != null && number.matches("[1-9][0-9]{0,8}")) {
        all.add(stored(Integer.parseInt(number), pull.getObjectId()));
      }
    }
    all.sort(Comparator.comparingInt(Stored::number));
    return all;
  }

  private Stored stored(int number, ObjectId id) throws IOException {
    try (var walk = new RevWalk(repository)) {
      RevTag tag = walk.parseTag(id);
      String[] lines = tag.getFullMessage().split("\n", 7);
      if (lines.length == 7
          && lines[2].startsWith("Branch: ")
          && lines[3].startsWith("Base: ")
          && lines[4].startsWith("From: ")) {
        return new Stored(
            number,
            lines[0],
            lines[2].substring("Branch: ".length()),
            lines[3].substring("Base: ".length()),
            lines[4].substring("From: ".length()),
            lines[6].replaceFirst("\n$", ""),
            walk.parseCommit(tag).name());
      }
    } catch (IncorrectObjectTypeException e) {
      throw new IOException(PREFIX + number + " is not a pull request that Pryo wrote.", e);
    }
    throw new IOException(PREFIX + number + " is not a pull request that Pryo wrote.");
  }

  /// Merged: the base branch holds the change, and did not when it was proposed. Closed: the branch
  /// is gone, or the base branch is.
  private PullRequest current(Stored pull) throws IOException {
    RevCommit proposed = refs.commit(pull.head());
    RevCommit from = refs.commit(pull.from());
    Optional<RevCommit> branch = refs.branchIfPresent(pull.branch());
    Optional<RevCommit> base = refs.branchIfPresent(pull.base());
    RevCommit head = branch.orElse(proposed);
    State state;
    if (base.isPresent() && refs.contains(base.get(), head) && !refs.contains(from, head)) {
      state = State.MERGED;
    } else if (base.isPresent() && branch.isPresent()) {
      state = State.OPEN;
    } else {
      state = State.CLOSED;
    }
    RevCommit fork = refs.fork(state == State.OPEN ? base.orElse(from) : from, head);
    return new PullRequest(
        pull.number(),
        state,
        pull.branch(),
        pull.base(),
        head.name(),
        fork.name(),
        pull.title(),
        pull.body(),
        null,
        state == State.OPEN ? conflicted(base.orElse(from), head, fork) : Boolean.FALSE);
  }

  private @Nullable Boolean conflicted(RevCommit base, RevCommit head, RevCommit fork)
      throws IOException {
    if (base.equals(fork)) {
      return false;
    }
    return trial(base, head).map(files -> !files.isEmpty()).orElse(null);
  }

  private Optional<List<String>> trial(RevCommit base, RevCommit head) throws IOException {
    return new TrialMerge(repository).conflicts(base, head);
  }

  /// The files in which a pull request and its base branch are in each other's way.
  List<String> conflicts(int number) throws IOException {
    PullRequest pull = get(number);
    return Boolean.TRUE.equals(pull.conflicted())
        ? trial(refs.branch(pull.base()), refs.commit(pull.headCommit())).orElse(List.of())
        : List.of();
  }
}
