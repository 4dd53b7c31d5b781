package dev.pryo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.pryo.account.Accounts;
import dev.pryo.account.SignIns;
import dev.pryo.demo.Shop;
import dev.pryo.project.Project;
import dev.pryo.project.Projects;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The newcomer's way: the printed link, the worked example on the sample shop, through every page,
/// with the shop itself open beside it.
@PryoTest
class LoopBrowserTest {
  private static final int VISITORS = 6;
  private static final int MOST_VISITORS = 40;
  private static final double PATIENCE = 30_000;

  @RegisterExtension static final Browser browser = new Browser();

  @Autowired Accounts accounts;
  @Autowired SignIns signIns;
  @Autowired Projects projects;
  @Autowired Shop shop;
  @LocalServerPort int port;
  @TempDir Path folder;

  private final List<String> complaints = new ArrayList<>();

  @Test
  void fromThePrintedLinkToTheNextIdea() throws Exception {
    Project project = projects.demo().orElseThrow();
    Page pryo = watched(browser.visitor());

    pryo.navigate(address() + "/link/" + signIns.link(accounts.localOwner()));
    button(pryo, "Run the worked example").click();
    assertThat(pryo.getByText("You wrote:").first()).isVisible();
    button(pryo, "Start implementation").click();

    pryo.getByRole(AriaRole.LINK, named("Review the changes"))
        .or(summary(pryo, "Merge"))
        .first()
        .waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE));
    if (summary(pryo, "Merge").count() == 0) {
      pryo.getByRole(AriaRole.LINK, named("Review the changes")).click();
    }
    String link =
        String.valueOf(
            pryo.getByRole(
                    AriaRole.LINK,
                    new Page.GetByRoleOptions().setName(Pattern.compile("Open Test 1.*")))
                .getAttribute("href"));
    Page preview = browser.person().newPage();
    preview.navigate(link);
    seeOrReload(preview, "Find your kite");
    assertThat(preview.getByText("Preview: ").first()).isVisible();
    preview.close();

    summary(pryo, "Merge").click();
    button(pryo, Pattern.compile("Merge into .*")).click();
    summary(pryo, "Start the experiment").click();
    button(pryo, "Split visitors now").click();
    assertThat(pryo.getByText("People per segment").or(pryo.getByText("Nobody")).first())
        .isVisible();
    String experiment = pryo.url().replaceFirst("[?#].*", "");

    // a headless browser is nobody, whatever it does
    assertThat(visit(project).exposed()).isFalse();
    assertThat(people(pryo, experiment)).isZero();

    // with the two permissions for tests of one's own site it is
    allowBotsInTheShop();
    pryo.navigate(address() + "/projects/" + project.id() + "/settings/general");
    pryo.getByLabel("Count crawlers and headless browsers").check();
    answered(pryo, button(pryo, "Save"));
    Set<String> seen = new HashSet<>();
    int exposed = 0;
    for (int i = 0; i < MOST_VISITORS && (seen.size() < 2 || exposed < VISITORS); i++) {
      Visit visit = visit(project);
      seen.add(visit.words());
      exposed += visit.exposed() ? 1 : 0;
    }
    assertThat(seen).containsExactlyInAnyOrder("Choose your kite", "Find your kite");
    awaitPeople(pryo, experiment, exposed);
    pryo.navigate(experiment + "/events");
    assertThat(pryo.getByText("choose_kite").first()).isVisible();

    pryo.navigate(experiment);
    answered(pryo, button(pryo, "Simulate visitors"));
    assertThat(pryo.getByText("Simulated data").first()).isVisible();

    pryo.navigate(experiment);
    summary(pryo, "Finish").click();
    button(pryo, "Finish and decide").click();
    assertThat(pryo.locator(".verdict .lead")).not().isEmpty();
    answered(pryo, button(pryo, "Propose the next idea"));
    assertThat(pryo.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .isVisible();
    assertThat(pryo.url()).isNotEqualTo(experiment);
    org.assertj.core.api.Assertions.assertThat(complaints).isEmpty();
  }

  @Test
  void theShopsScriptsCannotActWithTheOwnersSession() {
    BrowserContext owner = browser.visitor();
    Page pryo = owner.newPage();
    pryo.navigate(address() + "/link/" + signIns.link(accounts.localOwner()));
    Page page = owner.newPage();
    page.navigate(shop.url(projects.demo().orElseThrow(), null).orElseThrow() + "/");
    assertThat((String) page.evaluate("() => document.cookie")).doesNotContain("pryo_session");
    for (String target : new String[] {"http://127.0.0.1:" + port, "http://localhost:" + port}) {
      assertThat(
              page.evaluate(
                  """
                  async (target) => {
                    try {
                      const answer = await fetch(`${target}/account`, { credentials: "include" });
                      return await answer.text();
                    } catch (error) {
                      return "refused";
                    }
                  }\
                  """,
                  target))
          .isEqualTo("refused");
      long before = sessions();
      page.evaluate(
          """
          async (target) => {
            const body = new URLSearchParams({ name: "mine" });
            await fetch(`${target}/example`, { method: "POST", mode: "no-cors", credentials: "include", body });
            await fetch(`${target}/sign-out`, { method: "POST", mode: "no-cors", credentials: "include", body });
          }\
          """,
          target);
      assertThat(sessions()).isEqualTo(before);
    }
    pryo.navigate(address() + "/account");
    assertThat(pryo.url()).endsWith("/account"); // still signed in
  }

  @Autowired org.springframework.jdbc.core.simple.JdbcClient sql;

  private long sessions() {
    return sql.sql("select count(*) from web_session").query(Long.class).single();
  }

  /// @param words what stood on the button
  /// @param exposed whether the client said that it was seen; on a slow machine it may come too
  ///   late, and then it says nothing
  private record Visit(String words, boolean exposed) {}

  /// Somebody comes to the shop for the first time, looks, and follows the button.
  private Visit visit(Project project) {
    try (BrowserContext visitor = browser.visitor()) {
      AtomicInteger sent = new AtomicInteger();
      visitor.onResponse(response -> {
        if (response.url().contains("/api/events") && response.status() == 200) {
          sent.incrementAndGet();
        }
      });
      Page page = visitor.newPage();
      page.navigate(shop.url(project, null).orElseThrow() + "/");
      page.locator("#hero-button[data-pryo-segment]").waitFor();
      String words = page.locator("#hero-button").innerText();
      for (int i = 0; i < 40 && sent.get() == 0; i++) {
        page.waitForTimeout(100);
      }
      page.locator("#hero-button").click();
      page.waitForURL(Pattern.compile(".*/products\\.html"));
      return new Visit(words, sent.get() > 0);
    }
  }

  /// Looks again until the experiment's page counts so many people; events may still be on their
  /// way.
  private void awaitPeople(Page pryo, String experiment, long wanted) {
    for (int i = 0; i < 60 && people(pryo, experiment) != wanted; i++) {
      pryo.waitForTimeout(500);
    }
    org.assertj.core.api.Assertions.assertThat(people(pryo, experiment)).isEqualTo(wanted);
  }

  private static long people(Page pryo, String experiment) {
    pryo.navigate(experiment);
    Locator again = button(pryo, "Look again");
    if (again.count() > 0) {
      answered(pryo, again);
    }
    Locator shown = pryo.locator("section[aria-labelledby=count] header .num");
    return shown.count() == 0
        ? 0
        : Long.parseLong(shown.innerText().replaceAll("\\D.*", "").strip());
  }

  /// Presses and waits for the next page: where a test goes on to another address, the late answer
  /// would call that off.
  private static void answered(Page page, Locator button) {
    page.waitForNavigation(button::click);
  }

  private void allowBotsInTheShop() throws IOException, GitAPIException {
    String url = projects.demo().orElseThrow().repository().url();
    Path bare = Path.of(URI.create(String.valueOf(url)));
    try (Git git =
        Git.cloneRepository()
            .setURI(bare.toUri().toString())
            .setDirectory(folder.toFile())
            .call()) {
      Path index = folder.resolve("index.html");
      Files.writeString(
          index,
          Files.readString(index).replace(" data-consent=", " data-allow-bots data-consent="));
      git.add().addFilepattern(".").call();
      PersonIdent tester = new PersonIdent("Tester", "tester@example.org");
      git.commit()
          .setMessage("Our own tests count")
          .setAuthor(tester)
          .setCommitter(tester)
          .setSign(false)
          .call();
      git.push().call();
    }
  }

  /// A slow machine may miss the 300 ms within which the page waits; the next view has the client
  /// at hand.
  private static void seeOrReload(Page page, String words) {
    for (int i = 0; i < 10 && !page.locator("#hero-button").innerText().equals(words); i++) {
      page.reload();
      page.locator("#hero-button[data-pryo-segment]").waitFor();
    }
    assertThat(page.locator("#hero-button")).hasText(words);
  }

  private Page watched(BrowserContext context) {
    Page page = context.newPage();
    page.onConsoleMessage(message -> complaints.add(message.type() + ": " + message.text()));
    page.onPageError(complaints::add);
    page.onResponse(response -> {
      if (response.status() >= 400) {
        complaints.add(response.status() + " " + response.url());
      }
    });
    return page;
  }

  private String address() {
    return "http://127.0.0.1:" + port;
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, named(name).setExact(true));
  }

  private static Locator button(Page page, Pattern name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private static Locator summary(Page page, String words) {
    return page.locator(
        "summary", new Page.LocatorOptions().setHasText(Pattern.compile("^" + words + "$")));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
