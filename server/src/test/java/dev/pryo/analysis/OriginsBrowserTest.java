package dev.pryo.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.pryo.Browser;
import dev.pryo.MovedTime;
import dev.pryo.PryoTest;
import dev.pryo.account.Accounts;
import dev.pryo.account.SignIns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/// Whoever reads a number on a results page finds in one click where it comes from: which fact it
/// is, how that was made, and the events behind it. In every world whose truth is known.
///
/// Pictures of the pages, to be looked at: `-Dtest=OriginsBrowserTest -Dpryo.pictures=FOLDER`.
@PryoTest
@Import(MovedTime.Configuration.class)
class OriginsBrowserTest {
  /// Says which number of a sentence is not among those whose origin lies below the sentence, and
  /// which number of a table is no link to a fact that says the same.
  private static final String LOST =
      """
      () => {
        const lost = [];
        const numbers = (text) =>
          [...text
            .replace(/“[^”]*”/g, " ")
            .replace(/\\b(Test|Segment) \\d+/g, " ")
            .replace(/\\b\\d{1,2} (January|February|March|April)\\b/g, " ")
            .matchAll(/[−+]?\\d[\\d,]*(\\.\\d+)?/g)]
            .map((found) => Number(found[0].replaceAll(",", "").replace("−", "-").replace("+", "")));
        const same = (a, b) => Math.abs(Math.abs(a) - Math.abs(b)) <= Math.max(0.051, Math.abs(b) * 0.006);
        const among = (number, text) => numbers(text).some((other) => same(number, other));

        for (const said of document.querySelectorAll(".verdict, ul.checks > li, ul.able > li, .insights > li")) {
          const origins = [...said.querySelectorAll(".behind dt")].map((dt) => dt.textContent).join(" | ");
          const text = [...said.querySelectorAll("#lead, #details, :scope > .small, :scope > h3, :scope > p")]
            .map((part) => [...part.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent).join(" "))
            .join(" ");
          for (const number of numbers(text)) {
            if (!among(number, origins)) lost.push(`${number} of “${text.trim()}” is not in ${origins}`);
          }
        }

        for (const table of document.querySelectorAll(".forest .g, .forest .est, [aria-labelledby=count], [aria-labelledby=others] tbody")) {
          const walker = document.createTreeWalker(table, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const node = walker.currentNode;
            if (node.parentElement.closest("b, th, .note, .plain, .segment") && !node.parentElement.closest("a")) continue;
            const found = numbers(node.textContent);
            if (found.length === 0) continue;
            const link = node.parentElement.closest("a.cited");
            const row = link && document.querySelector(link.getAttribute("href"));
            if (!row) lost.push(`${node.textContent.trim()} leads nowhere`);
            else for (const number of found) {
              if (!among(number, row.children[1].textContent)) lost.push(`${node.textContent.trim()} leads to ${row.textContent}`);
            }
          }
        }
        return lost;
      }\
      """;

  @RegisterExtension static final Browser browser = new Browser();

  @LocalServerPort int port;
  @Autowired MovedTime time;
  @Autowired Accounts accounts;
  @Autowired SignIns signIns;

  @ParameterizedTest
  @EnumSource(Truth.class)
  void everyNumberLeadsToItsOrigin(Truth truth) {
    PairsWorld world = truth.world(port, time);
    String state = signedIn(world);
    List<String> complaints = new ArrayList<>();
    for (int width : new int[] {1440, 375}) {
      for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
        boolean read = (width == 375) == (scheme == ColorScheme.DARK);
        if (!read && System.getProperty("pryo.pictures") == null) {
          continue; // widths decide the layout and themes the colours: two of the four say all of
          // both
        }
        Page page = page(state, width, scheme);
        page.onPageError(error -> complaints.add("error: " + error));
        page.onConsoleMessage(message -> complaints.add("console: " + message.text()));
        page.navigate(address(world));
        assertThat(page.evaluate(LOST)).as("%s", truth).isEqualTo(List.of());
        assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth <= 0"))
            .as("%s fits %d", truth, width)
            .isEqualTo(true);
        if (read) {
          assertThat(new AxeBuilder(page).analyze().getViolations()).as("%s", truth).isEmpty();
        }
        picture(page, truth, width, scheme);
        page.context().close();
      }
    }
    assertThat(complaints).isEmpty();
  }

  @Test
  void oneClickShowsTheFactAndASecondTheEvents() {
    PairsWorld world = Truth.EFFECT.world(port, time);
    Page page = page(signedIn(world), 1440, ColorScheme.LIGHT);
    page.navigate(address(world));
    page.locator(".forest .est a.cited").first().click();
    Locator fact = page.locator("tr:target");
    fact.waitFor();
    assertThat(fact.locator("th").textContent()).isEqualTo("lift.sign_up.conversion.test1");
    assertThat(fact.locator("td").first().textContent()).startsWith("+100 % (");
    assertThat(fact.textContent()).contains("(test − control) ÷ |control|, of value.sign_up");
    fact.locator("a").click();
    page.locator("table.events tbody tr").first().waitFor();
    assertThat(page.locator("table.events tbody code").first().textContent()).isEqualTo("sign_up");

    page.navigate(address(world));
    page.locator(".verdict .behind summary").click();
    page.locator(".verdict .behind dt a", new Page.LocatorOptions().setHasText("+100 % (")).click();
    page.locator("tr:target").waitFor();
    assertThat(page.locator("tr:target th").isVisible()).isTrue();
  }

  private void picture(Page page, Truth truth, int width, ColorScheme scheme) {
    String folder = System.getProperty("pryo.pictures");
    if (folder != null) {
      page.waitForFunction(
          "() => typeof Chart === 'undefined' || [...document.querySelectorAll('canvas')].every((c)"
              + " => Chart.getChart(c))");
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(
                  Path.of(
                      folder,
                      "%s-%d-%s.png"
                          .formatted(
                              truth.title(), width, scheme.name().toLowerCase(Locale.ROOT)))));
    }
  }

  private Page page(String state, int width, ColorScheme scheme) {
    BrowserContext visitor =
        browser.visitor(
            new NewContextOptions()
                .setViewportSize(width, 900)
                .setColorScheme(scheme)
                .setStorageState(state));
    visitor.setDefaultNavigationTimeout(60_000);
    return visitor.newPage();
  }

  private String signedIn(PairsWorld world) {
    BrowserContext visitor = browser.visitor();
    visitor
        .newPage()
        .navigate(
            "http://127.0.0.1:%d/link/%s"
                .formatted(port, signIns.link(accounts.byEmail(world.email()).orElseThrow())));
    return visitor.storageState();
  }

  private String address(PairsWorld world) {
    return "http://127.0.0.1:%d/experiments/%s".formatted(port, world.id());
  }
}
