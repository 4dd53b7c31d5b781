package dev.pryo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The server in a process of its own, as an operator runs it, so that it can be stopped and
/// killed.
public final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Process process;
  private final Path output;
  private final Path home;
  private final int port;

  private ServerProcess(Process process, Path output, Path home, int port) {
    this.process = process;
    this.output = output;
    this.home = home;
    this.port = port;
  }

  /// Starts it and does not wait.
  public static ServerProcess launch(Path home, int port, Map<String, String> environment) {
    try {
      Path output = Files.createTempFile("pryo-server", ".log");
      List<String> command =
          new ArrayList<>(
              List.of(
                  ProcessHandle.current().info().command().orElse("java"),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  "dev.pryo.PryoApplication"));
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      List.of(
              "DATABASE_URL",
              "ANTHROPIC_API_KEY",
              "ANTHROPIC_BASE_URL",
              "OPENAI_API_KEY",
              "OPENAI_BASE_URL")
          .forEach(builder.environment().keySet()::remove);
      builder.environment().put("PRYO_HOME", home.toString());
      builder.environment().put("PRYO_PORT", String.valueOf(port));
      builder.environment().put("PRYO_RATE_LIMITS", "off");
      builder.environment().put("PRYO_LOCAL_ROOTS", System.getProperty("java.io.tmpdir"));
      builder.environment().putAll(environment);
      return new ServerProcess(builder.start(), output, home, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Starts it on a free port and waits until it is ready.
  public static ServerProcess start(Path home, Map<String, String> environment) {
    ServerProcess server = launch(home, freePort(), environment);
    server.awaitReady();
    return server;
  }

  public static ServerProcess start(Path home) {
    return start(home, Map.of());
  }

  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void awaitReady() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!output().contains("/link/")) {
      assertThat(process.isAlive()).as(output()).isTrue();
      assertThat(System.nanoTime()).as(output()).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  /// Waits for its end.
  ///
  /// @return the exit code
  public int awaitExit() {
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(output()).isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Waits until its health is this.
  public void awaitHealth(int status) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (health() != status) {
      assertThat(System.nanoTime()).as(output()).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  private int health() {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:%d/actuator/health".formatted(port)))
                  .timeout(Duration.ofSeconds(20))
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public Api api() {
    return Api.anonymous(port);
  }

  public Api signedUp() {
    return Api.signedUp(port);
  }

  public int port() {
    return port;
  }

  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The process of its database.
  public Optional<ProcessHandle> database() {
    return database(home);
  }

  /// The process of the database of a home, if one runs.
  public static Optional<ProcessHandle> database(Path home) {
    try {
      return Files.readAllLines(home.resolve("postgres/data/postmaster.pid")).stream()
          .findFirst()
          .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
          .filter(ProcessHandle::isAlive);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// SIGTERM, and its end waited for.
  public int stop() {
    process.destroy();
    return awaitExit();
  }

  /// kill -9 of Java alone.
  public void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /// kill -9 of every process of the database.
  public void killDatabase() {
    ProcessHandle postmaster = database().orElseThrow();
    List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
    all.addFirst(postmaster);
    all.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop();
    }
    database().ifPresent(ProcessHandle::destroy);
  }
}
