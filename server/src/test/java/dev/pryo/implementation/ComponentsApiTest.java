package dev.pryo.implementation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.KiteSite;
import dev.pryo.PryoTest;
import dev.pryo.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A repository whose pages are made of components, from the link to the pull request.
@PryoTest
class ComponentsApiTest {
  private static final Path SAMPLES = Path.of("../agent/src/test/resources/samples");

  @LocalServerPort int port;
  @Autowired JsonMapper json;

  @ParameterizedTest
  @CsvSource({
    "vite-react, src/lib/pryo.js, src/pages/HomePage.jsx",
    "vue, src/lib/pryo.ts, src/views/HomeView.vue"
  })
  void anExperimentIsWrittenIntoComponents(String sample, String client, String component)
      throws IOException {
    Api api = Api.signedUp(port);
    String project = new KiteSite(TestRepository.with(files(SAMPLES.resolve(sample)))).link(api);
    ObjectNode body =
        (ObjectNode) json.readTree(Files.readString(SAMPLES.resolve(sample + ".experiment.json")));
    body.put("project_id", project).put("mode", "edit");
    JsonNode made = api.post("/api/experiments", body).expect(201);
    JsonNode waiting = Waiting.settled(api, made.get("id").asString());
    assertThat(waiting.get("status").asString()).as(waiting.toString()).isEqualTo("awaiting_merge");

    String path = "/api/experiments/" + made.get("id").asString();
    JsonNode checks = api.get(path + "/status").expect(200).get("checks");
    assertThat(checks.values().stream().map(check -> check.get("status").asString()))
        .as(checks.toString())
        .containsOnly("pass");
    JsonNode changes = api.get(path + "/changes").expect(200);
    assertThat(changes.get("files").values().stream().map(file -> file.get("path").asString()))
        .contains(client, component);
    assertThat(changes.get("diff").asString())
        .contains("data-pryo=\"" + made.get("key").asString() + "\"")
        .contains("trackEvent(");
  }

  private static TreeMap<String, String> files(Path folder) throws IOException {
    var files = new TreeMap<String, String>();
    try (var all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return files;
  }
}
