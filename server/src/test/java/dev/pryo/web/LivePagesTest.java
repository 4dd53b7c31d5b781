package dev.pryo.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.pryo.Api;
import dev.pryo.Browser;
import dev.pryo.KiteModel;
import dev.pryo.KiteSite;
import dev.pryo.ModelTest;
import dev.pryo.TestModel;
import dev.pryo.TestModel.Laid;
import dev.pryo.TestModel.Talk;
import dev.pryo.account.Accounts;
import dev.pryo.account.SignIns;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// Pages that say by themselves what becomes of a pull request while somebody looks at them.
@ModelTest
class LivePagesTest {
  private static final String THEIRS = KiteSite.INDEX.replace("Add to cart", "Into the cart");

  @RegisterExtension static final Browser browser = new Browser();

  @Autowired Accounts accounts;
  @Autowired SignIns signIns;
  @LocalServerPort int port;

  private final KiteSite site = KiteSite.made();
  private Api api = Api.anonymous(0);
  private KiteModel kites = new KiteModel(api, "", TestModel.Shared.MODEL);
  private JsonNode draft = MissingNode.getInstance();
  private String at = "";

  @BeforeEach
  void aPullRequest() {
    api = Api.signedUp(port);
    kites = new KiteModel(api, site.link(api), TestModel.Shared.MODEL);
    draft = kites.draft("edit", "change 'Add to cart' to 'Buy now'", Map.of());
    at = "/experiments/" + draft.get("id").asString();
    api.post("/api" + at + "/implement", null).expect(202);
    api.get("/api" + at + "/progress").text(); // which ends with it
  }

  @Test
  void whatHasMovedOnIsSaidAndNothingOfThePageIsLost() {
    Page page = signedIn(375);
    page.navigate(address(at));
    page.locator("summary", containing("Merge")).click();
    page.waitForResponse("**/moved?seen=*", () -> {});
    assertThat(page.locator("#moved").textContent()).as("nothing has happened").isBlank();
    changed("class=\"button\"", "class=\"button wide\"");
    api.get("/api" + at + "/status").expect(200);
    page.locator("#moved .note").waitFor();
    assertThat(page.locator("#moved").textContent())
        .contains("It has moved on: Conflicts with its base.");
    assertThat(page.locator("#state").textContent()).isEqualTo("Conflicts with its base");
    assertThat(page.title()).startsWith("Conflicts with its base");
    assertThat(page.locator("details.confirm[open]").count()).as("what was opened").isOne();
    quiet(page);
    page.locator("#moved a").click();
    having(page, ".verdict .chip", "Conflicts with main").waitFor();
    assertThat(page.locator("#moved").textContent()).isBlank();
  }

  @Test
  void aRollOutShowsItsPhasesStepsAndCostAndThenItsEnd() {
    over();
    changed("Add to cart", "Into the cart");
    Laid write = TestModel.calls("write_file", Map.of("path", "index.html", "content", THEIRS));
    Talk begun = kites.talk(draft, write).after(TestModel.silence());
    api.post("/api" + at + "/rollout", Map.of("segment", "control")).expect(202);
    begun.awaitSilence();

    Page page = signedIn(1440);
    page.navigate(address(at));
    page.evaluate("window.stays = true");
    assertThat(page.locator("#state").textContent()).isEqualTo("Rolling out");
    assertThat(page.locator("#phase .done").allTextContents())
        .containsExactly("✓Read the code as it is now");
    assertThat(page.locator("#phase .now").textContent()).isEqualTo("Take the experiment out");
    assertThat(page.locator("#log").textContent())
        .contains("Looking at the repository as it is now.")
        .doesNotContain("index.html");
    assertThat(page.locator("#phase").textContent()).doesNotContain("Cost so far");

    Talk goesOn = kites.talk(draft, write, TestModel.silence());
    begun.release();
    goesOn.awaitSilence();
    having(page, "#log li", "Writes index.html").waitFor();
    having(page, "#phase .facts", "$0.02").waitFor();
    assertThat(having(page, "#log li", "Writes index.html").textContent())
        .as("in the words of the phases beside it")
        .contains("Write")
        .doesNotContain("Plan");
    assertThat(page.locator("#log li", containing("Looking at the repository")).count())
        .as("what is there is not said again")
        .isOne();
    quiet(page);
    Page phone = signedIn(375);
    phone.navigate(address(at));
    assertThat(having(phone, "#log li", "Writes index.html").count()).isOne();
    quiet(phone);

    kites.talk(
        draft,
        write,
        TestModel.calls("compare_changes", Map.of()),
        TestModel.calls("flush_writes", Map.of("summary", "The team's words stay.")));
    goesOn.release();
    having(page, "#rollout .chip", "Waits for its merge").waitFor();
    assertThat(page.locator("#state").textContent()).isEqualTo("Roll-out waits");
    assertThat(page.title()).startsWith("Roll-out waits");
    assertThat(page.locator("#rollout").textContent())
        .contains("Pull request #2", "Asked for", "$0.06");
    assertThat(page.locator("#rollout a.btn").textContent()).isEqualTo("Review and merge");
    assertThat(page.locator("#log, [hx-get*=rollout-state]").count()).isZero();
    assertThat(page.evaluate("window.stays")).as("without a reload").isEqualTo(true);
  }

  private void over() {
    api.post("/api" + at + "/merge", null).expect(200);
    api.post("/api" + at + "/activate", null).expect(200);
    api.post("/api" + at + "/finish", null).expect(202);
  }

  /// The team changed something on the page.
  private void changed(String old, String now) {
    site.write("index.html", site.read("index.html").replace(old, now));
    site.git(git -> git.commit().setAll(true).setMessage("Words").setSign(false).call());
  }

  private static Locator having(Page page, String css, String text) {
    return page.locator(css, containing(text));
  }

  private static Page.LocatorOptions containing(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private static void quiet(Page page) {
    assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
    assertThat(
            page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .isEqualTo(0);
  }

  private Page signedIn(int width) {
    String email = api.get("/api/auth/me").expect(200).get("email").asString();
    BrowserContext visitor = browser.visitor(new NewContextOptions().setViewportSize(width, 900));
    Page page = visitor.newPage();
    page.navigate(address("/link/" + signIns.link(accounts.byEmail(email).orElseThrow())));
    return page;
  }

  private String address(String path) {
    return "http://127.0.0.1:" + port + path;
  }
}
