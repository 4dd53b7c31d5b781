package dev.pryo.codehost;

import dev.pryo.codehost.GitHubRepository.Commit;
import dev.pryo.codehost.GitHubRepository.Item;
import dev.pryo.codehost.Trees.Entry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/// What two commits on GitHub differ in. Only the files that differ are read; they are compared
/// here, so that a change reads the same from every host.
record GitHubChanges(GitHubPlace place) {
  private static final int MOST_FILES = 300;

  Changes between(String from, String to) throws IOException {
    Commit head = place.branchOrCommit(to);
    Commit base = place.commit(place.fork(place.branchOrCommit(from).sha(), head.sha()));
    GitHubTree before = place.tree(base);
    GitHubTree after = place.tree(head);
    var paths = new TreeSet<String>();
    before.items().forEach((path, item) -> add(paths, path, item, after.items().get(path)));
    after.items().forEach((path, item) -> add(paths, path, item, before.items().get(path)));
    if (paths.size() > MOST_FILES) {
      throw CodeHostException.of(
          CodeHostException.Code.FILE_TOO_LARGE,
          "The branch changes %d files, more than Pryo shows. Look at it on GitHub."
              .formatted(paths.size()));
    }
    try (Scratch scratch = Scratch.make()) {
      return compared(scratch, paths, before, after, base.sha(), head.sha());
    }
  }

  private static void add(TreeSet<String> paths, String path, Item item, @Nullable Item other) {
    boolean file = GitHubTree.entry(item).isFile();
    if (file
        && (other == null
            || !other.sha().equals(item.sha())
            || !other.mode().equals(item.mode()))) {
      paths.add(path);
    }
  }

  private static Changes compared(
      Scratch scratch,
      TreeSet<String> paths,
      GitHubTree before,
      GitHubTree after,
      String base,
      String head)
      throws IOException {
    try (ObjectInserter inserter = scratch.repository().newObjectInserter();
        var walk = new RevWalk(scratch.repository())) {
      RevCommit older = walk.parseCommit(commit(paths, before, List.of(), inserter));
      RevCommit newer = walk.parseCommit(commit(paths, after, List.of(), inserter));
      Changes changes = new GitChanges(scratch.repository()).between(older, newer);
      return new Changes(base, head, changes.files(), changes.diff());
    }
  }

  /// These files of a tree as a commit of the scratch repository.
  static ObjectId commit(
      TreeSet<String> paths, GitHubTree tree, List<ObjectId> parents, ObjectInserter inserter)
      throws IOException {
    DirCache index = DirCache.newInCore();
    DirCacheBuilder entries = index.builder();
    for (Map.Entry<String, Item> file : files(paths, tree)) {
      Entry present = GitHubTree.entry(file.getValue());
      var entry = new DirCacheEntry(file.getKey());
      entry.setFileMode(present.isFile() ? present.mode() : FileMode.REGULAR_FILE);
      entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, tree.bytes(file.getValue())));
      entries.add(entry);
    }
    entries.finish();
    var commit = new CommitBuilder();
    commit.setTreeId(index.writeTree(inserter));
    commit.setParentIds(parents);
    commit.setAuthor(new PersonIdent("Pryo", "pryo@localhost"));
    commit.setCommitter(new PersonIdent("Pryo", "pryo@localhost"));
    commit.setMessage("one side of a comparison");
    ObjectId id = inserter.insert(commit);
    inserter.flush();
    return id;
  }

  private static List<Map.Entry<String, Item>> files(TreeSet<String> paths, GitHubTree tree) {
    return tree.items().entrySet().stream()
        .filter(file -> paths.contains(file.getKey()) && GitHubTree.entry(file.getValue()).isFile())
        .sorted(Map.Entry.comparingByKey())
        .toList();
  }
}
