package dev.pryo.agent.reading;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What speaks for a file, as weights that add up.
final class Evidence {
  private final List<Reason> reasons = new ArrayList<>();
  private double factor = 1;

  private record Reason(String words, double weight) {}

  void add(double weight, String words) {
    if (weight > 0) {
      reasons.add(new Reason(words, weight));
    }
  }

  /// Something that makes all of it worth less.
  void weaken(double by, String words) {
    factor *= by;
    reasons.add(new Reason(words, 0));
  }

  double sum() {
    return reasons.stream().mapToDouble(Reason::weight).sum();
  }

  double score() {
    return Math.round(100 * factor * sum()) / 100.0;
  }

  List<String> words() {
    return reasons.stream()
        .sorted(Comparator.comparingDouble(Reason::weight).reversed())
        .map(Reason::words)
        .distinct()
        .toList();
  }
}
