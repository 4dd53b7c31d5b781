package dev.pryo.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pryo.platform.Settings;
import dev.pryo.platform.TooMany;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/// Slows down guessing: attempts to sign in count per account and per address, whichever is
/// exhausted first. An unknown account is throttled like a known one. A wait is never longer than a
/// quarter of an hour.
@Component
public final class Throttle {
  private static final Duration WINDOW = Duration.ofMinutes(15);
  private static final int PER_ACCOUNT = 10;
  private static final int PER_ADDRESS = 100;
  private static final int SIGN_UPS = 30;
  private static final int SHARED = 300;

  private final Settings settings;
  private final InstantSource clock;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterAccess(WINDOW).build();

  Throttle(Settings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  void signIn(String email, String address) {
    take("account " + email, PER_ACCOUNT);
    take("address " + address, PER_ADDRESS);
  }

  /// A right password gives the account its attempts back, so that only failures add up.
  void signedIn(String email) {
    buckets.invalidate("account " + email);
  }

  void signUp(String address) {
    take("sign-up " + address, SIGN_UPS);
  }

  /// A page that needs no sign-in was asked for.
  public void shared(String address) {
    take("shared " + address, SHARED);
  }

  private void take(String key, int attempts) {
    if (!settings.rateLimits()) {
      return;
    }
    Bucket bucket = buckets.get(key, fresh -> bucket(attempts));
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      Duration wait = Duration.ofNanos(probe.getNanosToWaitForRefill());
      throw new TooMany(
          "Too many attempts: try again in %d minutes.".formatted(wait.toMinutes() + 1), wait);
    }
  }

  private Bucket bucket(int attempts) {
    return Bucket.builder()
        .withCustomTimePrecision(
            new TimeMeter() {
              @Override
              public long currentTimeNanos() {
                return Math.multiplyExact(clock.millis(), 1_000_000L);
              }

              @Override
              public boolean isWallClockBased() {
                return true;
              }
            })
        .addLimit(limit -> limit.capacity(attempts).refillIntervally(attempts, WINDOW))
        .build();
  }
}
