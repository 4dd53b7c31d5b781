package dev.pryo.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.pryo.Api;
import dev.pryo.Browser;
import dev.pryo.PryoTest;
import dev.pryo.World;
import dev.pryo.client.Line.Fault;
import dev.pryo.client.Line.Sent;
import dev.pryo.platform.Tenant;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// From a page in Chromium over a bad line into the real server's store: every event, and none
/// twice.
@PryoTest
class DeliveryTest {
  private static final String VISITOR = "data-consent=granted data-allow-bots";
  private static final String TRACK =
      "n => { for (let i = 0; i < n; i++) pryo.trackEvent('sign_up', { i }) }";
  private static final String EVENTS = "/api/events?key=";
  private static final String EMPTY_QUEUE =
      "!Object.keys(localStorage).some((name) => name.startsWith('pryo_queue'))";

  @RegisterExtension static final Browser browser = new Browser();
  @LocalServerPort int port;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;

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
  void aPageClosedFiftyMillisecondsAfterTheCallHasSentItsEventOnce() throws InterruptedException {
    BrowserContext visitor = browser.visitor();
    Page opener = exposed(visitor);
    Page page = opener.waitForPopup(() -> opener.evaluate("() => { window.open('/') }"));
    page.waitForFunction("window.pryo");
    page.evaluate("() => { pryo.trackEvent('sign_up'); setTimeout(() => window.close(), 50) }");
    line.await(sent -> !sent.isEmpty());
    assertThat(line.sent()).hasSize(1);
    assertThat(line.sent().getFirst().beacon()).isTrue();
    assertThat(stored()).hasSize(1);

    // A beacon has no answer, so the next page says it again, with the same id.
    Page next = open(visitor);
    next.evaluate("pryo.flush()");
    assertThat(line.sent()).hasSize(2);
    assertThat(line.sent().getLast().ids()).isEqualTo(line.sent().getFirst().ids());
    assertThat(stored()).hasSize(1);
    assertThat(next.evaluate(EMPTY_QUEUE)).isEqualTo(true);
  }

  @Test
  void aPageLeftFiftyMillisecondsAfterTheCallHasSentItsEventOnce() throws InterruptedException {
    Page page = exposed(browser.visitor());
    page.evaluate(
        "() => { pryo.trackEvent('sign_up'); setTimeout(() => location.assign('/elsewhere'), 50) }");
    page.waitForURL("**/elsewhere");
    line.await(sent -> !sent.isEmpty());
    assertThat(line.sent()).hasSize(1);
    assertThat(stored()).hasSize(1);
  }

  @Test
  void aBusyServerIsLeftAloneAsLongAsItAsksAndThenGetsEveryEventOnce() throws InterruptedException {
    Page page = exposed(browser.visitor());
    line.spoils(Fault.BUSY, Fault.BUSY);
    page.evaluate(TRACK, 25);
    line.await(sent -> sent.size() >= 3);
    page.waitForFunction(EMPTY_QUEUE);
    List<Sent> sent = line.sent();
    for (int i = 1; i <= 2; i++) {
      assertThat(Duration.ofNanos(sent.get(i).at() - sent.get(i - 1).at()))
          .isGreaterThanOrEqualTo(Duration.ofMillis(990));
    }
    assertThat(stored()).hasSize(25).doesNotHaveDuplicates();
  }

  /// The server's own queue is full: nobody can write, and others send more than may wait.
  @Test
  void aServerWhoseQueueIsFullGetsTheEventOnceWhenItHasRoom() {
    Page page = exposed(browser.visitor());
    AtomicInteger refused = new AtomicInteger();
    try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      Tenant.system(() ->
          transactions.execute(status -> {
            sql.sql("lock table event in exclusive mode").update();
            for (int i = 0; i < 45; i++) {
              String thousand = thousand(i);
              others.submit(() -> {
                if (Api.anonymous(port).post(EVENTS + world.writeKey(), thousand).status() == 503) {
                  refused.incrementAndGet();
                }
              });
            }
            page.waitForCondition(() -> refused.get() > 0);
            page.evaluate("async () => { pryo.trackEvent('sign_up'); await pryo.flush() }");
            assertThat(line.answers()).endsWith(503);
            return true;
          }));
    }
    page.waitForFunction(EMPTY_QUEUE);
    assertThat(line.answers()).endsWith(200);
    assertThat(stored()).hasSize(1);
  }

  private static String thousand(int request) {
    return IntStream.range(0, 1_000)
        .mapToObj(i -> "{\"id\":\"%d-%d\",\"user_id\":\"o\",\"event\":\"x\"}".formatted(request, i))
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void whoAnswersInTheServersPlaceHasStoredNothing() throws InterruptedException {
    Page page = exposed(browser.visitor());
    line.spoils(Fault.PORTAL, Fault.PORTAL);
    page.evaluate(TRACK, 25);
    page.waitForFunction(EMPTY_QUEUE);
    line.await(sent -> sent.size() >= 3);
    assertThat(stored()).hasSize(25).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(names = "CUT_.*", mode = EnumSource.Mode.MATCH_ALL)
  void overACutConnectionEveryEventArrivesOnce(Fault cut) throws InterruptedException {
    Page page = exposed(browser.visitor());
    line.spoils(cut, cut);
    page.evaluate(TRACK, 25);
    page.waitForFunction(EMPTY_QUEUE);
    line.await(sent -> sent.size() >= 3);
    Set<String> ids = new HashSet<>();
    line.sent().forEach(sent -> ids.addAll(sent.ids()));
    assertThat(stored()).hasSize(25).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void offlineTwoHundredEventsAreKeptAndTheExposureIsAmongThem() throws InterruptedException {
    Page page = open(browser.visitor());
    page.evaluate("pryo.ready()");
    page.context().setOffline(true);
    page.evaluate("key => { pryo.variant(key) }", key);
    page.evaluate(TRACK, 300);
    page.context().setOffline(false);
    page.waitForFunction(EMPTY_QUEUE);
    line.await(sent -> sent.size() >= 2);
    assertThat(line.sent()).allMatch(sent -> sent.ids().size() <= 100);
    List<JsonNode> events = events();
    assertThat(events).hasSize(200);
    assertThat(events).filteredOn(event -> name(event).equals("$exposure")).hasSize(1);
    assertThat(events)
        .filteredOn(event -> name(event).equals("sign_up"))
        .extracting(event -> event.at("/properties/i").asInt())
        .contains(299, 101)
        .doesNotContain(0, 100);
  }

  @Test
  void oneExposureAcrossReloadsAndTwoTabsAndNoneForAPeek() {
    BrowserContext visitor = browser.visitor();
    Page first = open(visitor);
    first.evaluate("pryo.ready()");
    first.evaluate("async key => { pryo.peek(key); await pryo.flush() }", key);
    assertThat(events()).isEmpty();
    String ask = "async key => { await pryo.ready(); pryo.variant(key); await pryo.flush() }";
    first.evaluate(ask, key);
    first.reload();
    first.waitForFunction("window.pryo");
    first.evaluate(ask, key);
    open(visitor).evaluate(ask, key);
    assertThat(line.sent()).hasSize(3);
    assertThat(events()).hasSize(1);
  }

  @Test
  void aPreviewIsStoredAsOneAndNeverCounted() {
    Page page = browser.visitor().newPage();
    page.navigate(line.site("/?pryo=" + key + "#test1"));
    page.waitForFunction("window.pryo");
    page.evaluate(
        "async key => { pryo.variant(key); pryo.trackEvent('sign_up'); await pryo.flush() }", key);
    assertThat(events()).hasSize(2).allMatch(event -> event.get("preview").asBoolean());
    JsonNode analysis =
        world
            .owner()
            .post("/api/experiments/" + world.experiment() + "/analyse", Map.of())
            .expect(200);
    assertThat(analysis.at("/progress/exposed").asInt(-1)).isZero();
  }

  @Test
  void whoIsNoVisitorSendsNothing() throws InterruptedException {
    String use =
        "async key => { await pryo.ready(); pryo.variant(key); pryo.trackEvent('sign_up'); await pryo.flush() }";
    BrowserContext refuses = browser.visitor();
    refuses.addInitScript(
        "Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })");
    open(refuses).evaluate(use, key);

    line.servesPage("/without-bots", world.writeKey(), "data-consent=granted");
    Page automated = browser.page();
    automated.navigate(line.site("/without-bots"));
    automated.waitForFunction("window.pryo");
    automated.evaluate(use, key);

    BrowserContext early = browser.visitor();
    early.addInitScript("Object.defineProperty(document, 'prerendering', { value: true })");
    open(early).evaluate("key => { pryo.variant(key); pryo.trackEvent('sign_up') }", key);
    early.close();

    // whoever comes after them is the first of whom the server hears
    open(browser.visitor()).evaluate(use, key);
    line.await(sent -> !sent.isEmpty());
    assertThat(line.sent()).hasSize(1);
    assertThat(events()).hasSize(2);
  }

  private Page open(BrowserContext visitor) {
    Page page = visitor.newPage();
    page.navigate(line.site("/"));
    page.waitForFunction("window.pryo");
    return page;
  }

  /// A visitor's page after its exposure, which makes the visitor's other events the experiment's.
  private Page exposed(BrowserContext visitor) {
    Page page = open(visitor);
    page.evaluate(
        "async key => { await pryo.ready(); pryo.variant(key); await pryo.flush() }", key);
    assertThat(events()).hasSize(1);
    line.forgets();
    return page;
  }

  private static String name(JsonNode event) {
    return event.get("event").asString();
  }

  /// The ids of the goal events in the store.
  private List<String> stored() {
    return events().stream()
        .filter(event -> name(event).equals("sign_up"))
        .map(event -> event.get("id").asString())
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
