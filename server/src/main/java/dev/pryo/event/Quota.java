package dev.pryo.event;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pryo.platform.Settings;
import dev.pryo.platform.TooMany;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// How many events a project may send: its write key stands in every page, so that anybody may use
/// it, and one project must not take the server from the others.
@Component
final class Quota {
  private static final int A_SECOND = 5_000;
  private static final int AT_ONCE = 50_000;

  private final Settings settings;
  private final Cache<Long, Bucket> buckets =
      Caffeine.newBuilder().expireAfterAccess(Duration.ofMinutes(1)).build();

  Quota(Settings settings) {
    this.settings = settings;
  }

  /// Takes this many events from the project's quota.
  ///
  /// @throws TooMany if they are not left; nothing is taken then
  void take(long projectNo, int events) {
    if (!settings.rateLimits() || events == 0) {
      return;
    }
    Bucket bucket = buckets.get(projectNo, project -> full());
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(events);
    if (!probe.isConsumed()) {
      throw new TooMany(
          "The project sends more than %,d events a second: send these again later."
              .formatted(A_SECOND),
          Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
  }

  private static Bucket full() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(AT_ONCE).refillGreedy(A_SECOND, Duration.ofSeconds(1)))
        .build();
  }
}
