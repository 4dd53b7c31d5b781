package dev.pryo.agent.cli;

import dev.pryo.agent.cli.Labels.Labelled;
import dev.pryo.agent.cli.Labels.Prefix;
import dev.pryo.agent.cli.Labels.Wish;
import dev.pryo.agent.reading.Alias;
import dev.pryo.agent.reading.Detected;
import dev.pryo.agent.reading.Ranked;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How well an answer agrees with the labels of people.
final class CorpusScore {
  private CorpusScore() {}

  /// @param exact for each label that has to agree exactly, whether it does
  /// @param css the overlap of the ways to get looks, from 0 to 1
  /// @param aliases the overlap of the prefixes of aliases, from 0 to 1
  record Read(Map<String, Boolean> exact, double css, double aliases) {}

  /// @param all whether all targets are among the first ten
  /// @param first whether the first target is among the first three
  /// @param clean whether no decoy stands above the first target
  /// @param places where the targets stand, counted from 1, 0 for those that are missing
  record Found(boolean all, boolean first, boolean clean, List<Integer> places) {}

  static Read of(Labelled labels, Detected detected) {
    var exact = new LinkedHashMap<String, Boolean>();
    exact.put("framework", labels.framework().equals(detected.framework()));
    exact.put("router", Objects.equals(family(labels.router()), family(detected.router())));
    exact.put("typescript", Objects.equals(labels.typescript(), detected.typescript()));
    exact.put("client", Objects.equals(labels.usesUseClient(), detected.usesUseClient()));
    exact.put("entry", detected.entryFiles().stream().anyMatch(labels.entryFiles()::contains));
    exact.put("indentation", Objects.equals(labels.indentation(), detected.indentation()));
    exact.put("quotes", Objects.equals(labels.quotes(), detected.quotes()));
    exact.put("semicolons", Objects.equals(labels.semicolons(), detected.semicolons()));
    return new Read(
        exact,
        overlap(Set.copyOf(labels.cssApproach()), Set.copyOf(detected.cssApproach())),
        overlap(
            labels.importAlias().stream().map(Prefix::prefix).collect(Collectors.toSet()),
            detected.importAlias().stream().map(Alias::prefix).collect(Collectors.toSet())));
  }

  static Found of(Wish wish, List<Ranked> files) {
    var paths = files.stream().map(Ranked::path).toList();
    var places = wish.targets().stream().map(target -> 1 + paths.indexOf(target)).toList();
    var first = places.getFirst();
    return new Found(
        places.stream().allMatch(place -> place >= 1 && place <= 10),
        first >= 1 && first <= 3,
        first >= 1
            && wish.wrong().stream()
                .mapToInt(decoy -> 1 + paths.indexOf(decoy))
                .noneMatch(place -> place >= 1 && place < first),
        places);
  }

  /// `vue-router` of `vue-router (config, hash history)`.
  private static @Nullable String family(@Nullable String router) {
    return router == null ? null : router.replaceFirst("\\s*\\(.*", "");
  }

  private static double overlap(Set<String> one, Set<String> other) {
    var both = new HashSet<>(one);
    both.retainAll(other);
    var all = new HashSet<>(one);
    all.addAll(other);
    return all.isEmpty() ? 1 : both.size() / (double) all.size();
  }
}
