package dev.pryo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of the HTTP API as somebody else would write one: JSON in, JSON out, no classes of the
/// server.
public final class Api {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = JsonMapper.shared();

  /// An answer: status, body and headers.
  public record Answer(HttpResponse<String> response) {
    public int status() {
      return response.statusCode();
    }

    public JsonNode json() {
      return JSON.readTree(response.body());
    }

    public String text() {
      return response.body();
    }

    public @Nullable String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }

    /// The body, if the status is this one; otherwise the test fails and shows the body.
    public JsonNode expect(int status) {
      assertThat(status()).as(response.request() + " -> " + response.body()).isEqualTo(status);
      return response.body().isEmpty() ? JSON.nullNode() : json();
    }
  }

  private final String base;
  private final @Nullable String token;

  private Api(String base, @Nullable String token) {
    this.base = base;
    this.token = token;
  }

  /// A caller who is not signed in.
  public static Api anonymous(int port) {
    return new Api("http://127.0.0.1:" + port, null);
  }

  /// A caller of the same server who is not signed in.
  public static Api anonymousLike(Api other) {
    return new Api(other.base, null);
  }

  /// A new account of its own.
  public static Api signedUp(int port) {
    Api anyone = anonymous(port);
    JsonNode tokens =
        anyone
            .post(
                "/api/auth/signup",
                Map.of(
                    "email",
                    UUID.randomUUID() + "@example.org",
                    "password",
                    "correct horse battery"))
            .expect(201);
    return anyone.with(tokens.get("access_token").asString());
  }

  public Api with(String accessToken) {
    return new Api(base, accessToken);
  }

  /// The token that this caller sends.
  public String token() {
    return java.util.Objects.requireNonNull(token);
  }

  public Answer get(String path) {
    return send("GET", path, null);
  }

  public Answer post(String path, @Nullable Object body) {
    return send("POST", path, body);
  }

  public Answer patch(String path, @Nullable Object body) {
    return send("PATCH", path, body);
  }

  public Answer delete(String path) {
    return send("DELETE", path, null);
  }

  public Answer delete(String path, Object body) {
    return send("DELETE", path, body);
  }

  /// Sends a body: text as it stands, anything else as JSON.
  public Answer send(String method, String path, @Nullable Object body, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (body == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request.method(
          method,
          HttpRequest.BodyPublishers.ofString(
              body instanceof String text ? text : JSON.writeValueAsString(body)));
      if (java.util.stream.Stream.of(headers).noneMatch("Content-Type"::equalsIgnoreCase)) {
        request.header("Content-Type", "application/json");
      }
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return new Answer(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
