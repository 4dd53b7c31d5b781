import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Calls a fresh server the way that sites and people do, so that the JDK's cache keeps what the hot
/// methods are and how they branch (JEP 515): a server that starts from it compiles them at once.
/// Run by `./pryo` when it builds, see docs/decisions/0011-quick-start.md.
///
/// The one argument is the server's address.
final class Rehearsal {
  private static final int CALLERS = 8;

  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger events = new AtomicInteger();
  private final String server;
  private String token = "";
  private String writeKey = "";
  private String experiment = "";
  private String key = "";

  private Rehearsal(String server) {
    this.server = server;
  }

  public static void main(String[] args) throws Exception {
    Rehearsal rehearsal = new Rehearsal(args[0]);
    rehearsal.open();
    rehearsal.play();
    System.exit(0);
  }

  private void open() throws Exception {
    token =
        field(
            "access_token",
            call(
                "POST",
                "/api/auth/signup",
                """
                {"email": "rehearsal@example.org", "password": "a phrase for one rehearsal"}\
                """));
    String project =
        call(
            "POST",
            "/api/projects",
            """
            {"name": "rehearsal", "repository": {"host": "github", "full_name": "example/shop"}}\
            """);
    writeKey = field("write_key", project);
    for (int i = 0; i < 50; i++) {
      String made = call("POST", "/api/experiments", experiment(field("id", project)));
      experiment = field("id", made);
      key = field("key", made);
    }
    call("POST", "/api/experiments/" + experiment + "/activate", "{\"force\": true}");
  }

  private static String experiment(String project) {
    return """
        {"project_id": "%s", "name": "rehearsal", "start": false,
         "description": "Make the buy button green and see whether more people buy.",
         "segments": [{"name": "control", "traffic_percentage": 50}, {"name": "green", "traffic_percentage": 50}],
         "goals": [{"event": "purchase", "name": "Purchase", "kind": "conversion", "direction": "increase",
                    "role": "primary"}]}\
        """
        .formatted(project);
  }

  /// Twice around, so that each part is also seen after the others have been.
  private void play() throws Exception {
    String one = "/api/experiments/" + experiment;
    for (int round = 0; round < 2; round++) {
      times(3_000, () -> call("POST", "/api/events", event()));
      times(200, () -> call("POST", "/api/events", batch(100)));
      times(2_000, () -> call("GET", "/api/assignments/" + writeKey, null));
      times(3_000, () -> call("GET", one + "/status", null));
      times(1_000, () -> call("GET", "/api/experiments?limit=50", null));
      times(1_000, () -> call("GET", one + "/events?limit=50", null));
      call("POST", one + "/simulate", "{\"events\": 120}");
      times(150, () -> call("POST", one + "/analyse", "{}"));
    }
  }

  private void times(int calls, Callable<String> call) throws Exception {
    try (var callers = Executors.newFixedThreadPool(CALLERS)) {
      for (Future<String> answer : callers.invokeAll(Collections.nCopies(calls, call))) {
        answer.get();
      }
    }
  }

  private String batch(int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> event())
        .collect(Collectors.joining(",", "{\"events\":[", "]}"));
  }

  private String event() {
    int number = events.incrementAndGet();
    int user = number / 2;
    return """
        {"id": "rehearsal-%d", "user_id": "u%d", "event": "%s", "experiment": "%s", "segment": "%s",
         "value": 1, "properties": {"path": "/pricing", "referrer": "https://example.org/", "session": "s%d"}}\
        """
        .formatted(
            number,
            user,
            number % 6 == 0 ? "purchase" : "$exposure",
            key,
            user % 2 == 0 ? "control" : "test1",
            number);
  }

  private String call(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + path)).timeout(Duration.ofSeconds(30));
    request.header("Content-Type", "application/json").header("X-Pryo-Key", writeKey);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    request.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(
          "%s %s: %d %s".formatted(method, path, answer.statusCode(), answer.body()));
    }
    return answer.body();
  }

  private static String field(String name, String json) {
    Matcher field = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]+)\"").matcher(json);
    if (!field.find()) {
      throw new IllegalStateException("no " + name + " in " + json);
    }
    return field.group(1);
  }
}
