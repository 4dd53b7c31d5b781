package dev.pryo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.experiment.Bucketing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// A whole experiment as a team lives it, over HTTP, on a repository of their own.
@PryoTest
class LoopTest {
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
        <head>
          <meta charset="utf-8">
          <title>Blue mug</title>
          <link rel="stylesheet" href="css/site.css">
        </head>
        <body>
          <h1>Blue mug</h1>
          <p>Holds tea and coffee alike.</p>
          <button class="buy" type="button">Add to cart</button>
          <script type="module" src="js/cart.js"></script>
        </body>
      </html>
      """;
  private static final String SCRIPT =
      """
      const cart = [];

      document.querySelector(".buy").addEventListener("click", () => {
        cart.push("mug");
      });
      """;

  @LocalServerPort int port;

  @Test
  void aSentenceBecomesAPullRequestAMergeADecisionAndTheNextExperiment() throws IOException {
    Api team = Api.signedUp(port);
    Path shop =
        TestRepository.with(
            Map.of(
                "mug.html",
                PAGE,
                "js/cart.js",
                SCRIPT,
                "css/site.css",
                ".buy {\n  color: blue;\n}\n"));
    JsonNode project = link(team, shop);
    String projectId = project.get("id").asString();
    String key = project.get("write_key").asString();

    JsonNode draft =
        team.post(
                "/api/experiments",
                Map.of(
                    "project_id", projectId,
                    "name", "Buy now",
                    "description", "Change 'Add to cart' to 'Buy now'. Goal: `purchase`."))
            .expect(201);
    String id = draft.get("id").asString();
    assertThat(draft.get("status").asString()).isEqualTo("draft");
    assertThat(draft.at("/segments/1/instructions").asString()).contains("'Buy now'");
    assertThat(draft.at("/goals/0/event").asString()).isEqualTo("purchase");
    assertThat(draft.at("/segments/1/preview_hash").asString()).isEqualTo("#test1");
    team.post(path(id, "activate"), null).expect(409);

    team.post(path(id, "implement"), null).expect(202);
    JsonNode status = await(team, id, "awaiting_merge");
    status
        .get("checks")
        .forEach(check ->
            assertThat(check.get("status").asString()).as(check.toString()).isEqualTo("pass"));
    JsonNode changes = team.get(path(id, "changes")).expect(200);
    assertThat(changes.get("diff").asString().replaceAll("(?m)^index .*\\R", ""))
        .isEqualTo(expectedDiff(key));
    assertThat(Files.readString(shop.resolve("mug.html"))).isEqualTo(PAGE);

    team.post(path(id, "activate"), null).expect(409);
    JsonNode merged = team.post(path(id, "merge"), null).expect(200);
    assertThat(merged.at("/pull_request/state").asString()).isEqualTo("merged");
    assertThat(Files.readString(shop.resolve("mug.html"))).contains("data-pryo=\"buy-now\"");
    assertThat(team.post(path(id, "activate"), null).expect(200).get("status").asString())
        .isEqualTo("active");

    send(key, visitors(key, "purchase", 4000, 0.10, 0.15));
    JsonNode analysis = team.post(path(id, "finish") + "?wait=true", null).expect(200);
    assertThat(analysis.at("/verdict/decision").asString())
        .as(analysis.toPrettyString())
        .isEqualTo("ship");
    assertThat(analysis.at("/verdict/segment").asString()).isEqualTo("test1");
    assertThat(analysis.at("/winner_recommendation/decision").asString()).isEqualTo("ship");
    assertThat(analysis.get("source").asString()).isEqualTo("live");
    assertThat(users(analysis, 0) + users(analysis, 1)).isEqualTo(4000);
    assertThat(team.get("/api/experiments/" + id).expect(200).get("status").asString())
        .isEqualTo("finished");

    JsonNode next = team.post(path(id, "iterate"), null).expect(201);
    assertThat(next.get("parent_id").asString()).isEqualTo(id);
    assertThat(next.get("status").asString()).isEqualTo("draft");
    assertThat(next.get("key").asString()).isNotEqualTo(draft.get("key").asString());
    String nextId = next.get("id").asString();
    team.post(path(nextId, "implement"), null).expect(202);
    await(team, nextId, "awaiting_merge"); // on the very element of the experiment that is over
  }

  @Test
  void withoutADifferenceNobodyWins() {
    Api team = Api.signedUp(port);
    JsonNode project = link(team, TestRepository.with(Map.of("mug.html", PAGE)));
    JsonNode experiment =
        team.post(
                "/api/experiments", World.experiment(project.get("id").asString(), "Same and same"))
            .expect(201);
    String id = experiment.get("id").asString();
    team.post(path(id, "activate"), Map.of("force", true)).expect(200);
    String key = project.get("write_key").asString();
    send(key, visitors(key, "sign_up", 4000, 0.10, 0.10));
    JsonNode analysis = team.post(path(id, "analyse"), null).expect(200);
    assertThat(analysis.at("/verdict/decision").asString()).isIn("keep_running", "inconclusive");
    assertThat(analysis.at("/verdict/segment").isNull()).isTrue();
  }

  private static JsonNode link(Api team, Path shop) {
    return team.post(
            "/api/projects",
            Map.of(
                "name", "Mugs",
                "consent", "granted",
                "site_url", "https://mugs.example",
                "repository", Map.of("host", "git", "url", shop.toUri().toString())))
        .expect(201);
  }

  /// Visitors as a client sends them: an exposure each, and a conversion for so many of each
  /// segment that the rates are exact.
  private List<Map<String, Object>> visitors(
      String writeKey, String event, int count, double control, double test) {
    JsonNode experiment =
        Api.anonymous(port).get("/api/assignments/" + writeKey).expect(200).at("/experiments/0");
    List<Long> until =
        experiment.get("segments").valueStream().map(s -> s.get("until").asLong()).toList();
    int[] seen = new int[until.size()];
    List<Map<String, Object>> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String user = "visitor-" + i;
      int segment =
          Bucketing.assign(
                  experiment.get("seed").asString(),
                  user,
                  experiment.get("exposure_bound").asLong(),
                  until)
              .orElseThrow();
      events.add(
          Map.of(
              "id",
              "x-" + user,
              "user_id",
              user,
              "event",
              "$exposure",
              "experiment",
              experiment.get("key").asString(),
              "segment",
              segment == 0 ? "control" : "test" + segment));
      double rate = segment == 0 ? control : test;
      seen[segment]++;
      if (Math.floor(seen[segment] * rate) > Math.floor((seen[segment] - 1) * rate)) {
        events.add(Map.of("id", "g-" + user, "user_id", user, "event", event));
      }
    }
    return events;
  }

  private void send(String writeKey, List<Map<String, Object>> events) {
    for (int from = 0; from < events.size(); from += 1000) {
      List<Map<String, Object>> batch = events.subList(from, Math.min(from + 1000, events.size()));
      JsonNode answer =
          Api.anonymous(port)
              .post("/api/events?key=" + writeKey, Map.of("events", batch))
              .expect(200);
      assertThat(answer.get("accepted").asInt()).as(answer.toString()).isEqualTo(batch.size());
    }
  }

  private static JsonNode await(Api team, String id, String wanted) {
    for (int i = 0; i < 600; i++) {
      JsonNode status = team.get(path(id, "status")).expect(200);
      if (!status.get("status").asString().equals("implementing")) {
        assertThat(status.get("status").asString()).as(status.toPrettyString()).isEqualTo(wanted);
        return status;
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    throw new AssertionError("still implementing after a minute");
  }

  private static long users(JsonNode analysis, int segment) {
    return analysis.at("/raw_data/segments/%d/users".formatted(segment)).asLong();
  }

  private static String path(String id, String verb) {
    return "/api/experiments/" + id + "/" + verb;
  }

  private String expectedDiff(String writeKey) throws IOException {
    try (InputStream diff = LoopTest.class.getResourceAsStream("/loop.diff")) {
      return new String(Objects.requireNonNull(diff).readAllBytes(), StandardCharsets.UTF_8)
          .replace("PORT", String.valueOf(port))
          .replace("WRITE_KEY", writeKey);
    }
  }
}
