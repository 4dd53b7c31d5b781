package dev.pryo.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pryo.codehost.CodeHost;
import dev.pryo.codehost.CodeHostException;
import dev.pryo.codehost.RepositoryRef;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Serves the sample shop from its repository, as a host that deploys each push would: `/` is the
/// head of the default branch, `/branch/<name>/` that of another, with `~` for the slashes of its
/// name. It listens on `localhost`, while people open Pryo on `127.0.0.1`: another origin and
/// another host, so that the shop's scripts have neither the owner's session nor its cookies.
final class ShopServer implements AutoCloseable {
  private static final String BRANCH = "/branch/";
  private static final int PORTS_TRIED = 20;
  // a page names the address that Pryo had when it was written; a deployment would set today's
  private static final Pattern CLIENT =
      Pattern.compile("http://(?:127\\.0\\.0\\.1|localhost):\\d+/pryo\\.js");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "mjs", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "json", "application/json",
          "txt", "text/plain; charset=utf-8",
          "md", "text/plain; charset=utf-8");

  private final CodeHost host;
  private final RepositoryRef repository;
  private final Supplier<String> pryo;
  private final HttpServer server;

  /// @param port the first port to try
  /// @param pryo where Pryo's client is served from
  ShopServer(CodeHost host, RepositoryRef repository, int port, Supplier<String> pryo)
      throws IOException {
    this.host = host;
    this.repository = repository;
    this.pryo = pryo;
    this.server = bound(port);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  private static HttpServer bound(int first) throws IOException {
    for (int port = first; ; port++) {
      try {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      } catch (BindException e) {
        if (port == 0 || port >= first + PORTS_TRIED) {
          throw e;
        }
      }
    }
  }

  /// The shop's address, of its default branch or of another.
  String url(@Nullable String branch) {
    String root = "http://localhost:" + server.getAddress().getPort();
    return branch == null ? root : root + BRANCH + branch.replace('/', '~');
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      if (!method.equals("GET") && !method.equals("HEAD")) {
        send(
            exchange,
            405,
            "text/plain",
            "Only GET is answered here.".getBytes(StandardCharsets.UTF_8));
        return;
      }
      String path = exchange.getRequestURI().getPath();
      @Nullable String branch = null;
      if (path.startsWith(BRANCH)) {
        int end = path.indexOf('/', BRANCH.length());
        if (end < 0) {
          exchange.getResponseHeaders().set("Location", path + "/");
          send(exchange, 302, "text/plain", new byte[0]);
          return;
        }
        branch = path.substring(BRANCH.length(), end).replace('~', '/');
        path = path.substring(end);
      }
      serve(exchange, branch, path.endsWith("/") ? path + "index.html" : path);
    }
  }

  private void serve(HttpExchange exchange, @Nullable String branch, String path)
      throws IOException {
    Optional<byte[]> file;
    try {
      file = host.file(repository, branch, path.substring(1));
    } catch (CodeHostException e) {
      file = Optional.empty(); // no such branch, or a path that no file can have
    }
    if (file.isEmpty()) {
      byte[] page = "There is no such page in the sample shop.".getBytes(StandardCharsets.UTF_8);
      send(exchange, 404, "text/plain; charset=utf-8", page);
      return;
    }
    String type =
        TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
    send(
        exchange,
        200,
        type,
        type.startsWith("text/html") ? withTodaysAddress(file.get()) : file.get());
  }

  private byte[] withTodaysAddress(byte[] page) {
    return CLIENT
        .matcher(new String(page, StandardCharsets.UTF_8))
        .replaceAll(Matcher.quoteReplacement(pryo.get() + "/pryo.js"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    boolean bodiless = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
    exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
    if (!bodiless) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
