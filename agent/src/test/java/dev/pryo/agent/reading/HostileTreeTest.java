package dev.pryo.agent.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.pryo.agent.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whatever lies in a repository, reading it ends soon, holds little, and stays inside.
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileTreeTest {
  private static final String MANIFEST =
      "{\"dependencies\": {\"react\": \"18.0.0\", \"react-dom\": \"18.0.0\", \"react-scripts\": \"5.0.0\"}}";

  @TempDir Path folder;

  @Test
  void links_are_never_followed() throws IOException {
    var secret = Files.writeString(folder.resolve("outside.js"), "secret('1')");
    var tree = Files.createDirectories(folder.resolve("tree/src"));
    Files.writeString(folder.resolve("tree/package.json"), MANIFEST);
    Files.writeString(tree.resolve("index.js"), "f()");
    Files.createSymbolicLink(tree.resolve("out.js"), secret);
    Files.createSymbolicLink(tree.resolve("loop"), tree);
    Files.createSymbolicLink(folder.resolve("tree/package-lock.json"), secret);
    var checkout = Checkout.of(folder.resolve("tree"));
    assertThat(checkout.tree().paths()).containsExactly("package.json", "src/index.js");
    assertThat(checkout.tree().read("src/out.js")).isEmpty();
    assertThat(checkout.tree().read("../outside.js")).isEmpty();
    assertThat(Shortlist.of(checkout.tree(), "", "Change 'secret'", "/"))
        .noneMatch(one -> one.path().contains("out"));
  }

  @Test
  void a_file_that_becomes_a_link_after_it_was_seen_is_not_read() throws IOException {
    var secret = Files.writeString(folder.resolve("outside.js"), "secret");
    var tree = Files.createDirectories(folder.resolve("tree"));
    var file = Files.writeString(tree.resolve("a.js"), "f()");
    var checkout = Checkout.of(tree);
    Files.delete(file);
    Files.createSymbolicLink(file, secret);
    assertThat(checkout.tree().read("a.js")).isEmpty();
  }

  @Test
  void huge_and_binary_files_are_as_if_they_were_not_there() throws IOException {
    var tree = Files.createDirectories(folder.resolve("src"));
    Files.writeString(folder.resolve("package.json"), MANIFEST);
    try (var huge =
        Files.newByteChannel(
            tree.resolve("huge.js"),
            java.nio.file.StandardOpenOption.CREATE,
            java.nio.file.StandardOpenOption.WRITE)) {
      huge.position(1L << 33).write(java.nio.ByteBuffer.wrap(new byte[] {1}));
    }
    Files.write(tree.resolve("binary.js"), new byte[] {0, 1, 2, (byte) 0xFF});
    Files.writeString(tree.resolve("a.js"), "f('1')\n");
    var checkout = Checkout.of(folder);
    var found = Detected.of(checkout.tree(), checkout.folder());
    assertThat(found.files()).isEqualTo(1);
    assertThat(found.quotes()).isEqualTo("single");
  }

  @Test
  void deep_nesting_ends_neither_the_parser_nor_the_process() {
    var found =
        react(
            Map.of(
                "src/a.js",
                "(".repeat(60_000) + "1" + ")".repeat(60_000),
                "src/b.js",
                "[".repeat(120_000),
                "src/c.jsx",
                "<a>".repeat(30_000) + "</a>".repeat(30_000),
                "src/d.js",
                "f('1')\n"));
    assertThat(found.quotes()).isEqualTo("single");
  }

  @Test
  void malformed_and_deeply_nested_json_tells_nothing() {
    for (var json :
        new String[] {
          "{",
          "[".repeat(100_000),
          "{\"a\":".repeat(50_000),
          "null",
          "[]",
          "\u0000",
          "{\"dependencies\": 7, \"workspaces\": 7, \"imports\": []}"
        }) {
      var files =
          Map.of(
              "package.json",
              json,
              "tsconfig.json",
              json,
              "src/index.html",
              "",
              "package-lock.json",
              json,
              "src/locales/en.json",
              json);
      assertThatCode(
              () -> {
                Detected.of(SourceTree.ofTexts(files), "");
                Shortlist.of(SourceTree.ofTexts(files), "", "Change 'a' to 'b'", "/");
              })
          .doesNotThrowAnyException();
    }
  }

  @Test
  void settings_that_extend_each_other_and_files_that_import_each_other_end() {
    var files = new HashMap<String, String>();
    files.put("package.json", MANIFEST);
    files.put(
        "tsconfig.json",
        "{\"extends\": \"./tsconfig.json\", \"compilerOptions\": {\"baseUrl\": \"../../..\", \"paths\": {\"@/*\": [\"../../../etc/*\"], \"*\": [\"*\"]}}}");
    files.put("public/index.html", "");
    files.put("src/index.js", "import './a'\nimport '../../../../etc/passwd'\nimport '@/passwd'");
    files.put("src/a.js", "import './b'\nimport './a'");
    files.put("src/b.js", "import './a'\nimport './index'\nf('Get started')");
    assertThat(
            Shortlist.of(SourceTree.ofTexts(files), "", "Change 'Get started'", "/")
                .getFirst()
                .path())
        .isEqualTo("src/b.js");
  }

  @Test
  void texts_that_make_patterns_backtrack_end() {
    var files = new HashMap<String, String>();
    files.put("package.json", MANIFEST);
    files.put(
        "public/index.html",
        "<script ".repeat(8_000) + "<link ".repeat(8_000) + "<!--".repeat(8_000));
    files.put(
        "src/index.js",
        "import ".repeat(10_000) + "from ( ( ( ".repeat(5_000) + "alias: { ".repeat(5_000));
    files.put("vite.config.js", "alias" + " ".repeat(100_000) + "\"a" + "-/".repeat(50_000));
    files.put("src/a.vue", "<script>".repeat(10_000) + "<style ".repeat(10_000));
    files.put("src/b.jsx", ">" + "a ".repeat(60_000));
    files.put("src/c.css", "/*".repeat(60_000));
    assertThatCode(
            () -> {
              Detected.of(SourceTree.ofTexts(files), "");
              Shortlist.of(
                  SourceTree.ofTexts(files), "", "Change '" + "a ".repeat(90) + "b' to 'c'", "/");
            })
        .doesNotThrowAnyException();
  }

  @Test
  void of_a_hundred_thousand_files_a_part_is_read_and_it_says_so() {
    var many = new Many(100_000);
    var found = Detected.of(many, "");
    assertThat(found.framework()).isEqualTo("react");
    assertThat(found.quotes()).isEqualTo("single");
    assertThat(found.sampled()).isTrue();
    assertThat(found.files()).isLessThanOrEqualTo(2_000);
    assertThat(Shortlist.of(many, "", "Change 'Get started' to 'Go'", "/"))
        .hasSizeLessThanOrEqualTo(20);
  }

  private static Detected react(Map<String, String> files) {
    var all = new HashMap<>(files);
    all.put("package.json", MANIFEST);
    return Detected.of(SourceTree.ofTexts(all), "");
  }

  /// A tree whose files are made when they are read.
  private static final class Many implements SourceTree {
    private final TreeSet<String> paths = new TreeSet<>();

    Many(int files) {
      paths.add("package.json");
      for (var at = 0; at < files; at++) {
        paths.add("src/folder" + at % 100 + "/component-" + at + ".jsx");
      }
    }

    @Override
    public SortedSet<String> paths() {
      return paths;
    }

    @Override
    public Optional<byte[]> read(String path) {
      var text =
          path.equals("package.json")
              ? MANIFEST
              : "export const A = () => <b>{f('Get started')}</b>\n".repeat(20);
      return paths.contains(path)
          ? Optional.of(text.getBytes(StandardCharsets.UTF_8))
          : Optional.empty();
    }
  }
}
