package dev.pryo.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@PryoTest
class ClientScriptTest {
  private final BrowserClient current = BrowserClient.current();

  @LocalServerPort int port;
  @Autowired JdbcClient sql;

  @Test
  void anySiteGetsTheClientAndKeepsItForAWhile() {
    Api.Answer script = get("/pryo.js");
    assertThat(script.header("Cache-Control")).contains("max-age=300").doesNotContain("no-store");
    assertServed(script, current.script());
  }

  @Test
  void aVersionIsKeptForEver() {
    Api.Answer script = get("/pryo/" + current.version() + ".js");
    assertThat(Objects.requireNonNull(script.header("Cache-Control")).split(", "))
        .containsExactlyInAnyOrder("public", "max-age=31536000", "immutable");
    assertServed(script, current.script());
    assertThat(current.version()).matches("\\d+\\.\\d+\\.\\d+(-[0-9a-f]{12})?");
  }

  @Test
  void aSiteKeepsTheVersionThatItPinnedWhenTheServerIsUpdated() {
    String earlier = "/*! Pryo 0.0.9 */\nwindow.pryo = {};\n";
    sql.sql("insert into browser_client (version, script) values ('0.0.9', :script)")
        .param("script", earlier)
        .update();
    assertServed(get("/pryo/0.0.9.js"), earlier);
    assertThat(
            sql.sql("select script from browser_client where version = :version")
                .param("version", current.version())
                .query(String.class)
                .single())
        .isEqualTo(current.script());
  }

  @Test
  void anUnknownVersionIsAProblemAndNotAnotherVersion() {
    for (String version : new String[] {"0.0.1", "latest", "..", "0.1.0%2F"}) {
      assertThat(get("/pryo/" + version + ".js").status()).as(version).isIn(400, 404);
    }
    Api.Answer unknown = get("/pryo/0.0.1.js");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.header("Content-Type")).startsWith("application/problem+json");
    assertThat(unknown.header("Cache-Control")).doesNotContain("immutable");
  }

  @Test
  void theHashIsOfWhatIsServed() throws Exception {
    byte[] served = get("/pryo.js").text().getBytes(StandardCharsets.UTF_8);
    assertThat(current.integrity())
        .isEqualTo(
            "sha384-"
                + Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-384").digest(served)));
  }

  @Test
  void itTravelsCompressed() throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> answer =
          http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/pryo.js".formatted(port)))
                  .header("Accept-Encoding", "gzip")
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
      assertThat(answer.body()).hasSizeLessThan(4_200);
      try (var script = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
        assertThat(script.readAllBytes()).isEqualTo(current.bytes());
      }
    }
  }

  private void assertServed(Api.Answer script, String text) {
    assertThat(script.status()).isEqualTo(200);
    assertThat(script.text()).isEqualTo(text);
    assertThat(script.header("Content-Type")).startsWith("text/javascript");
    assertThat(script.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(script.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
    assertThat(script.header("Set-Cookie")).isNull();
    String tag = Objects.requireNonNull(script.header("ETag"));
    String path = script.response().uri().getPath();
    Api.Answer again = Api.anonymous(port).send("GET", path, null, "If-None-Match", tag);
    assertThat(again.status()).isEqualTo(304);
  }

  private Api.Answer get(String path) {
    return Api.anonymous(port).get(path);
  }
}
