package dev.pryo.codehost;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pryo.codehost.GitHubMemory.Kept;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.support.HttpRequestWrapper;
import tools.jackson.databind.json.JsonMapper;

/// How Pryo talks to GitHub: one request at a time for each piece of work, conditionally where an
/// answer is known, with the waits that GitHub asks for. What may be repeated is repeated a few
/// times; a request that writes never is, since only its caller knows how to find out whether it
/// was heard.
final class GitHubWire implements ClientHttpRequestInterceptor {
  private static final String VERSION = "2022-11-28";
  private static final int TRIES = 4;
  private static final int MOST_REDIRECTS = 3;
  private static final int LARGEST_ANSWER = 48 << 20; // a file of 16 MiB in base64, and room
  private static final Duration AT_LEAST = Duration.ofMinutes(1);
  private static final Duration SOON = Duration.ofSeconds(1);

  private final String api;
  private final GitHubAccess access;
  private final Patience patience;
  private final GitHubMemory memory;
  private final InstantSource clock;
  private final JsonMapper json;

  GitHubWire(
      String api,
      GitHubAccess access,
      Patience patience,
      GitHubMemory memory,
      InstantSource clock,
      JsonMapper json) {
    this.api = api;
    this.access = access;
    this.patience = patience;
    this.memory = memory;
    this.clock = clock;
    this.json = json;
  }

  @Override
  public ClientHttpResponse intercept(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution) {
    Optional<Kept> kept =
        request.getMethod() == HttpMethod.GET
            ? memory.find(access.id(), request.getURI())
            : Optional.empty();
    if (kept.isPresent() && kept.get().etag() == null) {
      return Answer.of(kept.get());
    }
    String etag = kept.map(Kept::etag).orElse(null);
    for (int attempt = 1; ; attempt++) {
      Answer answer = sent(request, body, execution, etag, attempt);
      if (answer == null) {
        continue;
      }
      if (answer.code() == 304 && kept.isPresent()) {
        return Answer.of(kept.get());
      }
      if (answer.code() < 300 || leadsElsewhere(request, answer)) {
        if (request.getMethod() == HttpMethod.GET && answer.code() < 300) {
          memory.keep(access.id(), request.getURI(), answer.getHeaders(), answer.body());
        }
        return answer;
      }
      Optional<Duration> wait = wait(answer, attempt);
      if (wait.isEmpty()) {
        throw refusal(answer);
      }
      waitFor(wait.get(), attempt);
    }
  }

  /// @return null where it has to be sent again
  private @Nullable Answer sent(
      HttpRequest request,
      byte[] body,
      ClientHttpRequestExecution execution,
      @Nullable String etag,
      int attempt) {
    try {
      Answer answer = followed(request, body, execution, etag);
      if (answer.code() < 500) {
        return answer;
      }
      return again(request, attempt, "GitHub answered " + answer.code(), null);
    } catch (IOException e) {
      return again(request, attempt, "GitHub did not answer (" + e.getMessage() + ")", e);
    }
  }

  private @Nullable Answer again(
      HttpRequest request, int attempt, String what, @Nullable IOException cause) {
    boolean repeatable = request.getMethod() == HttpMethod.GET;
    Duration pause = SOON.multipliedBy(1L << (attempt - 1));
    if (!repeatable || attempt >= TRIES || !patience.allows(pause)) {
      throw cause == null ? new GitHubSilence(what) : new GitHubSilence(what, cause);
    }
    patience.pause().of(pause, what + " and is asked again");
    return null;
  }

  /// A repository that was renamed or moved answers by a redirect, which is followed only within
  /// the API itself: the token goes nowhere else.
  private Answer followed(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution, @Nullable String etag)
      throws IOException {
    URI address = request.getURI();
    for (int redirects = 0; ; redirects++) {
      Answer answer = once(new At(request, address), body, execution, etag);
      boolean keepsItsMethod =
          answer.code() == 307
              || answer.code() == 308
              || ((answer.code() == 301 || answer.code() == 302)
                  && request.getMethod() == HttpMethod.GET);
      URI next = keepsItsMethod ? answer.getHeaders().getLocation() : null;
      if (next == null
          || redirects >= MOST_REDIRECTS
          || (leadsElsewhere(request, answer) && isOutside(address.resolve(next)))) {
        return answer;
      }
      address = address.resolve(next);
      if (isOutside(address)) {
        throw new GitHubSilence("GitHub's answer leads to another server, where Pryo does not go");
      }
    }
  }

  private boolean isOutside(URI address) {
    return !address.toString().startsWith(api + "/");
  }

  /// A log lies in a store elsewhere: the answer is its address, and opening it is the caller's.
  private static boolean leadsElsewhere(HttpRequest request, Answer answer) {
    return answer.code() == 302 && request.getURI().getPath().endsWith("/logs");
  }

  /// A token that GitHub does not take is given back, and a newer one tried once.
  private Answer once(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution, @Nullable String etag)
      throws IOException {
    String token = access.token();
    Answer answer = with(token, request, body, execution, etag);
    if (answer.code() != 401) {
      return answer;
    }
    memory.forget(access.id());
    access.refused(token);
    String newer = access.token();
    return newer.equals(token) ? answer : with(newer, request, body, execution, null);
  }

  private static Answer with(
      String token,
      HttpRequest request,
      byte[] body,
      ClientHttpRequestExecution execution,
      @Nullable String etag)
      throws IOException {
    HttpHeaders headers = request.getHeaders();
    if (!token.isEmpty()) { // the first call of a new app is nobody's
      headers.setBearerAuth(token);
    }
    headers.set(HttpHeaders.ACCEPT, "application/vnd.github+json");
    headers.set(HttpHeaders.USER_AGENT, "Pryo");
    headers.set("X-GitHub-Api-Version", VERSION);
    if (etag == null) {
      headers.remove(HttpHeaders.IF_NONE_MATCH);
    } else {
      headers.setIfNoneMatch(etag);
    }
    try (ClientHttpResponse response = execution.execute(request, body)) {
      return Answer.read(response);
    }
  }

  private GitHubRefusal refusal(Answer answer) {
    return GitHubRefusal.of(answer.code(), answer.body(), json);
  }

  /// How long GitHub asks to wait; nothing where it refuses for another reason. By its own rules:
  /// `Retry-After`, else the time at which a used-up limit begins anew, else a minute, and longer
  /// each time.
  private Optional<Duration> wait(Answer answer, int attempt) {
    if (answer.code() != 403 && answer.code() != 429) {
      return Optional.empty();
    }
    HttpHeaders headers = answer.getHeaders();
    Long after = number(headers.getFirst(HttpHeaders.RETRY_AFTER));
    if (after != null) {
      return Optional.of(Duration.ofSeconds(Math.max(after, 1)));
    }
    Long reset = number(headers.getFirst("X-RateLimit-Reset"));
    if (Objects.equals(headers.getFirst("X-RateLimit-Remaining"), "0") && reset != null) {
      Duration until = Duration.between(clock.instant(), Instant.ofEpochSecond(reset));
      return Optional.of(until.isNegative() ? SOON : until.plus(SOON));
    }
    String said = new String(answer.body(), UTF_8).toLowerCase(Locale.ROOT);
    return answer.code() == 429 || said.contains("secondary rate limit") || said.contains("abuse")
        ? Optional.of(AT_LEAST.multipliedBy(1L << (attempt - 1)))
        : Optional.empty();
  }

  private void waitFor(Duration time, int attempt) {
    if (attempt >= TRIES || !patience.allows(time)) {
      throw CodeHostException.rateLimited(clock.instant().plus(time));
    }
    patience.pause().of(time, "GitHub's limit on requests is reached");
  }

  private static @Nullable Long number(@Nullable String text) {
    return text == null || !text.matches("[0-9]{1,12}") ? null : Long.valueOf(text);
  }

  /// The same request at another address.
  private static final class At extends HttpRequestWrapper {
    private final URI address;

    At(HttpRequest request, URI address) {
      super(request);
      this.address = address;
    }

    @Override
    public URI getURI() {
      return address;
    }
  }

  /// An answer that has been read whole.
  private record Answer(int code, HttpHeaders getHeaders, byte[] body)
      implements ClientHttpResponse {

    static Answer read(ClientHttpResponse response) throws IOException {
      byte[] body = response.getBody().readNBytes(LARGEST_ANSWER + 1);
      if (body.length > LARGEST_ANSWER) {
        throw new IOException("the answer is larger than Pryo reads");
      }
      return new Answer(response.getStatusCode().value(), response.getHeaders(), body);
    }

    static Answer of(Kept kept) {
      return new Answer(200, kept.headers(), kept.body());
    }

    @Override
    public HttpStatusCode getStatusCode() {
      return HttpStatusCode.valueOf(code);
    }

    @Override
    public String getStatusText() {
      return "";
    }

    @Override
    public InputStream getBody() {
      return new ByteArrayInputStream(body);
    }

    @Override
    public void close() {}
  }
}
