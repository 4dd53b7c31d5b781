package dev.pryo.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.bouncycastle.crypto.macs.SipHash;
import org.bouncycastle.crypto.params.KeyParameter;

/// Short keys for long names: 128 bits for an event's id, 64 for a user's.
final class EventKeys {
  private static final int UUID_LENGTH = 36;

  private EventKeys() {}

  /// The id itself where it is a UUID in its usual form, else the first 128 bits of its SHA-256.
  static UUID event(String id) {
    if (isUuid(id)) {
      return UUID.fromString(id);
    }
    try {
      ByteBuffer hash =
          ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(id.getBytes(UTF_8)));
      return new UUID(hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  /// Whether this is a UUID as `UUID.toString` writes it, so that it can be had back from its bits.
  static boolean isUuid(String id) {
    if (id.length() != UUID_LENGTH) {
      return false;
    }
    for (int i = 0; i < UUID_LENGTH; i++) {
      char c = id.charAt(i);
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? c != '-' : (c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  /// SipHash-2-4 (Aumasson and Bernstein, 2012) of the user's id, keyed by the project's secret, so
  /// that nobody outside can make two users collide.
  static long user(byte[] secret, String userId) {
    SipHash hash = new SipHash();
    hash.init(new KeyParameter(secret));
    byte[] bytes = userId.getBytes(UTF_8);
    hash.update(bytes, 0, bytes.length);
    return hash.doFinal();
  }
}
