package dev.pryo.agent.cli;

import dev.pryo.agent.ChangeSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Commits changes to a branch of a local repository with its own `git`. An index of its own is
/// used, so that neither the working tree nor what is staged is touched, and no hook runs.
final class Branches {
  private Branches() {}

  /// The top of the repository that a folder is in.
  static Optional<Path> root(Path folder) {
    return Stream.iterate(folder, one -> one != null, Path::getParent)
        .filter(one -> Files.exists(one.resolve(".git")))
        .findFirst();
  }

  /// @return the id of the new commit
  static String commit(Path root, String branch, ChangeSet changes, String message) {
    if (!Files.exists(root.resolve(".git"))) {
      throw new BadArguments(
          root + " is in no Git repository, so that there is no branch to write.");
    }
    var ref = "refs/heads/" + branch;
    git(root, Map.of(), "", "check-ref-format", ref);
    @Nullable Path index = null;
    try {
      index = Files.createTempFile("pryo", ".index");
      Files.delete(index);
      var own = Map.of("GIT_INDEX_FILE", index.toString());
      var head = git(root, own, "", "rev-parse", "HEAD");
      git(root, own, "", "read-tree", "HEAD");
      for (var change : changes.changes()) {
        var content = change.content();
        if (content == null) {
          git(root, own, "", "update-index", "--force-remove", "--", change.path());
          continue;
        }
        var blob = git(root, own, content, List.of("hash-object", "-w", "--no-filters", "--stdin"));
        git(
            root,
            own,
            "",
            "update-index",
            "--add",
            "--cacheinfo",
            "100644," + blob + "," + change.path());
      }
      var tree = git(root, own, "", "write-tree");
      var commit = git(root, own, message, "commit-tree", tree, "-p", head, "-F", "-");
      git(root, own, "", "update-ref", ref, commit, "0".repeat(40));
      return commit;
    } catch (IOException broken) {
      throw new BadArguments("the branch cannot be written: " + broken.getMessage());
    } finally {
      delete(index);
    }
  }

  private static void delete(@Nullable Path index) {
    try {
      if (index != null) {
        Files.deleteIfExists(index);
      }
    } catch (IOException left) {
      System.err.println("pryo agent: " + index + " could not be deleted.");
    }
  }

  private static String git(Path root, Map<String, String> more, String input, String... words) {
    return git(root, more, input.getBytes(StandardCharsets.UTF_8), List.of(words));
  }

  private static String git(Path root, Map<String, String> more, byte[] input, List<String> words) {
    var command = new ArrayList<>(List.of("git", "-c", "core.hooksPath=/dev/null"));
    command.addAll(words);
    try {
      var builder = new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
      builder.environment().putAll(more);
      builder.environment().putIfAbsent("GIT_AUTHOR_NAME", "Pryo");
      builder.environment().putIfAbsent("GIT_AUTHOR_EMAIL", "pryo@localhost");
      builder.environment().putIfAbsent("GIT_COMMITTER_NAME", "Pryo");
      builder.environment().putIfAbsent("GIT_COMMITTER_EMAIL", "pryo@localhost");
      var process = builder.start();
      try (var to = process.getOutputStream()) {
        to.write(input);
      }
      var said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new BadArguments("git " + words.getFirst() + ": " + said);
      }
      return said;
    } catch (IOException missing) {
      throw new BadArguments("git cannot be run: " + missing.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new BadArguments("it was interrupted.");
    }
  }
}
