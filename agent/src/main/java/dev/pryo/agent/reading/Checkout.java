package dev.pryo.agent.reading;

import dev.pryo.agent.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A folder on this machine as a repository: the folder itself, or the repository or workspace
/// around it where it is an app inside one. Links are not followed, what is no regular file is not
/// there, and what is too big to have been written by people is not read.
///
/// @param tree the files
/// @param folder the folder that was named, relative to the tree, with a `/` at its end; empty
///   where it is the tree's own
public record Checkout(SourceTree tree, String folder) {
  private static final int MOST_FILES = 200_000;
  private static final int MOST_BYTES = 16 * 1024 * 1024;
  private static final int DEEPEST = 40;
  private static final int MOST_ABOVE = 6;
  private static final Set<String> SKIPPED =
      Set.of(".git", "node_modules", ".next", ".nuxt", ".svelte-kit", ".turbo", ".cache", ".yarn");

  public static Checkout of(Path named) {
    var folder = named.toAbsolutePath().normalize();
    var top = top(folder);
    var inside = top.relativize(folder).toString().replace('\\', '/');
    return new Checkout(new Walked(top), inside.isEmpty() ? "" : inside + "/");
  }

  /// The folder that holds the repository, or else the workspace; the named one where neither lies
  /// around it.
  private static Path top(Path folder) {
    return Stream.iterate(folder, at -> at != null, Path::getParent)
        .limit(MOST_ABOVE)
        .filter(at -> Files.exists(at.resolve(".git"), LinkOption.NOFOLLOW_LINKS))
        .findFirst()
        .or(() ->
            Stream.iterate(folder, at -> at != null, Path::getParent)
                .limit(MOST_ABOVE)
                .filter(Checkout::isWorkspace)
                .findFirst())
        .orElse(folder);
  }

  private static boolean isWorkspace(Path folder) {
    try {
      var manifest = folder.resolve("package.json");
      return Files.isRegularFile(folder.resolve("pnpm-workspace.yaml"), LinkOption.NOFOLLOW_LINKS)
          || (Files.isRegularFile(manifest, LinkOption.NOFOLLOW_LINKS)
              && Files.size(manifest) < MOST_BYTES
              && Files.readString(manifest).contains("\"workspaces\""));
    } catch (IOException unreadable) {
      return false;
    }
  }

  /// What was found below a folder, once.
  private static final class Walked implements SourceTree {
    private final Path root;
    private final TreeSet<String> found = new TreeSet<>();

    Walked(Path root) {
      this.root = root;
      try {
        Files.walkFileTree(root, Set.of(), DEEPEST, new Collector());
      } catch (IOException unreadable) {
        throw new UncheckedIOException("The folder " + root + " cannot be read", unreadable);
      }
    }

    private final class Collector extends SimpleFileVisitor<Path> {
      @Override
      public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
        return !dir.equals(root) && SKIPPED.contains(String.valueOf(dir.getFileName()))
            ? FileVisitResult.SKIP_SUBTREE
            : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile() && attributes.size() <= MOST_BYTES) {
          found.add(root.relativize(file).toString().replace('\\', '/'));
        }
        return found.size() < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
        return FileVisitResult.CONTINUE;
      }
    }

    @Override
    public SortedSet<String> paths() {
      return Collections.unmodifiableSortedSet(found);
    }

    @Override
    public Optional<byte[]> read(String path) {
      var file = root.resolve(path);
      if (!found.contains(path) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
      try (var bytes = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
        var all = bytes.readNBytes(MOST_BYTES + 1);
        return all.length > MOST_BYTES ? Optional.empty() : Optional.of(all);
      } catch (IOException unreadable) {
        return Optional.empty();
      }
    }
  }
}
