package dev.pryo.agent.reading;

import java.util.List;

/// A file that an experiment may touch.
///
/// @param path relative to the folder that was asked for
/// @param score the higher, the likelier; comparable within one list only
/// @param reasons what speaks for it, the strongest first
public record Ranked(String path, double score, List<String> reasons) {
  public Ranked {
    reasons = List.copyOf(reasons);
  }

  /// The path in the repository; the one in the list climbs with `../` where the file lies outside
  /// of the folder.
  ///
  /// @param folder the one that was asked for, with a `/` at its end; empty for the whole tree
  public String whole(String folder) {
    return new Relative(folder).whole(path);
  }
}
