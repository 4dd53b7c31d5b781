package dev.pryo.codehost;

import static dev.pryo.codehost.CodeHostException.Code.CONFLICT;
import static dev.pryo.codehost.CodeHostException.Code.NOTHING_CHANGED;
import static dev.pryo.codehost.CodeHostException.Code.PATH_NOT_ALLOWED;

import dev.pryo.codehost.Trees.Entry;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTree;

/// Writes commits on a branch of their own, straight into the object store: no working tree and no
/// index on disk is touched.
record GitCommits(Repository repository, Refs refs, Checkouts checkouts) {

  private static final ObjectChecker SAFE_NAMES =
      new ObjectChecker().setSafeForWindows(true).setSafeForMacOS(true);

  /// A branch moves in the last step, so a crash before it leaves only unreferenced objects, and a
  /// crash after it is recognised by the tree and parent that are there already.
  String write(NewCommit wanted, String defaultBranch, PersonIdent author) throws IOException {
    checkBranch(wanted.branch(), defaultBranch);
    RevCommit parent = refs.commit(wanted.parent());
    checkEdits(wanted.edits(), parent.getTree());
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId tree = tree(parent.getTree(), wanted.edits(), inserter);
      if (tree.equals(parent.getTree())) {
        throw CodeHostException.of(
            NOTHING_CHANGED, "The files already are as they should become; there is no change.");
      }
      Optional<RevCommit> present = refs.branchIfPresent(wanted.branch());
      if (present.isPresent() && !present.get().equals(parent)) {
        return sameOrConflict(present.get(), parent, tree, wanted.branch());
      }
      ObjectId commit = commit(tree, List.of(parent), wanted.message(), author, inserter);
      if (!refs.move(
          Constants.R_HEADS + wanted.branch(),
          present.orElse(null),
          commit,
          author,
          "commit: " + wanted.message().lines().findFirst().orElse(""))) {
        throw taken(wanted.branch());
      }
      return commit.name();
    }
  }

  private void checkBranch(String branch, String defaultBranch) throws IOException {
    if (!Repository.isValidRefName(Constants.R_HEADS + branch)) {
      throw CodeHostException.of(PATH_NOT_ALLOWED, branch + " is no name for a Git branch.");
    }
    if (branch.equals(defaultBranch)) {
      throw CodeHostException.of(
          PATH_NOT_ALLOWED, "Pryo never commits to the default branch " + branch + ".");
    }
    checkouts.refuse(branch, true);
  }

  private void checkEdits(List<FileEdit> edits, RevTree base) throws IOException {
    Set<String> seen = new HashSet<>();
    for (FileEdit edit : edits) {
      String path = edit.path();
      try {
        SAFE_NAMES.checkPath(path);
      } catch (CorruptObjectException e) {
        throw notAllowed(path, "it is no safe path in a Git repository");
      }
      if (!seen.add(path)) {
        throw notAllowed(path, "it is named twice in one change");
      }
      checkPlace(edit, base);
    }
    for (String path : seen) {
      for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
        if (seen.contains(path.substring(0, slash))) {
          throw notAllowed(path, "the same change writes a file where its folder should be");
        }
      }
    }
  }

  private void checkPlace(FileEdit edit, RevTree base) throws IOException {
    var trees = new Trees(repository);
    String path = edit.path();
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      Entry folder = trees.entry(base, path.substring(0, slash));
      if (folder != null && !folder.isFolder()) {
        throw notAllowed(path, path.substring(0, slash) + " is not a folder of the repository");
      }
    }
    Entry present = trees.entry(base, path);
    if (present != null && !present.isFile()) {
      throw notAllowed(path, "it is a folder, a symbolic link or a submodule");
    }
    if (present == null && edit.content() == null) {
      throw notAllowed(path, "there is no such file to delete");
    }
  }

  private ObjectId tree(RevTree base, List<FileEdit> edits, ObjectInserter inserter)
      throws IOException {
    DirCache index = DirCache.newInCore();
    try (ObjectReader reader = repository.newObjectReader()) {
      DirCacheBuilder start = index.builder();
      start.addTree(new byte[0], DirCacheEntry.STAGE_0, reader, base);
      start.finish();
    }
    return put(index, edits, inserter);
  }

  /// The tree of an index with these edits.
  static ObjectId put(DirCache index, List<FileEdit> edits, ObjectInserter inserter)
      throws IOException {
    DirCacheEditor editor = index.editor();
    for (FileEdit edit : edits) {
      byte[] content = edit.content();
      if (content == null) {
        editor.add(new DirCacheEditor.DeletePath(edit.path()));
      } else {
        ObjectId blob = inserter.insert(Constants.OBJ_BLOB, content);
        editor.add(new Put(edit.path(), blob));
      }
    }
    editor.finish();
    ObjectId tree = index.writeTree(inserter);
    inserter.flush();
    return tree;
  }

  /// Puts a blob at a path; an executable file stays one.
  private static final class Put extends DirCacheEditor.PathEdit {
    private final ObjectId blob;

    Put(String path, ObjectId blob) {
      super(path);
      this.blob = blob;
    }

    @Override
    public void apply(DirCacheEntry entry) {
      if (entry.getRawMode() == 0) {
        entry.setFileMode(FileMode.REGULAR_FILE);
      }
      entry.setObjectId(blob);
    }
  }

  static ObjectId commit(
      ObjectId tree,
      List<? extends ObjectId> parents,
      String message,
      PersonIdent author,
      ObjectInserter inserter)
      throws IOException {
    var commit = new CommitBuilder();
    commit.setTreeId(tree);
    commit.setParentIds(parents);
    commit.setAuthor(author);
    commit.setCommitter(author);
    commit.setMessage(message);
    ObjectId id = inserter.insert(commit);
    inserter.flush();
    return id;
  }

  private static String sameOrConflict(
      RevCommit present, RevCommit parent, ObjectId tree, String branch) {
    if (present.getTree().equals(tree)
        && present.getParentCount() == 1
        && present.getParent(0).equals(parent)) {
      return present.name();
    }
    throw taken(branch);
  }

  private static CodeHostException taken(String branch) {
    return CodeHostException.of(
        CONFLICT,
        "The branch "
            + branch
            + " is there already with other content. Rename or delete it in the repository and try"
            + " again.");
  }

  private static CodeHostException notAllowed(String path, String why) {
    return CodeHostException.of(
        PATH_NOT_ALLOWED, "Pryo does not write " + path + ": " + why + ".", List.of(path));
  }
}
