package dev.pryo.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.sun.net.httpserver.HttpServer;
import dev.pryo.Browser;
import dev.pryo.PryoTest;
import dev.pryo.TestRepository;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The tag with a hash, on a page of another origin.
@PryoTest
class PinnedSnippetTest {
  @RegisterExtension static final Browser browser = new Browser();
  @LocalServerPort int port;

  private final List<String> said = new ArrayList<>();
  private HttpServer site;

  @BeforeEach
  void open() throws IOException {
    site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    site.start();
  }

  @AfterEach
  void close() {
    site.stop(0);
  }

  @Test
  void aSiteOfAnotherOriginLoadsIt() {
    String tag = pinnedTag();
    assertThat(tag).contains("/pryo/", "integrity=\"sha384-", "crossorigin=\"anonymous\"");
    Page page = page(browser.visitor(), tag);
    page.waitForFunction("window.loaded !== undefined");
    assertThat(page.evaluate("loaded")).as(said.toString()).isEqualTo(true);
    assertThat(page.evaluate("typeof window.pryo.variant")).isEqualTo("function");
    assertThat(said).isEmpty();
  }

  @Test
  void aFileThatSomebodyHasChangedIsRefused() {
    BrowserContext visitor = browser.visitor();
    visitor.route(
        "**/pryo/*.js",
        route -> {
          var original = route.fetch();
          route.fulfill(
              new Route.FulfillOptions()
                  .setResponse(original)
                  .setBody(original.text() + "alert(1);"));
        });
    Page page = page(visitor, pinnedTag());
    page.waitForFunction("window.loaded !== undefined");
    assertThat(page.evaluate("loaded")).isEqualTo(false);
    assertThat(page.evaluate("typeof window.pryo")).isEqualTo("undefined");
    assertThat(said).anyMatch(line -> line.contains("integrity"));
  }

  private String pinnedTag() {
    Visitor owner = Visitor.signedUp(port);
    ProjectPagesTest.connect(owner, TestRepository.with(Map.of("index.html", "<p>Mugs</p>")));
    return owner.byId("snippet-pinned").text();
  }

  /// A page with the tag, which notes in `loaded` what became of it.
  private Page page(BrowserContext visitor, String tag) {
    String noting =
        tag.replace("<script ", "<script onload=\"loaded = true\" onerror=\"loaded = false\" ");
    byte[] html = ("<!doctype html><link rel=icon href=data:,>" + noting).getBytes(UTF_8);
    site.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, html.length);
            exchange.getResponseBody().write(html);
          }
        });
    Page page = visitor.newPage();
    page.onConsoleMessage(message -> said.add(message.text()));
    page.navigate("http://www.shop.localhost:" + site.getAddress().getPort());
    return page;
  }
}
