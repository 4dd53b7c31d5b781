package dev.pryo.codehost;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A GitHub on this machine, on real bare repositories. What it is asked and what it answers is
/// judged by GitHub's own description ([PublishedApi]), so that it cannot share a mistake with the
/// code that it tests; what is wrong is kept in `complaints` and fails the test that made it.
public final class FakeGitHub implements AutoCloseable {
  static final String API = "/api/v3";
  private static final JsonMapper JSON = JsonMapper.shared();

  /// A request as it came.
  ///
  /// @param path below the API, still encoded
  record Call(
      String method,
      String path,
      Map<String, String> query,
      String token,
      String login,
      @Nullable JsonNode body) {
    String wanted(String field) {
      return Objects.requireNonNull(body).get(field).asString();
    }
  }

  /// An answer to be.
  record Reply(int status, @Nullable JsonNode body, Map<String, String> headers) {
    static Reply of(int status, @Nullable JsonNode body) {
      return new Reply(status, body, Map.of());
    }
  }

  private record Planned(String method, String path, Deque<FakeFault> faults) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Path folder;
  private final Map<String, FakeRepository> repositories = new ConcurrentHashMap<>();
  private final Map<String, FakeRepository> moved = new ConcurrentHashMap<>();
  private final Map<String, String> logins = new ConcurrentHashMap<>();
  private final List<Planned> planned = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final FakeApi answers = new FakeApi(this);
  private final FakeLogin signIn = new FakeLogin(this);
  private final FakeApps apps = new FakeApps(this);
  private volatile Duration latency = Duration.ZERO;

  private FakeGitHub(Path folder) throws IOException {
    this.folder = folder;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(API + "/", exchange -> guarded(exchange, this::answer));
    server.createContext(
        "/login/oauth/access_token", exchange -> guarded(exchange, signIn::answer));
    server.createContext("/_logs/", exchange -> guarded(exchange, this::log));
    server.createContext("/", exchange -> guarded(exchange, new FakeGit(this)::answer));
    server.start();
  }

  /// The one that the servers of tests are set to.
  public static FakeGitHub shared() {
    return Shared.GITHUB;
  }

  private static final class Shared {
    static final FakeGitHub GITHUB = start(folder());

    private static Path folder() {
      try {
        return java.nio.file.Files.createTempDirectory("pryo-test-github");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// Skips the test where GitHub's own description cannot be had.
  public static void require() {
    Octokit.require();
  }

  /// As whom a server is known here: the id and the secret of its OAuth app.
  public static List<String> client() {
    return List.of(FakeLogin.CLIENT, FakeLogin.SECRET);
  }

  /// Somebody agrees to what this address asks; where GitHub sends their browser back to.
  public String agree(String authorizeUrl, String login) {
    return signIn.agree(authorizeUrl, login);
  }

  /// Somebody makes an app from this manifest; the code for its keys.
  public String makeApp(String manifest) {
    return apps.make(manifest);
  }

  /// The app's private key.
  public String appKey() {
    return apps.pem();
  }

  /// An owner lets the app into a repository.
  public void install(FakeRepository repository) {
    apps.install(repository);
  }

  /// And out of it again.
  public void uninstall(FakeRepository repository) {
    apps.uninstall(repository);
  }

  /// An owner suspends the app, or lets it go on.
  public void suspend(boolean now) {
    apps.suspend(now);
  }

  FakeApps apps() {
    return apps;
  }

  /// Tokens that are given from now on end after so many seconds; null: never.
  public void tokensEndAfter(@Nullable Integer seconds) {
    signIn.tokensEndAfter(seconds);
  }

  /// What GitHub tells its webhooks of a pull request, after its own example.
  public String delivery(String action, FakeRepository repository, int number) {
    ObjectNode told = example("pull_request", action);
    FakeRepository.Pull pull = repository.pull(number);
    told.put("number", number);
    told.withObject("/repository").put("full_name", repository.fullName);
    told.withObject("/pull_request")
        .put("number", number)
        .put("state", pull.open ? "open" : "closed")
        .put("merged", pull.merged());
    return JSON.writeValueAsString(told);
  }

  /// What GitHub tells its webhooks of a pull request's checks and comments, after its own
  /// examples.
  ///
  /// @param event `check_run`, `issue_comment` and so on
  public String delivery(String event, String action, FakeRepository repository, int number) {
    ObjectNode told = example(event, action);
    told.withObject("/repository").put("full_name", repository.fullName);
    String branch = repository.pull(number).head;
    switch (event) {
      case "issue_comment" -> told.withObject("/issue").put("number", number);
      case "pull_request_review_comment" -> told.withObject("/pull_request").put("number", number);
      case "status" -> ((ObjectNode) told.get("branches").get(0)).put("name", branch);
      case "check_run" -> {
        told.withObject("/check_run").putArray("pull_requests");
        told.withObject("/check_run/check_suite").put("head_branch", branch);
      }
      default -> told.withObject("/" + event).put("head_branch", branch);
    }
    return JSON.writeValueAsString(told);
  }

  private static ObjectNode example(String event, String action) {
    return (ObjectNode)
        Octokit.webhooks()
            .valueStream()
            .filter(kind -> kind.get("name").asString().equals(event))
            .findFirst()
            .orElseThrow()
            .get("examples")
            .valueStream()
            .filter(example -> example.path("action").asString("").equals(action))
            .findFirst()
            .orElseThrow();
  }

  /// Everything that stands for this person means nothing any more.
  public void revokeAll(String login) {
    logins.values().removeIf(login::equals);
  }

  /// @param folder where its repositories lie
  public static FakeGitHub start(Path folder) {
    try {
      return new FakeGitHub(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where people open it.
  public String web() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// Where programs ask it.
  public String api() {
    return web() + API;
  }

  /// A person, by the token that stands for them from now on.
  public String token(String login) {
    String token = "gho_" + login + logins.size();
    logins.put(token, login);
    return token;
  }

  /// The token means nothing any more.
  public void revoke(String token) {
    logins.remove(token);
  }

  /// Whether any token stands for somebody.
  public boolean knows(String login) {
    return logins.containsValue(login);
  }

  FakeLogin signIn() {
    return signIn;
  }

  @Nullable String login(String token) {
    return logins.get(token);
  }

  /// A repository whose default branch has these files in one commit; without any it has no commit.
  public FakeRepository repository(
      String fullName, String defaultBranch, Map<String, String> files, String writer) {
    try {
      Path place = folder.resolve("github-" + (repositories.size() + moved.size()));
      TestRepository git =
          files.isEmpty()
              ? TestRepository.empty(place, true, defaultBranch)
              : TestRepository.with(place, true, defaultBranch, files);
      var made = new FakeRepository(1000 + repositories.size(), fullName, defaultBranch, git);
      made.mayPush(writer);
      repositories.put(fullName, made);
      return made;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /// Somebody gives it another name or owner.
  public void move(FakeRepository repository, String fullName) {
    repositories.remove(repository.fullName);
    moved.put(repository.fullName, repository);
    repository.fullName = fullName;
    repositories.put(fullName, repository);
  }

  @Nullable FakeRepository repository(String fullName) {
    return repositories.get(fullName);
  }

  @Nullable FakeRepository movedFrom(String fullName) {
    return moved.get(fullName);
  }

  List<FakeRepository> repositories() {
    return repositories.values().stream()
        .sorted(java.util.Comparator.comparing(FakeRepository::fullName))
        .toList();
  }

  /// The next requests of this kind go wrong so, one after the other.
  ///
  /// @param path a pattern for the whole path below the API
  public void plan(String method, String path, FakeFault... faults) {
    planned.add(new Planned(method, path, new ArrayDeque<>(List.of(faults))));
  }

  /// Whether all that was planned has happened.
  boolean allHasGoneWrong() {
    return planned.stream().allMatch(plan -> plan.faults().isEmpty());
  }

  /// How long each answer takes from now on, as over a long line.
  public void latency(Duration each) {
    latency = each;
  }

  /// What was asked since the last time this was asked, `GET /repos/…`.
  public List<String> requests() {
    List<String> all = List.copyOf(requests);
    requests.clear();
    return all;
  }

  /// What was not as GitHub describes it.
  public List<String> complaints() {
    return complaints;
  }

  void complain(String complaint) {
    complaints.add(complaint);
  }

  void counted(String request) {
    requests.add(request);
  }

  private interface Answering {
    void answer(HttpExchange exchange) throws IOException, InterruptedException;
  }

  private void guarded(HttpExchange exchange, Answering answering) throws IOException {
    try (exchange) {
      try {
        Thread.sleep(latency);
        answering.answer(exchange);
      } catch (AssertionError | RuntimeException e) {
        complain(exchange.getRequestMethod() + " " + exchange.getRequestURI() + ": " + e);
        exchange.sendResponseHeaders(599, -1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException, InterruptedException {
    Call call = read(exchange);
    counted(call.method() + " " + call.path());
    checkHeaders(exchange);
    FakeFault fault = fault(call);
    if (fault != null) {
      Thread.sleep(fault.delay());
      if (!fault.effect()) {
        fail(exchange, fault);
        return;
      }
    }
    Reply reply = answers.answer(call);
    if (fault != null && fault.status() >= 0) {
      fail(exchange, fault);
      return;
    }
    if (fault != null && fault.status() == FakeFault.HALF) {
      half(exchange, reply);
      return;
    }
    send(exchange, reply);
  }

  /// The store of logs, which takes no token.
  private void log(HttpExchange exchange) throws IOException {
    if (!bearer(exchange).isEmpty()) {
      complain("A token was sent to the store of logs");
    }
    String[] parts = exchange.getRequestURI().getPath().split("/");
    FakeRepository found =
        Objects.requireNonNull(repository(parts[2] + "/" + parts[3]), "the log's repository");
    String log = found.reviews().run(Long.parseLong(parts[4])).log;
    if (log == null) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    byte[] bytes = log.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private @Nullable FakeFault fault(Call call) {
    for (Planned plan : planned) {
      if (plan.method().equals(call.method()) && call.path().matches(plan.path())) {
        FakeFault next = plan.faults().poll();
        if (next != null) {
          return next;
        }
      }
    }
    return null;
  }

  private Call read(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath().substring(API.length());
    byte[] body = exchange.getRequestBody().readAllBytes();
    Map<String, String> query = new HashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    for (String part : raw == null ? new String[0] : raw.split("&")) {
      String[] pair = part.split("=", 2);
      query.put(decoded(pair[0]), pair.length > 1 ? decoded(pair[1]) : "");
    }
    String token = bearer(exchange);
    String login = login(token);
    return new Call(
        exchange.getRequestMethod(),
        path,
        query,
        token,
        login == null ? "" : login,
        body.length == 0 ? null : JSON.readTree(body));
  }

  static String bearer(HttpExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    return header == null ? "" : header.replaceFirst("^(Bearer|token) ", "");
  }

  static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /// GitHub refuses who gives no name, and recommends the rest.
  private void checkHeaders(HttpExchange exchange) {
    var headers = exchange.getRequestHeaders();
    if (headers.getFirst("User-Agent") == null
        || !Objects.equals(headers.getFirst("Accept"), "application/vnd.github+json")
        || !Objects.equals(headers.getFirst("X-GitHub-Api-Version"), "2022-11-28")) {
      complain("A request without its headers: " + headers.keySet());
    }
  }

  private static void half(HttpExchange exchange, Reply reply) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(reply.body());
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(reply.status(), bytes.length);
    exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
    exchange.getResponseBody().flush();
    exchange.close();
  }

  private void fail(HttpExchange exchange, FakeFault fault) throws IOException {
    if (fault.status() == 0) {
      exchange.close(); // nothing was sent: the other side sees the connection end
      return;
    }
    fault.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    send(
        exchange,
        Reply.of(
            fault.status(),
            JSON.createObjectNode()
                .put("message", fault.message())
                .put("documentation_url", "https://docs.github.com/rest")));
  }

  private void send(HttpExchange exchange, Reply reply) throws IOException {
    reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    exchange.getResponseHeaders().putIfAbsent("X-RateLimit-Remaining", List.of("4999"));
    if (reply.body() == null) {
      exchange.sendResponseHeaders(reply.status(), -1);
      return;
    }
    byte[] bytes = JSON.writeValueAsBytes(reply.body());
    if (exchange.getRequestMethod().equals("GET") && reply.status() == 200) {
      String etag = "\"" + java.util.Arrays.hashCode(bytes) + "\"";
      exchange.getResponseHeaders().set("ETag", etag);
      if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
        requests.set(
            requests.size() - 1,
            "304 " + exchange.getRequestURI().getRawPath().substring(API.length()));
        exchange.sendResponseHeaders(304, -1);
        return;
      }
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(reply.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /// Ends the request that stands for no more than a half-sent answer.
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  List<String> pathParts(String path) {
    List<String> parts = new ArrayList<>();
    for (String part : path.substring(1).split("/")) {
      parts.add(decoded(part));
    }
    return parts;
  }
}
