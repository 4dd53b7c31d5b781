package dev.pryo.codehost;

import static dev.pryo.codehost.CodeHostException.Code.CONFLICT;

import dev.pryo.codehost.Trees.Entry;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTree;
import org.jspecify.annotations.Nullable;

/// Writes commits on a branch of their own, straight into the object store: no working tree and no
/// index on disk is touched.
record GitCommits(Repository repository, Refs refs, Checkouts checkouts) {

  /// A branch moves in the last step, so a crash before it leaves only unreferenced objects, and a
  /// crash after it is recognised by the tree and parent that are there already.
  String write(NewCommit wanted, String defaultBranch, PersonIdent author) throws IOException {
    EditRules.checkBranch(wanted.branch(), Set.of(defaultBranch));
    checkouts.refuse(wanted.branch(), true);
    RevCommit parent = refs.commit(wanted.parent());
    RevCommit base = refs.commit(wanted.base());
    EditRules.check(wanted.edits(), present(base.getTree()));
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId tree = tree(base.getTree(), wanted.edits(), inserter);
      if (tree.equals(base.getTree())) {
        throw EditRules.nothing();
      }
      Optional<RevCommit> present = refs.branchIfPresent(wanted.branch());
      if (present.isPresent() && !present.get().equals(parent)) {
        return sameOrConflict(present.get(), tree, wanted);
      }
      List<RevCommit> parents = parent.equals(base) ? List.of(parent) : List.of(parent, base);
      ObjectId commit = commit(tree, parents, wanted.message(), author, inserter);
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

  private EditRules.Present present(RevTree base) {
    var trees = new Trees(repository);
    return new EditRules.Present() {
      @Override
      public @Nullable Entry at(String path) throws IOException {
        return trees.entry(base, path);
      }

      @Override
      public byte[] content(String path, Entry file, int most) throws IOException {
        return trees.smallBytes(file.id(), most);
      }
    };
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

  private static String sameOrConflict(RevCommit present, ObjectId tree, NewCommit wanted) {
    List<String> parents = Arrays.stream(present.getParents()).map(RevCommit::name).toList();
    if (present.getTree().equals(tree) && parents.equals(wanted.parents())) {
      return present.name();
    }
    throw taken(wanted.branch());
  }

  static CodeHostException taken(String branch) {
    return CodeHostException.of(
        CONFLICT,
        "The branch "
            + branch
            + " is there already with other content. Rename or delete it in the repository and try"
            + " again.");
  }
}
