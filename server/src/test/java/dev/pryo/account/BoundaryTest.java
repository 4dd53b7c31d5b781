package dev.pryo.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import dev.pryo.platform.Address;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/// Who may call from where, and what is open to anyone.
@PryoTest
class BoundaryTest {
  @Autowired Address address;
  @LocalServerPort int port;

  @Test
  void theApiAnswersBrowsersOfTheFrontEndAlone() {
    String origin = address.frontendOrigin();
    assertThat(preflight("/api/projects", origin).header("Access-Control-Allow-Origin"))
        .isEqualTo(origin);
    for (String other :
        List.of(
            "https://evil.example",
            "null",
            origin + ".evil.example",
            "https://127.0.0.1:" + port,
            "http://127.0.0.1:" + (port + 1))) {
      Api.Answer answer = preflight("/api/projects", other);
      assertThat(answer.status()).as(other).isEqualTo(403);
      assertThat(answer.header("Access-Control-Allow-Origin")).as(other).isNull();
      assertProblem(answer.header("Content-Type"), answer.text());
    }
  }

  private static void assertProblem(@Nullable String type, String body) {
    assertThat(type).startsWith("application/problem+json");
    assertThat(JsonMapper.shared().readTree(body).get("detail").asString()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/projects/%00 HTTP/1.1",
        "GET /api/projects/%2e%2e%2fx HTTP/1.1",
        "GET /api/projects/a;b=c/../d HTTP/1.1",
        "GET /api/projects/%zz HTTP/1.1",
        "GET /api/\\projects HTTP/1.1",
        "GET /api/projects?q=<x> HTTP/1.1",
        "GET /api/projects HTTP/7.0",
        "GE(T /api/projects HTTP/1.1",
        "TRACE /api/projects HTTP/1.1",
        "nonsense"
      })
  void aRequestThatIsNoneIsRefusedInTheFormOfAllErrors(String line) throws IOException {
    String answer = raw(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer).matches("(?s)HTTP/1.1 (4|505).*").doesNotContain("<html", "Tomcat");
    assertThat(answer.toLowerCase(Locale.ROOT))
        .contains("content-type: application/problem+json", "\"detail\":");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: localhost\r\nContent-Length: 1\r\nContent-Length: 2",
        "Host: localhost\r\nContent-Length: x",
        "Host: a b",
        "Host: localhost\r\nHost: other",
        "Host: localhost\r\nTransfer-Encoding: nothing-known",
        "X-No-Host: 1"
      })
  void headersThatContradictAreRefusedInTheFormOfAllErrors(String headers) throws IOException {
    String answer =
        raw("POST /api/events HTTP/1.1\r\nConnection: close\r\n" + headers + "\r\n\r\n");
    assertThat(answer).matches("(?s)HTTP/1.1 (4|501).*").doesNotContain("<html", "Tomcat");
    assertThat(answer.toLowerCase(Locale.ROOT))
        .contains("content-type: application/problem+json", "\"detail\":");
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void eventsAndAssignmentsAreForAnySiteWithoutCredentials() {
    for (String path : List.of("/api/events", "/api/assignments/pk_any")) {
      Api.Answer answer = preflight(path, "https://any.example");
      assertThat(answer.header("Access-Control-Allow-Origin")).as(path).isEqualTo("*");
      assertThat(answer.header("Access-Control-Allow-Credentials")).as(path).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/actuator",
        "/actuator/env",
        "/actuator/heapdump",
        "/actuator/loggers",
        "/actuator/beans"
      })
  void nothingElseOfTheActuatorIsOpen(String path) {
    assertThat(Api.anonymous(port).get(path).status()).isIn(401, 403, 404);
    assertThat(Api.signedUp(port).get(path).status()).isIn(403, 404);
  }

  @Test
  void healthSaysNoDetailsAndMetricsAreForThisMachine() {
    assertThat(Api.anonymous(port).get("/actuator/health").expect(200).propertyNames())
        .containsOnly("status", "groups");
    assertThat(Api.anonymous(port).get("/actuator/prometheus").status()).isEqualTo(200);
    assertThat(
            Api.anonymous(port)
                .send("GET", "/actuator/prometheus", null, "X-Forwarded-For", "203.0.113.9")
                .status())
        .isEqualTo(401);
  }

  @Test
  void formsWithoutTheirTokenAreRefused() {
    Api.Answer answer =
        Api.anonymous(port)
            .send(
                "POST",
                "/sign-in",
                "email=a%40example.org&password=x",
                "Content-Type",
                "application/x-www-form-urlencoded");
    assertThat(answer.status()).isEqualTo(403);
  }

  @Test
  void pagesSayWhatABrowserMayDoWithThem() {
    Api.Answer page = Api.anonymous(port).get("/sign-in");
    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe-inline");
    assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(page.header("Referrer-Policy")).isEqualTo("same-origin");
  }

  @Test
  void aRedirectGoesNowhereElse() {
    Api.Answer answer = Api.anonymous(port).get("/account");
    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.header("Location")).startsWith("/sign-in"); // no host, so none of the request
  }

  @Test
  void aTextThatIsNotTextIsRefused() {
    assertThat(
            Api.anonymous(port)
                .post("/api/auth/signup", Map.of("email", 5, "password", "a long enough one"))
                .expect(422)
                .at("/errors/0/field")
                .asString())
        .isEqualTo("email");
  }

  @Test
  void theContractIsReadableInABrowser() {
    Api.Answer docs = Api.anonymous(port).get("/swagger-ui/index.html");
    assertThat(docs.status()).isEqualTo(200);
    assertThat(docs.header("Content-Security-Policy")).contains("script-src 'self'");
    assertThat(Api.anonymous(port).get("/docs").status()).isIn(200, 302);
  }

  private Api.Answer preflight(String path, String origin) {
    return Api.anonymous(port)
        .send(
            "OPTIONS",
            path,
            null,
            "Origin",
            origin,
            "Access-Control-Request-Method",
            "POST",
            "Access-Control-Request-Headers",
            "content-type");
  }
}
