package dev.pryo;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The headless Chromium of this machine, one for each test class:
///
/// ```java
/// @RegisterExtension static final Browser browser = new Browser();
/// ```
///
/// Contexts are fresh visitors and are closed after each test. Not to be used by several threads.
public final class Browser implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  // A page waits 300 ms for its rules, by design. That is for slow networks; a busy test machine is
  // none.
  // What comes too late has tests of its own, with a clock that they move.
  private static final String PATIENT =
      """
      {
        const set = window.setTimeout.bind(window);
        window.setTimeout = (work, after, ...more) => set(work, after === 300 ? 10_000 : after, ...more);
      }
      """;

  private final List<BrowserContext> contexts = new ArrayList<>();
  private @Nullable Playwright playwright;
  private com.microsoft.playwright.@Nullable Browser chromium;

  @Override
  public void beforeAll(ExtensionContext context) {
    Path executable =
        executable()
            .orElseThrow(() ->
                new IllegalStateException(
                    "No Chromium found: install it (apt-get install chromium), or name the"
                        + " executable in PRYO_CHROMIUM."));
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    chromium =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions().setExecutablePath(executable).setArgs(ARGUMENTS));
  }

  /// From `PRYO_CHROMIUM`, else from the `PATH`.
  static Optional<Path> executable() {
    String named = System.getenv("PRYO_CHROMIUM");
    if (named != null && !named.isBlank()) {
      return Optional.of(Path.of(named));
    }
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(
            name -> Stream.of(path.split(File.pathSeparator)).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// A new visitor: no cookies, no storage, no cache.
  public BrowserContext visitor() {
    return visitor(new com.microsoft.playwright.Browser.NewContextOptions());
  }

  public BrowserContext visitor(com.microsoft.playwright.Browser.NewContextOptions options) {
    BrowserContext context = Objects.requireNonNull(chromium).newContext(options);
    context.setDefaultTimeout(15_000);
    context.addInitScript(PATIENT);
    contexts.add(context);
    return context;
  }

  /// A new visitor whose browser does not look driven, as a customer's does not.
  public BrowserContext person() {
    BrowserContext person =
        visitor(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setUserAgent(
                    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
                        + " Chrome/140.0.0.0 Safari/537.36"));
    person.addInitScript("Object.defineProperty(navigator, 'webdriver', { get: () => false })");
    return person;
  }

  /// A page of a new visitor.
  public Page page() {
    return visitor().newPage();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    contexts.forEach(BrowserContext::close);
    contexts.clear();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Objects.requireNonNull(chromium).close();
    Objects.requireNonNull(playwright).close();
  }
}
