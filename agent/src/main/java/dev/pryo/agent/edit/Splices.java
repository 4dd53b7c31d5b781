package dev.pryo.agent.edit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Edits of a text by position, so that every other character stays as it is.
final class Splices {
  private record Splice(int from, int to, String text) {}

  private final List<Splice> all = new ArrayList<>();

  void insert(int at, String text) {
    replace(at, at, text);
  }

  void replace(int from, int to, String text) {
    all.add(new Splice(from, to, text));
  }

  /// The text with all edits made; those at one position in the order they were added.
  String apply(String text) {
    var out = new StringBuilder();
    var at = 0;
    for (var splice : all.stream().sorted(Comparator.comparingInt(Splice::from)).toList()) {
      if (splice.from < at) {
        throw new IllegalStateException("Two edits overlap at " + splice.from);
      }
      out.append(text, at, splice.from).append(splice.text);
      at = splice.to;
    }
    return out.append(text, at, text.length()).toString();
  }
}
