package dev.pryo.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.pryo.Api;
import dev.pryo.PryoTest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@PryoTest
class GoogleTest {
  private static final FakeGoogle GOOGLE = FakeGoogle.shared();

  @LocalServerPort int port;
  @Autowired InstantSource clock;
  private Api anyone;
  private String email;
  private String subject;

  @BeforeEach
  void somebody() {
    anyone = Api.anonymous(port);
    email = UUID.randomUUID() + "@example.org";
    subject = UUID.randomUUID().toString();
  }

  @Test
  void whoComesFromGoogleGetsAnAccountAndTheSameOneNextTime() throws JOSEException {
    JsonNode first = signIn("credential", right(claims -> claims)).expect(200);
    assertThat(first.at("/user/email").asString()).isEqualTo(email);
    assertThat(first.at("/user/name").asString()).isEqualTo("Ada");
    Api ada = anyone.with(first.get("access_token").asString());
    ada.get("/api/auth/me").expect(200);
    JsonNode again =
        signIn("id_token", right(claims -> claims.claim("email", "new-" + email))).expect(200);
    assertThat(again.at("/user/id")).isEqualTo(first.at("/user/id"));
  }

  @Test
  void googlesKeysAreAskedForOnceForMany() throws JOSEException {
    signIn("credential", right(claims -> claims)).expect(200);
    int before = GOOGLE.asked.get();
    for (int i = 0; i < 5; i++) {
      signIn("credential", right(claims -> claims)).expect(200);
    }
    assertThat(GOOGLE.asked.get()).isEqualTo(before);
  }

  @Test
  void anAddressWithAPasswordIsNotJoined() throws JOSEException {
    anyone
        .post("/api/auth/signup", Map.of("email", email, "password", "correct horse battery"))
        .expect(201);
    assertThat(signIn("credential", right(claims -> claims)).expect(409).get("detail").asString())
        .contains("already has an account");
  }

  @Test
  void forgedTokensAreRefused() throws JOSEException {
    Instant now = clock.instant();
    RSAKey other = new RSAKeyGenerator(2048).keyID("google-1").generate();
    List<String> forged =
        List.of(
            "",
            "no token",
            new PlainJWT(claims().build()).serialize(),
            signed(other, JWSAlgorithm.RS256, claims -> claims),
            signed(GOOGLE.key, JWSAlgorithm.RS512, claims -> claims),
            confused(),
            right(claims -> claims.issuer("https://accounts.example")),
            right(claims -> claims.issuer(null)),
            right(claims -> claims.audience("another.apps.example")),
            right(claims -> claims.audience(List.of(FakeGoogle.CLIENT, "another"))),
            right(claims -> claims.audience((String) null)),
            right(claims -> claims.expirationTime(Date.from(now.minusSeconds(70)))),
            right(claims -> claims.expirationTime(null)),
            right(claims -> claims.subject(null)),
            right(claims -> claims.claim("email_verified", false)),
            right(claims -> claims.claim("email_verified", null)),
            right(claims -> claims.claim("email", null)));
    for (String token : forged) {
      assertThat(signIn("credential", token).status()).as(token).isEqualTo(401);
    }
    anyone.post("/api/auth/google", Map.of()).expect(401);
  }

  @Test
  void theButtonIsOnTheSignInPageAndMayRunThere() {
    Api.Answer page = anyone.get("/sign-in");
    assertThat(page.text())
        .contains("data-client_id=\"" + FakeGoogle.CLIENT + "\"")
        .contains("https://accounts.google.com/gsi/client");
    assertThat(page.header("Content-Security-Policy"))
        .contains("script-src 'self' https://accounts.google.com/gsi/client;")
        .doesNotContain("unsafe");
    assertThat(anyone.get("/sign-up").header("Content-Security-Policy")).doesNotContain("google");
  }

  @Test
  void theButtonsFormNeedsGooglesTokenAgainstForgeries() throws JOSEException {
    String form = "credential=" + right(claims -> claims) + "&g_csrf_token=abc";
    assertThat(posted(form, "g_csrf_token=abc").status()).isEqualTo(303);
    assertThat(posted(form, "g_csrf_token=another").status()).isEqualTo(409);
    assertThat(posted(form, "x=y").status()).isEqualTo(409);
  }

  private Api.Answer posted(String form, String cookie) {
    return anyone.send(
        "POST",
        "/sign-in/google",
        form,
        "Content-Type",
        "application/x-www-form-urlencoded",
        "Cookie",
        cookie);
  }

  private Api.Answer signIn(String field, String token) {
    return anyone.post("/api/auth/google", Map.of(field, token));
  }

  private String right(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
    return signed(GOOGLE.key, JWSAlgorithm.RS256, change);
  }

  private String signed(
      RSAKey key, JWSAlgorithm algorithm, UnaryOperator<JWTClaimsSet.Builder> change)
      throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(algorithm).keyID("google-1").build(),
            change.apply(claims()).build());
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  /// Signed with the public key as if it were a secret.
  private String confused() throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("google-1").build(), claims().build());
    token.sign(new MACSigner(GOOGLE.key.toRSAPublicKey().getEncoded()));
    return token.serialize();
  }

  private JWTClaimsSet.Builder claims() {
    Instant now = clock.instant();
    return new JWTClaimsSet.Builder()
        .issuer("https://accounts.google.com")
        .audience(FakeGoogle.CLIENT)
        .subject(subject)
        .claim("email", email)
        .claim("email_verified", true)
        .claim("name", "Ada")
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(3600)));
  }
}
