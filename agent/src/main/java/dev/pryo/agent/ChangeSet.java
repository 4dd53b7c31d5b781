package dev.pryo.agent;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// All changes of one commit, in the order of their paths.
public record ChangeSet(List<FileChange> changes) {
  public ChangeSet {
    changes = changes.stream().sorted(Comparator.comparing(FileChange::path)).toList();
  }

  public Optional<FileChange> of(String path) {
    return changes.stream().filter(change -> change.path().equals(path)).findFirst();
  }

  /// The unified diff of all files.
  public String diff() {
    return changes.stream().map(FileChange::diff).collect(Collectors.joining());
  }

  public int additions() {
    return changes.stream().mapToInt(FileChange::additions).sum();
  }

  public int deletions() {
    return changes.stream().mapToInt(FileChange::deletions).sum();
  }
}
