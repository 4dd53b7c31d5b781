package dev.pryo.agent.model;

import dev.pryo.agent.Brief;
import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.Check;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.SourceTree;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// An experiment that a model takes out of a repository again, so that one segment stays.
///
/// @param tree the repository as it is now
/// @param segment the key of the one that stays
/// @param parts the files that the model may change
/// @param others keys of experiments that stay where they are
/// @param events that are sent still, since others count them
/// @param doubts what is asked of the model's changes before they are taken
public record Removal(
    Brief brief,
    SourceTree tree,
    String segment,
    List<Part> parts,
    List<String> others,
    List<String> events,
    Function<ChangeSet, List<Check>> doubts,
    Budget budget) {
  public Removal {
    parts = List.copyOf(parts);
    others = List.copyOf(others);
    events = List.copyOf(events);
  }

  /// One file.
  ///
  /// @param wrote what the experiment did to it
  /// @param since what others did after that
  public record Part(FileChange wrote, FileChange since) {
    public String path() {
      return wrote.path();
    }

    /// Pryo deletes what the experiment added and nobody changed, and nothing else.
    boolean mayGo() {
      return wrote.status() == FileChange.Status.ADDED
          && Arrays.equals(since.base(), since.content());
    }
  }
}
