package dev.pryo.agent.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The files that an experiment would touch, in order, and out of how many they were chosen.
///
/// @param looked how many files were ranked
/// @param all how many there are that could have been
/// @param sampled whether files were left out for their number
public record Ranking(List<Ranked> files, int looked, int all, boolean sampled) {
  /// No more files than this are ranked; of a bigger repository a sample is.
  static final int MOST = 20_000;

  public Ranking {
    files = List.copyOf(files);
  }

  /// All that the route leads to, and of the rest every n-th.
  static List<String> sample(List<String> paths, Set<String> reached) {
    if (paths.size() <= MOST) {
      return paths;
    }
    var taken = new ArrayList<String>();
    paths.stream().filter(reached::contains).limit(MOST / 2).forEach(taken::add);
    var rest = paths.stream().filter(path -> !reached.contains(path)).toList();
    var step = Math.ceilDiv(rest.size(), MOST - taken.size());
    for (var at = 0; at < rest.size(); at += step) {
      taken.add(rest.get(at));
    }
    return taken;
  }
}
