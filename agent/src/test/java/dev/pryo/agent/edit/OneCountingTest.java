package dev.pryo.agent.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.SourceText;
import dev.pryo.agent.SourceTree;
import dev.pryo.agent.reading.Detected;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `detect` prints, what edit mode writes and what its check says come from one counting.
class OneCountingTest {
  private static final TeamStyle TEAM = new TeamStyle('\'', true, true, "  ", "  ", "\n", '"');

  @ParameterizedTest
  @ValueSource(
      strings = {
        "angular",
        "astro",
        "html",
        "next-app",
        "next-pages",
        "nuxt",
        "sveltekit",
        "vite-react",
        "vue"
      })
  void editModeWritesInTheStyleThatDetectPrints(String name) {
    var tree = SourceTree.directory(Path.of("src/test/resources/samples", name));
    var said = Detected.of(tree, "");
    var style = new Site(tree, null, Set.of()).style();
    assertThat(style.quote()).isEqualTo("single".equals(said.quotes()) ? '\'' : '"');
    assertThat(style.semicolons()).isEqualTo(said.semicolons());
    assertThat(style.indent())
        .isEqualTo(
            switch (said.indentation()) {
              case "tabs" -> "\t";
              case "4 spaces" -> "    ";
              case null, default -> "  ";
            });
    assertThat(style.lineEnding()).isEqualTo("crlf".equals(said.lineEndings()) ? "\r\n" : "\n");
  }

  @Test
  void theCheckCountsTheStatementsAndLiteralsThatTheMeasureCounts() {
    assertThat(departs("function f() {\n  throw new Error('x')\n}\n")).isEqualTo("semicolons");
    assertThat(departs("export { a } from './a'\n")).isEqualTo("semicolons");
    assertThat(departs("const a = \"x\";\n")).isEqualTo("quotes");
    assertThat(departs("const a = \"it's\";\n")).isEmpty();
    assertThat(departs("const a = [\n  1\n];\n")).isEqualTo("trailing commas");
    assertThat(departs("const a = [\n  1, // one\n];\n")).isEmpty();
    assertThat(departs("if (a) {\n\tb();\n}\n")).isEqualTo("indentation");
  }

  @Test
  void whatEarlierExperimentsAddedIsNobodysHabit() {
    var files =
        Map.of(
            "index.html", "<p>Hi</p>\n",
            "js/app.js", "f('1')\n",
            "js/pryo-one.js", "g(\"1\");\n",
            "js/pryo-two.js", "g(\"1\");\n");
    var style = new Site(SourceTree.ofTexts(files), null, Set.of()).style();
    assertThat(style.quote()).isEqualTo('\'');
    assertThat(style.semicolons()).isFalse();
  }

  private static String departs(String code) {
    return TEAM.departs(new SourceText("a.js", false, code)).orElse("");
  }
}
