package dev.pryo.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import dev.pryo.account.Account;
import dev.pryo.account.Accounts;
import dev.pryo.codehost.RepositoryRef;
import dev.pryo.platform.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// The token of a repository behind an `https:` address.
@PryoTest
class RepositoryTokenTest {
  private static final String TOKEN = "glpat-what-only-the-owner-knows";

  @LocalServerPort int port;
  @Autowired Projects projects;
  @Autowired Accounts accounts;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;

  @Test
  void itIsKeptEncryptedAndNeverShown() {
    Api api = Api.signedUp(port);
    Account owner =
        accounts.byEmail(api.get("/api/auth/me").expect(200).get("email").asString()).orElseThrow();
    Project made = projects.create(owner, draft(TOKEN), false);
    String path = "/api/projects/" + made.id();

    Api.Answer shown = api.get(path);
    assertThat(shown.expect(200).at("/repository/url").asString()).endsWith("/shop.git");
    assertThat(shown.text() + api.get("/api/projects").text()).doesNotContain(TOKEN, "token");
    assertThat(projects.find(made.id()).orElseThrow().repository().token()).isEqualTo(TOKEN);
    byte[] kept =
        Tenant.system(() ->
            transactions.execute(status ->
                sql.sql("select token_sealed from project where id = :id")
                    .param("id", made.id())
                    .query(byte[].class)
                    .single()));
    assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain(TOKEN);

    api.patch(path, Map.of("name", "Another name")).expect(200);
    assertThat(projects.find(made.id()).orElseThrow().repository().token())
        .as("other changes leave it")
        .isEqualTo(TOKEN);
  }

  private static ProjectDraft draft(String token) {
    return new ProjectDraft(
        "Kites",
        RepositoryRef.git("https://git.example.org/shop.git")
            .withDefaultBranch("main")
            .withToken(token),
        null,
        List.of(),
        395,
        null,
        Consent.ASK,
        false);
  }

  @Test
  void anAddressOfThisMachineIsRefusedWithoutTellingTheToken() {
    Api.Answer answer =
        Api.signedUp(port)
            .post(
                "/api/projects",
                Map.of(
                    "name",
                    "Kites",
                    "repository",
                    Map.of(
                        "host",
                        "git",
                        "url",
                        "https://127.0.0.1:" + port + "/shop.git",
                        "token",
                        TOKEN)));
    JsonNode error = answer.expect(422).at("/errors/0");
    assertThat(error.get("field").asString()).isEqualTo("repository.url");
    assertThat(error.get("message").asString()).contains("none of the public internet");
    assertThat(answer.text()).doesNotContain(TOKEN);
  }

  @Test
  void aTokenForAnythingElseIsRefused() {
    JsonNode errors =
        Api.signedUp(port)
            .post(
                "/api/projects",
                Map.of(
                    "name",
                    "Kites",
                    "repository",
                    Map.of("host", "github", "full_name", "kites/shop", "token", TOKEN)))
            .expect(422);
    assertThat(errors.at("/errors/0/field").asString()).isEqualTo("repository.token");
  }
}
