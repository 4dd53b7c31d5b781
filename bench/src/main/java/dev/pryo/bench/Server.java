package dev.pryo.bench;

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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Pryo in a process of its own, as an operator starts it, on a free port and an empty home, with
/// an active experiment.
final class Server implements AutoCloseable {
  /// What ids begin with, before a number.
  static final String ID = "e-";

  private static final Pattern STORED = Pattern.compile("\"id\":\"" + ID + "(\\d+)\"");
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Map<String, String> OWNER =
      Map.of("email", "bench@example.org", "password", "correct horse battery");
  static final JsonMapper JSON = JsonMapper.shared();

  /// What is measured where nothing else is said.
  private static final List<Map<String, ?>> ONE_GOAL =
      List.of(Map.of("event", "purchase", "kind", "conversion", "role", "primary"));

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final Path home;
  private final int port;
  private final List<Map<String, ?>> goals;
  private String project = "";
  private String writeKey = "";
  private String experiment = "";
  private String experimentKey = "";

  private Server(Process process, Path home, int port, List<Map<String, ?>> goals) {
    this.goals = goals;
    this.process = process;
    this.home = home;
    this.port = port;
  }

  /// @param pryo the program that starts it
  static Server start(Path pryo) throws IOException, InterruptedException {
    return start(pryo, ONE_GOAL);
  }

  /// @param goals of its experiments, as the API takes them
  static Server start(Path pryo, List<Map<String, ?>> goals)
      throws IOException, InterruptedException {
    Path home = Files.createTempDirectory("pryo-bench");
    int port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(pryo.toString(), "up", "--port", String.valueOf(port), "--home", home + ""))
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("output").toFile());
    builder.environment().remove("DATABASE_URL");
    builder.environment().put("PRYO_RATE_LIMITS", "off");
    Server server = new Server(builder.start(), home, port, goals);
    try {
      server.awaitHealth();
      server.prepare();
      return server;
    } catch (IOException | InterruptedException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitHealth() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!healthy()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IOException("Pryo did not start: " + Files.readString(home.resolve("output")));
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private boolean healthy() throws InterruptedException {
    try {
      return http.send(request("/actuator/health").build(), HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false; // it does not listen yet
    }
  }

  private void prepare() throws IOException, InterruptedException {
    String token = post("/api/auth/signup", OWNER, "").get("access_token").asString();
    JsonNode made =
        post(
            "/api/projects",
            Map.of("name", "bench", "repo_full_name", "pryo/bench", "consent", "granted"),
            token);
    project = made.get("id").asString();
    writeKey = made.get("write_key").asString();
    JsonNode first = experiment("bench", token);
    experiment = first.get("id").asString();
    experimentKey = first.get("key").asString();
  }

  /// Makes one more active experiment in the project.
  ///
  /// @return its key
  String experiment(String name) throws IOException, InterruptedException {
    return experiment(name, signIn()).get("key").asString();
  }

  private JsonNode experiment(String name, String token) throws IOException, InterruptedException {
    JsonNode made =
        post(
            "/api/experiments",
            Map.of(
                "project_id",
                project,
                "name",
                name,
                "description",
                "How fast is it?",
                "start",
                false,
                "segments",
                List.of(
                    Map.of("name", "Control", "traffic_percentage", 50),
                    Map.of("name", "Other", "traffic_percentage", 50)),
                "goals",
                goals),
            token);
    post(
        "/api/experiments/%s/activate".formatted(made.get("id").asString()),
        Map.of("force", true),
        token);
    return made;
  }

  /// A fresh access token.
  String signIn() throws IOException, InterruptedException {
    return post("/api/auth/login", OWNER, "").get("access_token").asString();
  }

  /// Analyses the first experiment.
  ///
  /// @return the answer as it came
  String analyse(String token) throws IOException, InterruptedException {
    return posted("/api/experiments/%s/analyse".formatted(experiment), Map.of(), token);
  }

  /// The first experiment day by day.
  ///
  /// @return the answer as it came
  String series(String token) throws IOException, InterruptedException {
    return got("/api/experiments/%s/analysis/series".formatted(experiment), token);
  }

  /// The first experiment apart for a property.
  ///
  /// @return the answer as it came
  String breakdown(String property, String token) throws IOException, InterruptedException {
    return got("/api/experiments/%s/analysis?by=%s".formatted(experiment, property), token);
  }

  private String got(String path, String token) throws IOException, InterruptedException {
    return answered(path, request(path).header("Authorization", "Bearer " + token));
  }

  private JsonNode post(String path, Map<String, ?> body, String token)
      throws IOException, InterruptedException {
    return JSON.readTree(posted(path, body, token));
  }

  private String posted(String path, Map<String, ?> body, String token)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return answered(path, request);
  }

  private String answered(String path, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(path + " was answered with " + answer.body());
    }
    return answer.body();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  String writeKey() {
    return writeKey;
  }

  String experimentKey() {
    return experimentKey;
  }

  Sender connect() throws IOException {
    return new Sender(port, writeKey);
  }

  /// Reads every stored event of the experiment.
  ///
  /// @param numbers gets the number of each id
  /// @return how many came more than once
  long stored(BitSet numbers) throws IOException, InterruptedException {
    String token = signIn();
    HttpResponse<Stream<String>> answer =
        http.send(
            request("/api/experiments/" + experiment + "/events?format=ndjson")
                .header("Authorization", "Bearer " + token)
                .build(),
            HttpResponse.BodyHandlers.ofLines());
    if (answer.statusCode() != 200) {
      throw new IOException("The export was answered with " + answer.statusCode());
    }
    long twice = 0;
    try (Stream<String> lines = answer.body()) {
      for (String line : (Iterable<String>) lines::iterator) {
        Matcher id = STORED.matcher(line);
        if (!id.find()) {
          throw new IOException("The export has a line without an id: " + line);
        }
        int number = Integer.parseInt(id.group(1));
        twice += numbers.get(number) ? 1 : 0;
        numbers.set(number);
      }
    }
    return twice;
  }

  /// What server and database have used of the processors since they started.
  Duration cpu() throws IOException {
    ProcessHandle postgres =
        ProcessHandle.of(Long.parseLong(postmaster(0)))
            .orElseThrow(() -> new IOException("The database does not run"));
    return Stream.of(process.toHandle(), postgres)
        .flatMap(each -> Stream.concat(Stream.of(each), each.descendants()))
        .distinct()
        .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /// A connection of the server's role, which may make tables of its own here.
  Connection database() throws SQLException {
    try {
      String password = Files.readAllLines(home.resolve("postgres-passwords")).get(1);
      return DriverManager.getConnection(
          "jdbc:postgresql://localhost:%s/pryo".formatted(postmaster(3)), "pryo", password);
    } catch (IOException e) {
      throw new SQLException("The database's port or password cannot be read", e);
    }
  }

  /// A line of PostgreSQL's own note of what runs: its process first, its port fourth.
  private String postmaster(int line) throws IOException {
    return Files.readAllLines(home.resolve("postgres/data/postmaster.pid")).get(line).strip();
  }

  /// Stops it and takes its home away.
  @Override
  public void close() throws IOException, InterruptedException {
    http.close();
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException("Pryo does not stop; its home is " + home);
    }
    delete(home);
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(file -> {
            try {
              Files.delete(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
