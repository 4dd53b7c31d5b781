package dev.pryo.github;

import dev.pryo.codehost.CodeHostException;
import dev.pryo.github.Connection.Grant;
import dev.pryo.platform.Keys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/// GitHub's web flow: where a person is sent to agree, and what their agreement is exchanged for.
/// Each start has a verifier that never leaves the server (PKCE, RFC 7636); it is made from the
/// state, so that none needs to be stored.
@Component
final class OAuth {
  /// What an OAuth app asks for: repositories, private ones too. Never workflows.
  static final String SCOPE = "repo";

  private static final Duration ANSWER = Duration.ofSeconds(20);

  /// GitHub's answer to an exchange; it answers 200 with an error too.
  record Answer(
      @Nullable String accessToken,
      @Nullable String refreshToken,
      @Nullable Long expiresIn,
      @Nullable String scope,
      @Nullable String error) {}

  /// What somebody agreed to.
  record Agreed(Grant grant, List<String> scopes) {}

  private final GitHubSettings settings;
  private final Apps apps;
  private final SecretKey key;
  private final InstantSource clock;
  private final RestClient http;
  private final Map<UUID, Object> renewing = new ConcurrentHashMap<>();

  OAuth(GitHubSettings settings, Apps apps, Keys keys, InstantSource clock, JsonMapper json) {
    this.settings = settings;
    this.apps = apps;
    this.key = keys.derive("github verifiers", "HmacSHA256");
    this.clock = clock;
    var factory = new JdkClientHttpRequestFactory();
    factory.setReadTimeout(ANSWER);
    this.http =
        RestClient.builder()
            .requestFactory(factory)
            .configureMessageConverters(converters ->
                converters
                    .registerDefaults()
                    .withJsonConverter(new JacksonJsonHttpMessageConverter(json)))
            .build();
  }

  /// The client that people agree to: an OAuth app of the operator's own, or else the GitHub App.
  private record Client(String id, String secret, Connection.Kind kind) {}

  private Optional<Client> client() {
    if (settings.hasOAuthApp()) {
      return Optional.of(
          new Client(settings.clientId(), settings.clientSecret(), Connection.Kind.OAUTH));
    }
    return apps.find()
        .map(app -> new Client(app.clientId(), app.secrets().clientSecret(), Connection.Kind.APP));
  }

  /// Which kind of connection people make here; nothing where neither is set up.
  Optional<Connection.Kind> kind() {
    return client().map(Client::kind);
  }

  /// Where the person agrees.
  String address(String state, String redirectUri) {
    Client client = client().orElseThrow();
    UriComponentsBuilder address =
        UriComponentsBuilder.fromUriString(settings.web() + "/login/oauth/authorize")
            .queryParam("client_id", "{client}")
            .queryParam("redirect_uri", "{redirect}")
            .queryParam("state", "{state}")
            .queryParam("code_challenge", "{challenge}")
            .queryParam("code_challenge_method", "S256");
    if (client.kind() == Connection.Kind.OAUTH) {
      address.queryParam("scope", SCOPE); // an app's rights are its permissions
    }
    return address
        .encode()
        .buildAndExpand(
            Map.of(
                "client",
                client.id(),
                "redirect",
                redirectUri,
                "state",
                state,
                "challenge",
                challenge(verifier(state))))
        .toUriString();
  }

  /// Exchanges the code that the person came back with.
  ///
  /// @throws CodeHostException where GitHub does not take it
  Agreed exchange(String code, String state, String redirectUri) {
    MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
    form.add("code", code);
    form.add("redirect_uri", redirectUri);
    form.add("code_verifier", verifier(state));
    Answer answer = asked(form);
    return new Agreed(
        grant(answer)
            .orElseThrow(() ->
                CodeHostException.reconnect(
                    "GitHub did not accept the agreement. Start connecting again.")),
        answer.scope() == null || answer.scope().isBlank()
            ? List.of()
            : Arrays.stream(answer.scope().split("[, ]+")).toList());
  }

  /// New tokens for old ones; nothing where GitHub does not take those any more.
  Optional<Grant> renewed(Grant old) {
    MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
    form.add("grant_type", "refresh_token");
    form.add("refresh_token", String.valueOf(old.refreshToken()));
    return grant(asked(form));
  }

  /// What to hold while a connection's tokens are renewed.
  Object renewing(UUID connection) {
    return renewing.computeIfAbsent(connection, id -> new Object());
  }

  private Answer asked(MultiValueMap<String, String> form) {
    Client client = client().orElseThrow();
    form.add("client_id", client.id());
    form.add("client_secret", client.secret());
    try {
      Answer answer =
          http.post()
              .uri(settings.web() + "/login/oauth/access_token")
              .accept(MediaType.APPLICATION_JSON)
              .contentType(MediaType.APPLICATION_FORM_URLENCODED)
              .body(form)
              .retrieve()
              .body(Answer.class);
      if (answer != null) {
        return answer;
      }
      throw CodeHostException.unreachable(
          "GitHub's answer was empty. Try again in a few minutes.", null);
    } catch (RestClientException e) {
      throw CodeHostException.unreachable(
          "GitHub did not answer the exchange of tokens. Try again in a few minutes.", e);
    }
  }

  private Optional<Grant> grant(Answer answer) {
    if (answer.error() != null || answer.accessToken() == null) {
      return Optional.empty();
    }
    Instant end =
        answer.expiresIn() == null ? null : clock.instant().plusSeconds(answer.expiresIn());
    return Optional.of(new Grant(answer.accessToken(), answer.refreshToken(), end));
  }

  private String verifier(String state) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return text(mac.doFinal(state.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String challenge(String verifier) {
    try {
      return text(
          MessageDigest.getInstance("SHA-256")
              .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
