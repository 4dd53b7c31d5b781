package dev.pryo.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.pryo.Browser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class ExposureTest {
  private static final String ASK_AND_SEND =
      "async key => { await pryo.ready(); const s = pryo.variant(key); await pryo.flush(); return s }";

  @RegisterExtension static final Browser browser = new Browser();
  @RegisterExtension final ContractServer server = new ContractServer();

  @Test
  void oneExposureAcrossReloadsAndTwoTabs() {
    server.assignsTest1("cta");
    server.servesPage("/", "");
    BrowserContext visitor = browser.visitor();
    Page first = open(visitor, "/");
    assertThat(first.evaluate(ASK_AND_SEND, "cta")).isEqualTo("test1");
    assertThat(first.evaluate(ASK_AND_SEND, "cta")).isEqualTo("test1");
    first.reload();
    first.waitForFunction("window.pryo");
    assertThat(first.evaluate(ASK_AND_SEND, "cta")).isEqualTo("test1");
    Page second = open(visitor, "/");
    assertThat(second.evaluate(ASK_AND_SEND, "cta")).isEqualTo("test1");

    assertThat(server.events()).hasSize(1);
    assertThat(server.duplicates()).isEqualTo(2);
    JsonNode exposure = server.events().getFirst();
    assertThat(exposure.get("event").asString()).isEqualTo("$exposure");
    assertThat(exposure.get("experiment").asString()).isEqualTo("cta");
    assertThat(exposure.get("segment").asString()).isEqualTo("test1");
    assertThat(exposure.get("id").asString()).matches("x\\d+-\\d+").hasSizeLessThanOrEqualTo(64);
    assertThat(exposure.get("user_id").asString())
        .isEqualTo(first.evaluate("localStorage.getItem('pryo_id')"));
    assertThat(exposure.has("preview")).isFalse();
  }

  @Test
  void twoVisitorsAndTwoExperimentsAreFourExposures() {
    server.assignsTest1("cta", "price");
    server.servesPage("/", "");
    for (int i = 0; i < 2; i++) {
      Page page = open(browser.visitor(), "/");
      page.evaluate(ASK_AND_SEND, "cta");
      page.evaluate(ASK_AND_SEND, "price");
    }
    assertThat(server.events("$exposure")).hasSize(4);
  }

  @Test
  void aPeekExposesNobody() {
    server.assignsTest1("cta");
    server.servesPage("/", "");
    Page page = open(browser.visitor(), "/");
    Object answer =
        page.evaluate(
            "async () => { await pryo.ready(); const s = pryo.peek('cta'); await pryo.flush(); return s }");
    assertThat(answer).isEqualTo("test1");
    assertThat(server.events()).isEmpty();
  }

  @Test
  void whoIsOutsideGetsTheFallbackAndIsNotExposed() {
    server.assigns(
        ContractServer.rules(
            ContractServer.experiment("nobody", "active", 0, "test1"),
            ContractServer.experiment("paused", "paused", 1L << 32, "test1"),
            ContractServer.experiment("foreign", "active", 1L << 32, "<script>")));
    server.servesPage("/", "");
    Page page = open(browser.visitor(), "/");
    for (String key : List.of("nobody", "paused", "foreign", "unknown")) {
      assertThat(page.evaluate(ASK_AND_SEND, key)).as(key).isEqualTo("control");
    }
    assertThat(page.evaluate("pryo.variant('unknown', 'mine')")).isEqualTo("mine");
    assertThat(server.events()).isEmpty();
  }

  @Test
  void newRulesCountFromTheNextPage() {
    server.assigns(ContractServer.rules().with("Cache-Control", "no-store"));
    server.servesPage("/", "");
    Page page = open(browser.visitor(), "/");
    assertThat(page.evaluate(ASK_AND_SEND, "cta")).isEqualTo("control");

    server.assignsTest1("cta");
    page.reload();
    page.waitForFunction("localStorage.getItem('pryo_rules_pk_test').includes('cta')");
    assertThat(page.evaluate(ASK_AND_SEND, "cta")).isEqualTo("control");
    assertThat(server.events()).isEmpty();

    page.reload();
    page.waitForFunction("window.pryo");
    assertThat(page.evaluate("pryo.variant('cta')")).isEqualTo("test1");
  }

  @Test
  void aProjectThatIsGoneEndsItsExperimentsForReturningVisitors() {
    server.assigns(
        ContractServer.rules(ContractServer.experiment("cta", "active", 1L << 32, "test1"))
            .with("Cache-Control", "no-store"));
    server.servesPage("/", "");
    Page page = open(browser.visitor(), "/");
    assertThat(page.evaluate(ASK_AND_SEND, "cta")).isEqualTo("test1");
    server.assigns(ContractServer.Answer.status(404));
    page.reload();
    page.waitForFunction("window.pryo && !localStorage.getItem('pryo_rules_pk_test')");
    page.reload();
    page.waitForFunction("window.pryo");
    assertThat(page.evaluate(ASK_AND_SEND, "cta")).isEqualTo("control");
  }

  @Test
  void aSignedInUserIsTheUnitAndUnpairedSurrogatesAreReplaced() {
    server.assignsTest1("cta");
    server.serves(
        "/",
        ContractServer.Answer.html(
            "<!doctype html><script src=\"%s/pryo.js\"></script>".formatted(server.host())));
    Page page = open(browser.visitor(), "/");
    page.evaluate(
        "options => pryo.init({ ...options, userId: 'anna' + String.fromCharCode(0xd83d) })",
        options());
    assertThat(page.evaluate(ASK_AND_SEND, "cta")).isEqualTo("test1");
    assertThat(server.events().getFirst().get("user_id").asString()).isEqualTo("anna\uFFFD");
    assertThat(page.evaluate("document.cookie")).isEqualTo("");
    assertThat(page.evaluate("localStorage.getItem('pryo_id')")).isNull();
  }

  @Test
  void anIdThatIsNobodysIsNeverBucketed() {
    server.assignsTest1("cta");
    server.serves(
        "/",
        ContractServer.Answer.html(
            "<!doctype html><script src=\"%s/pryo.js\"></script>".formatted(server.host())));
    for (String id : List.of("''", "1.5", "2 ** 60", "{}")) {
      Page page = open(browser.visitor(), "/");
      page.evaluate("options => pryo.init({ ...options, userId: " + id + " })", options());
      assertThat(page.evaluate(ASK_AND_SEND, "cta")).as(id).isEqualTo("control");
    }
    assertThat(server.calls()).isEmpty();
  }

  private Map<String, Object> options() {
    return Map.of(
        "key", ContractServer.KEY, "host", server.host(), "consent", "granted", "allowBots", true);
  }

  private Page open(BrowserContext visitor, String path) {
    Page page = visitor.newPage();
    page.navigate(server.site(path));
    page.waitForFunction("window.pryo");
    return page;
  }
}
