package dev.pryo.agent.model;

import dev.pryo.agent.Brief;
import dev.pryo.agent.Brief.Client;
import dev.pryo.agent.Brief.Consent;
import dev.pryo.agent.Brief.GoalRef;
import dev.pryo.agent.Brief.Variant;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.SourceTree;
import dev.pryo.agent.model.RepositoryMap.Likely;
import dev.pryo.llm.Content;
import dev.pryo.llm.Content.ToolCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A small React shop, an experiment on its button, and what a good model calls to write it.
final class Shop {
  static final String BUTTON = "src/BuyButton.jsx";
  static final String SOURCE =
      """
      import { useCart } from './cart';

      // The button below a product.
      export function BuyButton({ product }) {
        const { add } = useCart();

        function buy() {
          add(product);
        }

        return (
          <button className="buy" onClick={buy}>
            Add to cart
          </button>
        );
      }
      """;
  static final Brief BRIEF =
      new Brief(
          "buy-words",
          "Words of the button",
          "Say on the button what happens next.",
          List.of(
              new Variant("control", "Today", "", ""),
              new Variant("test1", "Now", "", "The button says “Buy now”.")),
          List.of(new GoalRef("add_to_cart", "Added", "when a product is put into the cart")),
          new Client("http://127.0.0.1:8000", "pk_1", Consent.ASK),
          null,
          Set.of());
  static final Runtime RUNTIME =
      new Runtime(
          List.of(
              FileChange.added(
                  "src/lib/pryo.js",
                  "export function useVariant() {}\n".getBytes(StandardCharsets.UTF_8))),
          "Pryo's client is `src/lib/pryo.js`: `useVariant('buy-words')` gives the segment,"
              + " `trackEvent('event')` sends an event.",
          Set.of("useVariant"),
          Set.of("trackEvent"));

  private Shop() {}

  static Map<String, String> files() {
    var files = new LinkedHashMap<String, String>();
    files.put(BUTTON, SOURCE);
    files.put("src/cart.js", "export function useCart() {\n  return { add() {} };\n}\n");
    files.put("package.json", "{\"dependencies\": {\"react\": \"19.2.0\"}}\n");
    files.put("README.md", "# Shop\n");
    return files;
  }

  static Agent.Task task(Map<String, String> files, Budget budget, Round... rounds) {
    var map =
        new RepositoryMap(
            "React",
            List.of("single quotes", "semicolons"),
            List.of(
                new Likely(
                    BUTTON, "says 'Add to cart'", List.of("BuyButton"), List.of("Add to cart"))),
            List.copyOf(files.keySet()));
    return new Agent.Task(BRIEF, SourceTree.ofTexts(files), map, RUNTIME, budget, List.of(rounds));
  }

  static Agent.Task task() {
    return task(files(), Budget.USUAL);
  }

  static ToolCall call(String name, String arguments) {
    return new ToolCall("call_" + Math.abs((name + arguments).hashCode()), name, arguments);
  }

  static ToolCall plan(String... changed) {
    var change =
        List.of(changed).stream().map(path -> Map.of("path", path, "what", "It changes.")).toList();
    return call(
        "plan",
        Content.JSON.writeValueAsString(
            Map.of(
                "change", change,
                "add", List.of(),
                "segments", List.of(Map.of("key", "test1", "differs", "The button says Buy now.")),
                "goals", List.of(Map.of("event", "add_to_cart", "where", "in buy()")),
                "steady", "The button is drawn on the client.",
                "unclear", List.of())));
  }

  static ToolCall read() {
    return call("read_multiple_files", "{\"files\": [{\"path\": \"" + BUTTON + "\"}]}");
  }

  static ToolCall replace(String path, String... pairs) {
    var all = new ArrayList<Map<String, String>>();
    for (var at = 0; at < pairs.length; at += 2) {
      all.add(Map.of("old", pairs[at], "new", pairs[at + 1]));
    }
    return call(
        "write_file", Content.JSON.writeValueAsString(Map.of("path", path, "replacements", all)));
  }

  static ToolCall whole(String path, String content) {
    return call(
        "write_file", Content.JSON.writeValueAsString(Map.of("path", path, "content", content)));
  }

  /// The right change.
  static ToolCall write() {
    return replace(
        BUTTON,
        "import { useCart } from './cart';\n",
        "import { useCart } from './cart';\nimport { trackEvent, useVariant } from './lib/pryo';\n",
        "  const { add } = useCart();\n",
        "  const { add } = useCart();\n  const words = useVariant('buy-words');\n",
        "    add(product);\n",
        "    add(product);\n    trackEvent('add_to_cart');\n",
        "      Add to cart\n",
        "      {words === 'test1' ? 'Buy now' : 'Add to cart'}\n");
  }

  /// The same without the event.
  static ToolCall writeUntracked() {
    return replace(
        BUTTON,
        "import { useCart } from './cart';\n",
        "import { useCart } from './cart';\nimport { useVariant } from './lib/pryo';\n",
        "  const { add } = useCart();\n",
        "  const { add } = useCart();\n  const words = useVariant('buy-words');\n",
        "      Add to cart\n",
        "      {words === 'test1' ? 'Buy now' : 'Add to cart'}\n");
  }

  static ToolCall flush() {
    return call("flush_writes", "{\"summary\": \"The button says Buy now.\"}");
  }
}
