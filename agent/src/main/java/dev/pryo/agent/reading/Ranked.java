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
}
