package dev.pryo.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.pryo.Browser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PreviewTest {
  private static final String ASK_AND_SEND =
      "async key => { await pryo.ready(); const s = pryo.variant(key); await pryo.flush(); return s }";

  @RegisterExtension static final Browser browser = new Browser();
  @RegisterExtension final ContractServer server = new ContractServer();

  @Test
  void aLinkForcesASegmentBeforeActivationAndEveryEventSaysPreview() {
    server.servesPage("/", "");
    Page page = open("/?pryo=cta#test2");
    assertThat(page.evaluate(ASK_AND_SEND, "cta")).isEqualTo("test2");
    assertThat(page.evaluate(ASK_AND_SEND, "other")).isEqualTo("control");
    page.evaluate("async () => { pryo.trackEvent('add_to_cart'); await pryo.flush() }");
    assertThat(server.events()).hasSize(2).allMatch(event -> event.get("preview").asBoolean());
    assertThat(server.events("$exposure").getFirst().get("segment").asString()).isEqualTo("test2");
    assertThat(page.url()).endsWith("/?pryo=cta#test2");
  }

  @Test
  void plainAnchorAndHashRouterPagesAreTold() {
    server.servesPage("/", "<p id=control-panel>panel</p>");
    for (String fragment : List.of("#test1", "#/pricing#test1", "#/pricing?x=1&test1")) {
      Page page = open("/" + fragment);
      assertThat(page.evaluate("pryo.variant('cta')")).as(fragment).isEqualTo("test1");
      assertThat(page.url()).endsWith(fragment);
    }
    for (String fragment : List.of("#control-panel", "#section", "#test", "#test01", "#mytest1")) {
      Page page = open("/" + fragment);
      assertThat(page.evaluate("pryo.variant('cta', 'none')")).as(fragment).isEqualTo("none");
      assertThat(badge(page).count()).isZero();
    }
  }

  @Test
  void withoutAKeyItHoldsForEveryExperimentThatHasTheSegment() {
    server.assignsTest1("cta");
    server.servesPage("/", "");
    Page page = open("/#test2");
    page.evaluate("pryo.ready()");
    assertThat(page.evaluate("pryo.peek('cta')")).isEqualTo("test1");
    assertThat(page.evaluate("pryo.peek('draft')")).isEqualTo("test2");
  }

  @Test
  void itLastsThroughLinksReloadsAndRoutingAndEndsWithTheBadge() {
    server.servesPage("/", "<a href=/next>next</a>");
    server.servesPage("/next", "<h2 id=details>details</h2>");
    Page page = open("/#test1");
    page.getByText("next").click();
    page.waitForURL("**/next");
    page.waitForFunction("window.pryo");
    assertThat(page.evaluate("pryo.variant('cta')")).isEqualTo("test1");
    page.evaluate("history.pushState(null, '', '/next/deep')");
    page.evaluate("location.hash = 'details'");
    assertThat(page.evaluate("pryo.variant('cta')")).isEqualTo("test1");
    page.evaluate("history.pushState(null, '', '/next?a=1#test1')");
    assertThat(badge(page).textContent()).isEqualTo("Preview: Test 1 \u00d7");

    page.waitForNavigation(() -> badge(page).click());
    page.waitForFunction("window.pryo");
    assertThat(page.url()).endsWith("/next?a=1");
    assertThat(page.evaluate("pryo.variant('cta', 'none')")).isEqualTo("none");
    assertThat(badge(page).count()).isZero();
  }

  @Test
  void anotherFragmentInTheSamePageChangesTheSegmentAndTellsListeners() {
    server.servesPage("/", "");
    Page page = open("/#control");
    page.evaluate("() => { window.seen = []; pryo.onChange(() => seen.push(pryo.peek('cta'))) }");
    page.evaluate("location.hash = 'test3'");
    page.waitForFunction("seen.includes('test3')");
    assertThat(badge(page).textContent()).isEqualTo("Preview: Test 3 \u00d7");
  }

  @Test
  void itShowsWithoutConsentAndSendsNothing() {
    server.serves("/", server.page("data-consent=ask data-allow-bots", ""));
    Page page = open("/?pryo=cta#test1");
    assertThat(page.evaluate(ASK_AND_SEND, "cta")).isEqualTo("test1");
    assertThat(server.calls()).isEmpty();
    assertThat(page.evaluate("localStorage.length + document.cookie")).isEqualTo("0");
  }

  @Test
  void anotherTabIsNotInThePreview() {
    server.servesPage("/", "");
    Page page = open("/#test1");
    Page other = page.context().newPage();
    other.navigate(server.site("/"));
    other.waitForFunction("window.pryo");
    assertThat(other.evaluate("pryo.peek('cta')")).isEqualTo("control");
  }

  private static Locator badge(Page page) {
    return page.getByRole(AriaRole.BUTTON);
  }

  private Page open(String path) {
    Page page = browser.page();
    page.navigate(server.site(path));
    page.waitForFunction("window.pryo");
    return page;
  }
}
