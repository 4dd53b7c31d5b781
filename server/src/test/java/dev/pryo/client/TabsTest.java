package dev.pryo.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.pryo.Browser;
import dev.pryo.PryoTest;
import dev.pryo.World;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A visitor with several pages of one site, which share a storage and hear a moment late what the
/// others have written there: all their events are in the real server's store, each once.
@PryoTest
class TabsTest {
  /// Events with the numbers from the first up to, but without, the second.
  private static final String TRACK =
      "([from, to]) => { for (let i = from; i < to; i++) pryo.trackEvent('sign_up', { i }) }";

  /// The same, one after the other, while other tabs do theirs.
  private static final String TRACK_SLOWLY =
      """
      ([from, to]) => {
        const timer = setInterval(() => {
          pryo.trackEvent("sign_up", { i: from });
          window.tracked = ++from === to;
          if (window.tracked) clearInterval(timer);
        }, 2);
      }
      """;

  private static final String EMPTY_QUEUE =
      "!Object.keys(localStorage).some((name) => name.startsWith('pryo_queue'))";

  @RegisterExtension static final Browser browser = new Browser();
  @LocalServerPort int port;

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
    line.servesPage("/", world.writeKey(), "data-consent=granted data-allow-bots");
  }

  @AfterEach
  void hangUp() {
    line.close();
  }

  /// Whatever one page does with the storage, another one writes an event right after it: between
  /// every two steps of the first.
  @Test
  void aPageThatQueuesBetweenAnotherOnesReadingAndWritingLosesNothing()
      throws InterruptedException {
    Page page = exposed(browser.visitor());
    page.evaluate(
        """
        () => {
          const frame = document.createElement("iframe");
          frame.src = "/";
          document.documentElement.append(frame);
        }
        """);
    page.waitForFunction("document.querySelector('iframe').contentWindow.pryo");
    page.evaluate(
        """
        () => {
          const other = document.querySelector("iframe").contentWindow.pryo;
          let i = 0;
          for (const name of ["getItem", "setItem", "removeItem", "key"]) {
            const usual = Storage.prototype[name];
            Storage.prototype[name] = function (...parameters) {
              const answer = usual.apply(this, parameters);
              if (i < 50) other.trackEvent("sign_up", { i: i++ });
              return answer;
            };
          }
        }
        """);
    page.evaluate(TRACK, List.of(50, 70));
    page.evaluate("pryo.flush()");
    page.evaluate("document.querySelector('iframe').contentWindow.pryo.flush()");
    page.waitForFunction(EMPTY_QUEUE);
    arrive(70);
  }

  @Test
  void tabsThatQueueAtTheSameTimeLoseNothing() throws InterruptedException {
    BrowserContext visitor = browser.visitor();
    Page first = exposed(visitor);
    Page second = open(visitor);
    visitor.setOffline(true);
    first.evaluate(TRACK_SLOWLY, List.of(0, 90));
    second.evaluate(TRACK_SLOWLY, List.of(90, 180));
    for (Page page : List.of(first, second)) {
      page.waitForFunction("window.tracked");
    }
    visitor.setOffline(false);
    arrive(180);
    first.waitForFunction(EMPTY_QUEUE);
  }

  /// A closed tab has no more say; another one that was open all the time sends what it left.
  @Test
  void whatAClosedTabCouldNotSendIsSentByAnother() throws InterruptedException {
    BrowserContext visitor = browser.visitor();
    Page first = exposed(visitor);
    Page second = open(visitor);
    visitor.setOffline(true);
    second.evaluate(TRACK, List.of(0, 5));
    second.close();
    first.evaluate(TRACK, List.of(5, 10));
    visitor.setOffline(false);
    arrive(10);
    first.waitForFunction(EMPTY_QUEUE);
  }

  @Test
  void tabsSendOneAfterTheOther() throws InterruptedException {
    BrowserContext visitor = browser.visitor();
    Page first = exposed(visitor);
    Page second = open(visitor);
    first.evaluate(TRACK, List.of(0, 9));
    second.evaluate(TRACK, List.of(9, 18));
    first.evaluate("() => { pryo.flush() }");
    second.evaluate("() => { pryo.flush() }");
    // a tab may hear a moment late what the other has sent: then it says it again
    line.await(sent -> sent.stream().flatMap(each -> each.ids().stream()).distinct().count() == 18);
    first.waitForFunction(EMPTY_QUEUE);
    arrive(18);
    assertThat(line.mostAtOnce()).isEqualTo(1);
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

  /// Waits until as many different events have been sent and answered; then each of their numbers,
  /// from 0 on, is in the store once.
  private void arrive(int count) throws InterruptedException {
    line.await(
        sent -> sent.stream().flatMap(each -> each.ids().stream()).distinct().count() >= count);
    assertThat(events())
        .filteredOn(event -> event.get("event").asString().equals("sign_up"))
        .extracting(event -> event.at("/properties/i").asInt())
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, count).boxed().toList());
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
