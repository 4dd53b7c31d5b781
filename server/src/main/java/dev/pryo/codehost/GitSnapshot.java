package dev.pryo.codehost;

import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;

/// One commit of a repository on this machine. Owns the repository that it reads.
final class GitSnapshot implements Snapshot {

  private final Repository repository;
  private final String commit;
  private final TreeMap<String, ObjectId> files = new TreeMap<>();
  private final SortedMap<String, Other> others = new TreeMap<>();

  GitSnapshot(Repository repository, RevCommit commit) throws IOException {
    this.repository = repository;
    this.commit = commit.name();
    try (var walk = new TreeWalk(repository)) {
      walk.addTree(commit.getTree());
      walk.setRecursive(true);
      while (walk.next()) {
        list(walk.getPathString(), walk.getFileMode(0), walk.getObjectId(0));
      }
    }
  }

  private void list(String path, FileMode mode, ObjectId id) {
    if (mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE)) {
      files.put(path, id);
    } else if (mode.equals(FileMode.SYMLINK)) {
      others.put(path, Other.SYMLINK);
    } else if (mode.equals(FileMode.GITLINK)) {
      others.put(path, Other.SUBMODULE);
    }
  }

  @Override
  public String commit() {
    return commit;
  }

  @Override
  public SortedSet<String> paths() {
    return Collections.unmodifiableSortedSet(files.navigableKeySet());
  }

  @Override
  public SortedMap<String, Other> others() {
    return Collections.unmodifiableSortedMap(others);
  }

  @Override
  public Optional<byte[]> read(String path) {
    ObjectId id = files.get(path);
    if (id == null) {
      return Optional.empty();
    }
    try {
      byte[] bytes = new Trees(repository).bytes(id, path);
      return EditRules.isPointer(bytes) ? Optional.empty() : Optional.of(bytes);
    } catch (IOException e) {
      throw CodeHostException.unreachable(path + " cannot be read from the repository.", e);
    }
  }

  @Override
  public void close() {
    repository.close();
  }
}
