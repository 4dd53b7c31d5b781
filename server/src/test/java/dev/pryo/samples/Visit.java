package dev.pryo.samples;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.LoadState;
import java.util.ArrayList;
import java.util.List;

/// One visitor on a sample's page: looks, looks again after a reload, does what the goal counts,
/// and leaves.
///
/// @param seen what the page showed in the end
/// @param shift the layout shift of the first view, as browsers add it up
/// @param complaints errors, and what a framework says about hydration
record Visit(String visitor, String segment, String seen, double shift, List<String> complaints) {
  private static final String SHIFT =
      """
      window.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          if (!entry.hadRecentInput) window.shift += entry.value;
        }
      }).observe({ type: "layout-shift", buffered: true });
      """;
  private static final double PATIENCE = 60_000;

  static Visit of(
      BrowserContext person, Sample sample, String address, String visitor, String segment) {
    String wanted = sample.wanted(segment);
    List<String> complaints = new ArrayList<>();
    person.addCookies(
        List.of(new Cookie("pryo_id", visitor).setUrl(address.replaceFirst("[?#].*", ""))));
    person.addInitScript(SHIFT);
    person.setDefaultTimeout(PATIENCE);
    Page page = person.newPage();
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") || message.text().matches("(?is).*hydrat.*")) {
        complaints.add(message.text());
      }
    });
    page.onPageError(complaints::add);
    page.navigate(address);
    String seen = see(page, sample, segment);
    page.waitForLoadState(LoadState.NETWORKIDLE);
    double shift = shift(page);
    page.reload();
    if (seen.equals(wanted)) {
      seen = see(page, sample, segment);
    }
    sample.goal().on(page, segment);
    page.waitForLoadState(LoadState.NETWORKIDLE);
    List<String> said = List.copyOf(complaints);
    leave(page);
    page.close();
    return new Visit(visitor, segment, seen, shift, said);
  }

  /// What the goal's click has begun may end only now, and calls the leaving off.
  private static void leave(Page page) {
    try {
      page.navigate("about:blank");
    } catch (PlaywrightException overtaken) {
      if (!String.valueOf(overtaken.getMessage()).contains("interrupted by another navigation")) {
        throw overtaken;
      }
      leave(page);
    }
  }

  private static double shift(Page page) {
    return ((Number) page.evaluate("() => window.shift")).doubleValue();
  }

  /// What the tested elements look like once they are as wanted, or after the longest wait.
  private static String see(Page page, Sample sample, String segment) {
    String wanted = sample.wanted(segment);
    String look = "(" + sample.look() + ")()";
    page.waitForLoadState(LoadState.NETWORKIDLE);
    sample.before().on(page, segment);
    try {
      page.waitForFunction(
          "wanted => { try { return " + look + " === wanted; } catch { return false; } }",
          wanted,
          new Page.WaitForFunctionOptions().setTimeout(PATIENCE / 2));
    } catch (TimeoutError late) {
      return String.valueOf(page.evaluate("() => " + look));
    }
    return wanted;
  }
}
