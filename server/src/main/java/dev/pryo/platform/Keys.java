package dev.pryo.platform;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// The installation's secret, and the keys made from it: one for each purpose, so that none serves
/// two.
@Component
public final class Keys {
  private static final int SHORTEST = 32;
  private static final Set<String> SAMPLES =
      Set.of(
          "change-me",
          "changeme",
          "secret",
          "your-secret-key",
          "please-change-this-secret-key-now");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] secret;
  private final byte @Nullable [] before;

  Keys(Settings settings, ObjectProvider<Home> home) {
    this.secret = chosen(settings, home).getBytes(StandardCharsets.UTF_8);
    String earlier = settings.secretKeyBefore().strip();
    this.before = earlier.isEmpty() ? null : earlier.getBytes(StandardCharsets.UTF_8);
  }

  private static String chosen(Settings settings, ObjectProvider<Home> home) {
    if (!settings.secretKey().isBlank()) {
      return checked(settings.secretKey().strip());
    }
    Home folder = home.getIfAvailable();
    if (folder == null) {
      throw new StartFailure(
          "SECRET_KEY is missing: with DATABASE_URL set, give one of at least %d random characters, for"
                  .formatted(SHORTEST)
              + " example from `openssl rand -hex 32`.");
    }
    return folder
        .read("secret-key")
        .orElseGet(() -> {
          String fresh = random();
          folder.writePrivate("secret-key", fresh);
          return fresh;
        });
  }

  private static String checked(String key) {
    boolean weak =
        key.length() < SHORTEST
            || key.chars().distinct().count() < 8
            || SAMPLES.stream()
                .anyMatch(sample -> key.toLowerCase(java.util.Locale.ROOT).contains(sample));
    if (weak) {
      throw new StartFailure(
          "SECRET_KEY is too weak: give at least %d random characters, for example from `openssl rand -hex 32`."
              .formatted(SHORTEST));
    }
    return key;
  }

  /// A 256-bit key for one purpose (HKDF-SHA256, RFC 5869).
  public SecretKey derive(String purpose, String algorithm) {
    return derive(secret, purpose, algorithm);
  }

  /// The same from the `SECRET_KEY` before this one, where it was given.
  Optional<SecretKey> before(String purpose, String algorithm) {
    return Optional.ofNullable(before).map(earlier -> derive(earlier, purpose, algorithm));
  }

  private static SecretKey derive(byte[] secret, String purpose, String algorithm) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveKey(
              algorithm,
              HKDFParameterSpec.ofExtract()
                  .addIKM(secret)
                  .thenExpand(("pryo " + purpose).getBytes(StandardCharsets.UTF_8), 32));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// 256 random bits as text that may stand in a URL.
  public static String random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// Random bytes from the secure source.
  public static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
