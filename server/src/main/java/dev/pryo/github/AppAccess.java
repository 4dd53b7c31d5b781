package dev.pryo.github;

import dev.pryo.codehost.GitHubAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/// Speaks as the app itself, by a JWT of a few minutes (RS256). GitHub allows ten, and clocks
/// differ.
final class AppAccess implements GitHubAccess {
  private static final Duration LIFE = Duration.ofMinutes(8);
  private static final Duration SKEW = Duration.ofMinutes(1);

  private final App app;
  private final InstantSource clock;

  AppAccess(App app, InstantSource clock) {
    this.app = app;
    this.clock = clock;
  }

  @Override
  public String id() {
    return "app " + app.id();
  }

  @Override
  public String token() {
    Instant now = clock.instant();
    String head = encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
    String claims =
        encoded(
            "{\"iat\":%d,\"exp\":%d,\"iss\":\"%s\"}"
                .formatted(
                    now.minus(SKEW).getEpochSecond(),
                    now.plus(LIFE).getEpochSecond(),
                    app.clientId()));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key(app.secrets().pem()));
      signature.update((head + "." + claims).getBytes(StandardCharsets.US_ASCII));
      return head + "." + claims + "." + encoded(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The app's private key cannot sign", e);
    }
  }

  /// GitHub's keys come as PKCS #1, which Java reads inside PKCS #8 only.
  static PrivateKey key(String pem) throws GeneralSecurityException {
    byte[] der =
        Base64.getMimeDecoder().decode(pem.replaceAll("-----(BEGIN|END) [A-Z ]+-----", ""));
    try {
      byte[] wrapped =
          pem.contains("BEGIN RSA")
              ? new PrivateKeyInfo(
                      new AlgorithmIdentifier(
                          PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                      ASN1Primitive.fromByteArray(der))
                  .getEncoded()
              : der;
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(wrapped));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String encoded(String text) {
    return encoded(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public void refused(String token) {} // the app was deleted; asking its installation says so
}
