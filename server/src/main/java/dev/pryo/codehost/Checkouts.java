package dev.pryo.codehost;

import static dev.pryo.codehost.CodeHostException.Code.CONFLICT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The working trees that share one repository. Moving a branch under one that has it checked out
/// would make that one look as if its owner had undone the change.
record Checkouts(LocalRepository place) {

  /// Refuses to go on if the branch is checked out in another working tree than the linked one, or,
  /// with `anywhere`, in any.
  void refuse(String branch, boolean anywhere) throws IOException {
    for (Path gitDir : gitDirs(anywhere)) {
      Path head = gitDir.resolve("HEAD");
      if (Files.isRegularFile(head, LinkOption.NOFOLLOW_LINKS)
          && LocalRepository.small(head).strip().equals("ref: refs/heads/" + branch)) {
        throw CodeHostException.of(
            CONFLICT,
            "The branch "
                + branch
                + " is checked out in a working tree of this repository ("
                + gitDir.getFileName()
                + "). Switch that to another branch and try again.");
      }
    }
  }

  private List<Path> gitDirs(boolean anywhere) throws IOException {
    List<Path> all = new ArrayList<>();
    boolean mainHasFiles = !place.config().getBoolean("core", null, "bare", false);
    if (mainHasFiles) {
      all.add(place.commonDir());
    }
    Path linked = place.commonDir().resolve("worktrees");
    if (Files.isDirectory(linked)) {
      try (Stream<Path> dirs = Files.list(linked)) {
        all.addAll(dirs.toList());
      }
    }
    if (!anywhere) {
      all.remove(place.gitDir());
    }
    return all;
  }
}
