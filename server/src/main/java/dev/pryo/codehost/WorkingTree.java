package dev.pryo.codehost;

import static dev.pryo.codehost.CodeHostException.Code.CONFLICT;
import static dev.pryo.codehost.CodeHostException.Code.DIRTY_WORKING_TREE;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.eclipse.jgit.dircache.Checkout;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheCheckout.CheckoutMetadata;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.errors.LockFailedException;
import org.eclipse.jgit.lib.CoreConfig.EolStreamType;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.NameConflictTreeWalk;
import org.eclipse.jgit.treewalk.TreeWalk.OperationType;
import org.jspecify.annotations.Nullable;

/// Takes a checked-out working tree from one tree to another, all or nothing. Only files that
/// differ between the two are written, no filter and no hook runs, and files that nobody told Git
/// about stay as they are.
///
/// Each file must stand as the old tree or as the new one has it. So a second call after a crash,
/// which finds some files new already, finishes the work, and a person's own change is never
/// overwritten.
final class WorkingTree {

  private final Repository repository;
  private final NameConflictTreeWalk walk;
  private final TreeSet<String> dirty = new TreeSet<>();
  private final TreeSet<String> filtered = new TreeSet<>();
  private final TreeSet<String> removals = new TreeSet<>();
  private final TreeSet<String> vanished = new TreeSet<>();
  private final List<Write> writes = new ArrayList<>();

  private record Write(DirCacheEntry entry, @Nullable EolStreamType lineEnds) {}

  private WorkingTree(Repository repository, NameConflictTreeWalk walk) {
    this.repository = repository;
    this.walk = walk;
  }

  /// @throws CodeHostException `DIRTY_WORKING_TREE` with the files that are in the way, before
  ///   anything is written
  static void move(Repository repository, ObjectId from, ObjectId to) throws IOException {
    DirCache index;
    try {
      index = repository.lockDirCache();
    } catch (LockFailedException e) {
      throw CodeHostException.of(
          CONFLICT,
          "The working tree's index is locked: another Git command is running. If none is, delete "
              + repository.getIndexFile()
              + ".lock and merge again.");
    }
    try (ObjectReader reader = repository.newObjectReader();
        var walk = new NameConflictTreeWalk(repository, reader)) {
      DirCacheBuilder entries = index.builder();
      var tree = new WorkingTree(repository, walk);
      tree.plan(from, to, index, entries);
      tree.refuseIfInTheWay();
      tree.write(reader);
      entries.finish();
      if (!entries.commit()) {
        throw new IOException("Git could not write the index.");
      }
    } finally {
      index.unlock();
    }
  }

  private void plan(ObjectId from, ObjectId to, DirCache index, DirCacheBuilder entries)
      throws IOException {
    walk.addTree(from);
    walk.setHead(walk.addTree(to)); // whose attributes say how lines end
    int indexAt = walk.addTree(new DirCacheIterator(index));
    var files = new FileTreeIterator(repository);
    files.setDirCacheIterator(walk, indexAt);
    files.setWalkIgnoredDirectories(true); // an ignored file is somebody's file too
    walk.addTree(files);
    walk.setOperationType(OperationType.CHECKOUT_OP);
    while (walk.next()) {
      look(place(), entries);
      if (walk.isSubtree() && isKnown()) {
        walk.enterSubtree(); // what only the disk has, such as node_modules, is not entered
      }
    }
  }

  /// One path in the old tree, the new tree, the index and on disk; a folder is `null` there.
  private record Place(
      String path,
      @Nullable AbstractTreeIterator old,
      @Nullable AbstractTreeIterator wanted,
      @Nullable DirCacheIterator known,
      @Nullable FileTreeIterator file,
      boolean folderWanted,
      boolean folderThere) {

    boolean changes() {
      return !same(old, wanted);
    }

    /// The index has the path as the old tree or as the new one has it.
    boolean stands() {
      if (known != null && known.getDirCacheEntry().getStage() != 0) {
        return false;
      }
      return same(known, old) || same(known, wanted);
    }

    /// The disk has the path as the index or as the new tree has it.
    boolean fits() throws IOException {
      if (known != null && known.getDirCacheEntry().isSkipWorkTree()) {
        return !changes();
      }
      if (known != null && isSubmodule(known)) {
        return true;
      }
      if (folderThere) {
        return known != null ? folderWanted : wanted == null;
      }
      if (file == null) {
        return known == null || wanted == null;
      }
      if (known == null && wanted == null) {
        return !folderWanted;
      }
      return holds(file, known) || holds(file, wanted);
    }

    private boolean holds(FileTreeIterator disk, @Nullable AbstractTreeIterator content)
        throws IOException {
      return content != null
          && !isSubmodule(disk) // a repository of its own, which is not opened
          && disk.getEntryObjectId().equals(content.getEntryObjectId())
          && disk.getIndexFileMode(known).equals(content.getEntryFileMode());
    }
  }

  private Place place() {
    AbstractTreeIterator wanted = walk.getTree(1, AbstractTreeIterator.class);
    FileTreeIterator file = walk.getTree(3, FileTreeIterator.class);
    return new Place(
        walk.getPathString(),
        leaf(walk.getTree(0, AbstractTreeIterator.class)),
        leaf(wanted),
        leaf(walk.getTree(2, DirCacheIterator.class)),
        leaf(file),
        wanted != null && leaf(wanted) == null,
        file != null && leaf(file) == null);
  }

  private boolean isKnown() {
    return walk.getTree(0, AbstractTreeIterator.class) != null
        || walk.getTree(1, AbstractTreeIterator.class) != null
        || walk.getTree(2, AbstractTreeIterator.class) != null;
  }

  private void look(Place place, DirCacheBuilder entries) throws IOException {
    if (place.old() == null && place.wanted() == null && place.known() == null) {
      if (place.folderWanted() && place.file() != null) {
        dirty.add(place.path()); // a file where a folder is wanted
      }
    } else if (!place.stands() || !place.fits()) {
      dirty.add(place.path());
    } else if (place.changes()) {
      change(place, entries);
    } else if (place.known() != null) {
      entries.add(place.known().getDirCacheEntry());
    }
  }

  private void change(Place place, DirCacheBuilder entries) throws IOException {
    AbstractTreeIterator wanted = place.wanted();
    if (wanted == null) {
      vanished.add(place.path());
      if (place.known() != null && place.file() != null && !isSubmodule(place.known())) {
        removals.add(place.path());
      }
      return;
    }
    if (!isSubmodule(wanted) && walk.getAttributes().getValue("filter") != null) {
      filtered.add(place.path());
    }
    var entry = new DirCacheEntry(place.path());
    entry.setFileMode(wanted.getEntryFileMode());
    entry.setObjectId(wanted.getEntryObjectId());
    entries.add(entry);
    writes.add(new Write(entry, walk.getEolStreamType(OperationType.CHECKOUT_OP)));
  }

  private void refuseIfInTheWay() {
    if (!dirty.isEmpty()) {
      throw CodeHostException.of(
          DIRTY_WORKING_TREE,
          "The working tree has changes of its own: "
              + named(dirty)
              + ". Commit or put them away (git stash), then merge again.",
          List.copyOf(dirty));
    }
    if (!filtered.isEmpty()) {
      throw CodeHostException.of(
          CONFLICT,
          "Git filters apply to "
              + named(filtered)
              + ", and Pryo runs no programs that a repository names. Merge the branch with git in a"
              + " terminal; Pryo will see it.",
          List.copyOf(filtered));
    }
  }

  private void write(ObjectReader reader) throws IOException {
    Path root = repository.getWorkTree().toPath();
    for (String path : removals) {
      Files.deleteIfExists(root.resolve(path));
    }
    for (String path : vanished.descendingSet()) {
      removeEmptyFolders(root, root.resolve(path).getParent());
    }
    var checkout = new Checkout(repository);
    for (Write write : writes) {
      String path = write.entry().getPathString();
      if (write.entry().getFileMode().equals(FileMode.GITLINK)) {
        checkout.checkoutGitlink(write.entry(), path);
      } else {
        var plain = new CheckoutMetadata(write.lineEnds(), null); // null: no filter
        checkout.checkout(write.entry(), plain, reader, path);
      }
    }
  }

  /// Stops at the first folder that has something in it, or that is a link to somewhere else.
  private static void removeEmptyFolders(Path root, @Nullable Path folder) throws IOException {
    for (Path dir = folder; dir != null && !dir.equals(root); dir = dir.getParent()) {
      try {
        if (!dir.toRealPath().equals(dir)) {
          return;
        }
        Files.delete(dir);
      } catch (DirectoryNotEmptyException e) {
        return;
      } catch (NoSuchFileException e) {
        continue; // gone already; its parent may be empty too
      }
    }
  }

  private static boolean same(
      @Nullable AbstractTreeIterator one, @Nullable AbstractTreeIterator other) {
    if (one == null || other == null) {
      return one == other;
    }
    return one.getEntryObjectId().equals(other.getEntryObjectId())
        && one.getEntryFileMode().equals(other.getEntryFileMode());
  }

  /// A file, link or submodule: anything but a folder.
  private static <T extends AbstractTreeIterator> @Nullable T leaf(@Nullable T entry) {
    return entry == null || entry.getEntryFileMode().equals(FileMode.TREE) ? null : entry;
  }

  private static boolean isSubmodule(AbstractTreeIterator entry) {
    return entry.getEntryFileMode().equals(FileMode.GITLINK);
  }

  private static String named(TreeSet<String> paths) {
    List<String> first = paths.stream().limit(10).toList();
    return String.join(", ", first)
        + (paths.size() > 10 ? " and " + (paths.size() - 10) + " more" : "");
  }
}
