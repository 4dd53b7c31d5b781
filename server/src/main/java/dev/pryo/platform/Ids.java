package dev.pryo.platform;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.UUID;

/// Ids that are made here and not by the database.
public final class Ids {
  private Ids() {}

  /// A UUIDv7 (RFC 9562): 48 bits of milliseconds, then random ones, so that ids sort by their age.
  public static UUID next() {
    ByteBuffer random = ByteBuffer.wrap(Keys.random(16));
    long high = InstantSource.system().millis() << 16 | 0x7000 | random.getLong() & 0x0fff;
    long low = 0x8000000000000000L | random.getLong() >>> 2;
    return new UUID(high, low);
  }
}
