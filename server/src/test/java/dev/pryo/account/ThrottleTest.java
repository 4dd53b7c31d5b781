package dev.pryo.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pryo.platform.Settings;
import dev.pryo.platform.TooMany;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Throttle throttle =
      new Throttle(
          new Settings(
              Path.of("."), "", "", "", "", "", Settings.Signup.OPEN, true, "", "", 0, "", ""),
          new InstantSource() {
            @Override
            public Instant instant() {
              return now;
            }
          });

  @Test
  void anAccountIsThrottledWhateverTheAddress() {
    for (int i = 0; i < 10; i++) {
      throttle.signIn("ada@example.org", "10.0.0." + i);
    }
    TooMany refused =
        catchThrowableOfType(TooMany.class, () -> throttle.signIn("ada@example.org", "10.0.1.1"));
    assertThat(refused.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(15));
  }

  @Test
  void anAddressIsThrottledWhateverTheAccount() {
    for (int i = 0; i < 100; i++) {
      throttle.signIn("person" + i + "@example.org", "10.0.0.1");
    }
    assertThat(
            catchThrowableOfType(
                TooMany.class, () -> throttle.signIn("one-more@example.org", "10.0.0.1")))
        .isNotNull();
  }

  @Test
  void aRightPasswordGivesTheAttemptsBack() {
    for (int i = 0; i < 9; i++) {
      throttle.signIn("ada@example.org", "10.0.0.1");
    }
    throttle.signedIn("ada@example.org");
    for (int i = 0; i < 10; i++) {
      assertThatCode(() -> throttle.signIn("ada@example.org", "10.0.0.1"))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void sharedPagesAreThrottledByAddressAndNotWithSignIns() {
    for (int i = 0; i < 300; i++) {
      throttle.shared("10.0.0.1");
    }
    assertThat(catchThrowableOfType(TooMany.class, () -> throttle.shared("10.0.0.1"))).isNotNull();
    assertThatCode(() -> throttle.shared("10.0.0.2")).doesNotThrowAnyException();
    assertThatCode(() -> throttle.signIn("ada@example.org", "10.0.0.1")).doesNotThrowAnyException();
  }

  @Test
  void timeHeals() {
    for (int i = 0; i < 10; i++) {
      throttle.signIn("ada@example.org", "10.0.0.1");
    }
    now = now.plus(Duration.ofMinutes(16));
    assertThatCode(() -> throttle.signIn("ada@example.org", "10.0.0.1")).doesNotThrowAnyException();
  }
}
