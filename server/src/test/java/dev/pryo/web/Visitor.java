package dev.pryo.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/// A person with a browser in which no script runs: pages, cookies, and forms as they stand.
final class Visitor {
  static final String PASSWORD = "correct horse battery";

  private final HttpClient http =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private final String base;
  private final String email = UUID.randomUUID() + "@example.org";
  private Document page = new Document("");
  private int status;
  private String address = "";

  private Visitor(int port) {
    this.base = "http://127.0.0.1:" + port;
  }

  static Visitor anonymous(int port) {
    return new Visitor(port);
  }

  /// Somebody with an account of their own, signed in by the form.
  static Visitor signedUp(int port) {
    Visitor visitor = anonymous(port);
    visitor.open("/sign-up");
    visitor.send("/sign-up", Map.of("email", visitor.email, "password", PASSWORD));
    assertThat(visitor.status).isEqualTo(200);
    return visitor;
  }

  String email() {
    return email;
  }

  Document page() {
    return page;
  }

  int status() {
    return status;
  }

  /// Where the last answer came from, without host.
  String address() {
    return address;
  }

  Visitor open(String path) {
    return answered(HttpRequest.newBuilder(URI.create(base + path)).GET());
  }

  /// Fills in the page's form of this action and sends it; a value of null takes a field out.
  Visitor send(String action, Map<String, String> typed) {
    FormElement form =
        page.select("form[action]").stream()
            .filter(each -> each.attr("action").equals(action))
            .map(FormElement.class::cast)
            .findFirst()
            .orElseThrow(() -> new AssertionError("No form for " + action + " on " + page.title()));
    Map<String, String> values = new LinkedHashMap<>();
    form.formData().forEach(field -> values.put(field.key(), field.value()));
    values.putAll(typed);
    return post(action, values);
  }

  Visitor post(String path, Map<String, String> values) {
    List<String> pairs = new ArrayList<>();
    values.forEach((name, value) -> pairs.add(encoded(name) + "=" + encoded(value)));
    return answered(
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(String.join("&", pairs))));
  }

  private Visitor answered(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer =
          http.send(
              request.header("Accept", "text/html").build(), HttpResponse.BodyHandlers.ofString());
      status = answer.statusCode();
      page = Jsoup.parse(answer.body(), base);
      address = answer.uri().toString().substring(base.length());
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// The first element that matches; the test fails without one.
  Element one(String css) {
    Element found = page.selectFirst(css);
    assertThat(found).as("%s on %s: %s", css, address, page.text()).isNotNull();
    return Objects.requireNonNull(found);
  }

  Element byId(String id) {
    return one("[id=\"" + id + "\"]");
  }

  /// The words of the page's main part.
  String text() {
    Element main = page.selectFirst("main");
    return main == null ? page.text() : main.text();
  }

  boolean hasForm(String action) {
    return page.select("form[action=\"" + action + "\"]").size() > 0;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
