package dev.pryo.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@PryoTest
class ClientScriptTest {
  @LocalServerPort int port;

  @Test
  void anySiteGetsTheClientAndKeepsIt() {
    Api.Answer script = Api.anonymous(port).get("/pryo.js");
    assertThat(script.status()).isEqualTo(200);
    assertThat(script.header("Content-Type")).startsWith("text/javascript");
    assertThat(script.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(script.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
    assertThat(script.header("Cache-Control")).contains("max-age=300").doesNotContain("no-store");
    assertThat(script.header("Set-Cookie")).isNull();
    assertThat(script.text()).startsWith("/*! Pryo ");
    String tag = Objects.requireNonNull(script.header("ETag"));
    Api.Answer again = Api.anonymous(port).send("GET", "/pryo.js", null, "If-None-Match", tag);
    assertThat(again.status()).isEqualTo(304);
  }
}
