package dev.pryo.event;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pryo.experiment.Split;
import dev.pryo.experiment.Splits;
import dev.pryo.project.KeyedProject;
import dev.pryo.project.ProjectListener;
import dev.pryo.project.Projects;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/// What ingest and clients ask about projects and experiments, at most 5 seconds old. Only what was
/// found is remembered: what is unknown is looked up each time, so that a new experiment's first
/// event finds it.
@Component
final class Lookups implements ProjectListener {
  private static final Duration OLDEST = Duration.ofSeconds(5);
  private static final Pattern WRITE_KEY = Pattern.compile("pk_[0-9a-f]{32}");

  private record Name(UUID project, String experiment) {}

  private final Projects projects;
  private final Splits splits;
  private final Cache<String, KeyedProject> byKey = cache(10_000);
  private final Cache<Name, Split> byName = cache(100_000);
  private final Cache<String, Rules.Written> rules = cache(10_000);

  Lookups(Projects projects, Splits splits) {
    this.projects = projects;
    this.splits = splits;
  }

  private static <K, V> Cache<K, V> cache(int size) {
    return Caffeine.newBuilder().maximumSize(size).expireAfterWrite(OLDEST).build();
  }

  /// Whether the text has the form of a write key.
  static boolean isKey(String text) {
    return WRITE_KEY.matcher(text).matches();
  }

  /// The project with this write key.
  Optional<KeyedProject> project(String writeKey) {
    return isKey(writeKey) ? remembered(byKey, writeKey, projects::byWriteKey) : Optional.empty();
  }

  /// The project's experiment with this key or id.
  Optional<Split> split(UUID project, String experiment) {
    return remembered(
        byName, new Name(project, experiment), name -> splits.find(project, experiment));
  }

  /// The same as it is now.
  Optional<Split> splitNow(UUID project, String experiment) {
    byName.invalidate(new Name(project, experiment));
    return split(project, experiment);
  }

  /// The rules that clients of this write key bucket by.
  Optional<Rules.Written> rules(String writeKey, Function<KeyedProject, Rules.Written> made) {
    return remembered(rules, writeKey, key -> project(key).map(made));
  }

  /// Looks up outside of the cache's own locks: while the database does not answer, callers wait
  /// beside each other and not in a row.
  private static <K, V> Optional<V> remembered(
      Cache<K, V> cache, K key, Function<K, Optional<V>> lookUp) {
    V known = cache.getIfPresent(key);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<V> found = lookUp.apply(key);
    found.ifPresent(value -> cache.put(key, value));
    return found;
  }

  @Override
  public void changed(UUID project) {
    byKey.asMap().values().removeIf(known -> known.project().id().equals(project));
    rules.invalidateAll();
  }
}
