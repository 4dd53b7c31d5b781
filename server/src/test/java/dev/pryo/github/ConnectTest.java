package dev.pryo.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import dev.pryo.account.Account;
import dev.pryo.account.Accounts;
import dev.pryo.account.SignIns;
import dev.pryo.codehost.FakeGitHub;
import dev.pryo.platform.Tenant;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@PryoTest
class ConnectTest {
  @LocalServerPort int port;
  @Autowired JdbcClient sql;
  @Autowired Accounts accounts;
  @Autowired SignIns signIns;
  @Autowired TransactionTemplate transactions;
  private Person ada;

  @BeforeEach
  void somebody() {
    FakeGitHub.require();
    ada = Person.signedUp(port);
  }

  @AfterEach
  void nothing_was_unlike_github() {
    assertThat(Person.GITHUB.complaints()).isEmpty();
    Person.GITHUB.tokensEndAfter(null);
  }

  @Test
  void whoAgreesIsConnected() {
    assertThat(ada.isConnected()).isFalse();
    ada.connect();
    JsonNode status = ada.api().get("/api/github/status").expect(200);
    assertThat(status.get("connected").asBoolean()).isTrue();
    assertThat(status.get("login").asString()).isEqualTo(ada.login());
    assertThat(status.get("kind").asString()).isEqualTo("oauth");
    assertThat(status.at("/scopes/0").asString()).isEqualTo("repo");
    ada.api().delete("/api/github/connection").expect(204);
    assertThat(ada.isConnected()).isFalse();
  }

  @Test
  void theWayToGitHubAsksForNoMoreThanItNeedsAndComesBackHereAlone() {
    String address = ada.begin().json().get("authorize_url").asString();
    assertThat(URLDecoder.decode(address, StandardCharsets.UTF_8))
        .startsWith(Person.GITHUB.web() + "/login/oauth/authorize?")
        .contains("redirect_uri=http://127.0.0.1:" + port + "/api/github/callback")
        .contains("code_challenge_method=S256")
        .contains("scope=repo")
        .doesNotContain("workflow");
  }

  @Test
  void aSignedInBrowserIsSentThere() {
    Account owner = accounts.localOwner();
    Api browser = Api.anonymous(port);
    String session = Person.cookie(browser.get("/link/" + signIns.link(owner)));
    Api.Answer sent = browser.send("GET", "/api/github/authorize", null, "Cookie", session);
    assertThat(sent.status()).isEqualTo(302);
    assertThat(sent.header("Location")).startsWith(Person.GITHUB.web() + "/login/oauth/authorize?");
    assertThat(sent.header("Set-Cookie")).contains("HttpOnly", "SameSite=Lax");
    browser.send("GET", "/api/github/status", null, "Cookie", session).expect(401);
    browser.get("/api/github/authorize").expect(401);
  }

  @Test
  void whatWasNotBegunHereConnectsNobody() {
    for (String state : List.of("", "forged", "x".repeat(43))) {
      Api.Answer back =
          ada.comeBack("/api/github/callback?code=code0&state=" + state, "pryo_github=x");
      assertThat(back.header("Location")).endsWith("?github=expired");
    }
    assertThat(ada.isConnected()).isFalse();
  }

  @Test
  void anotherBrowserCannotEndIt() {
    Api.Answer begun = ada.begin();
    String back = Person.GITHUB.agree(begun.json().get("authorize_url").asString(), ada.login());
    assertThat(ada.comeBack(back, "pryo_github=another").header("Location")).endsWith("expired");
    assertThat(ada.comeBack(back, Person.cookie(begun)).header("Location"))
        .as("the state is spent")
        .endsWith("expired");
    assertThat(ada.isConnected()).isFalse();
  }

  @Test
  void aStateWorksOnce() {
    Api.Answer begun = ada.begin();
    String back = Person.GITHUB.agree(begun.json().get("authorize_url").asString(), ada.login());
    assertThat(ada.comeBack(back, Person.cookie(begun)).header("Location")).endsWith("connected");
    ada.api().delete("/api/github/connection").expect(204);
    assertThat(ada.comeBack(back, Person.cookie(begun)).header("Location")).endsWith("expired");
    assertThat(ada.isConnected()).isFalse();
  }

  @Test
  void whoBeganIsConnectedAndNobodyElse() {
    Person mallory = Person.signedUp(port);
    Api.Answer begun = mallory.begin();
    String back = Person.GITHUB.agree(begun.json().get("authorize_url").asString(), ada.login());
    ada.comeBack(back, Person.cookie(ada.begin()));
    assertThat(ada.isConnected()).isFalse();
    assertThat(mallory.isConnected()).isFalse();
  }

  @Test
  void whoDeclinesIsBroughtBack() {
    Api.Answer begun = ada.begin();
    String state =
        begun.json().get("authorize_url").asString().replaceFirst(".*[?&]state=([^&]+).*", "$1");
    Api.Answer back =
        ada.comeBack(
            "/api/github/callback?error=access_denied&state=" + state, Person.cookie(begun));
    assertThat(back.header("Location")).endsWith("?github=declined");
  }

  @Test
  void aCodeThatGitHubDoesNotTakeConnectsNobody() {
    Api.Answer begun = ada.begin();
    String back = Person.GITHUB.agree(begun.json().get("authorize_url").asString(), ada.login());
    assertThat(
            ada.comeBack(back.replaceFirst("code=[^&]+", "code=guessed"), Person.cookie(begun))
                .header("Location"))
        .endsWith("?github=failed");
    assertThat(ada.isConnected()).isFalse();
  }

  @Test
  void tokensAreStoredEncryptedAndShownToNobody() {
    ada.connect();
    byte[] sealed =
        Tenant.system(() ->
            transactions.execute(status ->
                sql.sql("select sealed from github_connection where login = :login")
                    .param("login", ada.login())
                    .query(byte[].class)
                    .single()));
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("gho_", "access");
    for (String path : List.of("/api/github/status", "/api/auth/me", "/api/github/repositories")) {
      assertThat(ada.api().get(path).text()).doesNotContain("gho_");
    }
  }

  @Test
  void repositoriesAreFoundByAPartOfTheirName() {
    ada.connect();
    Person.GITHUB.repository(ada.login() + "/kite-shop", "main", Map.of("a", "b"), ada.login());
    Person.GITHUB.repository(ada.login() + "/blog", "trunk", Map.of("a", "b"), ada.login());
    Person.GITHUB.repository(ada.login() + "/secret", "main", Map.of("a", "b"), "somebody");
    JsonNode all = ada.api().get("/api/github/repositories").expect(200);
    assertThat(all.get("items").size()).isEqualTo(2);
    JsonNode found = ada.api().get("/api/github/repositories?query=KITE").expect(200);
    assertThat(found.at("/items/0/full_name").asString()).isEqualTo(ada.login() + "/kite-shop");
    assertThat(found.at("/items/0/default_branch").asString()).isEqualTo("main");
    assertThat(found.get("items").size()).isEqualTo(1);
  }

  @Test
  void whoIsNotConnectedIsToldSo() {
    assertThat(ada.api().get("/api/github/repositories").expect(409).get("detail").asString())
        .contains("not connected");
  }

  @Test
  void aRevokedTokenTurnsTheConnectionOff() {
    ada.connect();
    Person.GITHUB.revokeAll(ada.login());
    assertThat(ada.api().get("/api/github/repositories").expect(409).get("detail").asString())
        .contains("Reconnect GitHub");
    assertThat(ada.isConnected()).isFalse();
    ada.connect();
    ada.api().get("/api/github/repositories").expect(200);
  }

  @Test
  void aTokenThatEndsSoonIsRenewedBeforeItIsUsed() {
    Person.GITHUB.tokensEndAfter(60);
    ada.connect();
    Person.GITHUB.tokensEndAfter(28_800);
    ada.api().get("/api/github/repositories").expect(200);
    ada.api().get("/api/github/repositories").expect(200);
    assertThat(ada.isConnected()).isTrue();
  }
}
