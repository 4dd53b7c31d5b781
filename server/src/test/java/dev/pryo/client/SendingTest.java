package dev.pryo.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Page;
import dev.pryo.Browser;
import dev.pryo.client.ContractServer.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SendingTest {
  private static final String POST = "POST /api/events";
  private static final String TRACK =
      "n => { for (let i = 0; i < n; i++) pryo.trackEvent('step', { i }) }";
  private static final String FLUSH = "pryo.flush()";

  /// How many events the storage holds.
  private static final String QUEUED =
      "Object.keys(localStorage).filter((name) => name.startsWith('pryo_queue_pk_test:')).length";

  @RegisterExtension static final Browser browser = new Browser();
  @RegisterExtension final ContractServer server = new ContractServer();

  @BeforeEach
  void site() {
    server.servesPage("/", "");
    server.serves("/elsewhere", Answer.html("<!doctype html><p>no client here</p>"));
  }

  @Test
  void anEventOnTheWayOutArrivesOnce() throws InterruptedException {
    Page page = open(browser.visitor());
    page.evaluate("pryo.trackEvent('left')");
    page.navigate(server.site("/elsewhere"));
    server.await(store -> store.events("left").size() == 1);
    assertThat(server.calls()).containsOnlyOnce(POST);

    // A beacon has no answer, so the next page says it again, with the same id.
    page.navigate(server.site("/"));
    page.waitForFunction("window.pryo");
    page.evaluate(FLUSH);
    assertThat(server.events("left")).hasSize(1);
    assertThat(server.duplicates()).isEqualTo(1);
    assertThat(page.evaluate(QUEUED)).isEqualTo(0);
  }

  @Test
  void tenEventsGoAtOnceAndFewerAfterTwoSeconds() throws InterruptedException {
    BrowserContext visitor = browser.visitor();
    stopTheClock(visitor);
    Page page = open(visitor);
    page.evaluate(TRACK, 10);
    server.await(store -> store.events("step").size() == 10);
    assertThat(server.calls()).containsOnlyOnce(POST);

    page.evaluate(FLUSH);
    page.evaluate(TRACK, 3);
    visitor.clock().runFor(1_999);
    assertThat(server.calls()).containsOnlyOnce(POST);
    visitor.clock().runFor(1);
    server.await(store -> store.events("step").size() == 13);
    assertThat(server.duplicates()).isZero();
  }

  @Test
  void aBusyServerGetsItsTimeAndThenEveryEventOnce() throws InterruptedException {
    server.refuses(Answer.status(503).with("Retry-After", "30"));
    BrowserContext visitor = browser.visitor();
    stopTheClock(visitor);
    Page page = open(visitor);
    page.evaluate(TRACK, 5);
    page.evaluate(FLUSH);
    page.evaluate(TRACK, 20);
    visitor.clock().runFor(29_000);
    assertThat(server.calls()).containsOnlyOnce(POST);
    visitor.clock().runFor(1_000);
    server.await(store -> store.events("step").size() == 25);
    assertThat(server.duplicates()).isZero();
  }

  @Test
  void whatFailedIsTriedAgainByItselfUntilTheServerTakesIt() {
    server.refuses(Answer.status(500), Answer.status(429), Answer.html("<h1>portal</h1>"));
    BrowserContext visitor = browser.visitor();
    stopTheClock(visitor);
    Page page = open(visitor);
    page.evaluate(TRACK, 1);
    long end = System.nanoTime() + 10_000_000_000L;
    while (server.events().isEmpty() && System.nanoTime() < end) {
      visitor.clock().runFor(500);
    }
    assertThat(server.events("step")).hasSize(1);
    assertThat(posts(server)).isEqualTo(4);
  }

  @Test
  void whoGetsNoAnswerAsksLessAndLessOften() {
    server.refuses(Collections.nCopies(9, Answer.status(500)).toArray(Answer[]::new));
    BrowserContext visitor = browser.visitor();
    stopTheClock(visitor);
    visitor.addInitScript(
        """
        window.answers = 0;
        const send = window.fetch;
        window.fetch = (url, options) =>
          send(url, options).finally(() => { if (options.method) window.answers++ });
        """);
    Page page = open(visitor);
    page.evaluate(TRACK, 1);
    page.evaluate(FLUSH);
    for (int failures = 1; failures <= 8; failures++) {
      int so = failures;
      page.waitForCondition(() -> page.evaluate("answers").equals(so));
      long wait = Math.min(1_000L << (failures - 1), 60_000);
      visitor.clock().runFor(wait * 3 / 4 - 1);
      assertThat(posts(server)).isEqualTo(failures);
      visitor.clock().runFor(wait / 2 + 2);
    }
    page.waitForCondition(() -> page.evaluate("answers").equals(9));
  }

  @Test
  void whatComesInMeanwhileDoesNotShortenTheServersTime() throws InterruptedException {
    server.refuses(Answer.status(503).with("Retry-After", "30"));
    BrowserContext visitor = browser.visitor();
    stopTheClock(visitor);
    Page page = open(visitor);
    page.evaluate(
        """
        () => {
          pryo.trackEvent("before");
          const sent = pryo.flush();
          pryo.trackEvent("meanwhile");
          return sent;
        }
        """);
    visitor.clock().runFor(29_000);
    assertThat(server.calls()).containsOnlyOnce(POST);
    visitor.clock().runFor(1_000);
    server.await(store -> store.events().size() == 2);
  }

  @Test
  void aTimerThatRunsOutDuringARequestIsNotTheLastOne() throws InterruptedException {
    server.refuses(Answer.status(500));
    CountDownLatch gate = server.holdsAnswersBack();
    BrowserContext visitor = browser.visitor();
    stopTheClock(visitor);
    Page page = open(visitor);
    page.evaluate("() => { pryo.trackEvent('before'); pryo.flush() }");
    server.await(store -> posts(store) == 1);
    page.evaluate("pryo.trackEvent('meanwhile')");
    visitor.clock().runFor(2_000);
    gate.countDown();
    page.evaluate(FLUSH);
    visitor.clock().runFor(2_000);
    server.await(store -> store.events().size() == 2);
  }

  @Test
  void requestsAndBeaconsKeepTheirSizes() throws InterruptedException {
    String large =
        "([n, size]) => { for (let i = 0; i < n; i++) pryo.trackEvent('large', { text: 'x'.repeat(size) }) }";
    BrowserContext visitor = browser.visitor();
    stopTheClock(visitor);
    Page page = open(visitor);
    page.context().setOffline(true);
    page.evaluate(large, List.of(20, 5_000));
    page.context().setOffline(false);
    server.await(store -> store.events().size() == 20);
    assertThat(server.sizes()).hasSizeGreaterThan(1).allMatch(bytes -> bytes <= 60_000);
    page.evaluate(FLUSH);

    int before = server.sizes().size();
    page.evaluate(large, List.of(1, 31_000));
    page.evaluate(large, List.of(8, 5_000));
    page.navigate(server.site("/elsewhere"));
    server.await(store -> store.events().size() == 28); // what is too large for a beacon waits
    assertThat(server.sizes().subList(before, server.sizes().size()))
        .isNotEmpty()
        .allMatch(bytes -> bytes <= 30_000);
    page.navigate(server.site("/"));
    page.waitForFunction("window.pryo");
    page.evaluate(FLUSH);
    assertThat(server.events()).hasSize(29);
  }

  @Test
  void aStorageThatWasFullIsUsedAgain() {
    Page page = open(browser.visitor());
    page.evaluate(
        """
        () => {
          const keep = Storage.prototype.setItem;
          Storage.prototype.setItem = () => { throw new Error("full") };
          pryo.trackEvent("full");
          Storage.prototype.setItem = keep;
          pryo.trackEvent("free");
        }
        """);
    assertThat(page.evaluate(QUEUED)).isEqualTo(2);
    page.evaluate(FLUSH);
    assertThat(server.events()).hasSize(2);
    assertThat(page.evaluate(QUEUED)).isEqualTo(0);
  }

  @Test
  void whatTheServerRejectsIsSaidToWhoDebugs() {
    server.refuses(
        Answer.json(
            "{\"accepted\":0,\"duplicates\":0,\"rejected\":[{\"index\":0,\"id\":\"a\",\"reason\":\"too old\"}]}"));
    server.serves("/debug", server.page("data-consent=granted data-allow-bots data-debug", ""));
    Page page = browser.page();
    List<String> said = new ArrayList<>();
    page.onConsoleMessage(
        message -> message.args().forEach(each -> said.add(String.valueOf(each.jsonValue()))));
    page.navigate(server.site("/debug"));
    page.waitForFunction("window.pryo");
    page.evaluate(TRACK, 1);
    page.evaluate(FLUSH);
    page.evaluate(FLUSH);
    assertThat(said).anyMatch(text -> text.contains("too old"));
    assertThat(posts(server)).isEqualTo(1);
  }

  @Test
  void aBatchThatIsTooLargeIsHalved() {
    server.refuses(Answer.status(413));
    Page page = open(browser.visitor());
    page.evaluate(TRACK, 12);
    page.evaluate(FLUSH);
    assertThat(server.events("step")).hasSize(12);
    assertThat(server.largestBatch()).isLessThanOrEqualTo(6);
  }

  @Test
  void whatTheServerRefusesForGoodIsDropped() {
    server.refuses(Answer.status(400));
    Page page = open(browser.visitor());
    page.evaluate(TRACK, 2);
    page.evaluate(FLUSH);
    page.evaluate("pryo.trackEvent('later')");
    page.evaluate(FLUSH);
    assertThat(server.events()).hasSize(1);
    assertThat(server.events("later")).hasSize(1);
  }

  @Test
  void offlineTheQueueKeepsTwoHundredEventsExposuresAmongThem() throws InterruptedException {
    server.assignsTest1("a", "b", "c");
    Page page = open(browser.visitor());
    page.evaluate("pryo.ready()");
    page.context().setOffline(true);
    page.evaluate("['a', 'b', 'c'].forEach((key) => pryo.variant(key))");
    page.evaluate(TRACK, 300);
    page.context().setOffline(false);
    server.await(store -> store.events().size() == 200);
    assertThat(server.events("$exposure")).hasSize(3);
    assertThat(server.largestBatch()).isLessThanOrEqualTo(100);
    assertThat(server.events("step").getLast().get("properties").get("i").asInt()).isEqualTo(299);
  }

  @Test
  void theQueueOutlivesThePage() {
    server.refuses(Answer.status(503), Answer.status(503));
    Page page = open(browser.visitor());
    page.evaluate(TRACK, 3);
    page.evaluate(FLUSH);
    page.navigate(server.site("/elsewhere"));
    page.navigate(server.site("/"));
    page.waitForFunction("window.pryo");
    page.evaluate(FLUSH);
    assertThat(server.events("step")).hasSize(3);
  }

  @Test
  void anEventCarriesItsValueAndWhatJsonCan() {
    Page page = open(browser.visitor());
    page.evaluate(
        """
        async () => {
          const loop = { name: "loop" };
          loop.self = loop;
          let deep = "bottom";
          for (let i = 0; i < 12; i++) deep = { deep };
          pryo.trackEvent("rich", { value: 19.9, currency: "EUR", at: new Date(0), loop, deep,
            node: document.body, call: () => 1, big: 12n, list: [1, null, loop], none: NaN });
          pryo.trackEvent("text", { value: "19.9" });
          pryo.trackEvent("plain");
          pryo.trackEvent("odd", "not an object");
          pryo.trackEvent("long", { value: 2, text: "x".repeat(40000) });
          pryo.trackEvent("");
          pryo.trackEvent({ name: "object" });
          pryo.trackEvent("x".repeat(40000));
          await pryo.flush();
        }
        """);
    assertThat(server.events()).hasSize(5);
    JsonNode rich = server.events("rich").getFirst();
    assertThat(rich.get("value").asDouble()).isEqualTo(19.9);
    assertThat(rich.get("timestamp").asString()).matches("\\d{4}-.*T.*Z");
    JsonNode properties = rich.get("properties");
    assertThat(properties.get("deep").toString()).doesNotContain("bottom");
    assertThat(((ObjectNode) properties).without("deep"))
        .isEqualTo(
            json(
                """
                {"currency": "EUR", "at": "1970-01-01T00:00:00.000Z", "loop": {"name": "loop"},
                 "big": "12", "list": [1, null, {"name": "loop"}], "none": null}\
                """));
    assertThat(server.events("text").getFirst().get("properties"))
        .isEqualTo(json("{\"value\": \"19.9\"}"));
    assertThat(server.events("text").getFirst().has("value")).isFalse();
    JsonNode tooLong = server.events("long").getFirst();
    assertThat(tooLong.has("properties")).isFalse();
    assertThat(tooLong.get("value").asInt()).isEqualTo(2);
  }

  @Test
  void noRequestNeedsAPreflight() {
    server.assignsTest1("cta");
    Page page = open(browser.visitor());
    page.evaluate("async () => { await pryo.ready(); pryo.variant('cta'); await pryo.flush() }");
    assertThat(server.events("$exposure")).hasSize(1);
    assertThat(server.calls()).containsExactlyInAnyOrder("GET /api/assignments/pk_test", POST);
  }

  @Test
  void storedEventsOfAWeekAgoAreDropped() {
    Page page = open(browser.visitor());
    page.evaluate(
        """
        async () => {
          const old = (id, days) => ({ id, user_id: "u", event: "old",
            timestamp: new Date(Date.now() - days * 86400000).toISOString() });
          for (const event of [old("a", 8), old("b", 6)])
            localStorage.setItem("pryo_queue_pk_test:" + event.id, JSON.stringify(event));
          await pryo.flush();
        }
        """);
    assertThat(page.evaluate(QUEUED)).isEqualTo(0);
    assertThat(server.events("old")).extracting(e -> e.get("id").asString()).containsExactly("b");
  }

  private static long posts(ContractServer server) {
    return server.calls().stream().filter(POST::equals).count();
  }

  private static JsonNode json(String text) {
    return new JsonMapper().readTree(text);
  }

  /// Timers run only when the test lets them.
  private static void stopTheClock(BrowserContext visitor) {
    visitor.clock().install(new Clock.InstallOptions().setTime(1_800_000_000_000L));
    visitor.clock().pauseAt(1_800_000_001_000L);
  }

  private Page open(BrowserContext visitor) {
    Page page = visitor.newPage();
    page.navigate(server.site("/"));
    page.waitForFunction("window.pryo");
    return page;
  }
}
