package dev.pryo.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.PryoTest;
import dev.pryo.TestRepository;
import dev.pryo.project.Projects;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

@PryoTest
class ProjectPagesTest {
  @LocalServerPort int port;
  @Autowired Projects projects;
  @Autowired JsonMapper json;

  @Test
  void aFolderOfThisMachineBecomesAProjectWithItsSnippet() {
    Visitor owner = Visitor.signedUp(port);
    connect(owner, repository());
    assertThat(owner.address()).contains("/settings/keys");
    assertThat(owner.byId("snippet").text())
        .contains("/pryo.js")
        .contains("data-key=\"pk_")
        .contains("data-consent=\"granted\"");
    assertThat(owner.open("/").text()).contains("Mugs");
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnceBesideItsField() {
    Visitor owner = Visitor.signedUp(port).open("/projects/new");
    owner.send(
        "/projects",
        Map.of("name", "", "repository.url", "/nowhere/at/all", "site_url", "javascript:alert(1)"));
    assertThat(owner.status()).isEqualTo(422);
    assertThat(owner.page().select(".wrong").eachText()).hasSize(4);
    assertThat(owner.byId("error-repository.url").text()).contains("cannot be used");
    assertThat(owner.byId("error-consent").text()).contains("must be answered");
    assertThat(owner.one("[name=\"repository.url\"]").attr("value")).isEqualTo("/nowhere/at/all");
  }

  @Test
  void settingsAreSavedAndTheKeyIsRotated() {
    Visitor owner = Visitor.signedUp(port);
    String project = connect(owner, repository());
    String before = owner.byId("write-key").text();
    owner.send(project + "/settings/keys", Map.of());
    assertThat(owner.byId("write-key").text()).isNotEqualTo(before);
    owner.open(project + "/settings/general");
    owner.send(
        project + "/settings/general",
        Map.of("name", "Cups", "allowed_origins", "https://a.example\nhttps://b.example"));
    assertThat(owner.text()).contains("Saved.");
    assertThat(owner.one("[name=allowed_origins]").text())
        .isEqualTo("https://a.example\nhttps://b.example");
    owner.send(project + "/settings/general", Map.of("allowed_origins", "a.example/path"));
    assertThat(owner.byId("error-allowed_origins").text()).contains("must be an origin");
  }

  @Test
  void whereSeveralAppsAreFoundThePageAsksWhichOneIsMeant() {
    Visitor owner = Visitor.signedUp(port);
    String project =
        connect(
            owner,
            TestRepository.with(
                Map.of(
                    "apps/web/package.json", "{\"dependencies\": {\"next\": \"15.0.0\"}}",
                    "apps/web/app/page.tsx", "export default () => <p>Mugs</p>;\n",
                    "apps/docs/package.json", "{\"dependencies\": {\"astro\": \"5.0.0\"}}",
                    "apps/docs/src/pages/index.astro", "<p>Mugs</p>\n")));
    projects.detected(
        UUID.fromString(project.substring("/projects/".length())),
        json.readTree(
            """
            {"app_root": null, "apps": [{"root": ".", "framework": "react"},
                                        {"root": "apps/web", "framework": "next"},
                                        {"root": "apps/docs", "framework": "astro"}]}
            """),
        null);
    owner.open(project);
    assertThat(owner.page().select("[name=\"repository.app_root\"] option").eachText())
        .containsExactlyInAnyOrder(
            "the repository's own folder (react)", "apps/web (next)", "apps/docs (astro)");
    owner.send(project + "/settings/app", Map.of("repository.app_root", "apps/nowhere"));
    assertThat(owner.status()).isEqualTo(422);
    assertThat(owner.byId("error-repository.app_root").text()).contains("cannot be used");
    owner.send(project + "/settings/app", Map.of("repository.app_root", "."));
    assertThat(owner.text()).contains("Saved.").doesNotContain("Which app is meant?");
    owner.open(project + "/settings/general");
    assertThat(owner.one("[name=\"repository.app_root\"]").attr("value")).isEqualTo(".");
  }

  @Test
  void aViewerReadsAndFindsNoButtons() {
    Visitor owner = Visitor.signedUp(port);
    Visitor viewer = Visitor.signedUp(port);
    String project = connect(owner, repository());
    owner.open(project + "/settings/members");
    owner.send(project + "/settings/members", Map.of("email", viewer.email(), "role", "viewer"));
    assertThat(owner.text()).contains("Added.").contains(viewer.email());
    assertThat(viewer.open(project).text()).contains("Nothing has been tried here yet");
    assertThat(viewer.page().select("main a[href*=new], main form")).isEmpty();
    viewer.open(project + "/settings/general");
    assertThat(viewer.page().select("main form")).isEmpty();
    viewer.open(project + "/settings/keys");
    assertThat(viewer.page().select("main form")).isEmpty();
    assertThat(viewer.open("/experiments/new?project=" + project.substring(10)).status())
        .isEqualTo(404);
  }

  @Test
  void somebodyElsesProjectLooksLikeNone() {
    Visitor owner = Visitor.signedUp(port);
    String project = connect(owner, repository());
    Visitor other = Visitor.signedUp(port);
    for (String page :
        new String[] {"", "/events", "/settings/general", "/settings/keys", "/settings/members"}) {
      assertThat(other.open(project + page).status()).as(page).isEqualTo(404);
    }
  }

  @Test
  void theLastOwnerStays() {
    Visitor owner = Visitor.signedUp(port);
    String project = connect(owner, repository());
    owner.open(project + "/settings/members");
    owner.send(project + "/settings/members/remove", Map.of());
    assertThat(owner.status()).isEqualTo(422);
    assertThat(owner.one("[role=alert]").text()).contains("no owner");
  }

  @Test
  void aProjectIsDeletedByWhoTypesItsName() {
    Visitor owner = Visitor.signedUp(port);
    String project = connect(owner, repository());
    owner.open(project + "/settings/general");
    owner.send(project + "/settings/delete", Map.of("confirm", "Mug"));
    assertThat(owner.status()).isEqualTo(422);
    owner.send(project + "/settings/delete", Map.of("confirm", "Mugs"));
    assertThat(owner.text()).contains("Deleted.");
    assertThat(owner.open(project).status()).isEqualTo(404);
  }

  private static Path repository() {
    return TestRepository.with(Map.of("index.html", "<h1>Mugs</h1>\n"));
  }

  /// Connects the repository by the form; returns the project's path.
  static String connect(Visitor owner, Path repository) {
    owner.open("/projects/new");
    owner.send(
        "/projects",
        Map.of(
            "name",
            "Mugs",
            "repository.url",
            repository.toString(),
            "site_url",
            "https://mugs.example",
            "consent",
            "granted"));
    assertThat(owner.status()).as(owner.text()).isEqualTo(200);
    return owner.address().replaceAll("/settings.*", "");
  }
}
