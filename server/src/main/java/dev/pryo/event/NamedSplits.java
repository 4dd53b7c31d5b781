package dev.pryo.event;

import dev.pryo.experiment.Split;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The experiments that the events of one request name. What is not remembered is looked up once
/// for the whole request, however many events name it.
final class NamedSplits {
  private final Lookups lookups;
  private final UUID project;
  private final Map<String, Split> known;
  private final Set<String> renewed = new HashSet<>();

  NamedSplits(Lookups lookups, UUID project, List<SentEvent> events) {
    this.lookups = lookups;
    this.project = project;
    this.known =
        lookups.splits(
            project,
            events.stream()
                .map(SentEvent::experiment)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
  }

  /// The project's experiment with this key or id; null if it has none.
  @Nullable Split of(String experiment) {
    return known.get(experiment);
  }

  /// The index of a segment. One that is not known may have been added to a draft since its rules
  /// were remembered.
  OptionalInt segment(String experiment, Split split, String key) {
    OptionalInt index = split.segment(key);
    if (index.isPresent() || !renewed.add(experiment)) {
      return index;
    }
    known.putAll(lookups.splitsNow(project, Set.of(experiment)));
    return known.getOrDefault(experiment, split).segment(key);
  }
}
