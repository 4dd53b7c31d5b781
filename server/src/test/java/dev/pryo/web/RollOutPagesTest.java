package dev.pryo.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.pryo.Api;
import dev.pryo.Browser;
import dev.pryo.PryoTest;
import dev.pryo.TestRepository;
import dev.pryo.account.Accounts;
import dev.pryo.account.SignIns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// What the pages show of a pull request after it was opened, and of a roll-out: each state with
/// what there is to do, by forms alone and with the keyboard.
@PryoTest
class RollOutPagesTest {
  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
        <head><title>Mug</title></head>
        <body>
          <h1>Mug</h1>
          <button id="buy" type="button">Add to cart</button>
        </body>
      </html>
      """;

  @RegisterExtension static final Browser browser = new Browser();

  @Autowired Accounts accounts;
  @Autowired SignIns signIns;
  @LocalServerPort int port;

  private final Path shop = TestRepository.with(Map.of("mug.html", PAGE));
  private Api owner = Api.anonymous(0);
  private String id = "";
  private Page page;

  @BeforeEach
  void aPullRequest() {
    owner = Api.signedUp(port);
    String project =
        owner
            .post(
                "/api/projects",
                Map.of(
                    "name", "Mugs",
                    "consent", "granted",
                    "site_url", "https://mugs.example/",
                    "repository", Map.of("host", "git", "url", shop.toUri().toString())))
            .expect(201)
            .get("id")
            .asString();
    id = experiment(project);
    owner.post(api("implement"), null).expect(202);
    await("status", "implementing");
    page = signedIn();
  }

  @Test
  void aConflictIsSaidWithItsFilesAndOneKeyHasItWrittenAgain() {
    push(PAGE.replace("type=\"button\"", "type=\"submit\""));
    show("Conflicts with its base");
    assertThat(page.locator(".verdict .chip").textContent()).isEqualTo("▲ Conflicts with main");
    assertThat(page.locator(".verdict .places li").allTextContents()).containsExactly("mug.html");
    assertThat(page.locator("form[action$='/merge']").count())
        .as("what cannot be merged has no button for it")
        .isZero();
    assertThat(page.locator("#ready").textContent())
        .contains("It conflicts with main: solve that first.")
        .doesNotContain("Merge it");
    press("Write it again on main");
    page.locator("#phase a.btn").waitFor();
    show("Waits for your review");
    assertThat(page.locator(".diff .add").allTextContents().toString())
        .contains("Buy now", "submit");
  }

  @Test
  void aBranchThatSomebodyChangedIsTheirs() {
    String branch = owner.get(api("")).expect(200).get("branch").asString();
    TestRepository.on(shop, branch, () -> push(PAGE.replace("Mug</h1>", "My mug</h1>")));
    push(PAGE.replace("<h1>Mug", "<h1>The mug"));
    show("Conflicts with its base");
    assertThat(page.locator(".verdict").textContent())
        .contains("somebody changed the branch", "Pryo leaves what others wrote alone");
    assertThat(page.locator("form[action$='/implement']").count()).isZero();
  }

  @Test
  void aRollOutIsOneStateFromTheButtonToItsEnd() throws IOException {
    over();
    show("Finished");
    assertThat(page.locator("#rollout").count()).isZero();
    press("Roll out Control");
    page.locator("#rollout .chip.warn").waitFor();
    assertThat(page.locator("#rollout").textContent())
        .contains("▲ Waits for its merge", "“Control” stays for everybody");
    assertThat(page.locator(".btn.main").allTextContents())
        .as("one thing comes first")
        .containsExactly("Review and merge");

    push(Files.readString(shop.resolve("mug.html")).replace("<h1>Mug", "<h1>The mug"));
    show("Roll-out conflicts");
    assertThat(page.locator("#rollout .places li").allTextContents()).containsExactly("mug.html");
    page.navigate(address("/rollout"));
    assertThat(page.locator("aside .chip").first().textContent())
        .isEqualTo("▲ Conflicts with main");
    assertThat(page.locator("form[action$='/merge']").count()).isZero();
    press("Write it again on main");
    page.waitForURL("**?said=rolling-out");
    awaitRollout();
    show("Roll-out waits");
    page.locator("#rollout a.btn").press("Enter");
    page.waitForURL("**/rollout");
    assertThat(page.locator(".diff").first().textContent()).contains("Add to cart");
    assertThat(page.locator("aside dl").first().textContent()).contains("StaysControl");
    page.setViewportSize(375, 900);
    assertThat(page.locator("form[action$='/merge']").boundingBox().y)
        .as("on a phone the button is before the change")
        .isLessThan(page.locator(".diff").first().boundingBox().y);
    page.setViewportSize(1440, 900);
    press("Merge");
    page.waitForURL("**/experiments/" + id + "?said=merged");
    assertThat(page.locator("#state").textContent()).isEqualTo("Rolled out");
    assertThat(page.locator("#rollout").textContent())
        .contains("✓ Rolled out", "The experiment is out of the code.");
    assertThat(Files.readString(shop.resolve("mug.html")))
        .isEqualTo(PAGE.replace("<h1>Mug", "<h1>The mug"));
  }

  @Test
  void aRollOutThatFailedSaysTheLinesAndIsAskedForAgain() throws IOException {
    over();
    String written = Files.readString(shop.resolve("mug.html"));
    push(written.replace("Add to cart", "Order"));
    owner.post(api("rollout"), Map.of("segment", "control")).expect(202);
    awaitRollout();
    show("Roll-out failed");
    int line = (int) written.substring(0, written.indexOf("Add to cart")).lines().count();
    assertThat(page.locator("#rollout").textContent()).contains("✕ Failed", "mug.html:" + line);
    push(written);
    press("Roll out Control");
    page.locator("#rollout .chip.warn").waitFor();
  }

  @Test
  void whoOnlyLooksSeesEachStateWithoutAButton() throws IOException {
    over();
    owner.post(api("rollout"), Map.of("segment", "test1")).expect(202);
    awaitRollout();
    Visitor viewer = Visitor.signedUp(port);
    String project = owner.get(api("")).expect(200).get("project_id").asString();
    owner
        .post(
            "/api/projects/" + project + "/members",
            Map.of("email", viewer.email(), "role", "viewer"))
        .expect(201);
    viewer.open("/experiments/" + id);
    assertThat(viewer.byId("rollout").text()).contains("Waits for its merge", "“Buy now” stays");
    push(Files.readString(shop.resolve("mug.html")).replace("<h1>Mug", "<h1>The mug"));
    viewer.open("/experiments/" + id);
    assertThat(viewer.byId("rollout").text()).contains("Conflicts with main", "mug.html");
    assertThat(viewer.page().select("main form")).isEmpty();
    viewer.open("/experiments/" + id + "/rollout");
    assertThat(viewer.page().select("main form")).isEmpty();
    viewer.open("/experiments/" + id + "/rollout-state");
    assertThat(viewer.status()).isEqualTo(286);
  }

  /// The experiment's page, on which this word is its state.
  private void show(String state) {
    page.navigate(address(""));
    assertThat(page.locator("#state").textContent()).isEqualTo(state);
    assertThat(page.title()).startsWith(state);
  }

  /// Goes to a button with the keyboard, as the order of the page has it, and presses it.
  private void press(String name) {
    page.locator("body").press("Home");
    for (int tab = 0; tab < 60; tab++) {
      page.keyboard().press("Tab");
      Object at = page.evaluate("document.activeElement.textContent.trim()");
      if (name.equals(at)) {
        page.keyboard().press("Enter");
        return;
      }
    }
    throw new AssertionError("No way by the keyboard to " + name);
  }

  private Page signedIn() {
    String email = owner.get("/api/auth/me").expect(200).get("email").asString();
    BrowserContext visitor = browser.visitor(new NewContextOptions().setViewportSize(1440, 900));
    Page first = visitor.newPage();
    first.navigate(
        "http://127.0.0.1:%d/link/%s"
            .formatted(port, signIns.link(accounts.byEmail(email).orElseThrow())));
    return first;
  }

  private void over() {
    owner.post(api("merge"), null).expect(200);
    owner.post(api("activate"), null).expect(200);
    owner.post(api("finish"), null).expect(202);
  }

  private void push(String text) {
    TestRepository.commit(shop, Map.of("mug.html", text), "Meanwhile");
  }

  private void awaitRollout() {
    for (int i = 0; i < 5000; i++) {
      JsonNode rollout = owner.get(api("")).expect(200).get("rollout");
      if (!rollout.get("status").asString().equals("implementing")) {
        return;
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    throw new AssertionError("The roll-out is still being written");
  }

  private void await(String verb, String status) {
    for (int i = 0; i < 5000; i++) {
      if (!owner.get(api(verb)).expect(200).get("status").asString().equals(status)) {
        return;
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    throw new AssertionError("It is still " + status);
  }

  private String experiment(String project) {
    return owner
        .post(
            "/api/experiments",
            Map.of(
                "project_id",
                project,
                "name",
                "Words on the button",
                "description",
                "Track 'buy' when 'Add to cart' is clicked.",
                "start",
                false,
                "segments",
                List.of(
                    Map.of("name", "Control", "traffic_percentage", 50),
                    Map.of(
                        "name",
                        "Buy now",
                        "instructions",
                        "Change 'Add to cart' to 'Buy now'",
                        "traffic_percentage",
                        50)),
                "goals",
                List.of(Map.of("event", "buy", "kind", "conversion"))))
        .expect(201)
        .get("id")
        .asString();
  }

  private String api(String verb) {
    return "/api/experiments/" + id + (verb.isEmpty() ? "" : "/" + verb);
  }

  private String address(String more) {
    return "http://127.0.0.1:%d/experiments/%s%s".formatted(port, id, more);
  }
}
