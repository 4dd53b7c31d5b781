package dev.pryo.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "index.html",
        "js/cart.js",
        "src/App.tsx",
        "a b/ü.css",
        "locales/en.json",
        "src/Page.vue"
      })
  void sourceMayBeReadAndWritten(String path) {
    assertThat(Paths.refuseWrite(path)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/x.js",
        "a//b.js",
        "./a.js",
        "a/../b.js",
        "..",
        "a/./b.js",
        "a\\b.js",
        "a%2fb.js",
        "c:x.js",
        "a\nb.js",
        "a\u200Bb.js",
        "a\u202Eb.js",
        "\uFF41.js",
        "\uFB01.js",
        "a\u00A0b.js",
        "a\u0000.js",
        "a\u00ADb.js",
        "a\uE000.js",
        "a\uD800.js",
        "e\u0301.js"
      })
  void aPathOfAnOddShapeIsNotEvenRead(String path) {
    assertThat(Paths.refuseRead(path)).isPresent();
    assertThat(Paths.refuseWrite(path)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".env",
        ".ENV.local",
        "app/.env",
        "server.pem",
        "Server.KEY",
        "a.p12",
        "a.pfx",
        "id_rsa",
        ".npmrc",
        "sub/.npmrc",
        ".git/config"
      })
  void whatMayHoldSecretsIsNotRead(String path) {
    assertThat(Paths.refuseRead(path)).hasValue("it may hold secrets");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".github/workflows/ci.js",
        "a/.husky/x.js",
        ".vscode/a.json",
        ".claude/a.js",
        ".cursor/a.js",
        "package.json",
        "PACKAGE.JSON",
        "web/package.json",
        "composer.json",
        "tsconfig.json",
        "package-lock.json",
        "yarn.lock",
        "pnpm-lock.yaml",
        "Dockerfile",
        "Makefile",
        "Jenkinsfile",
        "vite.config.js",
        "next.config.mjs",
        "a/tailwind.config.ts",
        "vercel.json",
        "netlify.toml",
        "wrangler.json",
        "CODEOWNERS",
        "AGENTS.md",
        "CLAUDE.md",
        "GEMINI.md",
        "node_modules/x/a.js",
        "a/Vendor/b.js",
        "dist/a.js",
        "lib/jquery.min.js",
        "types/a.d.ts",
        "logo.png",
        "run.sh",
        "README.md",
        "js",
        "html"
      })
  void buildKeysAndOthersCodeAreReadAtMost(String path) {
    assertThat(Paths.refuseWrite(path)).isPresent();
  }

  @Test
  void aFileTooBigOrBinaryIsRefused() {
    assertThat(Paths.refuseContent(new byte[Paths.MAX_FILE + 1])).isPresent();
    assertThat(Paths.refuseContent(new byte[] {'a', 0, 'b'})).isPresent();
    assertThat(Paths.refuseContent(new byte[] {(byte) 0xC3, 'a'})).isPresent();
    assertThat(Paths.refuseContent("grüße".getBytes(StandardCharsets.UTF_8))).isEmpty();
  }
}
