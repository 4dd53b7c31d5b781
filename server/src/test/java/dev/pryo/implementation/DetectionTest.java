package dev.pryo.implementation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.KiteSite;
import dev.pryo.PryoTest;
import dev.pryo.TestRepository;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@PryoTest
class DetectionTest {
  @LocalServerPort int port;
  @Autowired Detection detection;

  @Test
  void whatAProjectIsAndHowItsPeopleWriteIsKnownSoonAfterLinking() {
    Api api = Api.signedUp(port);
    String project = KiteSite.made().link(api);
    JsonNode found = detected(api, project);
    assertThat(found.get("framework").asString()).isEqualTo("html");
    assertThat(found.get("entry_files").values().stream().map(JsonNode::asString))
        .contains("index.html");
    assertThat(found.get("indentation").asString()).isEqualTo("2 spaces");
    assertThat(found.get("quotes").isNull()).isTrue();
    assertThat(found.get("app_root").asString()).isEqualTo(".");
  }

  @Test
  void whereSeveralAppsAreFoundThePersonSaysWhichOneAndItIsLookedAtAgain() {
    Api api = Api.signedUp(port);
    KiteSite site =
        new KiteSite(
            TestRepository.with(
                Map.of(
                    "apps/web/package.json", "{\"dependencies\": {\"next\": \"15.0.0\"}}",
                    "apps/web/app/page.tsx", "export default () => <p>Kites</p>;\n",
                    "apps/docs/package.json", "{\"dependencies\": {\"astro\": \"5.0.0\"}}",
                    "apps/docs/src/pages/index.astro", "<p>Kites</p>\n")));
    String project = site.link(api);
    JsonNode several = detected(api, project);
    assertThat(several.get("app_root").isNull()).isTrue();
    assertThat(several.get("apps").values().stream().map(app -> app.get("root").asString()))
        .containsExactlyInAnyOrder("apps/web", "apps/docs");

    api.patch(
            "/api/projects/" + project,
            Map.of(
                "repository",
                Map.of(
                    "host",
                    "git",
                    "url",
                    site.folder().toUri().toString(),
                    "app_root",
                    "apps/docs")))
        .expect(200);
    JsonNode one = detected(api, project);
    assertThat(one.get("app_root").asString()).isEqualTo("apps/docs");
    assertThat(one.get("framework").asString()).isEqualTo("astro");
    assertThat(one.get("entry_files").get(0).asString())
        .isEqualTo("apps/docs/src/pages/index.astro");
  }

  @Test
  void theAppInTheRepositorysOwnFolderCanBeChosenAmongSeveral() {
    Api api = Api.signedUp(port);
    KiteSite site =
        new KiteSite(
            TestRepository.with(
                Map.of(
                    "package.json", "{\"dependencies\": {\"next\": \"15.0.0\"}}",
                    "app/page.tsx", "export default () => <p>Kites</p>;\n",
                    "packages/site/package.json", "{\"dependencies\": {\"astro\": \"5.0.0\"}}",
                    "packages/site/src/pages/index.astro", "<p>Kites</p>\n",
                    "packages/site/src/pages/about.astro", "<p>About</p>\n")));
    String project = site.link(api);
    JsonNode several = detected(api, project);
    assertThat(several.get("app_root").isNull()).isTrue();
    assertThat(several.get("framework").asString()).isEqualTo("astro");
    assertThat(several.get("apps").values().stream().map(app -> app.get("root").asString()))
        .containsExactlyInAnyOrder(".", "packages/site");

    JsonNode changed =
        api.patch(
                "/api/projects/" + project,
                Map.of("repository", Map.of("host", "git", "app_root", ".")))
            .expect(200);
    assertThat(changed.at("/repository/app_root").asString()).isEqualTo(".");
    JsonNode one = detected(api, project);
    assertThat(one.get("app_root").asString()).isEqualTo(".");
    assertThat(one.get("framework").asString()).isEqualTo("next");
    assertThat(one.get("entry_files").get(0).asString()).isEqualTo("app/page.tsx");
  }

  /// The scheduled round may have been first; this one then finds nothing to do.
  private JsonNode detected(Api api, String project) {
    detection.run();
    JsonNode found = api.get("/api/projects/" + project).expect(200).get("detected");
    assertThat(found.isNull()).isFalse();
    return found;
  }
}
