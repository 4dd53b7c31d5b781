package dev.pryo.codehost;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a branch changed.
///
/// @param base the commit from which it is measured
/// @param head the commit with the change; null where nothing was committed
/// @param files in path order; a moved file is one deleted and one added
/// @param diff in unified form; where it grew too long it ends in a note that names what is left
///   out
public record Changes(String base, @Nullable String head, List<ChangedFile> files, String diff) {

  public Changes {
    files = List.copyOf(files);
  }

  /// One changed file with its counts of lines; a binary file counts none.
  public record ChangedFile(String path, Status status, int additions, int deletions) {}

  /// What became of a file.
  public enum Status {
    ADDED,
    MODIFIED,
    DELETED
  }
}
