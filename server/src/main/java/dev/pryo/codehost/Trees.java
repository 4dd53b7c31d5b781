package dev.pryo.codehost;

import static dev.pryo.codehost.CodeHostException.Code.FILE_TOO_LARGE;

import java.io.IOException;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/// What stands in a commit's tree.
record Trees(Repository repository) {

  private static final long LARGEST_FILE = 16L << 20;

  /// An entry of a tree: what it is and its object.
  record Entry(FileMode mode, ObjectId id) {
    boolean isFile() {
      return mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE);
    }

    boolean isFolder() {
      return mode.equals(FileMode.TREE);
    }
  }

  /// The entry at a path; a symlink on the way leads nowhere.
  @Nullable Entry entry(RevTree tree, String path) throws IOException {
    if (!isPath(path)) {
      return null;
    }
    try (TreeWalk walk = TreeWalk.forPath(repository, path, tree)) {
      return walk == null ? null : new Entry(walk.getFileMode(0), walk.getObjectId(0));
    }
  }

  /// All that stands in it, folders left out.
  void forEach(RevTree tree, BiConsumer<String, Entry> listed) throws IOException {
    try (var walk = new TreeWalk(repository)) {
      walk.addTree(tree);
      walk.setRecursive(true);
      while (walk.next()) {
        listed.accept(walk.getPathString(), new Entry(walk.getFileMode(0), walk.getObjectId(0)));
      }
    }
  }

  Optional<byte[]> file(RevTree tree, String path) throws IOException {
    Entry entry = entry(tree, path);
    return entry == null || !entry.isFile()
        ? Optional.empty()
        : Optional.of(bytes(entry.id(), path));
  }

  byte[] bytes(ObjectId id, String path) throws IOException {
    ObjectLoader blob = repository.open(id);
    requireReadable(path, blob.getSize());
    return blob.getBytes();
  }

  /// The bytes where they are no more than `most`; else none.
  byte[] smallBytes(ObjectId id, int most) throws IOException {
    ObjectLoader blob = repository.open(id);
    return blob.getSize() > most ? new byte[0] : blob.getBytes();
  }

  static void requireReadable(String path, long size) {
    if (size > LARGEST_FILE) {
      throw CodeHostException.of(
          FILE_TOO_LARGE, path + " is larger than 16 MiB, more than Pryo reads.");
    }
  }

  static boolean isPath(String path) {
    return !path.isEmpty()
        && !path.startsWith("/")
        && !path.endsWith("/")
        && !path.contains("//")
        && path.indexOf('\0') < 0;
  }
}
