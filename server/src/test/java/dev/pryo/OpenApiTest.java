package dev.pryo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A change of the contract is seen in review: it changes `docs/openapi.json`. To write that file
/// anew, run `mvn -pl server -am test -Dtest=OpenApiTest -Dpryo.openapi=write
/// -Dsurefire.failIfNoSpecifiedTests=false`.
@PryoTest
class OpenApiTest {
  private static final Path COMMITTED = Path.of("../docs/openapi.json");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final Set<String> CALLS = Set.of("get", "post", "put", "patch", "delete");
  private static final Set<String> PUBLIC =
      Set.of(
          "post /api/auth/signup",
          "post /api/auth/login",
          "post /api/auth/google",
          "post /api/auth/refresh",
          "post /api/auth/logout",
          "post /api/events",
          "get /api/assignments/{write_key}",
          "get /api/receipt-key",
          "get /api/github/callback",
          "post /api/github/webhook");

  @LocalServerPort int port;

  @Test
  void theServedContractIsTheCommittedOne() throws IOException {
    String served = JSON.writeValueAsString(document()) + "\n";
    if ("write".equals(System.getProperty("pryo.openapi"))) {
      Files.writeString(COMMITTED, served);
    }
    assertThat(served).isEqualTo(Files.readString(COMMITTED));
  }

  @Test
  void fieldsAreNamedAsInTheAnswers() {
    document()
        .at("/components/schemas")
        .forEachEntry((name, schema) ->
            schema
                .path("properties")
                .propertyNames()
                .forEach(property ->
                    assertThat(property)
                        .as(name)
                        // a plot's series speaks Chart.js
                        .matches(name.equals("Dataset") ? "[a-zA-Z]+" : "[a-z][a-z0-9_]*")));
  }

  @Test
  void nobodyGetsInWithoutAToken() {
    forEachCall((call, path) -> {
      Api.Answer answer = Api.anonymous(port).send(call, filled(path), body(call));
      if (PUBLIC.contains(call.toLowerCase(java.util.Locale.ROOT) + " " + path)) {
        return; // has its own tests
      }
      assertThat(answer.status()).as(call + " " + path).isEqualTo(401);
      assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    });
  }

  @Test
  void aStrangerFindsNothingAtAnyAddressOfSomebodyElse() {
    World world = World.create(port);
    Api stranger = Api.signedUp(port);
    forEachCall((call, path) -> {
      if (!path.startsWith("/api/projects/{id}") && !path.startsWith("/api/experiments/{id}")) {
        return;
      }
      String filled =
          path.replace(
              "{id}", path.startsWith("/api/projects") ? world.project() : world.experiment());
      Api.Answer answer = stranger.send(call, filled(filled), body(call));
      assertThat(answer.status()).as(call + " " + path + ": " + answer.text()).isEqualTo(404);
    });
    world.owner().get("/api/projects/" + world.project()).expect(200);
    world.owner().get("/api/experiments/" + world.experiment()).expect(200);
  }

  private interface Call {
    void check(String call, String path);
  }

  private void forEachCall(Call check) {
    document()
        .get("paths")
        .forEachEntry((path, calls) ->
            calls
                .propertyNames()
                .forEach(call -> {
                  if (CALLS.contains(call)) {
                    check.check(call.toUpperCase(java.util.Locale.ROOT), path);
                  }
                }));
  }

  private JsonNode document() {
    return Api.anonymous(port).get("/openapi.json").expect(200);
  }

  private static @org.jspecify.annotations.Nullable Object body(String call) {
    return call.equals("GET") ? null : "{}";
  }

  private static String filled(String path) {
    return path.replaceAll("\\{[^}]*}", "0199c2aa-0000-7000-8000-000000000000");
  }
}
