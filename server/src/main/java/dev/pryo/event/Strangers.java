package dev.pryo.event;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pryo.platform.Settings;
import dev.pryo.platform.TooMany;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// Bounds how often write keys that have never been right are looked up. Each is, since it may be a
/// project's first event; but anybody can invent keys, and a flood of them must not reach the
/// database. Keys that were right before are not counted.
@Component
final class Strangers {
  private static final int A_SECOND = 100;
  static final int AT_ONCE = 1_000;

  private final boolean bounded;
  private final Cache<String, Boolean> right =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterAccess(Duration.ofDays(1)).build();
  private final Bucket lookUps =
      Bucket.builder()
          .addLimit(limit -> limit.capacity(AT_ONCE).refillGreedy(A_SECOND, Duration.ofSeconds(1)))
          .build();

  @Autowired
  Strangers(Settings settings) {
    this(settings.rateLimits());
  }

  Strangers(boolean bounded) {
    this.bounded = bounded;
  }

  /// Before a key is looked up.
  ///
  /// @throws TooMany if too many unknown ones were
  void ask(String key) {
    if (!bounded || right.getIfPresent(key) != null) {
      return;
    }
    ConsumptionProbe probe = lookUps.tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      throw new TooMany(
          "Too many requests with unknown write keys arrive: check the key, and send this again in a moment.",
          Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
  }

  /// The key is a project's.
  void isRight(String key) {
    right.put(key, true);
  }
}
