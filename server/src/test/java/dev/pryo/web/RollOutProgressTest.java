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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// A roll-out that a model writes, watched while it is written.
@ModelTest
class RollOutProgressTest {
  private static final String THEIRS = KiteSite.INDEX.replace("Add to cart", "Into the cart");

  @RegisterExtension static final Browser browser = new Browser();

  @Autowired Accounts accounts;
  @Autowired SignIns signIns;
  @LocalServerPort int port;

  private final KiteSite site = KiteSite.made();

  @Test
  void itsPhasesStepsAndCostComeByThemselvesAndThenItsEnd() {
    Api api = Api.signedUp(port);
    KiteModel kites = new KiteModel(api, site.link(api), TestModel.Shared.MODEL);
    JsonNode draft = kites.draft("edit", "change 'Add to cart' to 'Buy now'", Map.of());
    String at = "/experiments/" + draft.get("id").asString();
    overAndChanged(api, "/api" + at);
    Laid write = TestModel.calls("write_file", Map.of("path", "index.html", "content", THEIRS));
    Talk begun = kites.talk(draft, write).after(TestModel.silence());
    api.post("/api" + at + "/rollout", Map.of("segment", "control")).expect(202);
    begun.awaitSilence();

    Page page = signedIn(api, 1440);
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
    assertThat(page.locator("#log li", containing("Looking at the repository")).count())
        .as("what is there is not said again")
        .isOne();
    quiet(page);
    Page phone = signedIn(api, 375);
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

  /// Written, merged and finished; and then the team changed a line of it.
  private void overAndChanged(Api api, String path) {
    api.post(path + "/implement", null).expect(202);
    api.get(path + "/progress").text(); // which ends with it
    api.post(path + "/merge", null).expect(200);
    api.post(path + "/activate", null).expect(200);
    api.post(path + "/finish", null).expect(202);
    site.write("index.html", site.read("index.html").replace("Add to cart", "Into the cart"));
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

  private Page signedIn(Api api, int width) {
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
