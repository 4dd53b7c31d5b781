package dev.pryo.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  void detect_prints_the_fields_of_the_api_as_json() throws IOException {
    page(folder);
    assertThat(run("detect", folder.toString())).isZero();
    var found = Json.MAPPER.readTree(said());
    assertThat(found.path("framework").asString()).isEqualTo("html");
    assertThat(found.path("framework_version").isNull()).isTrue();
    assertThat(found.path("entry_files").path(0).asString()).isEqualTo("index.html");
    assertThat(found.path("apps").path(0).path("root").asString()).isEqualTo(".");
    for (var field :
        List.of(
            "router",
            "typescript",
            "indentation",
            "quotes",
            "jsx_quotes",
            "semicolons",
            "css_approach",
            "import_alias",
            "export_style",
            "uses_use_client",
            "package_manager",
            "copy_lives_in",
            "hash_use")) {
      assertThat(found.has(field)).as(field).isTrue();
    }
  }

  @Test
  void shortlist_prints_paths_scores_and_reasons() throws IOException {
    page(folder);
    assertThat(
            run(
                "shortlist",
                folder.toString(),
                "--brief",
                "Change 'Sign up' to 'Join'",
                "--route=/"))
        .isZero();
    var first = Json.MAPPER.readTree(said()).path(0);
    assertThat(first.path("path").asString()).isEqualTo("index.html");
    assertThat(first.path("score").asDouble()).isPositive();
    assertThat(first.path("reasons").toString()).contains("says 'Sign up'");
  }

  @Test
  void of_a_big_repository_shortlist_says_on_the_error_stream_how_much_it_ranked()
      throws IOException {
    page(folder);
    var pages = Files.createDirectories(folder.resolve("more"));
    for (var at = 0; at < 2_100; at++) {
      Files.writeString(pages.resolve("page" + at + ".html"), "<p>Page " + at + "</p>\n");
    }
    var complaints = new ByteArrayOutputStream();
    var words = List.of("shortlist", folder.toString(), "--brief", "Change 'Sign up' to 'Join'");
    Main.run(
        words,
        Map.of(),
        new PrintStream(said, true, StandardCharsets.UTF_8),
        new PrintStream(complaints, true, StandardCharsets.UTF_8));
    assertThat(Json.MAPPER.readTree(said()).path(0).path("path").asString())
        .isEqualTo("index.html");
    assertThat(complaints.toString(StandardCharsets.UTF_8))
        .contains("all 2,103 files are ranked", "none is left out");
  }

  @Test
  void a_wrong_question_says_how_to_ask_and_exits_with_two() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("dance")).isEqualTo(2);
    assertThat(run("detect")).isEqualTo(2);
    assertThat(run("detect", folder.resolve("nowhere").toString())).isEqualTo(2);
    assertThat(run("detect", folder.toString(), "--fast")).isEqualTo(2);
    assertThat(run("shortlist", folder.toString())).isEqualTo(2);
    assertThat(run("shortlist", folder.toString(), "--brief")).isEqualTo(2);
    assertThat(run("corpus", "--trees", folder.toString())).isEqualTo(2);
    assertThat(said()).isEmpty();
  }

  @Test
  void the_corpus_scores_a_tree_at_its_commit_and_names_one_at_another() throws IOException {
    var tree = Files.createDirectories(folder.resolve("trees/acme+shop"));
    page(tree);
    head(tree, COMMIT);
    var other = Files.createDirectories(folder.resolve("trees/acme+other"));
    head(other, COMMIT.replace('0', 'f'));
    assertThat(
            run(
                "corpus",
                "--labels",
                labels("html").toString(),
                "--trees",
                folder.resolve("trees").toString()))
        .isZero();
    assertThat(said())
        .contains("acme/shop", "8/8", "[1] · yes · yes · yes", "1 repositories, 1 briefs")
        .contains(
            "acme/other  not scored: it is at f123", "acme/gone  not scored: it is not there");
  }

  @Test
  void the_corpus_fails_under_a_bar_and_where_nothing_was_scored() throws IOException {
    var tree = Files.createDirectories(folder.resolve("trees/acme+shop"));
    page(tree);
    var words =
        new String[] {
          "corpus",
          "--labels",
          labels("next").toString(),
          "--trees",
          folder.resolve("trees").toString()
        };
    assertThat(run(words)).isEqualTo(1);
    assertThat(said()).contains("its commit is not known", "No tree was scored.");
    head(tree, COMMIT);
    assertThat(run(words)).isEqualTo(1);
    assertThat(said()).contains("7/8 (not framework)", "UNDER");
  }

  private Path labels(String framework) throws IOException {
    var one =
        """
        {"repo": "acme/%s", "commit": "%s", "framework": "%s", "router": "none", "entry_files": ["index.html"],
         "typescript": false, "indentation": "2 spaces", "quotes": "single", "semicolons": true, "css_approach": ["plain-css"],
         "import_alias": [], "uses_use_client": false,
         "briefs": [{"text": "Change 'Sign up' to 'Join'", "route": "/", "targets": ["index.html"]}]}
        """;
    return Files.writeString(
        folder.resolve("labels.json"),
        "{\"repos\": [%s, %s, %s]}"
            .formatted(
                one.formatted("shop", COMMIT, framework),
                one.formatted("other", COMMIT, framework),
                one.formatted("gone", COMMIT, framework)));
  }

  private static void page(Path folder) throws IOException {
    Files.writeString(
        folder.resolve("index.html"),
        "<html>\n  <link rel=\"stylesheet\" href=\"style.css\">\n  <button>Sign up</button>\n  <script src=\"app.js\"></script>\n</html>\n");
    Files.writeString(folder.resolve("style.css"), "button {\n  color: red;\n}\n");
    Files.writeString(folder.resolve("app.js"), "function f() {\n  g('1');\n}\n");
  }

  private static void head(Path tree, String commit) throws IOException {
    var git = Files.createDirectories(tree.resolve(".git/refs/heads"));
    Files.writeString(git.resolve("main"), commit + "\n");
    Files.writeString(tree.resolve(".git/HEAD"), "ref: refs/heads/main\n");
  }

  private int run(String... words) {
    var out = new PrintStream(said, true, StandardCharsets.UTF_8);
    return Main.run(List.of(words), Map.of(), out);
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }
}
