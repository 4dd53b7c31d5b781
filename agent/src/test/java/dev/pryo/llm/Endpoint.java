package dev.pryo.llm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/// A vendor's endpoint on this machine: it keeps what it is asked and answers what was laid out, in
/// order, the last one again and again.
public final class Endpoint implements AutoCloseable {
  /// One answer; a status of 0 is silence until the endpoint closes, −1 a closed connection.
  public record Laid(int status, Map<String, String> headers, String body) {
    public static final Laid SILENCE = new Laid(0, Map.of(), "");
    public static final Laid HANGING_UP = new Laid(-1, Map.of(), "");

    public static Laid ok(String body) {
      return new Laid(200, Map.of(), body);
    }
  }

  /// @param path with the query
  public record Asked(String path, Map<String, List<String>> headers, JsonNode body) {}

  private final HttpServer server;
  private final Queue<Laid> laid;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  public Endpoint(Laid... answers) {
    laid = new ArrayDeque<>(List.of(answers));
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException taken) {
      throw new IllegalStateException(taken);
    }
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Laid next;
    synchronized (laid) {
      next = laid.size() > 1 ? laid.remove() : laid.element();
    }
    asked.add(
        new Asked(
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders(),
            Content.JSON.readTree(body)));
    if (next.status() == 0) {
      await();
    }
    if (next.status() <= 0) {
      exchange.close();
      return;
    }
    next.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    var bytes = next.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(next.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void await() {
    try {
      closing.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
  }
}
