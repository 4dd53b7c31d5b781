package dev.pryo.agent.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.SourceTree;
import dev.pryo.llm.Content;
import dev.pryo.llm.Content.ToolCall;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceTest {
  private Workspace workspace = new Workspace(tree(Map.of()), Shop.RUNTIME);

  private static SourceTree tree(Map<String, byte[]> more) {
    var files = new HashMap<>(more);
    Shop.files()
        .forEach((path, text) -> files.putIfAbsent(path, text.getBytes(StandardCharsets.UTF_8)));
    return SourceTree.of(files);
  }

  /// What comes of a call after the button is planned.
  private String run(ToolCall... calls) {
    var tools = new Tools(tree(Map.of()), Shop.BRIEF, workspace);
    if (workspace.plan().isEmpty()) {
      tools.run(Shop.plan(Shop.BUTTON));
    }
    var last = "";
    for (var call : calls) {
      last = tools.run(call).toString();
    }
    return last;
  }

  @Test
  void twoLinesCostTwoLines() {
    assertThat(run(Shop.replace(Shop.BUTTON, "      Add to cart\n", "      Buy\n")))
        .contains("Written");
    assertThat(workspace.changes().of(Shop.BUTTON).orElseThrow().text())
        .isEqualTo(Shop.SOURCE.replace("Add to cart", "Buy"));
  }

  @Test
  void aReplacementThatDoesNotFitOnceWritesNothing() {
    assertThat(run(Shop.replace(Shop.BUTTON, "      Add to cart\n", "x\n", "product", "item")))
        .contains("“product” occurs 3 times");
    assertThat(run(Shop.replace(Shop.BUTTON, "Add to basket", "x"))).contains("occurs 0 times");
    assertThat(workspace.isUntouched()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "// ... existing code ...",
        "// rest of the file unchanged",
        "  // The rest stays the same",
        "/* ... */",
        "{/* … other props … */}",
        "<!-- ... remaining markup ... -->",
        "...",
        "// ...",
        "// keep your code here ...",
        "[unchanged]"
      })
  void whatIsElidedIsRefused(String line) {
    assertThat(Elisions.find("", List.of(line))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "const all = [...rest, one];",
        "  // Keep the rest of the order for the invoice.",
        "return { ...props };",
        "<p>Loading…</p>",
        "// The existing customer pays less.",
        "/* eslint-disable */",
        "# Title"
      })
  void whatOnlySoundsLikeItIsNot(String line) {
    assertThat(Elisions.find("", List.of(line))).isEmpty();
  }

  @Test
  void aFileWithItsRestLeftOutIsRefused() {
    assertThat(
            run(Shop.whole(Shop.BUTTON, "import a from 'a';\n// ... rest of the file unchanged\n")))
        .contains("leaves something out: “// ... rest of the file unchanged”");
  }

  @Test
  void linesDoNotGoAwayWithoutAWord() {
    var shorter = "export function BuyButton() {\n  return null;\n}\n";
    assertThat(run(Shop.whole(Shop.BUTTON, shorter))).contains("would lose").contains("removes");

    var said =
        Content.JSON.writeValueAsString(
            Map.of("path", Shop.BUTTON, "content", shorter, "removes", "It moves elsewhere."));
    assertThat(run(Shop.call("write_file", said))).contains("Written");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "src/a.jsx|<p>{</p>",
        "src/a.ts|const a: = 1",
        "src/a.json|{\"a\": }",
        "src/a.css|a { b: c"
      })
  void whatDoesNotParseIsRefused(String path, String text) {
    assertThat(Syntax.broken(path, "", text)).isPresent();
    assertThat(Syntax.broken(path, text, text)).as("it did not before").isEmpty();
  }

  @Test
  void aFileThatParsedAndWouldNotIsRefused() {
    assertThat(run(Shop.replace(Shop.BUTTON, "    add(product);\n  }\n", "    add(product);\n")))
        .contains("would not parse");
  }

  @Test
  void theEndsOfLinesStayAsTheyWere() {
    var old = "\uFEFF" + Shop.SOURCE.replace("\n", "\r\n");
    workspace =
        new Workspace(
            tree(Map.of(Shop.BUTTON, old.getBytes(StandardCharsets.UTF_8))), Shop.RUNTIME);

    run(Shop.replace(Shop.BUTTON, "    add(product);\n  }", "    add(product, 1);\n  }"));

    assertThat(workspace.changes().changes())
        .singleElement()
        .satisfies(change ->
            assertThat(new String(change.content(), StandardCharsets.UTF_8))
                .isEqualTo(old.replace("add(product)", "add(product, 1)")));
  }

  @Test
  void neitherSecretsNorTurnedTextAreWritten() {
    assertThat(run(Shop.replace(Shop.BUTTON, "Add to cart", "sk_live_4242424242424242aaaa")))
        .contains("a Stripe key");
    assertThat(run(Shop.replace(Shop.BUTTON, "Add to cart", "Add \u202Eto cart")))
        .contains("turn the direction");
  }

  @Test
  void whatIsWrittenBackIsNoChange() {
    run(
        Shop.replace(Shop.BUTTON, "Add to cart", "Buy"),
        Shop.replace(Shop.BUTTON, "Buy\n", "Add to cart\n"));
    assertThat(workspace.isUntouched()).isTrue();
  }
}
