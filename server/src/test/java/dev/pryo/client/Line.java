package dev.pryo.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What lies between a site's visitors and the real server: it passes everything on, but for the
/// requests with events that it was told to spoil. The site's pages come from here as well, under
/// another name than Pryo, which makes them another origin.
final class Line implements AutoCloseable {
  /// What happens to a request with events.
  enum Fault {
    /// The server never sees it.
    CUT_BEFORE,
    /// The server answers, and nobody hears it.
    CUT_AFTER,
    /// Half of the answer arrives.
    CUT_WITHIN,
    /// The server never sees it, and 503 with `Retry-After: 1` is what the client hears.
    BUSY,
    /// The server never sees it; somebody else answers 200 with a page, as a hotel's network does.
    PORTAL
  }

  /// A request with events that came along.
  ///
  /// @param at in nanoseconds, of any origin
  record Sent(List<String> ids, long at, boolean beacon) {}

  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "content-length", "transfer-encoding", "host", "date", "upgrade");

  private final int behind;
  private final HttpServer server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private final Map<String, String> policies = new ConcurrentHashMap<>();
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<Integer> answers = new CopyOnWriteArrayList<>();
  private final List<Sent> sent = new ArrayList<>();
  private volatile CountDownLatch rules = new CountDownLatch(0);
  private volatile @Nullable String wrongRules;
  private int inside;
  private int mostInside;

  /// @param behind the port of the real server
  Line(int behind) {
    this.behind = behind;
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  String site(String path) {
    return site("www.shop.localhost", path);
  }

  String site(String host, String path) {
    return "http://" + host + ":" + server.getAddress().getPort() + path;
  }

  /// Where Pryo is for the visitors.
  String host() {
    return site("pryo.localhost", "");
  }

  /// Serves a page of the site with the tag of the client.
  void servesPage(String path, String writeKey, String attributes) {
    pages.put(
        path,
        "<!doctype html><link rel=icon href=data:,><script async src=\"%s/pryo.js\" data-key=\"%s\" %s></script>"
            .formatted(host(), writeKey, attributes));
  }

  /// The same under a content security policy.
  void servesPage(String path, String writeKey, String attributes, String policy) {
    servesPage(path, writeKey, attributes);
    policies.put(path, policy);
  }

  /// Holds the rules back until the returned latch is counted down.
  CountDownLatch holdsRulesBack() {
    rules = new CountDownLatch(1);
    return rules;
  }

  /// Whoever asks for rules gets this in their place; null: the server's own.
  void answersForRules(@Nullable String body) {
    wrongRules = body;
  }

  /// Every call of the API so far, as in `GET /api/assignments/pk_…`.
  List<String> calls() {
    return List.copyOf(calls);
  }

  /// What the server itself has answered to requests with events so far.
  List<Integer> answers() {
    return List.copyOf(answers);
  }

  /// The next requests with events are spoilt like this, one after the other.
  void spoils(Fault... next) {
    faults.addAll(List.of(next));
  }

  /// What came so far is not of interest.
  synchronized void forgets() {
    sent.clear();
    mostInside = 0;
  }

  synchronized List<Sent> sent() {
    return List.copyOf(sent);
  }

  /// How many requests with events were on their way at the same time, at most.
  synchronized int mostAtOnce() {
    return mostInside;
  }

  /// Waits until the requests so far are as wished and answered, at most twenty seconds.
  synchronized void await(Predicate<List<Sent>> wish) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (inside > 0 || !wish.test(sent)) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("still not so: " + sent);
      }
      wait(left);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (path.startsWith("/api/")) {
        calls.add(exchange.getRequestMethod() + " " + path);
      }
      if (path.equals("/api/events")) {
        note(exchange, body);
        try {
          spoil(exchange, body, faults.poll());
        } finally {
          leave();
        }
      } else if (path.startsWith("/api/assignments/")) {
        rules(exchange, body);
      } else if (path.startsWith("/api/") || path.startsWith("/pryo")) {
        answer(exchange, passOn(exchange, body), 0);
      } else {
        String policy = policies.get(path);
        if (policy != null) {
          exchange.getResponseHeaders().set("Content-Security-Policy", policy);
        }
        page(exchange, pages.getOrDefault(path, "<!doctype html><p>no client here"));
      }
    }
  }

  private static void page(HttpExchange exchange, String text) throws IOException {
    byte[] page = text.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    exchange.sendResponseHeaders(200, page.length);
    exchange.getResponseBody().write(page);
  }

  private void rules(HttpExchange exchange, byte[] body) throws IOException {
    try {
      rules.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while the rules were held back", e);
    }
    String wrong = wrongRules;
    if (wrong == null) {
      answer(exchange, passOn(exchange, body), 0);
    } else {
      exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
      page(exchange, wrong);
    }
  }

  private synchronized void note(HttpExchange exchange, byte[] body) {
    List<String> ids =
        StreamSupport.stream(JsonMapper.shared().readTree(body).spliterator(), false)
            .map(event -> event.get("id").asString())
            .toList();
    String from = exchange.getRequestHeaders().getFirst("Sec-Fetch-Mode");
    sent.add(new Sent(ids, System.nanoTime(), "no-cors".equals(from)));
    mostInside = Math.max(mostInside, ++inside);
  }

  private synchronized void leave() {
    inside--;
    notifyAll();
  }

  private void spoil(HttpExchange exchange, byte[] body, @Nullable Fault fault) throws IOException {
    switch (fault) {
      case null -> {
        HttpResponse<byte[]> answer = passOn(exchange, body);
        answers.add(answer.statusCode());
        answer(exchange, answer, 0);
      }
      case CUT_BEFORE -> {} // closing an exchange without an answer closes the connection
      case CUT_AFTER -> passOn(exchange, body);
      case CUT_WITHIN -> answer(exchange, passOn(exchange, body), 100);
      case BUSY -> {
        exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
        exchange.getResponseHeaders().set("Access-Control-Expose-Headers", "Retry-After");
        exchange.getResponseHeaders().set("Retry-After", "1");
        exchange.sendResponseHeaders(503, -1);
      }
      case PORTAL -> {
        exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
        page(exchange, "<!doctype html><h1>Welcome to our network</h1>");
      }
    }
  }

  private HttpResponse<byte[]> passOn(HttpExchange exchange, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + behind + exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> request.header(name, value));
          }
        });
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while the server answered", e);
    }
  }

  /// @param missing how many more bytes are promised than sent
  private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer, int missing)
      throws IOException {
    answer
        .headers()
        .map()
        .forEach((name, values) -> {
          if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
            exchange.getResponseHeaders().put(name, values);
          }
        });
    byte[] body = answer.body();
    boolean bodiless = body.length == 0;
    exchange.sendResponseHeaders(answer.statusCode(), bodiless ? -1 : body.length + missing);
    if (!bodiless) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    rules.countDown();
    server.stop(0);
    http.close();
  }
}
