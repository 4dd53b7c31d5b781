package dev.pryo.codehost;

import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/// The files of one commit, read when asked for. Safe to use by several threads until closed.
public interface Snapshot extends AutoCloseable {

  /// The commit's full id.
  String commit();

  /// All regular files, from the repository's root.
  SortedSet<String> paths();

  /// What is neither listed as a file nor followed, so that it can be named.
  SortedMap<String, Other> others();

  /// The bytes of a regular file, or nothing where there is none at that path or the repository
  /// holds only a pointer to them (Git LFS).
  Optional<byte[]> read(String path);

  @Override
  void close();

  /// What may stand in a tree beside files and folders.
  enum Other {
    SYMLINK,
    SUBMODULE
  }
}
