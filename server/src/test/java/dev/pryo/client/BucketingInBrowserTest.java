package dev.pryo.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.pryo.Browser;
import dev.pryo.experiment.Bucketing;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BucketingInBrowserTest {
  @RegisterExtension static final Browser browser = new Browser();
  @RegisterExtension final ContractServer server = new ContractServer();

  @Test
  void everySharedCaseComesOutToTheBitInThePage() throws IOException {
    server.serves("/", ContractServer.Answer.html("<!doctype html>"));
    server.serves("/bucketing.json", ContractServer.Answer.json(cases()));
    Page page = browser.page();
    page.navigate(server.site("/"));
    Object wrong =
        page.evaluate(
            """
            async (module) => {
              const { hash, murmur3, bucket } = await import(module);
              const { cases, raw_hashes } = await (await fetch("/bucketing.json")).json();
              const wrong = cases.length === 247 && raw_hashes.length === 69 ? [] : ["count"];
              for (const raw of raw_hashes) {
                const bytes = (raw.hex.match(/../g) || []).map((byte) => parseInt(byte, 16));
                if (murmur3(bytes) !== raw.hash) wrong.push(raw.hex);
              }
              for (const { id, seed, expected, ...visitor } of cases) {
                const [text, times] = visitor.user_id_repeat || ["", 0];
                const user = visitor.user_id_utf16
                  ? String.fromCharCode(...visitor.user_id_utf16)
                  : text ? text.repeat(times) : visitor.user_id;
                const segments = expected.bounds.map((until, i) =>
                  ({ key: i ? "test" + i : "control", until }));
                const assigned = expected.assigned === null || !user ? null
                  : segments[expected.assigned].key;
                const rules = { seed, exposure_bound: expected.exposure_bound, segments };
                if (hash(seed + ":" + user) !== expected.hash) wrong.push(id + " hash");
                if (hash(seed + ":exposure:" + user) !== expected.exposure_hash)
                  wrong.push(id + " exposure hash");
                if (bucket(rules, user) !== assigned) wrong.push(id + " segment");
              }
              return wrong;
            }
            """,
            server.site("/module/pryo.js"));
    assertThat(wrong).isEqualTo(List.of());
  }

  @Test
  void theServedScriptAgreesWithTheServer() {
    List<BigDecimal> weights =
        List.of(new BigDecimal("33.33"), new BigDecimal("33.33"), new BigDecimal("33.34"));
    List<Long> until = Bucketing.until(weights);
    long bound = Bucketing.exposureBound(new BigDecimal("70"));
    List<String> experiments = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      experiments.add(
          """
          {"key": "e%d", "id": "%d", "status": "active", "seed": "%s", "exposure_bound": %d,
           "segments": [{"key": "control", "weight": 33.33, "until": %d},
                        {"key": "test1", "weight": 33.33, "until": %d},
                        {"key": "test2", "weight": 33.34, "until": %d}]}\
          """
              .formatted(i, i, seed(i), bound, until.get(0), until.get(1), until.get(2)));
    }
    server.assigns(ContractServer.rules(experiments.toArray(String[]::new)));
    server.servesPage("/", "");
    Page page = browser.page();
    page.navigate(server.site("/"));
    page.waitForFunction("document.documentElement.hasAttribute('data-pryo-ready')");
    String visitor = (String) page.evaluate("localStorage.getItem('pryo_id')");
    assertThat(visitor).matches("[A-Za-z0-9_-]{20}");
    Map<String, String> expected = new LinkedHashMap<>();
    for (int i = 0; i < 40; i++) {
      OptionalInt segment = Bucketing.assign(seed(i), visitor, bound, until);
      expected.put("e" + i, segment.isPresent() ? name(segment.getAsInt()) : "outside");
    }
    assertThat(page.evaluate("keys => keys.map((key) => pryo.variant(key, 'outside'))", keys()))
        .isEqualTo(List.copyOf(expected.values()));
  }

  private static List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      keys.add("e" + i);
    }
    return keys;
  }

  private static String name(int segment) {
    return segment == 0 ? "control" : "test" + segment;
  }

  private static String seed(int i) {
    return "%016x".formatted(0x9f2c41d07be8a356L + i);
  }

  private static String cases() throws IOException {
    try (InputStream in = BucketingInBrowserTest.class.getResourceAsStream("/bucketing.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
