package dev.pryo.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The part of the HTTP contract that a browser client meets, with a store in memory, and the site
/// whose pages use it. Site and server are two origins, as they are in life.
final class ContractServer implements BeforeEachCallback, AfterEachCallback {
  static final String KEY = "pk_test";
  private static final JsonMapper JSON = new JsonMapper();

  /// What a request is answered with.
  record Answer(int status, String type, String body, Map<String, String> headers) {
    static Answer html(String body) {
      return new Answer(200, "text/html; charset=utf-8", body, Map.of());
    }

    static Answer json(String body) {
      return new Answer(200, "application/json", body, Map.of());
    }

    static Answer status(int status) {
      return new Answer(
          status, "application/problem+json", "{\"status\":" + status + "}", Map.of());
    }

    Answer with(String header, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(header, value);
      return new Answer(status, type, body, more);
    }
  }

  private final Map<String, Answer> pages = new ConcurrentHashMap<>();
  private final Map<String, JsonNode> events = new LinkedHashMap<>();
  private final Queue<Answer> refusals = new ConcurrentLinkedQueue<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private volatile Answer assignments = rules();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile CountDownLatch eventGate = new CountDownLatch(0);
  private int duplicates;
  private int largestBatch;
  private final List<Integer> sizes = new ArrayList<>();
  private final HttpServer server = create();

  private static HttpServer create() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    gate.countDown();
    eventGate.countDown();
    server.stop(0);
  }

  /// Where Pryo is.
  String host() {
    return "http://pryo.localhost:" + server.getAddress().getPort();
  }

  /// Where the site is.
  String site(String path) {
    return site("www.shop.localhost", path);
  }

  String site(String name, String path) {
    return "http://" + name + ":" + server.getAddress().getPort() + path;
  }

  void serves(String path, Answer page) {
    pages.put(path, page);
  }

  /// The snippet as a site has it, with more attributes.
  String snippet(String attributes) {
    return "<script async src=\"%s/pryo.js\" data-key=\"%s\" %s></script>"
        .formatted(host(), KEY, attributes);
  }

  /// A page of the site with the snippet for a visitor who is no bot and has agreed.
  void servesPage(String path, String body) {
    serves(path, page("data-consent=granted data-allow-bots", body));
  }

  Answer page(String attributes, String body) {
    return Answer.html(
        "<!doctype html><html><head>" + snippet(attributes) + "</head><body>" + body + "</body>");
  }

  void assigns(Answer answer) {
    assignments = answer;
  }

  /// Active experiments with these keys, everybody in, everybody in the last of two segments.
  void assignsTest1(String... keys) {
    assigns(
        rules(
            Stream.of(keys)
                .map(key -> experiment(key, "active", 1L << 32, "test1"))
                .toArray(String[]::new)));
  }

  static Answer rules(String... experiments) {
    return Answer.json("{\"experiments\":[" + String.join(",", experiments) + "]}");
  }

  static String experiment(String key, String status, long exposureBound, String last) {
    return """
    {"key": "%s", "id": "0198c0de-0000-7000-8000-000000000001", "status": "%s",
     "seed": "9f2c41d07be8a356", "exposure_bound": %d,
     "segments": [{"key": "control", "weight": 0, "until": 0},
                  {"key": "%s", "weight": 100, "until": 4294967296}]}\
    """
        .formatted(key, status, exposureBound, last);
  }

  /// Holds the rules back until the returned latch is counted down.
  CountDownLatch holdsRulesBack() {
    gate = new CountDownLatch(1);
    return gate;
  }

  /// Holds the answers to requests with events back until the returned latch is counted down.
  CountDownLatch holdsAnswersBack() {
    eventGate = new CountDownLatch(1);
    return eventGate;
  }

  /// The next requests with events are answered with these, and nothing of them is stored.
  void refuses(Answer... answers) {
    refusals.addAll(List.of(answers));
  }

  /// Every call of the API so far, as in `GET /api/assignments/pk_test`.
  List<String> calls() {
    return List.copyOf(calls);
  }

  synchronized List<JsonNode> events() {
    return List.copyOf(events.values());
  }

  synchronized List<JsonNode> events(String name) {
    return events().stream().filter(e -> e.get("event").asString().equals(name)).toList();
  }

  synchronized int duplicates() {
    return duplicates;
  }

  /// The bytes of each request with events so far.
  synchronized List<Integer> sizes() {
    return List.copyOf(sizes);
  }

  synchronized int largestBatch() {
    return largestBatch;
  }

  /// Waits until the store is as wished, at most ten seconds.
  synchronized void await(Predicate<ContractServer> wish) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!wish.test(this)) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("still not so; calls " + calls + ", events " + events.values());
      }
      wait(left);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (path.startsWith("/api/")) {
        note(exchange.getRequestMethod() + " " + path);
        send(exchange, api(exchange, path, body));
      } else if (path.equals("/pryo.js")) {
        send(exchange, script(served()));
      } else if (path.equals("/module/pryo.js")) {
        send(exchange, script(Files.readString(Path.of("..", "client", "pryo.js"))));
      } else {
        send(exchange, pages.getOrDefault(path, Answer.status(404)));
      }
    }
  }

  private synchronized void note(String call) {
    calls.add(call);
    notifyAll();
  }

  private Answer api(HttpExchange exchange, String path, byte[] body) throws IOException {
    if (path.equals("/api/assignments/" + KEY)) {
      await(gate);
      Answer answer = assignments;
      return answer.headers().isEmpty() ? answer.with("Cache-Control", "max-age=30") : answer;
    }
    String query = exchange.getRequestURI().getQuery();
    if (path.equals("/api/events")
        && query != null
        && query.startsWith("v=")
        && query.endsWith("&key=" + KEY)) {
      noteSize(body.length);
      await(eventGate);
      Answer refusal = refusals.poll();
      return refusal != null ? refusal : store(JSON.readTree(body));
    }
    return Answer.status(404);
  }

  private synchronized void noteSize(int bytes) {
    sizes.add(bytes);
  }

  private static void await(CountDownLatch gate) throws IOException {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while an answer was held back", e);
    }
  }

  private synchronized Answer store(JsonNode body) {
    JsonNode batch = body.has("events") ? body.get("events") : body;
    int accepted = 0;
    int before = duplicates;
    for (JsonNode event : batch) {
      if (events.putIfAbsent(event.get("id").asString(), event) == null) {
        accepted++;
      } else {
        duplicates++;
      }
    }
    largestBatch = Math.max(largestBatch, batch.size());
    notifyAll();
    return Answer.json(
        "{\"accepted\":%d,\"duplicates\":%d,\"rejected\":[]}"
            .formatted(accepted, duplicates - before));
  }

  private static Answer script(String text) {
    return new Answer(200, "text/javascript; charset=utf-8", text, Map.of());
  }

  /// The client as the build made it.
  static String served() throws IOException {
    try (InputStream in = ContractServer.class.getResourceAsStream("/static-client/pryo.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
    exchange.getResponseHeaders().set("Access-Control-Expose-Headers", "Retry-After");
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = answer.body().getBytes(UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }
}
