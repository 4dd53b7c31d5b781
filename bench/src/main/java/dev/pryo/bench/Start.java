package dev.pryo.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// `./pryo bench start`: how long a start takes until `/actuator/health` answers 200, on an empty
/// home and with data, and what the idle server and its database then hold in memory.
final class Start {
  private static final int RESTARTS = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration IDLE = Duration.ofSeconds(4);

  private final String pryo;
  private final Path home;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();

  private Start(String pryo, Path home, int port) {
    this.pryo = pryo;
    this.home = home;
    this.port = port;
  }

  /// The script `pryo` is the one argument.
  static void main(String[] args) throws IOException, InterruptedException {
    Path home = Files.createTempDirectory("pryo-bench");
    try {
      new Start(args[0], home, Server.freePort()).measure();
    } finally {
      Server.delete(home);
    }
  }

  private void measure() throws IOException, InterruptedException {
    System.err.println("Starting on an empty home ...");
    double first = started(_ -> {});
    double[] again = new double[RESTARTS];
    long[] memory = new long[RESTARTS];
    for (int i = 0; i < RESTARTS; i++) {
      System.err.printf("Starting with data, %d of %d ...%n", i + 1, RESTARTS);
      int round = i;
      again[i] = started(server -> memory[round] = idleMemory(server));
    }
    Arrays.sort(again);
    Arrays.sort(memory);
    System.out.printf("%-52s %8.1f s%n", "first start, empty home", first);
    System.out.printf(
        "%-52s %8.1f s   (of %d: %.1f to %.1f; aim: 5 on 2 idle cores)%n",
        "start with data, median", again[RESTARTS / 2], RESTARTS, again[0], again[RESTARTS - 1]);
    System.out.printf(
        "%-52s %8d MiB (aim: under 450)%n",
        "idle memory, Java and PostgreSQL, median", memory[RESTARTS / 2] >> 20);
  }

  private interface WhileUp {
    void run(Process server) throws IOException, InterruptedException;
  }

  /// Seconds from the command to the first 200.
  private double started(WhileUp then) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process server = launch();
    try {
      while (!healthy()) {
        if (!server.isAlive() || System.nanoTime() - start > PATIENCE.toNanos()) {
          throw new IOException("the server did not start; run " + pryo + " to see why");
        }
        Thread.sleep(5);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      then.run(server);
      return seconds;
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  private Process launch() throws IOException {
    ProcessBuilder command =
        new ProcessBuilder(pryo, "up", "--port", String.valueOf(port), "--home", home.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    command.environment().put("DATABASE_URL", "");
    command.environment().put("PRYO_SHOP_PORT", String.valueOf(Server.freePort()));
    return command.start();
  }

  private boolean healthy() throws InterruptedException {
    try {
      return http.send(
                  HttpRequest.newBuilder(
                          URI.create("http://127.0.0.1:%d/actuator/health".formatted(port)))
                      .build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false; // nobody listens yet
    }
  }

  /// Bytes, shared pages counted once: the proportional set sizes of the server, of its database,
  /// and of what they started.
  private long idleMemory(Process server) throws IOException, InterruptedException {
    Thread.sleep(IDLE.toMillis());
    long postmaster =
        Long.parseLong(
            Files.readAllLines(home.resolve("postgres/data/postmaster.pid")).getFirst().strip());
    List<ProcessHandle> roots =
        List.of(server.toHandle(), ProcessHandle.of(postmaster).orElseThrow());
    long bytes = 0;
    for (ProcessHandle process :
        roots.stream()
            .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
            .distinct()
            .toList()) {
      bytes += proportionalSetSize(process.pid());
    }
    return bytes;
  }

  private static long proportionalSetSize(long pid) throws IOException {
    Path rollup = Path.of("/proc/%d/smaps_rollup".formatted(pid));
    if (!Files.exists(rollup)) {
      throw new IOException("memory is measured on Linux only: there is no " + rollup);
    }
    return Files.readAllLines(rollup).stream()
        .filter(line -> line.startsWith("Pss:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .sum();
  }
}
