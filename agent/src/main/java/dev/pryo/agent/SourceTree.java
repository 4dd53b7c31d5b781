package dev.pryo.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The files of one commit. Paths are relative, with `/` between the parts. Only regular files are
/// in it: a symbolic link or a submodule is absent.
public interface SourceTree {
  /// All paths, in order.
  SortedSet<String> paths();

  /// The bytes of one file as the commit has them; empty where there is no such file.
  Optional<byte[]> read(String path);

  /// Paths at which something stands that is neither file nor folder: a symbolic link or a
  /// submodule. Nothing is written there or below.
  default Set<String> others() {
    return Set.of();
  }

  /// A tree held in memory.
  static SourceTree of(Map<String, byte[]> files) {
    var kept = new TreeMap<>(files);
    return new SourceTree() {
      @Override
      public SortedSet<String> paths() {
        return Collections.unmodifiableSortedSet(kept.navigableKeySet());
      }

      @Override
      public Optional<byte[]> read(String path) {
        return Optional.ofNullable(kept.get(path)).map(byte[]::clone);
      }
    };
  }

  /// A tree held in memory, its files given as text.
  static SourceTree ofTexts(Map<String, String> files) {
    var bytes = new TreeMap<String, byte[]>();
    files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
    return of(bytes);
  }

  /// The regular files below a folder, without `.git` and `node_modules`; links are not followed.
  static SourceTree directory(Path root) {
    var found = new TreeSet<String>();
    var others = new TreeSet<String>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
              if (Set.of(".git", "node_modules").contains(String.valueOf(dir.getFileName()))) {
                return FileVisitResult.SKIP_SUBTREE;
              }
              if (!dir.equals(root)
                  && Files.exists(dir.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
                others.add(relative(dir));
                return FileVisitResult.SKIP_SUBTREE;
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              (attributes.isRegularFile() ? found : others).add(relative(file));
              return FileVisitResult.CONTINUE;
            }

            private String relative(Path file) {
              return root.relativize(file).toString().replace('\\', '/');
            }
          });
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The folder " + root + " cannot be read", unreadable);
    }
    return new SourceTree() {
      @Override
      public SortedSet<String> paths() {
        return Collections.unmodifiableSortedSet(found);
      }

      @Override
      public Set<String> others() {
        return Collections.unmodifiableSortedSet(others);
      }

      @Override
      public Optional<byte[]> read(String path) {
        var file = root.resolve(path);
        if (!found.contains(path) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          return Optional.empty();
        }
        try {
          return Optional.of(Files.readAllBytes(file));
        } catch (IOException unreadable) {
          throw new UncheckedIOException("The file " + path + " cannot be read", unreadable);
        }
      }
    };
  }
}
