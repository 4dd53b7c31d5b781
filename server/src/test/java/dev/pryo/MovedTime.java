package dev.pryo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/// The time of a server, which stands still until a test moves it:
///
/// ```java
/// @PryoTest
/// @Import(MovedTime.Configuration.class)
/// ```
public final class MovedTime implements InstantSource {
  private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");

  private volatile Instant now = START;

  @Override
  public Instant instant() {
    return now;
  }

  /// So many days after the beginning of all such tests, a Monday morning.
  public void day(double days) {
    now = START.plusSeconds(Math.round(days * Duration.ofDays(1).toSeconds()));
  }

  /// Gives a test's server this time.
  @TestConfiguration(proxyBeanMethods = false)
  public static class Configuration {
    @Bean
    @Primary
    MovedTime movedTime() {
      return new MovedTime();
    }
  }
}
