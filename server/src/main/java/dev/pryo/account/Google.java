package dev.pryo.account;

import dev.pryo.platform.Conflict;
import dev.pryo.platform.Unauthorized;
import dev.pryo.platform.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestTemplate;

/// Who Google says somebody is: its ID token, signed by one of its keys, for this client and now.
/// The keys are fetched when they are needed and kept for some minutes.
@Component
public final class Google {
  private static final Set<String> ISSUERS =
      Set.of("https://accounts.google.com", "accounts.google.com");
  private static final Duration SKEW = Duration.ofSeconds(60);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /// @param subject Google's name for the person, which never changes; the e-mail address may
  record Person(String subject, String email, String name) {}

  private final GoogleSettings settings;
  private final Accounts accounts;
  private final NimbusJwtDecoder decoder;

  Google(GoogleSettings settings, Accounts accounts, InstantSource clock) {
    this.settings = settings;
    this.accounts = accounts;
    var http = new JdkClientHttpRequestFactory();
    http.setReadTimeout(ANSWER);
    this.decoder =
        NimbusJwtDecoder.withJwkSetUri(settings.jwksUrl())
            .jwsAlgorithm(SignatureAlgorithm.RS256)
            .restOperations(new RestTemplate(http))
            .build();
    JwtTimestampValidator times = new JwtTimestampValidator(SKEW);
    times.setClock(clock.withZone(ZoneOffset.UTC));
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            times,
            new JwtClaimValidator<Instant>(JwtClaimNames.EXP, Objects::nonNull),
            new JwtClaimValidator<Object>(
                JwtClaimNames.ISS, issuer -> issuer != null && ISSUERS.contains(issuer.toString())),
            new JwtClaimValidator<List<String>>(
                JwtClaimNames.AUD, audience -> List.of(settings.clientId()).equals(audience)),
            new JwtClaimValidator<String>(
                JwtClaimNames.SUB, subject -> subject != null && !subject.isBlank()),
            new JwtClaimValidator<String>("email", email -> email != null && !email.isBlank()),
            new JwtClaimValidator<Object>(
                "email_verified", said -> said != null && said.toString().equals("true"))));
  }

  /// Signs in whoever the token is of; somebody new gets an account, where sign-up is open to them.
  ///
  /// @param address where the request comes from
  public Account signIn(@Nullable String token, String address) {
    if (!settings.on()) {
      throw new Conflict("Sign-in with Google is not set up here: set GOOGLE_CLIENT_ID.");
    }
    Person person = person(token == null ? "" : token);
    return accounts.google(person, address);
  }

  private Person person(String token) {
    try {
      Jwt checked = decoder.decode(token);
      String email = checked.getClaimAsString("email");
      String name = checked.getClaimAsString("name");
      return new Person(
          String.valueOf(checked.getSubject()),
          String.valueOf(email),
          name == null || name.isBlank() ? String.valueOf(email).replaceAll("@.*", "") : name);
    } catch (BadJwtException e) {
      throw new Unauthorized(
          "Google's sign-in is not right or has ended: sign in with Google again.");
    } catch (JwtException e) {
      throw new Unavailable("Google's keys cannot be read just now: try again in a moment.", e);
    }
  }
}
