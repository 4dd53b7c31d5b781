package dev.pryo.codehost;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The fake's web flow: a person agrees, and the code that they bring back is exchanged once, by
/// whoever began it.
final class FakeLogin {
  static final String CLIENT = "Iv1.pryo";
  static final String SECRET = "a secret of the client";

  private record Agreed(String login, Map<String, String> asked) {}

  private final FakeGitHub github;
  private final Map<String, Agreed> codes = new ConcurrentHashMap<>();
  private final Map<String, String> refreshing = new ConcurrentHashMap<>();
  private volatile @Nullable Integer expiresIn;

  FakeLogin(FakeGitHub github) {
    this.github = github;
  }

  /// Tokens end after so many seconds from now on, and are renewed.
  void tokensEndAfter(@Nullable Integer seconds) {
    expiresIn = seconds;
  }

  /// Somebody agrees; the address to which GitHub sends their browser back.
  String agree(String address, String login) {
    Map<String, String> asked = pairs(URI.create(address).getRawQuery());
    if (!CLIENT.equals(asked.get("client_id"))
        || !"S256".equals(asked.get("code_challenge_method"))
        || Objects.requireNonNullElse(asked.get("state"), "").length() < 32) {
      throw new AssertionError("No way to begin: " + asked);
    }
    String code = "code" + codes.size();
    codes.put(code, new Agreed(login, asked));
    return "%s?code=%s&state=%s".formatted(asked.get("redirect_uri"), code, asked.get("state"));
  }

  void answer(HttpExchange exchange) throws IOException {
    Map<String, String> form = pairs(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    ObjectNode answer = JsonMapper.shared().createObjectNode();
    if (!CLIENT.equals(form.get("client_id")) || !SECRET.equals(form.get("client_secret"))) {
      answer.put("error", "incorrect_client_credentials");
    } else if ("refresh_token".equals(form.get("grant_type"))) {
      String login = refreshing.remove(String.valueOf(form.get("refresh_token")));
      if (login == null) {
        answer.put("error", "bad_refresh_token");
      } else {
        give(answer, login);
      }
    } else {
      Agreed agreed = codes.remove(String.valueOf(form.get("code")));
      if (agreed == null
          || !Objects.equals(agreed.asked().get("redirect_uri"), form.get("redirect_uri"))
          || !Objects.equals(
              agreed.asked().get("code_challenge"), challenge(form.get("code_verifier")))) {
        answer.put("error", "bad_verification_code");
      } else {
        give(answer, agreed.login());
      }
    }
    byte[] bytes = JsonMapper.shared().writeValueAsBytes(answer);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length); // GitHub says so of errors too
    exchange.getResponseBody().write(bytes);
  }

  private void give(ObjectNode answer, String login) {
    answer
        .put("access_token", github.token(login))
        .put("scope", "repo")
        .put("token_type", "bearer");
    Integer life = expiresIn;
    if (life != null) {
      String refresh = "ghr_" + login + refreshing.size() + System.nanoTime();
      refreshing.put(refresh, login);
      answer.put("expires_in", life).put("refresh_token", refresh);
    }
  }

  private static String challenge(@Nullable String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(String.valueOf(verifier).getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new HashMap<>();
    for (String part : text.split("&")) {
      String[] pair = part.split("=", 2);
      pairs.put(FakeGitHub.decoded(pair[0]), FakeGitHub.decoded(pair[1]));
    }
    return pairs;
  }
}
