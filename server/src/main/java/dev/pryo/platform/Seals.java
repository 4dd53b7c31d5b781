package dev.pryo.platform;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.springframework.stereotype.Component;

/// Encrypts what the database keeps of other people's secrets: AES-256-GCM with a key of its own
/// for each purpose, made from `SECRET_KEY`, which the database never sees. What was sealed for one
/// row opens in no other.
@Component
public final class Seals {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Keys keys;

  Seals(Keys keys) {
    this.keys = keys;
  }

  /// The nonce, and then the ciphertext.
  public byte[] seal(String purpose, UUID row, String secret) {
    byte[] nonce = Keys.random(NONCE_BYTES);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, keys.derive(purpose, "AES"), row, nonce)
              .doFinal(secret.getBytes(StandardCharsets.UTF_8));
      byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, both, NONCE_BYTES, sealed.length);
      return both;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has AES-GCM", e);
    }
  }

  /// @throws Unavailable where neither `SECRET_KEY` nor the one before it sealed it
  public String open(String purpose, UUID row, byte[] both) {
    try {
      return open(keys.derive(purpose, "AES"), row, both);
    } catch (AEADBadTagException e) {
      return openAsBefore(purpose, row, both, e);
    }
  }

  private String openAsBefore(
      String purpose, UUID row, byte[] both, AEADBadTagException unreadable) {
    try {
      SecretKey before = keys.before(purpose, "AES").orElseThrow(() -> unreadable);
      return open(before, row, both);
    } catch (AEADBadTagException e) {
      throw new Unavailable(
          "A stored secret cannot be read: SECRET_KEY is not the one that it was encrypted with. Start with that one as SECRET_KEY_BEFORE.",
          e);
    }
  }

  private static String open(SecretKey key, UUID row, byte[] both) throws AEADBadTagException {
    byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
    try {
      byte[] secret =
          cipher(Cipher.DECRYPT_MODE, key, row, nonce)
              .doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
      return new String(secret, StandardCharsets.UTF_8);
    } catch (AEADBadTagException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has AES-GCM", e);
    }
  }

  private static Cipher cipher(int mode, SecretKey key, UUID row, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(row.toString().getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
