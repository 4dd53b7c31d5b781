package dev.pryo.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import dev.pryo.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// A built sample on a port of this machine.
record Site(String address, Runnable end) implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  static Site of(Checkout checkout) {
    int port = ServerProcess.freePort();
    String address = "http://127.0.0.1:" + port;
    Sample sample = checkout.sample();
    if (sample.start().isEmpty()) {
      HttpServer server =
          SimpleFileServer.createFileServer(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
              checkout.folder().resolve(sample.output()).toAbsolutePath().normalize(),
              OutputLevel.NONE);
      server.start();
      return new Site(address, () -> server.stop(0));
    }
    var command =
        sample.start().stream()
            .map(word -> word.equals(Sample.PORT) ? String.valueOf(port) : word)
            .toList();
    Program program =
        Program.start(
            checkout.folder(),
            command,
            Map.of("PORT", String.valueOf(port), "HOST", "127.0.0.1", "ORIGIN", address));
    await(program, port);
    return new Site(address, program::close);
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
