package dev.pryo;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// Somebody with a linked repository and a draft on it: where most tests begin.
public record World(
    Api owner, Path repository, String project, String writeKey, String experiment) {
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
        <head>
          <meta charset="utf-8">
          <title>Sign up</title>
        </head>
        <body>
          <h1>Join us</h1>
          <button id="join" type="button">Sign up</button>
        </body>
      </html>
      """;

  public static World create(int port) {
    Api owner = Api.signedUp(port);
    Path repository = TestRepository.with(Map.of("index.html", PAGE));
    JsonNode project =
        owner
            .post(
                "/api/projects",
                Map.of(
                    "name",
                    "Shop",
                    "repository",
                    Map.of("host", "git", "url", repository.toUri().toString()),
                    "consent",
                    "granted"))
            .expect(201);
    String id = project.get("id").asString();
    String experiment =
        owner
            .post("/api/experiments", experiment(id, "Sign-up words " + UUID.randomUUID()))
            .expect(201)
            .get("id")
            .asString();
    return new World(owner, repository, id, project.get("write_key").asString(), experiment);
  }

  /// A valid experiment that is not started.
  public static Map<String, Object> experiment(String project, String name) {
    return Map.of(
        "project_id",
        project,
        "name",
        name,
        "description",
        "Change 'Sign up' to 'Start free' and see whether more people join.",
        "start",
        false,
        "segments",
        List.of(
            Map.of("name", "Control", "traffic_percentage", 50),
            Map.of(
                "name",
                "Start free",
                "instructions",
                "change 'Sign up' to 'Start free'",
                "traffic_percentage",
                50)),
        "goals",
        List.of(Map.of("event", "sign_up", "kind", "conversion", "role", "primary")));
  }
}
