package dev.pryo.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Page;
import dev.pryo.Browser;
import dev.pryo.PryoTest;
import dev.pryo.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A site in Chromium whose Pryo is the real server, its script, its rules and its store: what
/// visitors see in bad circumstances, and what is in the store afterwards.
@PryoTest
class SiteTest {
  private static final String VISITOR = "data-consent=granted data-allow-bots";
  private static final String WWW = "www.shop.localhost";

  /// Answers with the segment, or `outside`.
  private static final String USE =
      """
      async key => {
        await pryo.ready();
        const segment = pryo.variant(key, "outside");
        pryo.trackEvent("sign_up");
        await pryo.flush();
        return segment;
      }
      """;

  private static final String PHONE =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
          + " Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
  private static final String DESKTOP =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0";
  private static final String TABLET =
      "Mozilla/5.0 (Linux; Android 14; SM-X200) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/130.0.0.0 Safari/537.36";

  private static final String KEPT =
      "document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage })";

  @RegisterExtension static final Browser browser = new Browser();
  @LocalServerPort int port;

  private final List<String> errors = new ArrayList<>();
  private World world;
  private Line line;
  private String key;

  @BeforeEach
  void site() {
    world = World.create(port);
    key =
        world
            .owner()
            .post("/api/experiments/" + world.experiment() + "/activate", Map.of("force", true))
            .expect(200)
            .get("key")
            .asString();
    line = new Line(port);
    line.servesPage("/", world.writeKey(), VISITOR);
  }

  @AfterEach
  void hangUp() {
    line.close();
  }

  @Test
  void everyVisitorSeesTheSegmentThatTheServerKnows() {
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < 12; i++) {
      seen.add(open(browser.visitor()).evaluate(USE, key));
    }
    assertThat(seen).isSubsetOf("control", "test1");
    assertThat(exposures()).hasSize(12);
    for (JsonNode exposure : exposures()) {
      JsonNode visitor =
          world
              .owner()
              .get(
                  "/api/experiments/%s/visitors?user_id=%s"
                      .formatted(world.experiment(), exposure.get("user_id").asString()))
              .expect(200);
      assertThat(visitor.at("/bucketing/segment").asString())
          .isEqualTo(exposure.get("segment").asString());
    }
  }

  /// A site with the tag and nothing else: its script sends no property.
  @Test
  void resultsAreToldApartByDeviceAndBrowserWithNothingButTheTag() {
    for (int i = 0; i < 5; i++) {
      open(visitor(PHONE)).evaluate(USE, key);
      open(visitor(i < 3 ? DESKTOP : TABLET)).evaluate(USE, key);
    }
    String analyses = "/api/experiments/" + world.experiment();
    world.owner().post(analyses + "/analyse", null).expect(200);
    assertThat(people(world.owner().get(analyses + "/analysis?by=device").expect(200)))
        .isEqualTo(Map.of("phone", 5, "desktop", 3, "tablet", 2));
    assertThat(people(world.owner().get(analyses + "/analysis?by=browser").expect(200)))
        .isEqualTo(Map.of("Safari", 5, "Firefox", 3, "Chrome", 2));
    for (JsonNode event : events()) {
      assertThat(event.toString()).doesNotContain("Mozilla", "AppleWebKit", "iPhone", "SM-X200");
    }
  }

  private static BrowserContext visitor(String userAgent) {
    return browser.visitor(new NewContextOptions().setUserAgent(userAgent));
  }

  private static Map<String, Integer> people(JsonNode analysis) {
    Map<String, Integer> people = new HashMap<>();
    for (JsonNode group : analysis.at("/breakdown/groups")) {
      int all = 0;
      for (JsonNode segment : group.get("people")) {
        all += segment.get("users").asInt();
      }
      people.put(group.get("value").asString(), all);
    }
    return people;
  }

  @Test
  void whoGetsTheRulesTooLateIsOutForThisPageAndInForTheNext() {
    CountDownLatch gate = line.holdsRulesBack();
    BrowserContext visitor = browser.visitor();
    stopTheClock(visitor);
    Page page = open(visitor);
    page.evaluate("() => { window.isReady = false; pryo.ready().then(() => isReady = true) }");
    visitor.clock().runFor(299);
    assertThat(page.evaluate("isReady")).isEqualTo(false);
    visitor.clock().runFor(1);
    assertThat(page.evaluate("isReady")).isEqualTo(true);

    gate.countDown();
    page.waitForCondition(() -> page.evaluate(KEPT).toString().contains("pryo_rules"));
    assertThat(page.evaluate(USE, key)).isEqualTo("outside");
    assertThat(exposures()).isEmpty();
    page.reload();
    page.waitForCondition(() -> Boolean.TRUE.equals(page.evaluate("!!window.pryo")));
    assertThat(page.evaluate(USE, key)).isIn("control", "test1");
    assertThat(exposures()).hasSize(1);
  }

  @Test
  void nothingIsKeptOrSentUntilConsentAndNothingAfterItsWithdrawal() {
    line.servesPage("/", world.writeKey(), "data-consent=ask data-allow-bots");
    Page page = open(browser.visitor());
    assertThat(page.evaluate(USE, key)).isEqualTo("outside");
    assertThat(page.evaluate(KEPT)).isEqualTo("{}");
    assertThat(line.calls()).isEmpty();

    page.evaluate("pryo.consent(true)");
    page.waitForFunction("key => pryo.peek(key) && localStorage.length > 1", key);
    assertThat(page.evaluate(USE, key)).isIn("control", "test1");
    assertThat(events()).hasSize(2);
    page.evaluate("pryo.trackEvent('sign_up')");
    page.evaluate("pryo.consent(false)");
    assertThat(page.evaluate(KEPT)).isEqualTo("{}");
    int calls = line.calls().size();
    assertThat(page.evaluate(USE, key)).isEqualTo("outside");
    page.reload();
    page.waitForFunction("window.pryo");
    assertThat(page.evaluate(USE, key)).isEqualTo("outside");
    assertThat(page.evaluate(KEPT)).isEqualTo("{}");
    assertThat(line.calls()).hasSize(calls);
    assertThat(events()).hasSize(2);
  }

  @Test
  void subDomainsAreOneVisitorOfTheStore() {
    BrowserContext visitor = browser.visitor();
    for (String host : List.of(WWW, "app.shop.localhost")) {
      Page page = visitor.newPage();
      page.navigate(line.site(host, "/"));
      page.waitForFunction("window.pryo");
      page.evaluate(USE, key);
    }
    assertThat(exposures()).hasSize(1);
    assertThat(events()).hasSize(3);
    assertThat(events().stream().map(event -> event.get("user_id").asString()).distinct())
        .hasSize(1);
  }

  @Test
  void withoutStorageOrCookiesOrBothEveryEventArrivesAllTheSame() {
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
    for (String blocked : List.of(noStorage, noCookies, noStorage + throwingCookies)) {
      BrowserContext visitor = browser.visitor();
      visitor.addInitScript(blocked);
      assertThat(open(visitor).evaluate(USE, key)).as(blocked).isIn("control", "test1");
    }
    assertThat(exposures()).hasSize(3);
    assertThat(events()).hasSize(6);
    assertThat(errors).isEmpty();
  }

  @Test
  void aStrictPolicyThatNamesOneHostHasNothingToReport() {
    line.servesPage(
        "/strict",
        world.writeKey(),
        VISITOR,
        ("default-src 'none'; img-src data:; script-src %1$s; connect-src %1$s;"
                + " require-trusted-types-for 'script'; trusted-types 'none'")
            .formatted(line.host()));
    BrowserContext visitor = browser.visitor();
    visitor.addInitScript(
        """
        window.reports = [];
        document.addEventListener("securitypolicyviolation",
          (report) => reports.push(report.violatedDirective + " " + report.blockedURI));
        """);
    Page page = open(visitor, "/strict#test1");
    page.locator("button").waitFor();
    assertThat(page.evaluate(USE, key)).isEqualTo("test1");
    assertThat(page.evaluate("reports")).isEqualTo(List.of());
    assertThat(events()).hasSize(2).allMatch(event -> event.get("preview").asBoolean());
    assertThat(errors).isEmpty();
  }

  @Test
  void answersThatAreNoRulesShowTheControlAndExposeNobody() {
    for (String wrong :
        List.of(
            "<!doctype html><h1>Bad gateway</h1>",
            "",
            "null",
            "{\"experiments\":{}}",
            "{\"experiments\":[{\"key\":\"%s\",\"status\":\"active\"}]}".formatted(key))) {
      line.answersForRules(wrong);
      assertThat(open(browser.visitor()).evaluate(USE, key)).as(wrong).isEqualTo("outside");
    }
    assertThat(exposures()).isEmpty();
    assertThat(line.answers()).hasSize(5).containsOnly(200); // their other events are welcome
    line.answersForRules(null);
    assertThat(open(browser.visitor()).evaluate(USE, key)).isIn("control", "test1");
    assertThat(exposures()).hasSize(1);
    assertThat(errors).isEmpty();
  }

  @Test
  void aPageThatHasBrokenItsFetchShowsTheControlAndNoError() {
    for (String broken :
        List.of(
            "window.fetch = () => undefined",
            "window.fetch = () => { throw new Error('broken') }",
            "window.fetch = null")) {
      BrowserContext visitor = browser.visitor();
      visitor.addInitScript(broken);
      Page page = open(visitor);
      assertThat(page.evaluate(USE, key)).as(broken).isEqualTo("outside");
      page.evaluate("window.dispatchEvent(new Event('pagehide'))");
    }
    assertThat(exposures()).isEmpty();
    assertThat(errors).isEmpty();
  }

  @Test
  void aPreviewLastsThroughRoutingAndReloadsAndCountsNobody() {
    for (String fragment : List.of("#test1", "#/pricing#test1", "#/pricing?x=1&test1")) {
      Page page = open(browser.visitor(), "/?pryo=" + key + fragment);
      assertThat(page.evaluate(USE, key)).as(fragment).isEqualTo("test1");
      page.evaluate("history.pushState(null, '', '/next')");
      page.evaluate("location.hash = 'details'");
      assertThat(page.evaluate(USE, key)).isEqualTo("test1");
      page.navigate(line.site("/"));
      page.waitForFunction("window.pryo");
      assertThat(page.evaluate(USE, key)).isEqualTo("test1");
    }
    assertThat(exposures()).hasSize(3);
    assertThat(events()).hasSize(12).allMatch(event -> event.get("preview").asBoolean());
    JsonNode analysis =
        world
            .owner()
            .post("/api/experiments/" + world.experiment() + "/analyse", Map.of())
            .expect(200);
    assertThat(analysis.at("/progress/exposed").asInt(-1)).isZero();
  }

  /// Timers run only when the test lets them. The time is that of the server, which keeps no events
  /// of the future.
  private static void stopTheClock(BrowserContext visitor) {
    long now = System.currentTimeMillis();
    visitor.clock().install(new Clock.InstallOptions().setTime(now));
    visitor.clock().pauseAt(now + 1_000);
  }

  private Page open(BrowserContext visitor) {
    return open(visitor, "/");
  }

  private Page open(BrowserContext visitor, String path) {
    Page page = visitor.newPage();
    page.onPageError(errors::add);
    page.navigate(line.site(WWW, path));
    page.waitForCondition(() -> Boolean.TRUE.equals(page.evaluate("!!window.pryo")));
    return page;
  }

  private List<JsonNode> exposures() {
    return events().stream()
        .filter(event -> event.get("event").asString().equals("$exposure"))
        .toList();
  }

  private List<JsonNode> events() {
    return world
        .owner()
        .get("/api/experiments/" + world.experiment() + "/events?format=ndjson")
        .text()
        .lines()
        .map(text -> (JsonNode) JsonMapper.shared().readTree(text))
        .toList();
  }
}
