package dev.pryo.event;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.pryo.experiment.ExperimentListener;
import dev.pryo.experiment.Split;
import dev.pryo.experiment.Splits;
import dev.pryo.project.KeyedProject;
import dev.pryo.project.ProjectListener;
import dev.pryo.project.Projects;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// What ingest and clients ask about projects and experiments, at most 5 seconds old; what this
/// process itself changes is seen at once. Only what was found is remembered: what is unknown is
/// looked up each time, so that a new experiment's first event finds it.
@Component
final class Lookups implements ProjectListener, ExperimentListener {
  private static final Duration OLDEST = Duration.ofSeconds(5);
  private static final Pattern WRITE_KEY = Pattern.compile("pk_[0-9a-f]{32}");

  private record Name(UUID project, String experiment) {}

  private final Projects projects;
  private final Splits splits;
  private final Strangers strangers;
  private final AtomicLong changes = new AtomicLong();
  private final Cache<String, KeyedProject> byKey;
  private final Cache<Name, Split> byName;
  private final Cache<String, Rules.Written> rules;

  @Autowired
  Lookups(Projects projects, Splits splits, Strangers strangers) {
    this(projects, splits, strangers, Ticker.systemTicker());
  }

  /// @param ticker how old an answer is, which no change of the machine's clock may make younger
  Lookups(Projects projects, Splits splits, Strangers strangers, Ticker ticker) {
    this.strangers = strangers;
    this.projects = projects;
    this.splits = splits;
    this.byKey = cache(10_000, ticker);
    this.byName = cache(100_000, ticker);
    this.rules = cache(10_000, ticker);
  }

  private static <K, V> Cache<K, V> cache(int size, Ticker ticker) {
    return Caffeine.newBuilder().maximumSize(size).expireAfterWrite(OLDEST).ticker(ticker).build();
  }

  /// Whether the text has the form of a write key.
  static boolean isKey(String text) {
    return WRITE_KEY.matcher(text).matches();
  }

  /// The project with this write key.
  Optional<KeyedProject> project(String writeKey) {
    return isKey(writeKey) ? remembered(byKey, writeKey, this::lookUp) : Optional.empty();
  }

  private Optional<KeyedProject> lookUp(String writeKey) {
    strangers.ask(writeKey);
    Optional<KeyedProject> found = projects.byWriteKey(writeKey);
    found.ifPresent(project -> strangers.isRight(writeKey));
    return found;
  }

  /// The project's experiments with these keys or ids, by the names that were asked for.
  Map<String, Split> splits(UUID project, Set<String> names) {
    Map<String, Split> known = new HashMap<>();
    Set<String> unknown = new HashSet<>();
    for (String name : names) {
      Split split = byName.getIfPresent(new Name(project, name));
      if (split == null) {
        unknown.add(name);
      } else {
        known.put(name, split);
      }
    }
    if (!unknown.isEmpty()) {
      known.putAll(splitsNow(project, unknown));
    }
    return known;
  }

  /// The same as they are now.
  Map<String, Split> splitsNow(UUID project, Set<String> names) {
    long before = changes.get();
    Map<String, Split> found = splits.find(project, names);
    found.forEach((name, split) -> remember(byName, new Name(project, name), split, before));
    return found;
  }

  /// The rules that clients of this write key bucket by. The key is looked up with them: one that
  /// is remembered already would live for twice as long.
  Optional<Rules.Written> rules(String writeKey, Function<KeyedProject, Rules.Written> made) {
    return isKey(writeKey)
        ? remembered(rules, writeKey, key -> lookUp(key).map(made))
        : Optional.empty();
  }

  /// Looks up outside of the cache's own locks: while the database does not answer, callers wait
  /// beside each other and not in a row.
  private <K, V> Optional<V> remembered(Cache<K, V> cache, K key, Function<K, Optional<V>> lookUp) {
    V known = cache.getIfPresent(key);
    if (known != null) {
      return Optional.of(known);
    }
    long before = changes.get();
    Optional<V> found = lookUp.apply(key);
    found.ifPresent(value -> remember(cache, key, value, before));
    return found;
  }

  /// What was read before a change of this process and comes here after it is not kept.
  private <K, V> void remember(Cache<K, V> cache, K key, V value, long before) {
    cache.put(key, value);
    if (changes.get() != before) {
      cache.invalidate(key);
    }
  }

  @Override
  public void changed(UUID project) {
    changes.incrementAndGet();
    byKey.asMap().values().removeIf(known -> known.project().id().equals(project));
    rules.invalidateAll();
  }

  @Override
  public void experimentChanged(UUID experiment) {
    changes.incrementAndGet();
    byName.asMap().values().removeIf(known -> known.id().equals(experiment));
    rules.invalidateAll();
  }
}
