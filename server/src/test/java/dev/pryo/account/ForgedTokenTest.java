package dev.pryo.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.pryo.Api;
import dev.pryo.PryoTest;
import dev.pryo.platform.Keys;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@PryoTest
class ForgedTokenTest {
  @Autowired Keys keys;
  @Autowired InstantSource clock;
  @LocalServerPort int port;

  private SecretKey key;
  private String account;

  @BeforeEach
  void somebody() {
    key = keys.derive("access tokens", "HmacSHA256");
    account = Api.signedUp(port).get("/api/auth/me").expect(200).get("id").asString();
  }

  @Test
  void aTokenLikeOursIsTaken() throws JOSEException {
    assertThat(status(signed(claims -> claims))).isEqualTo(200);
  }

  @Test
  void anUnsignedTokenIsNot() {
    assertThat(status(new PlainJWT(claims().build()).serialize())).isEqualTo(401);
  }

  @Test
  void anotherKeyOrAlgorithmIsNot() throws JOSEException {
    SecretKey other = keys.derive("something else", "HmacSHA256");
    assertThat(status(sign(header(JWSAlgorithm.HS256).build(), new MACSigner(other))))
        .isEqualTo(401);
    SecretKey longer = new javax.crypto.spec.SecretKeySpec(new byte[64], "HmacSHA512");
    assertThat(status(sign(header(JWSAlgorithm.HS512).build(), new MACSigner(longer))))
        .isEqualTo(401);
  }

  @Test
  void aKeyThatTheTokenBringsAlongIsNot() throws JOSEException {
    RSAKey own = new RSAKeyGenerator(2048).keyID("mine").generate();
    JWSHeader header =
        header(JWSAlgorithm.RS256)
            .jwk(own.toPublicJWK())
            .jwkURL(URI.create("http://127.0.0.1:1/keys"))
            .keyID("../../dev/null")
            .build();
    assertThat(status(sign(header, new RSASSASigner(own)))).isEqualTo(401);
  }

  @Test
  void wrongOrMissingClaimsAreNot() throws JOSEException {
    Instant now = clock.instant();
    assertThat(status(signed(claims -> claims.issuer("somebody")))).isEqualTo(401);
    assertThat(status(signed(claims -> claims.audience(List.of("another"))))).isEqualTo(401);
    assertThat(status(signed(claims -> claims.audience((String) null)))).isEqualTo(401);
    assertThat(status(signed(claims -> claims.subject(null)))).isEqualTo(401);
    assertThat(status(signed(claims -> claims.subject("nobody")))).isEqualTo(401);
    assertThat(status(signed(claims -> claims.expirationTime(null)))).isEqualTo(401);
    assertThat(status(signed(claims -> claims.expirationTime(Date.from(now.minusSeconds(70))))))
        .isEqualTo(401);
    assertThat(status(signed(claims -> claims.notBeforeTime(Date.from(now.plusSeconds(70))))))
        .isEqualTo(401);
  }

  @Test
  void aTokenOfAnotherTypeIsNot() throws JOSEException {
    for (@Nullable String type : new String[] {"JWT", "id+jwt", null}) {
      JWSHeader header =
          new JWSHeader.Builder(JWSAlgorithm.HS256)
              .type(type == null ? null : new JOSEObjectType(type))
              .build();
      assertThat(status(sign(header, new MACSigner(key)))).isEqualTo(401);
    }
  }

  private String signed(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
    SignedJWT token =
        new SignedJWT(header(JWSAlgorithm.HS256).build(), change.apply(claims()).build());
    token.sign(new MACSigner(key));
    return token.serialize();
  }

  private String sign(JWSHeader header, JWSSigner signer) throws JOSEException {
    SignedJWT token = new SignedJWT(header, claims().build());
    token.sign(signer);
    return token.serialize();
  }

  private static JWSHeader.Builder header(JWSAlgorithm algorithm) {
    return new JWSHeader.Builder(algorithm).type(new JOSEObjectType("at+jwt"));
  }

  private JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer("pryo")
        .audience("pryo-api")
        .subject(account)
        .expirationTime(Date.from(clock.instant().plusSeconds(600)));
  }

  private int status(String token) {
    return Api.anonymous(port).with(token).get("/api/auth/me").status();
  }
}
