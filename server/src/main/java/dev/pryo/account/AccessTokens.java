package dev.pryo.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pryo.platform.Keys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.crypto.SecretKey;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.stereotype.Component;

/// The JWTs that API clients send: one algorithm and one key, whatever a token's header asks for.
@Component
final class AccessTokens implements JwtDecoder {
  static final Duration LIFE = Duration.ofMinutes(15);
  private static final Duration SKEW = Duration.ofSeconds(60);
  private static final String ISSUER = "pryo";
  private static final String AUDIENCE = "pryo-api";
  private static final String TYPE = "at+jwt";

  private final InstantSource clock;
  private final NimbusJwtEncoder encoder;
  private final NimbusJwtDecoder decoder;
  private final Cache<String, Jwt> right =
      Caffeine.newBuilder().maximumSize(1_000).expireAfterAccess(Duration.ofMinutes(1)).build();

  AccessTokens(Keys keys, InstantSource clock) {
    this.clock = clock;
    SecretKey key = keys.derive("access tokens", "HmacSHA256");
    this.encoder = NimbusJwtEncoder.withSecretKey(key).algorithm(MacAlgorithm.HS256).build();
    this.decoder =
        NimbusJwtDecoder.withSecretKey(key)
            .macAlgorithm(MacAlgorithm.HS256)
            .validateType(false) // checked below, and stricter
            .build();
    JwtTimestampValidator times = new JwtTimestampValidator(SKEW);
    times.setClock(clock.withZone(ZoneOffset.UTC));
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            new JwtTypeValidator(TYPE),
            times,
            new JwtIssuerValidator(ISSUER),
            new JwtClaimValidator<Instant>(JwtClaimNames.EXP, end -> end != null),
            new JwtClaimValidator<List<String>>(
                JwtClaimNames.AUD, audience -> audience != null && audience.contains(AUDIENCE)),
            new JwtClaimValidator<String>(JwtClaimNames.SUB, AccessTokens::isId)));
  }

  String issue(UUID account) {
    Instant now = clock.instant();
    return encoder
        .encode(
            JwtEncoderParameters.from(
                JwsHeader.with(MacAlgorithm.HS256).type(TYPE).build(),
                JwtClaimsSet.builder()
                    .issuer(ISSUER)
                    .audience(List.of(AUDIENCE))
                    .subject(account.toString())
                    .issuedAt(now)
                    .expiresAt(now.plus(LIFE))
                    .build()))
        .getTokenValue();
  }

  /// A token that was found right is right until it expires; its signature is not computed again
  /// for each call.
  @Override
  public Jwt decode(String token) throws JwtException {
    Jwt known = right.getIfPresent(token);
    if (known != null && clock.instant().isBefore(expiry(known))) {
      return known;
    }
    Jwt checked = decoder.decode(token);
    right.put(token, checked);
    return checked;
  }

  private static Instant expiry(Jwt token) {
    return Objects.requireNonNullElse(token.getExpiresAt(), Instant.MIN);
  }

  private static boolean isId(String subject) {
    try {
      return subject != null && UUID.fromString(subject).toString().equals(subject);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
