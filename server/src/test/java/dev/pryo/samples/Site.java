package dev.pryo.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpHandlers;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import dev.pryo.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// A built sample on a port of this machine.
record Site(String address, Runnable end) implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  static Site of(Checkout checkout) {
    int port = ServerProcess.freePort();
    String address = "http://127.0.0.1:" + port;
    App app = checkout.sample().app();
    if (app.start().isEmpty()) {
      HttpServer server = files(port, checkout.folder().resolve(app.output()));
      server.start();
      return new Site(address, () -> server.stop(0));
    }
    var command =
        app.start().stream()
            .map(word -> word.equals(App.PORT) ? String.valueOf(port) : word)
            .toList();
    Program program =
        Program.start(
            checkout.folder(),
            command,
            Map.of("PORT", String.valueOf(port), "HOST", "127.0.0.1", "ORIGIN", address));
    await(program, port);
    return new Site(address, program::close);
  }

  /// A host of files. An address without an extension that is no file is one of an app's own
  /// routes.
  private static HttpServer files(int port, Path output) {
    Path root = output.toAbsolutePath().normalize();
    HttpHandler files = SimpleFileServer.createFileHandler(root);
    try {
      HttpHandler routes =
          HttpHandlers.of(
              200,
              Headers.of("Content-Type", "text/html"),
              Files.readString(root.resolve("index.html")));
      return HttpServer.create(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
          0,
          "/",
          HttpHandlers.handleOrElse(
              request -> request.getRequestURI().getPath().matches("/|.*\\.\\w+"), files, routes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(Program program, int port) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!answers(port)) {
      assertThat(program.isAlive() && System.nanoTime() < deadline).as(program.toString()).isTrue();
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    end.run();
  }
}
