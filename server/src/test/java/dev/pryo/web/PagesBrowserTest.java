package dev.pryo.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.pryo.Api;
import dev.pryo.Browser;
import dev.pryo.PryoTest;
import dev.pryo.TestRepository;
import dev.pryo.account.Accounts;
import dev.pryo.account.SignIns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// Every page with hostile words in every field it shows: quiet, accessible, and as wide as the
/// screen, on a phone and on a desk, light and dark.
@PryoTest
class PagesBrowserTest {
  private static final String HOSTILE =
      "<img src=x onerror=alert(1)>\"'`${7*7}</script><script>alert(2)</script>&amp;";
  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
        <head><title>Mug</title></head>
        <body>
          <h1>Mug</h1>
          <button id="buy" type="button">Add to cart</button>
          <script>document.title = "</b><img src=x onerror=alert(3)>";</script>
        </body>
      </html>
      """;

  @RegisterExtension static final Browser browser = new Browser();

  @Autowired Accounts accounts;
  @Autowired SignIns signIns;
  @LocalServerPort int port;

  private final List<String> complaints = new ArrayList<>();
  private Api owner = Api.anonymous(0);
  private String project = "";

  @BeforeEach
  void connect() {
    owner = Api.signedUp(port);
    project = project(Map.of("mug.html", PAGE));
  }

  @Test
  void everyPageIsQuietAccessibleAndFits() {
    Map<String, String> pages = pages();
    String state = signedIn();
    for (int width : new int[] {375, 1440}) {
      for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
        BrowserContext visitor =
            browser.visitor(
                new NewContextOptions()
                    .setViewportSize(width, 900)
                    .setColorScheme(scheme)
                    .setStorageState(state));
        Page page = watched(visitor);
        // widths decide the layout and themes the colours: two of the four say all of both
        boolean audited = (width == 375) == (scheme == ColorScheme.LIGHT);
        pages.forEach(
            (name, path) -> check(page, name + " " + width + " " + scheme, path, audited));
        visitor.close();
      }
    }
    assertThat(complaints).isEmpty();
  }

  @Test
  void pagesForAnybodyAreQuietToo() {
    Page page = watched(browser.visitor(new NewContextOptions().setViewportSize(375, 800)));
    check(page, "sign in", "/sign-in", true);
    check(page, "sign up", "/sign-up", true);
    assertThat(complaints).isEmpty();
  }

  @Test
  void writingIsWatchedUntilItEndsAndAReloadShowsTheSame() {
    Page page = watched(browser.visitor(new NewContextOptions().setStorageState(signedIn())));
    page.navigate(address("/experiments/new?project=" + project));
    page.locator("#words")
        .pressSequentially("Change 'Add to cart' to 'Buy now'. I want more people to buy.");
    page.locator("mark").first().waitFor();
    assertThat(page.locator("mark").allTextContents())
        .contains("Change 'Add to cart' to 'Buy now'");
    assertThat(page.locator("#words").evaluate("e => e === document.activeElement"))
        .as("reading does not take the focus away")
        .isEqualTo(true);
    page.locator("button[value=start]").click();
    page.locator("#phase a.btn").waitFor();
    List<String> log = page.locator("#log li").allTextContents();
    assertThat(log).isNotEmpty().doesNotHaveDuplicates();
    page.locator("#phase a.btn").click();
    page.locator("summary", new Page.LocatorOptions().setHasText("Merge")).first().waitFor();
    assertThat(complaints).isEmpty();
  }

  /// The kind decides which limits there are; opened, filled in, saved, edited, saved again.
  @Test
  void aGoalGetsAFilterAndACapByHand() {
    Page page = watched(browser.visitor(new NewContextOptions().setStorageState(signedIn())));
    page.navigate(address("/experiments/new?project=" + project));
    page.locator("#words").fill("Change 'Add to cart' to 'Buy now'. I want more people to buy.");
    page.locator("mark").first().waitFor();
    assertThat(page.locator("[name='goals[0].cap_quantile']").count()).isZero();
    page.locator("#kind-0").selectOption("sum");
    page.locator("[name='goals[0].cap_quantile']")
        .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
    page.locator("details.limits summary").click();
    page.locator("[name='goals[0].filter[0].property']").fill("plan");
    page.locator("[name='goals[0].filter[0].op']").selectOption("in");
    page.locator("[name='goals[0].filter[0].value']").fill("pro, team");
    page.locator("button[value='add-condition:0']").click();
    page.locator("[name='goals[0].filter[1].property']").fill(HOSTILE);
    page.locator("[name='goals[0].filter[1].op']").selectOption("missing");
    page.locator("[name='goals[0].cap_quantile']").fill("99");
    audit(page);
    page.locator("button[value=save]").click();
    page.waitForURL(url -> !url.contains("/experiments/new"));
    String draft = page.url().replaceAll(".*/experiments/|[?#].*", "");
    page.navigate(address("/experiments/%s/edit".formatted(draft)));
    assertThat(page.locator("details.limits").getAttribute("open")).isNotNull();
    assertThat(page.locator("[name='goals[0].cap_quantile']").inputValue()).isEqualTo("99");
    assertThat(page.locator("[name='goals[0].filter[0].value']").inputValue())
        .isEqualTo("pro, team");
    assertThat(page.locator("[name='goals[0].filter[1].property']").inputValue())
        .isEqualTo(HOSTILE);
    page.locator("[name='goals[0].filter[0].value']").fill("pro");
    page.locator("button[value=save]").click();
    page.waitForURL("**/experiments/" + draft + "*");
    owner.post(api(draft, "activate"), Map.of("force", true)).expect(200);
    page.navigate(address("/experiments/" + draft));
    assertThat(page.locator("section[aria-labelledby=measured]").textContent())
        .contains("only where plan is one of pro and " + HOSTILE + " is missing")
        .contains("values above the 99 % quantile cut");
    assertThat(complaints).isEmpty();
  }

  /// Somebody who scrolls down sees the days and chooses a property without leaving the page.
  @Test
  void whatLiesBelowComesWhenSomebodyGetsThere() {
    String running = experiment(project);
    owner.post(api(running, "activate"), Map.of("force", true)).expect(200);
    send(running);
    Page page = watched(browser.visitor(new NewContextOptions().setStorageState(signedIn())));
    page.navigate(address("/experiments/" + running));
    page.locator("#over-time").scrollIntoViewIfNeeded();
    page.locator("#over-time canvas").first().waitFor();
    assertThat(
            page.evaluate(
                "[...document.querySelectorAll('#over-time canvas')].every((c) =>"
                    + " Chart.getChart(c))"))
        .isEqualTo(true);
    readsAsATable(page);
    page.locator("#breakdown").scrollIntoViewIfNeeded();
    page.locator("#by").fill(HOSTILE);
    page.locator("#by").press("Enter");
    page.locator("#breakdown table").first().waitFor();
    assertThat(page.locator("#breakdown caption").allTextContents())
        .anyMatch(title -> title.contains(HOSTILE));
    assertThat(page.url()).isEqualTo(address("/experiments/" + running));
    assertThat(complaints).isEmpty();
  }

  /// Each picture has a name, and its numbers as a table that the keyboard opens.
  private static void readsAsATable(Page page) {
    for (Locator picture : page.locator("#over-time section:has(canvas)").all()) {
      Locator canvas = picture.locator("canvas");
      assertThat(canvas.getAttribute("role")).isEqualTo("img");
      assertThat(canvas.getAttribute("aria-label"))
          .startsWith(picture.locator("h2").textContent())
          .endsWith("The numbers are in the table below.");
      picture.locator("summary").focus();
      page.keyboard().press("Enter");
      assertThat(picture.locator("table").isVisible()).isTrue();
      assertThat(picture.locator("tbody tr").count())
          .isEqualTo(canvas.evaluate("canvas => Chart.getChart(canvas).data.labels.length"));
    }
  }

  private void check(Page page, String name, String path, boolean audited) {
    int before = complaints.size();
    page.navigate(address(path));
    if (audited) {
      audit(page);
    }
    Object over =
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
    if (!Integer.valueOf(0).equals(over)) {
      complaints.add(over + " px too wide");
    }
    if (page.locator("h1").count() != 1) {
      complaints.add(page.locator("h1").count() + " h1");
    }
    if (page.locator("main img").count() != 0) {
      complaints.add("hostile markup became an element");
    }
    for (int i = before; i < complaints.size(); i++) {
      complaints.set(i, name + ": " + complaints.get(i));
    }
  }

  private void audit(Page page) {
    new AxeBuilder(page)
        .analyze()
        .getViolations()
        .forEach(violation ->
            complaints.add(
                "%s %s"
                    .formatted(
                        violation.getId(),
                        violation.getNodes().stream().map(node -> node.getHtml()).toList())));
  }

  /// Says aloud whatever a page should not do.
  private Page watched(BrowserContext visitor) {
    visitor.addInitScript(
        "addEventListener('securitypolicyviolation', e => console.error('CSP', e.violatedDirective,"
            + " e.blockedURI, e.sample))");
    // Google's button is a script of Google's, which a test does not load from there
    visitor.route(
        "https://accounts.google.com/**",
        route ->
            route.fulfill(
                new Route.FulfillOptions().setContentType("text/javascript").setBody("")));
    Page page = visitor.newPage();
    page.onConsoleMessage(message -> complaints.add("console: " + message.text()));
    page.onPageError(error -> complaints.add("error: " + error));
    page.onDialog(dialog -> {
      complaints.add("dialog: " + dialog.message());
      dialog.dismiss();
    });
    page.onResponse(response -> {
      if (response.status() >= 400) {
        complaints.add(response.status() + " " + response.url());
      }
    });
    return page;
  }

  private String signedIn() {
    String email = owner.get("/api/auth/me").expect(200).get("email").asString();
    BrowserContext visitor = browser.visitor();
    visitor
        .newPage()
        .navigate(address("/link/" + signIns.link(accounts.byEmail(email).orElseThrow())));
    return visitor.storageState();
  }

  private Map<String, String> pages() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("projects", "/");
    pages.put("connect", "/projects/new");
    pages.put("account", "/account");
    pages.put("experiments", "/projects/" + project);
    for (String tab : new String[] {"general", "keys", "members"}) {
      pages.put(tab, "/projects/%s/settings/%s".formatted(project, tab));
    }
    pages.put("new", "/experiments/new?project=" + project);
    String draft = experiment(project);
    pages.put("draft", "/experiments/" + draft);
    owner.post(api(draft, "simulate"), null).expect(200);
    pages.put("simulated", "/experiments/%s/simulated".formatted(draft));
    pages.put("simulated days", "/experiments/%s/over-time?source=simulated".formatted(draft));

    String review = implemented(project, "awaiting_merge");
    pages.put("review", "/experiments/" + review);
    pages.put("changes", "/experiments/%s/changes".formatted(review));
    String unsure = project(Map.of("mug.html", PAGE, "cup.html", PAGE));
    pages.put("ambiguous", "/experiments/" + implemented(unsure, "failed"));
    String merged = implemented(project(Map.of("mug.html", PAGE)), "awaiting_merge");
    owner.post(api(merged, "merge"), null).expect(200);
    pages.put("merged", "/experiments/" + merged);

    String empty = experiment(project);
    owner.post(api(empty, "activate"), Map.of("force", true)).expect(200);
    pages.put("nobody yet", "/experiments/" + empty);
    String running = experiment(project);
    owner.post(api(running, "activate"), Map.of("force", true)).expect(200);
    send(running);
    pages.put("running", "/experiments/" + running);
    owner.post(api(running, "analyse"), null).expect(200);
    pages.put("day by day", "/experiments/%s/over-time".formatted(running));
    pages.put("apart", "/experiments/%s/breakdown".formatted(running));
    String hostile = URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8);
    pages.put(
        "apart for a property", "/experiments/%s/breakdown?by=%s".formatted(running, hostile));
    pages.put("events", "/projects/%s/events?experiment=%s".formatted(project, running));
    String finished = experiment(project);
    owner.post(api(finished, "activate"), Map.of("force", true)).expect(200);
    send(finished);
    owner.post(api(finished, "finish") + "?wait=true", null).expect(200);
    pages.put("finished", "/experiments/" + finished);
    JsonNode next = owner.post(api(finished, "iterate"), null).expect(201);
    pages.put("next idea", "/experiments/" + next.get("id").asString());
    pages.put("why this one", "/experiments/%s/why".formatted(next.get("id").asString()));
    pages.put("outcomes", "/projects/%s/outcomes".formatted(project));
    pages.put("no outcomes", "/projects/%s/outcomes".formatted(unsure));
    for (String shared : List.of(draft, finished)) {
      JsonNode link = owner.post(api(shared, "share"), null).expect(201);
      pages.put(
          "shared " + (shared.equals(draft) ? "simulation" : "results"),
          URI.create(link.get("url").asString()).getPath());
      pages.put(
          "shared days " + (shared.equals(draft) ? "of a simulation" : "of results"),
          URI.create(link.get("url").asString()).getPath() + "/over-time");
    }
    addMoved(pages);
    return pages;
  }

  /// What comes of a pull request and of a roll-out where others work on the same page.
  private void addMoved(Map<String, String> pages) {
    Path conflicting = TestRepository.with(Map.of("mug.html", PAGE));
    pages.put("conflict", "/experiments/" + implemented(project(conflicting), "awaiting_merge"));
    commit(conflicting, PAGE.replace("type=\"button\"", "type=\"submit\""));

    Path waiting = TestRepository.with(Map.of("mug.html", PAGE));
    String waits = rolledOut(over(waiting));
    pages.put("roll-out waits", "/experiments/" + waits);
    pages.put("clean-up", "/experiments/%s/rollout".formatted(waits));

    Path moving = TestRepository.with(Map.of("mug.html", PAGE));
    String moved = rolledOut(over(moving));
    commit(moving, read(moving).replace("<h1>Mug", "<h1>The mug"));
    pages.put("roll-out conflict", "/experiments/" + moved);
    pages.put("clean-up conflict", "/experiments/%s/rollout".formatted(moved));

    Path changed = TestRepository.with(Map.of("mug.html", PAGE));
    String failing = over(changed);
    commit(changed, read(changed).replace("Add to cart", "Order"));
    pages.put("roll-out failed", "/experiments/" + rolledOut(failing));

    String done = rolledOut(over(TestRepository.with(Map.of("mug.html", PAGE))));
    owner.post(api(done, "merge"), null).expect(200);
    pages.put("rolled out", "/experiments/" + done);
  }

  /// An experiment that was merged, ran, and is over.
  private String over(Path repository) {
    String id = implemented(project(repository), "awaiting_merge");
    owner.post(api(id, "merge"), null).expect(200);
    owner.post(api(id, "activate"), null).expect(200);
    owner.post(api(id, "finish") + "?wait=true", null).expect(200);
    return id;
  }

  private String rolledOut(String id) {
    owner.post(api(id, "rollout"), Map.of("segment", "test1")).expect(202);
    for (int i = 0; i < 5000; i++) {
      JsonNode rollout = owner.get("/api/experiments/" + id).expect(200).get("rollout");
      if (!rollout.get("status").asString().equals("implementing")) {
        return id;
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    throw new AssertionError("It is still being rolled out");
  }

  private static void commit(Path repository, String page) {
    TestRepository.commit(repository, Map.of("mug.html", page), "Meanwhile");
  }

  private static String read(Path repository) {
    try {
      return Files.readString(repository.resolve("mug.html"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String project(Map<String, String> files) {
    return project(TestRepository.with(files));
  }

  private String project(Path repository) {
    return owner
        .post(
            "/api/projects",
            Map.of(
                "name",
                HOSTILE,
                "consent",
                "ask",
                "site_url",
                "https://mugs.example/?a=\"'&b=1".replace("\"", "%22"),
                "repository",
                Map.of("host", "git", "url", repository.toUri().toString())))
        .expect(201)
        .get("id")
        .asString();
  }

  private String experiment(String project) {
    return owner
        .post(
            "/api/experiments",
            Map.of(
                "project_id",
                project,
                "name",
                HOSTILE,
                "description",
                "Change 'Add to cart' to 'Buy now'. Track 'buy' when 'Add to cart' is clicked."
                    + " Track 'spend' when 'Add to cart' is clicked. "
                    + HOSTILE,
                "start",
                false,
                "segments",
                List.of(
                    Map.of("name", "Control", "traffic_percentage", 50),
                    Map.of(
                        "name",
                        HOSTILE,
                        "instructions",
                        "Change 'Add to cart' to 'Buy now'",
                        "traffic_percentage",
                        50)),
                "goals",
                List.of(
                    Map.of("event", "buy", "name", HOSTILE, "kind", "conversion"),
                    Map.of("event", "spend", "kind", "sum", "role", "guardrail", "margin", 0.1)),
                "plan",
                Map.of("baseline", 0.1, "mde", 0.2)))
        .expect(201)
        .get("id")
        .asString();
  }

  private String implemented(String project, String wanted) {
    String id = experiment(project);
    owner.post(api(id, "implement"), null).expect(202);
    for (int i = 0; i < 5000; i++) {
      String status = owner.get(api(id, "status")).expect(200).get("status").asString();
      if (!status.equals("implementing")) {
        assertThat(status).as(owner.get(api(id, "status")).text()).isEqualTo(wanted);
        return id;
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    throw new AssertionError("It is still being implemented");
  }

  private void send(String experiment) {
    String key = owner.get("/api/projects/" + project).expect(200).get("write_key").asString();
    List<Map<String, Object>> events = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String user = "%s %s %d".formatted(HOSTILE, experiment, i);
      events.add(
          Map.of(
              "id",
              "x%d-%s".formatted(i, experiment.substring(24)),
              "user_id",
              user,
              "event",
              "$exposure",
              "experiment",
              experiment,
              "segment",
              i % 2 == 0 ? "control" : "test1",
              "properties",
              Map.of(HOSTILE, HOSTILE)));
      if (i % 3 == 0) {
        events.add(
            Map.of(
                "id",
                "g%d-%s".formatted(i, experiment.substring(24)),
                "user_id",
                user,
                "event",
                "buy"));
      }
    }
    JsonNode answer = Api.anonymous(port).post("/api/events?key=" + key, events).expect(200);
    assertThat(answer.get("rejected")).as(answer.toString()).isEmpty();
  }

  private static String api(String experiment, String verb) {
    return "/api/experiments/%s/%s".formatted(experiment, verb);
  }

  private String address(String path) {
    return "http://127.0.0.1:" + port + path;
  }
}
