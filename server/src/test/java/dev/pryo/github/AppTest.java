package dev.pryo.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import dev.pryo.account.Accounts;
import dev.pryo.account.SignIns;
import dev.pryo.codehost.CodeHostException;
import dev.pryo.codehost.FakeGitHub;
import dev.pryo.codehost.FakeRepository;
import dev.pryo.codehost.GitHub;
import dev.pryo.codehost.GitHubAccess;
import dev.pryo.codehost.RepositoryRef;
import dev.pryo.platform.Tenant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The GitHub App: made by one click, and its tokens.
@PryoTest
class AppTest {
  @LocalServerPort int port;
  @Autowired Accounts accounts;
  @Autowired SignIns signIns;
  @Autowired Apps apps;
  @Autowired InstantSource clock;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;

  @BeforeEach
  void github() {
    FakeGitHub.require();
  }

  @AfterEach
  void noApp() {
    Tenant.system(() -> transactions.execute(status -> sql.sql("delete from github_app").update()));
    assertThat(Person.GITHUB.complaints()).isEmpty();
  }

  @Test
  void oneClickMakesItWithTheLeastRights() {
    Api browser = Api.anonymous(port);
    String session = session(browser);
    Api.Answer page = browser.send("GET", "/github/app", null, "Cookie", session);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Security-Policy"))
        .contains("form-action 'self' " + Person.GITHUB.web() + ";");
    JsonNode manifest =
        JsonMapper.shared().readTree(unescaped(between(page.text(), "name=\"manifest\" value=\"")));
    assertThat(manifest.get("default_permissions"))
        .isEqualTo(
            JsonMapper.shared()
                .valueToTree(
                    Map.of(
                        "metadata", "read",
                        "contents", "write",
                        "pull_requests", "write",
                        "checks", "read",
                        "statuses", "read",
                        "actions", "read",
                        "issues", "read")));
    assertThat(manifest.get("public").asBoolean()).isFalse();

    String state = between(page.text(), "settings/apps/new?state=");
    String back =
        "/github/app/made?code=" + Person.GITHUB.makeApp(manifest.toString()) + "&state=" + state;
    String cookies = session + "; " + Person.cookie(page);
    assertThat(browser.send("GET", back, null, "Cookie", session + "; pryo_github_app=x").status())
        .as("another browser")
        .isEqualTo(409);
    assertThat(browser.send("GET", back, null, "Cookie", cookies).status())
        .as("the state is spent")
        .isEqualTo(409);

    Api.Answer again = browser.send("GET", "/github/app", null, "Cookie", session);
    String fresh = between(again.text(), "settings/apps/new?state=");
    Api.Answer made =
        browser.send(
            "GET",
            "/github/app/made?code="
                + Person.GITHUB.makeApp(manifest.toString())
                + "&state="
                + fresh,
            null,
            "Cookie",
            session + "; " + Person.cookie(again));
    assertThat(made.status()).isEqualTo(303);
    assertThat(made.header("Location")).endsWith("/apps/pryo-test/installations/new");
    assertThat(apps.find().orElseThrow().secrets().pem()).contains("BEGIN RSA PRIVATE KEY");
    assertThat(browser.send("GET", "/github/app", null, "Cookie", session).status()).isEqualTo(409);
  }

  @Test
  void nobodyElseMayMakeIt() {
    String email = UUID.randomUUID() + "@example.org";
    Api browser = Api.anonymous(port);
    browser
        .post("/api/auth/signup", Map.of("email", email, "password", "correct horse battery"))
        .expect(201);
    String link = signIns.link(accounts.byEmail(email).orElseThrow());
    String session = Person.cookie(browser.get("/link/" + link));
    assertThat(browser.send("GET", "/github/app", null, "Cookie", session).status()).isEqualTo(404);
  }

  @Test
  void itsTokensAreForOneRepositoryAndRenewed() {
    FakeRepository shop = shop();
    Person.GITHUB.install(shop);
    GitHub github = new GitHub(Person.GITHUB.web(), Person.GITHUB.api(), clock);
    GitHubAccess access = new Installations(github, clock).of(app(), shop.fullName());
    String first = access.token();
    assertThat(access.token()).isEqualTo(first);
    access.refused(first);
    assertThat(access.token()).isNotEqualTo(first);

    Person.GITHUB.suspend(true);
    access.refused(access.token());
    CodeHostException suspended = catchThrowableOfType(CodeHostException.class, access::token);
    assertThat(suspended.code()).isEqualTo(CodeHostException.Code.RECONNECT);
    assertThat(suspended).hasMessageContaining("suspended");
    Person.GITHUB.suspend(false);
    assertThat(access.token()).isNotEmpty();
  }

  @Test
  void whereItIsNotInstalledThatIsSaid() {
    FakeRepository shop = shop();
    GitHub github = new GitHub(Person.GITHUB.web(), Person.GITHUB.api(), clock);
    GitHubAccess access = new Installations(github, clock).of(app(), shop.fullName());
    var ref = new RepositoryRef("github", shop.fullName(), null, null, null);
    CodeHostException failure =
        catchThrowableOfType(
            CodeHostException.class, () -> github.host(access, access).inspect(ref));
    assertThat(failure.code()).isEqualTo(CodeHostException.Code.RECONNECT);
    assertThat(failure).hasMessageContaining("not installed on " + shop.fullName());
    Person.GITHUB.install(shop);
    assertThat(github.host(access, access).inspect(ref).branch()).isEqualTo("main");
    Person.GITHUB.uninstall(shop);
    assertThat(
            catchThrowableOfType(
                    CodeHostException.class, () -> github.host(access, access).inspect(ref))
                .code())
        .isEqualTo(CodeHostException.Code.RECONNECT);
  }

  private static FakeRepository shop() {
    return Person.GITHUB.repository(
        "kites/" + UUID.randomUUID(), "main", Map.of("index.html", "Hi\n"), "somebody");
  }

  private static App app() {
    return new App(
        UUID.randomUUID(),
        1,
        "pryo-test",
        "Iv1.app",
        "",
        new App.Secrets("", "", Person.GITHUB.appKey()));
  }

  private String session(Api browser) {
    return Person.cookie(browser.get("/link/" + signIns.link(accounts.localOwner())));
  }

  private static String between(String page, String start) {
    int from = page.indexOf(start) + start.length();
    assertThat(from).as(start + " in " + page).isGreaterThanOrEqualTo(start.length());
    return page.substring(from, page.indexOf('"', from));
  }

  private static String unescaped(String text) {
    return text.replace("&#34;", "\"")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }
}
