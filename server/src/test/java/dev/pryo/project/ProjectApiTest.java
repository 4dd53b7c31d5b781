package dev.pryo.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import dev.pryo.TestRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@PryoTest
class ProjectApiTest {
  @LocalServerPort int port;
  private Api owner;
  private Path repository;

  @BeforeEach
  void somebodyWithARepository() {
    owner = Api.signedUp(port);
    repository = TestRepository.with(Map.of("index.html", "<p>Hello</p>\n", "web/a.html", "a\n"));
  }

  @Test
  void aLinkedRepositoryIsAProjectWithAWriteKey() {
    JsonNode project = create(Map.of()).expect(201);
    assertThat(project.at("/repository/default_branch").asString()).isEqualTo("main");
    assertThat(project.at("/repository/host").asString()).isEqualTo("git");
    assertThat(project.get("write_key").asString()).startsWith("pk_");
    assertThat(project.get("consent").asString()).isEqualTo("ask");
    assertThat(project.get("retention_days").asInt()).isEqualTo(395);
    assertThat(project.get("detected").isNull()).isTrue();
    JsonNode list = owner.get("/api/projects").expect(200);
    assertThat(list.get("items").size()).isEqualTo(1);
    assertThat(list.get("next_cursor").isNull()).isTrue();
    assertThat(owner.get("/api/projects/" + id(project)).expect(200)).isEqualTo(project);
  }

  @Test
  void whatTheCallerMayNotSetIsNotBound() {
    UUID id = UUID.randomUUID();
    JsonNode project =
        create(Map.of("id", id, "write_key", "mine", "role", "owner", "demo", true)).expect(201);
    assertThat(project.get("id").asString()).isNotEqualTo(id.toString());
    assertThat(project.get("write_key").asString()).isNotEqualTo("mine");
    assertThat(project.get("demo").asBoolean()).isFalse();
  }

  @Test
  void eachWrongValueNamesItsFieldAndTheMend() throws Exception {
    assertThat(fields(create(Map.of("name", " ")))).containsExactly("name");
    assertThat(fields(create(Map.of("site_url", "javascript:alert(1)"))))
        .containsExactly("site_url");
    assertThat(fields(create(Map.of("site_url", "https://me:pass@example.org"))))
        .containsExactly("site_url");
    assertThat(fields(create(Map.of("retention_days", 0)))).containsExactly("retention_days");
    assertThat(fields(create(Map.of("allowed_origins", List.of("https://a.example", "*")))))
        .containsExactly("allowed_origins[1]");
    assertThat(fields(create(Map.of("consent", "perhaps")))).containsExactly("consent");
    assertThat(fields(link(Map.of("host", "svn")))).containsExactly("repository.host");
    assertThat(fields(link(Map.of("host", "github", "full_name", "x"))))
        .containsExactly("repository.full_name");
    assertThat(fields(link(git("https://example.org/a.git")))).containsExactly("repository.url");
    assertThat(fields(link(git("ext::sh -c id")))).containsExactly("repository.url");
    assertThat(fields(link(git("file:///etc")))).containsExactly("repository.url");
    Path empty = Files.createTempDirectory("pryo-test-no-repository");
    assertThat(fields(link(git(empty.toUri().toString())))).containsExactly("repository.url");
    Map<String, Object> branch = git(repository.toUri().toString());
    branch.put("default_branch", "gone");
    assertThat(fields(link(branch))).containsExactly("repository.default_branch");
    Map<String, Object> root = git(repository.toUri().toString());
    root.put("app_root", "apps/gone");
    assertThat(fields(link(root))).containsExactly("repository.app_root");
    root.put("app_root", "../other");
    assertThat(fields(link(root))).containsExactly("repository.app_root");
  }

  @Test
  void aGitHubRepositoryMayBeNamedBeforeGitHubIsConnected() {
    JsonNode project =
        owner.post("/api/projects", Map.of("name", "p", "repo_full_name", "acme/shop")).expect(201);
    assertThat(project.at("/repository/host").asString()).isEqualTo("github");
    assertThat(project.at("/repository/full_name").asString()).isEqualTo("acme/shop");
  }

  @Test
  void changesKeepTheRest() {
    JsonNode project = create(Map.of("site_url", "https://shop.example")).expect(201);
    JsonNode changed =
        owner
            .patch("/api/projects/" + id(project), Map.of("name", "New name", "consent", "granted"))
            .expect(200);
    assertThat(changed.get("name").asString()).isEqualTo("New name");
    assertThat(changed.get("consent").asString()).isEqualTo("granted");
    assertThat(changed.get("site_url").asString()).isEqualTo("https://shop.example");
    assertThat(
            fields(
                owner.patch(
                    "/api/projects/" + id(project),
                    Map.of("repository", git("file:///somewhere/else")))))
        .contains("repository");
  }

  @Test
  void anOldWriteKeyWorksOnUnlessItIsEnded() {
    JsonNode project = create(Map.of()).expect(201);
    String path = "/api/projects/" + id(project) + "/write-key/rotate";
    String first = project.get("write_key").asString();
    String second = owner.post(path, Map.of()).expect(200).get("write_key").asString();
    assertThat(second).isNotEqualTo(first);
    String third = owner.post(path, Map.of("now", true)).expect(200).get("write_key").asString();
    assertThat(third).isNotIn(first, second);
  }

  @Test
  void rolesDecideWhoMayWhat() {
    JsonNode project = create(Map.of()).expect(201);
    String path = "/api/projects/" + id(project);
    Api viewer = Api.signedUp(port);
    String email = viewer.get("/api/auth/me").expect(200).get("email").asString();
    viewer.get(path).expect(404);
    owner.post(path + "/members", Map.of("email", email, "role", "viewer")).expect(201);
    viewer.get(path).expect(200);
    viewer.patch(path, Map.of("name", "mine")).expect(403);
    viewer.post(path + "/write-key/rotate", null).expect(403);
    viewer.post(path + "/members", Map.of("email", email, "role", "owner")).expect(403);
    viewer.delete(path).expect(403);
    assertThat(viewer.get(path + "/members").expect(200).get("items").size()).isEqualTo(2);
  }

  @Test
  void anInvitationWaitsForItsAddress() {
    JsonNode project = create(Map.of()).expect(201);
    String path = "/api/projects/" + id(project);
    String email = UUID.randomUUID() + "@example.org";
    JsonNode invited =
        owner.post(path + "/members", Map.of("email", email, "role", "editor")).expect(201);
    assertThat(invited.get("user_id").isNull()).isTrue();
    JsonNode tokens =
        Api.anonymous(port)
            .post("/api/auth/signup", Map.of("email", email, "password", "correct horse battery"))
            .expect(201);
    Api member = Api.anonymous(port).with(tokens.get("access_token").asString());
    member.get(path).expect(200);
    member.delete(path).expect(403);
  }

  @Test
  void theLastOwnerStays() {
    JsonNode project = create(Map.of()).expect(201);
    String me = owner.get("/api/auth/me").expect(200).get("id").asString();
    String path = "/api/projects/" + id(project) + "/members";
    owner.delete(path + "/" + me).expect(409);
    owner
        .post(
            path,
            Map.of(
                "email",
                owner.get("/api/auth/me").expect(200).get("email").asString(),
                "role",
                "viewer"))
        .expect(409);
  }

  @Test
  void aDeletedProjectIsGone() {
    JsonNode project = create(Map.of()).expect(201);
    owner.delete("/api/projects/" + id(project)).expect(204);
    owner.get("/api/projects/" + id(project)).expect(404);
  }

  private Api.Answer create(Map<String, Object> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.putIfAbsent("name", "Shop");
    body.put("repository", git(repository.toUri().toString()));
    return owner.post("/api/projects", body);
  }

  private Api.Answer link(Map<String, Object> repository) {
    return owner.post("/api/projects", Map.of("name", "Shop", "repository", repository));
  }

  private static Map<String, Object> git(String url) {
    return new HashMap<>(Map.of("host", "git", "url", url));
  }

  private static String id(JsonNode project) {
    return project.get("id").asString();
  }

  private static List<String> fields(Api.Answer answer) {
    return answer
        .expect(422)
        .get("errors")
        .valueStream()
        .map(e -> e.get("field").asString())
        .toList();
  }
}
