package dev.pryo.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Page;
import dev.pryo.Browser;
import dev.pryo.client.ContractServer.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RobustnessTest {
  private static final int BUDGET = 4_000;
  private static final String USE =
      """
      async () => {
        await pryo.ready();
        pryo.trackEvent("step");
        const segment = pryo.variant("cta");
        await pryo.flush();
        return segment;
      }
      """;

  @RegisterExtension static final Browser browser = new Browser();
  @RegisterExtension final ContractServer server = new ContractServer();

  private final List<String> errors = new ArrayList<>();

  @Test
  void theServedFileIsSmallAndNamesItsVersion() throws IOException {
    String served = ContractServer.served();
    assertThat(served).matches("(?s)/\\*! Pryo [0-9][^ ]* [0-9a-f]{12} Apache-2\\.0 \\*/\n.+\n");
    assertThat(gzip(served).length).isLessThanOrEqualTo(BUDGET);
  }

  @Test
  void lateRulesAreOutForThisPageAndInForTheNext() {
    server.assignsTest1("cta");
    server.servesPage("/", "");
    CountDownLatch gate = server.holdsRulesBack();
    BrowserContext visitor = browser.visitor();
    stopTheClock(visitor);
    Page page = open(visitor, "/");
    page.evaluate("() => { window.isReady = false; pryo.ready().then(() => isReady = true) }");
    visitor.clock().runFor(299);
    assertThat(page.evaluate("isReady")).isEqualTo(false);
    assertThat(page.evaluate("document.documentElement.dataset.pryoReady")).isNull();
    visitor.clock().runFor(1);
    assertThat(page.evaluate("isReady")).isEqualTo(true);
    assertThat(page.evaluate("document.documentElement.dataset.pryoReady")).isEqualTo("");

    gate.countDown();
    page.waitForCondition(
        () -> page.evaluate("localStorage.getItem('pryo_rules_pk_test')") != null);
    assertThat(page.evaluate(USE)).isEqualTo("control");
    assertThat(server.events("$exposure")).isEmpty();

    page.reload();
    assertThat(page.evaluate(USE)).isEqualTo("test1");
    assertThat(server.events("$exposure")).hasSize(1);
  }

  @Test
  void rulesOfTheLastVisitCountAtOnce() {
    server.assignsTest1("cta");
    server.servesPage("/", "");
    Page page = open(browser.visitor(), "/");
    page.evaluate(USE);
    page.waitForFunction("localStorage.getItem('pryo_rules_pk_test')");
    page.context()
        .addInitScript(
            "document.addEventListener('pryo', () => { window.heard = pryo.variant('cta') })");
    page.reload();
    page.waitForFunction("window.pryo");
    assertThat(page.evaluate("heard")).isEqualTo("test1");
  }

  @Test
  void withoutStorageOrCookiesOrBothThePageWorks() {
    server.assignsTest1("cta");
    server.servesPage("/", "");
    String noStorage =
        """
        for (const name of ["localStorage", "sessionStorage"])
          Object.defineProperty(window, name, { get() { throw new Error("blocked") } });
        """;
    String noCookies =
        """
        Object.defineProperty(document, "cookie", { get: () => "", set: () => {} });
        """;
    String throwingCookies =
        """
        Object.defineProperty(document, "cookie", { get() { throw new Error("blocked") } });
        """;
    String fullStorage =
        """
        Storage.prototype.setItem = () => { throw new Error("full") };
        """;
    for (String blocked :
        List.of(noStorage, noCookies, noStorage + noCookies, throwingCookies, fullStorage)) {
      BrowserContext visitor = browser.visitor();
      visitor.addInitScript(blocked);
      Page page = open(visitor, "/");
      assertThat(page.evaluate(USE)).as(blocked).isEqualTo("test1");
    }
    assertThat(server.events("step")).hasSize(5);
    assertThat(server.events("$exposure")).hasSize(5);
    assertThat(errors).isEmpty();
  }

  @Test
  void aStrictPolicyHasNothingToReport() {
    server.assignsTest1("cta");
    String policy =
        "default-src 'none'; script-src %1$s; connect-src %1$s; require-trusted-types-for 'script';"
            + " trusted-types 'none'";
    server.serves(
        "/",
        server
            .page("data-consent=granted data-allow-bots", "")
            .with("Content-Security-Policy", policy.formatted(server.host())));
    BrowserContext visitor = browser.visitor();
    visitor.addInitScript(
        """
        window.reports = [];
        document.addEventListener("securitypolicyviolation",
          (report) => reports.push(report.violatedDirective + " " + report.blockedURI));
        """);
    Page page = visitor.newPage();
    page.onPageError(errors::add);
    page.navigate(server.site("/#test1"));
    page.locator("button").waitFor();
    assertThat(page.evaluate(USE)).isEqualTo("test1");
    assertThat(page.locator("button").evaluate("button => getComputedStyle(button).position"))
        .isEqualTo("fixed");
    assertThat(page.evaluate("reports")).isEqualTo(List.of());
    assertThat(server.events()).hasSize(2);
    assertThat(errors).isEmpty();
  }

  @Test
  void answersOfTheWrongShapeAreControlAndNoError() {
    server.servesPage("/", "");
    for (Answer answer :
        List.of(
            Answer.html("<!doctype html><h1>Bad gateway</h1>"),
            Answer.json(""),
            Answer.json("null"),
            Answer.json("{\"experiments\":{}}"),
            Answer.json("{\"experiments\":[null]}"),
            Answer.json("{\"experiments\":[{\"key\":\"cta\",\"status\":\"active\"}]}"),
            Answer.json(
                "{\"experiments\":[{\"key\":\"cta\",\"status\":\"active\",\"seed\":\"a\","
                    + "\"exposure_bound\":4294967296,\"segments\":{}}]}"),
            Answer.json(
                "{\"experiments\":[{\"key\":\"cta\",\"status\":\"active\",\"seed\":\"a\","
                    + "\"segments\":[{\"key\":\"test1\",\"until\":4294967296}]}]}"),
            Answer.status(500))) {
      server.assigns(answer);
      Page page = open(browser.visitor(), "/");
      assertThat(page.evaluate(USE)).as(answer.body()).isEqualTo("control");
    }
    assertThat(server.events("$exposure")).isEmpty();
    assertThat(errors).isEmpty();
  }

  @Test
  void brokenThingsOfThePageStayThePages() {
    server.servesPage("/", "");
    for (String broken :
        List.of(
            "window.fetch = () => undefined",
            "window.fetch = () => { throw new Error('broken') }",
            "window.fetch = null",
            "navigator.sendBeacon = () => { throw new Error('broken') }",
            "localStorage.setItem('pryo_queue_pk_test:a', '{\"id\": 1}')",
            "localStorage.setItem('pryo_queue_pk_test:b', '[null, 1, {}]')",
            "localStorage.setItem('pryo_rules_pk_test', 'rubbish')")) {
      BrowserContext visitor = browser.visitor();
      visitor.addInitScript("if (location.protocol === 'http:') { " + broken + " }");
      Page page = open(visitor, "/");
      page.evaluate("pryo.onChange(() => { throw new Error('the page\\'s own') })");
      assertThat(page.evaluate(USE)).as(broken).isEqualTo("control");
      page.evaluate("window.dispatchEvent(new Event('pagehide'))");
    }
    assertThat(errors).isEmpty();
  }

  @Test
  void itMayBeLoadedTwiceDeferredAndBesideAnElementOfItsName() {
    server.assignsTest1("cta");
    String deferred =
        server.snippet("data-consent=granted data-allow-bots").replace("async", "defer");
    server.serves(
        "/",
        Answer.html(
            "<!doctype html><script>document.addEventListener('pryo', () => window.heard ="
                + " (window.heard || 0) + 1)</script><div id=pryo></div>"
                + deferred
                + deferred));
    Page page = open(browser.visitor(), "/");
    assertThat(page.evaluate("heard")).isEqualTo(1);
    assertThat(page.evaluate(USE)).isEqualTo("test1");
    assertThat(server.calls()).containsOnlyOnce("GET /api/assignments/pk_test");
  }

  @Test
  void subDomainsAreOneVisitorAndCookieAndStorageRestoreEachOther() {
    server.servesPage("/", "");
    BrowserContext visitor = browser.visitor();
    Page page = visitor.newPage();
    String id = idAt(page, "www.shop.localhost");
    assertThat(idAt(page, "app.shop.localhost")).isEqualTo(id);
    visitor.clearCookies();
    assertThat(idAt(page, "www.shop.localhost")).isEqualTo(id);
    page.evaluate("localStorage.clear()");
    assertThat(idAt(page, "www.shop.localhost")).isEqualTo(id);
    assertThat(page.evaluate("document.cookie")).isEqualTo("pryo_id=" + id);
    assertThat(idAt(page, "127.0.0.1")).isNotEqualTo(id);
  }

  private String idAt(Page page, String host) {
    page.navigate(server.site(host, "/"));
    page.waitForFunction("localStorage.getItem('pryo_id')");
    return (String) page.evaluate("localStorage.getItem('pryo_id')");
  }

  /// Timers run only when the test lets them.
  private static void stopTheClock(BrowserContext visitor) {
    visitor.clock().install(new Clock.InstallOptions().setTime(1_800_000_000_000L));
    visitor.clock().pauseAt(1_800_000_001_000L);
  }

  private Page open(BrowserContext visitor, String path) {
    Page page = visitor.newPage();
    page.onPageError(errors::add);
    page.navigate(server.site(path));
    page.waitForCondition(() -> Boolean.TRUE.equals(page.evaluate("!!window.pryo?.variant")));
    return page;
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out =
        new GZIPOutputStream(bytes) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        }) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }
}
