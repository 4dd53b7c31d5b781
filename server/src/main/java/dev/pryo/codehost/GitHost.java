package dev.pryo.codehost;

import static dev.pryo.codehost.CodeHostException.Code.APP_ROOT_NOT_FOUND;
import static dev.pryo.codehost.CodeHostException.Code.UNSUPPORTED_URL;

import dev.pryo.codehost.PullRequest.State;
import dev.pryo.codehost.Trees.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;

/// Git repositories on this machine, bare or checked out, named by `file:` addresses, and those of
/// other machines behind `https:` addresses, through a mirror of each. Nothing is remembered
/// between calls but in the repositories themselves. Safe to use by several threads.
public final class GitHost implements CodeHost {

  private static final Person PRYO = new Person("Pryo", "pryo@localhost");

  private final LocalRoots roots;
  private final @Nullable GitRemotes remotes;
  private final InstantSource clock;
  private final Map<Path, ReentrantLock> writers = new ConcurrentHashMap<>();

  public GitHost(LocalRoots roots, InstantSource clock) {
    this(roots, null, clock);
  }

  /// @param remotes where `https:` repositories are mirrored; null: none are taken
  GitHost(LocalRoots roots, @Nullable GitRemotes remotes, InstantSource clock) {
    this.roots = roots;
    this.remotes = remotes;
    this.clock = clock;
  }

  private interface Work<T> {
    T run(LocalRepository place, Repository repository, Refs refs) throws IOException;
  }

  @Override
  public String name() {
    return "git";
  }

  /// Makes a bare repository of these files, in one commit on this branch, unless the folder is
  /// there already.
  ///
  /// @return how to name it from now on
  public RepositoryRef create(
      Path folder, String branch, List<FileEdit> files, String message, Person author) {
    var ref =
        RepositoryRef.git(folder.toUri().toString().replaceFirst("/$", ""))
            .withDefaultBranch(branch);
    try {
      if (!Files.exists(folder)) {
        new NewRepository(folder.toAbsolutePath(), branch).create(files, message, now(author));
      }
      return ref;
    } catch (IOException e) {
      throw unreachable(ref, e);
    }
  }

  @Override
  public Head inspect(RepositoryRef ref) {
    return read(
        ref,
        (place, repository, refs) -> {
          Head head = refs.head(ref.defaultBranch());
          checkAppRoot(ref, head, repository, refs);
          return head;
        });
  }

  private static void checkAppRoot(RepositoryRef ref, Head head, Repository repository, Refs refs)
      throws IOException {
    String root = ref.appRoot();
    if (root == null || root.isEmpty() || root.equals(".")) {
      return;
    }
    Entry folder = new Trees(repository).entry(refs.commit(head.commit()).getTree(), root);
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
    try {
      Repository repository = SafeGit.open(place(ref));
      try {
        return new GitSnapshot(repository, new Refs(repository).commit(commit));
      } catch (IOException | RuntimeException e) {
        repository.close();
        throw e;
      }
    } catch (IOException e) {
      throw unreachable(ref, e);
    }
  }

  @Override
  public Optional<byte[]> file(RepositoryRef ref, @Nullable String branch, String path) {
    return read(
        ref,
        (place, repository, refs) -> {
          RevCommit commit =
              branch != null
                  ? refs.branch(branch)
                  : refs.commit(refs.head(ref.defaultBranch()).commit());
          return new Trees(repository).file(commit.getTree(), path);
        });
  }

  @Override
  public String commit(RepositoryRef ref, NewCommit commit) {
    return write(
        ref,
        (place, repository, refs) ->
            new GitCommits(repository, refs, new Checkouts(place))
                .write(commit, refs.head(ref.defaultBranch()).branch(), now(commit.author())));
  }

  @Override
  public PullRequest openPullRequest(RepositoryRef ref, NewPullRequest request) {
    return write(
        ref, (place, repository, refs) -> new GitPulls(repository, refs).open(request, now(PRYO)));
  }

  @Override
  public PullRequest pullRequest(RepositoryRef ref, int number) {
    return read(ref, (place, repository, refs) -> new GitPulls(repository, refs).get(number));
  }

  @Override
  public List<String> conflicts(RepositoryRef ref, int number) {
    return read(ref, (place, repository, refs) -> new GitPulls(repository, refs).conflicts(number));
  }

  @Override
  public Changes changes(RepositoryRef ref, String base, String head) {
    return read(
        ref,
        (place, repository, refs) -> {
          RevCommit newer = refs.branchOrCommit(head);
          RevCommit fork = refs.fork(refs.branchOrCommit(base), newer);
          return new GitChanges(repository).between(fork, newer);
        });
  }

  @Override
  public PullRequest merge(RepositoryRef ref, int number, String message, Person person) {
    return write(
        ref,
        (place, repository, refs) -> {
          var pulls = new GitPulls(repository, refs);
          PullRequest pull = pulls.get(number);
          if (pull.state() == State.MERGED) {
            return pull;
          }
          new GitMerge(repository, refs, new Checkouts(place)).merge(pull, message, now(person));
          return pulls.get(number);
        });
  }

  private <T> T read(RepositoryRef ref, Work<T> work) {
    try {
      return run(place(ref), work);
    } catch (IOException e) {
      throw unreachable(ref, e);
    }
  }

  /// The repository itself, or the mirror of one that is elsewhere, brought up to date.
  private LocalRepository place(RepositoryRef ref) throws IOException {
    if (remotes == null || !GitRemotes.takes(ref.url())) {
      return LocalRepository.find(roots, url(ref));
    }
    ReentrantLock lock = lock(remotes.mirror(ref));
    lock.lock();
    try {
      return remotes.updated(ref);
    } finally {
      lock.unlock();
    }
  }

  private ReentrantLock lock(Path place) {
    return writers.computeIfAbsent(place, p -> new ReentrantLock());
  }

  /// One writer at a time in this process; between processes the refs and the index have their own
  /// locks.
  private <T> T write(RepositoryRef ref, Work<T> work) {
    try {
      if (remotes != null && GitRemotes.takes(ref.url())) {
        return pushed(remotes, ref, work);
      }
      LocalRepository place = LocalRepository.find(roots, url(ref));
      place.checkWritable(roots);
      ReentrantLock lock = lock(place.commonDir());
      lock.lock();
      try {
        return run(place, work);
      } finally {
        lock.unlock();
      }
    } catch (IOException e) {
      throw unreachable(ref, e);
    }
  }

  /// Done in the mirror, and then there; what is not taken there is undone by the next update.
  private <T> T pushed(GitRemotes far, RepositoryRef ref, Work<T> work) throws IOException {
    ReentrantLock lock = lock(far.mirror(ref));
    lock.lock();
    try {
      LocalRepository place = far.updated(ref);
      try (Repository repository = SafeGit.open(place)) {
        Map<String, ObjectId> before = GitRemotes.refs(repository);
        T done = work.run(place, repository, new Refs(repository));
        far.push(ref, repository, before);
        return done;
      }
    } finally {
      lock.unlock();
    }
  }

  private static <T> T run(LocalRepository place, Work<T> work) throws IOException {
    try (Repository repository = SafeGit.open(place)) {
      return work.run(place, repository, new Refs(repository));
    }
  }

  private static String url(RepositoryRef ref) {
    if (ref.url() == null) {
      throw CodeHostException.of(
          UNSUPPORTED_URL,
          "A repository of the host git needs a url, such as file:///home/me/shop.");
    }
    return ref.url();
  }

  private PersonIdent now(Person person) {
    return new PersonIdent(person.name(), person.email(), clock.instant(), ZoneOffset.UTC);
  }

  private static CodeHostException unreachable(RepositoryRef ref, IOException e) {
    if (e instanceof MissingObjectException) {
      return CodeHostException.unreachable(
          "The repository "
              + ref.label()
              + " lacks a part of its history. Look at it with git fsck; a partial clone needs to be"
              + " made a full one.",
          e);
    }
    if (e instanceof RepositoryNotFoundException) {
      return CodeHostException.of(
          CodeHostException.Code.NOT_A_REPOSITORY,
          "There is no Git repository at " + ref.label() + ".");
    }
    return CodeHostException.unreachable(
        "The repository "
            + ref.label()
            + " could not be read or written ("
            + e.getMessage()
            + "). Check disk and permissions and try again.",
        e);
  }
}
