package dev.pryo.codehost;

import dev.pryo.codehost.GitHubRepository.Item;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/// In which files two commits on GitHub are in each other's way: GitHub says only that they are.
/// The files that both changed are read and merged here.
record GitHubConflicts(GitHubPlace place) {
  /// A change by Pryo touches a dozen; whoever has more is told of these.
  private static final int MOST_FILES = 50;

  List<String> between(String base, String head) throws IOException {
    GitHubTree fork = tree(place.fork(base, head));
    GitHubTree here = tree(base);
    GitHubTree there = tree(head);
    TreeSet<String> paths = new TreeSet<>();
    TreeSet<String> all = new TreeSet<>(here.items().keySet());
    all.addAll(there.items().keySet());
    for (String path : all) {
      boolean both =
          differs(fork, here, path) && differs(fork, there, path) && differs(here, there, path);
      if (both && paths.size() < MOST_FILES) {
        paths.add(path);
      }
    }
    return paths.isEmpty() ? List.of() : merged(paths, fork, here, there);
  }

  private GitHubTree tree(String commit) {
    return place.tree(place.commit(commit));
  }

  private static boolean differs(GitHubTree one, GitHubTree other, String path) {
    Item before = file(one, path);
    Item after = file(other, path);
    return before == null || after == null
        ? before != after
        : !before.sha().equals(after.sha()) || !before.mode().equals(after.mode());
  }

  private static @Nullable Item file(GitHubTree tree, String path) {
    Item item = tree.items().get(path);
    return item == null || !GitHubTree.entry(item).isFile() ? null : item;
  }

  private static List<String> merged(
      TreeSet<String> paths, GitHubTree fork, GitHubTree here, GitHubTree there)
      throws IOException {
    try (Scratch scratch = Scratch.make();
        ObjectInserter inserter = scratch.repository().newObjectInserter();
        var walk = new RevWalk(scratch.repository())) {
      ObjectId parted = GitHubChanges.commit(paths, fork, List.of(), inserter);
      ObjectId base = GitHubChanges.commit(paths, here, List.of(parted), inserter);
      ObjectId head = GitHubChanges.commit(paths, there, List.of(parted), inserter);
      Optional<List<String>> files =
          new TrialMerge(scratch.repository())
              .conflicts(walk.parseCommit(base), walk.parseCommit(head));
      return files.orElse(List.of());
    }
  }
}
