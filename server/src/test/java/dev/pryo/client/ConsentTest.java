package dev.pryo.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.pryo.Browser;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConsentTest {
  private static final String USE =
      """
      async () => {
        await pryo.ready();
        pryo.trackEvent("purchase", { value: 5 });
        const segment = pryo.variant("cta");
        await pryo.flush();
        return segment;
      }
      """;
  private static final String KEPT =
      "document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage })";

  @RegisterExtension static final Browser browser = new Browser();
  @RegisterExtension final ContractServer server = new ContractServer();

  @Test
  void nothingIsKeptOrSentUntilConsentAndNothingAfterItsWithdrawal() {
    server.assignsTest1("cta");
    server.serves("/", server.page("data-consent=ask data-allow-bots", ""));
    Page page = open(browser.visitor());
    assertThat(page.evaluate(USE)).isEqualTo("control");
    assertNothingKeptOrSent(page);

    page.evaluate("pryo.consent(true)");
    page.waitForFunction("pryo.peek('cta') === 'test1'");
    assertThat(page.evaluate(USE)).isEqualTo("test1");
    assertThat(server.events()).hasSize(2);
    assertThat(page.evaluate("document.cookie")).asString().startsWith("pryo_id=");
    page.evaluate("pryo.trackEvent('waiting')");

    page.evaluate("pryo.consent(false)");
    assertThat(page.evaluate(KEPT)).isEqualTo("{}");
    int calls = server.calls().size();
    assertThat(page.evaluate(USE)).isEqualTo("control");
    page.reload();
    page.waitForFunction("window.pryo");
    assertThat(page.evaluate(USE)).isEqualTo("control");
    assertThat(page.evaluate(KEPT)).isEqualTo("{}");
    assertThat(server.calls()).hasSize(calls);
    assertThat(server.events()).hasSize(2);
  }

  @Test
  void aReturningVisitorWhoHasNotBeenAskedAgainKeepsTheIdAndARefusalTakesIt() {
    server.serves("/", server.page("data-consent=ask data-allow-bots", ""));
    Page page = open(browser.visitor());
    page.evaluate("pryo.consent(true)");
    Object id = page.evaluate("localStorage.getItem('pryo_id')");
    page.reload();
    page.waitForFunction("window.pryo");
    assertThat(page.evaluate("localStorage.getItem('pryo_id')")).isNotNull().isEqualTo(id);
    page.evaluate("pryo.consent(false)");
    assertThat(page.evaluate(KEPT)).isEqualTo("{}");
  }

  @Test
  void aMissingConsentAttributeMeansAsk() {
    server.assignsTest1("cta");
    server.serves("/", server.page("data-allow-bots", ""));
    Page page = open(browser.visitor());
    assertThat(page.evaluate(USE)).isEqualTo("control");
    assertNothingKeptOrSent(page);
  }

  @Test
  void onlyTrueIsConsent() {
    server.serves("/", server.page("data-consent=ask data-allow-bots", ""));
    Page page = open(browser.visitor());
    page.evaluate("pryo.consent('denied')");
    assertThat(page.evaluate(USE)).isEqualTo("control");
    assertNothingKeptOrSent(page);
  }

  @Test
  void privacyControlAndDoNotTrackAreRefusals() {
    server.assignsTest1("cta");
    server.servesPage("/", "");
    for (String signal : Set.of("globalPrivacyControl", "doNotTrack")) {
      BrowserContext visitor = browser.visitor();
      visitor.addInitScript(
          "Object.defineProperty(navigator, '%s', { value: '%s' === 'doNotTrack' ? '1' : true })"
              .formatted(signal, signal));
      Page page = open(visitor);
      assertThat(page.evaluate(USE)).as(signal).isEqualTo("control");
      page.evaluate("pryo.consent(true)");
      assertThat(page.evaluate(USE)).as(signal).isEqualTo("control");
      assertNothingKeptOrSent(page);
    }
  }

  @Test
  void anAutomatedBrowserIsNoVisitor() {
    server.assignsTest1("cta");
    server.serves("/", server.page("data-consent=granted", ""));
    Page page = open(browser.visitor());
    assertThat(page.evaluate("navigator.webdriver")).isEqualTo(true);
    assertThat(page.evaluate(USE)).isEqualTo("control");
    assertNothingKeptOrSent(page);
  }

  @Test
  void crawlersAreNoVisitorsAndAPhoneOfThatNameIs() {
    server.assignsTest1("cta");
    server.serves("/", server.page("data-consent=granted", ""));
    for (String agent :
        Set.of(
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "Mozilla/5.0 (compatible; Yahoo! Slurp)",
            "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/140.0.0.0 Safari/537.36")) {
      Page page = open(person(agent));
      assertThat(page.evaluate(USE)).as(agent).isEqualTo("control");
      assertNothingKeptOrSent(page);
    }
    Page page = open(person("Mozilla/5.0 (Linux; Android 9; CUBOT_P30) Chrome/140.0 Mobile"));
    assertThat(page.evaluate(USE)).isEqualTo("test1");
  }

  @Test
  void aPrerenderedPageWaitsUntilItIsShown() {
    server.assignsTest1("cta");
    server.servesPage("/", "");
    BrowserContext visitor = browser.visitor();
    visitor.addInitScript(
        "Object.defineProperty(document, 'prerendering', { value: true, writable: true })");
    Page page = open(visitor);
    page.evaluate("pryo.trackEvent('view')");
    assertThat(page.evaluate("pryo.variant('cta')")).isEqualTo("control");
    assertNothingKeptOrSent(page);

    page.evaluate(
        "() => { document.prerendering = false;"
            + " document.dispatchEvent(new Event('prerenderingchange')) }");
    assertThat(page.evaluate(USE)).isEqualTo("test1");
    assertThat(server.events("view")).hasSize(1);
  }

  private BrowserContext person(String agent) {
    BrowserContext visitor = browser.visitor(new NewContextOptions().setUserAgent(agent));
    visitor.addInitScript("Object.defineProperty(navigator, 'webdriver', { value: false })");
    return visitor;
  }

  private void assertNothingKeptOrSent(Page page) {
    assertThat(page.evaluate(KEPT)).isEqualTo("{}");
    assertThat(server.calls()).isEmpty();
  }

  private Page open(BrowserContext visitor) {
    Page page = visitor.newPage();
    page.navigate(server.site("/"));
    page.waitForFunction("window.pryo");
    return page;
  }
}
