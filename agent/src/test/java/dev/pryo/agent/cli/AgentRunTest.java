package dev.pryo.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.llm.Content;
import dev.pryo.llm.Endpoint;
import dev.pryo.llm.Endpoint.Laid;
import dev.pryo.llm.Reply.Stop;
import dev.pryo.llm.Speech;
import dev.pryo.llm.Speech.Call;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentRunTest {
  private static final String BUTTON =
      """
      export function Buy({ add }) {
        return <button onClick={() => add()}>Add to cart</button>;
      }
      """;

  @TempDir private Path folder;

  @BeforeEach
  void aShop() throws IOException {
    write(
        "shop/package.json",
        """
        {"dependencies": {"react": "19.2.0", "react-dom": "19.2.0"},
         "devDependencies": {"vite": "7.0.0"}}
        """);
    write(
        "shop/index.html",
        "<div id=\"root\"></div>\n<script type=\"module\" src=\"/src/main.jsx\"></script>\n");
    write(
        "shop/src/main.jsx",
        """
        import { createRoot } from 'react-dom/client';
        import { Buy } from './Buy';

        createRoot(document.getElementById('root')).render(<Buy add={() => {}} />);
        """);
    write("shop/src/Buy.jsx", BUTTON);
    write(
        "buy.json",
        """
        {"key": "buy", "name": "Buy", "description": "Say 'Buy now' on the button.",
         "segments": [{"name": "Control"}, {"name": "Now"}], "goals": [{"event": "added"}]}
        """);
  }

  private void write(String path, String text) throws IOException {
    var file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static Laid call(String name, Object input) {
    return Speech.ANTHROPIC.says(
        Stop.CALLS, "", new Call("call_" + name, name, Content.JSON.writeValueAsString(input)));
  }

  private static final Laid PLAN =
      call(
          "plan",
          Map.of(
              "change", List.of(Map.of("path", "src/Buy.jsx", "what", "Its words.")),
              "add", List.of(),
              "segments", List.of(Map.of("key", "test1", "differs", "It says Buy now.")),
              "goals", List.of(Map.of("event", "added", "where", "when it is clicked")),
              "steady", "The element waits.",
              "unclear", List.of()));
  private static final Laid BEYOND =
      call("write_file", Map.of("path", "package.json", "content", "{}"));
  private static final Laid WRITE =
      call(
          "write_file",
          Map.of(
              "path",
              "src/Buy.jsx",
              "content",
              """
              import { trackEvent, useVariant } from './lib/pryo';

              export function Buy({ add }) {
                const segment = useVariant('buy');
                const buy = () => {
                  add();
                  trackEvent('added');
                };
                return (
                  <button data-pryo="buy" onClick={() => buy()}>
                    {segment === 'test1' ? 'Buy now' : 'Add to cart'}
                  </button>
                );
              }
              """));
  private static final Laid FLUSH = call("flush_writes", Map.of("summary", "It says Buy now."));

  private String run(Endpoint endpoint, int code, String... more) throws IOException {
    var words =
        new ArrayList<>(
            List.of(
                "run",
                folder.resolve("shop").toString(),
                "--experiment",
                folder.resolve("buy.json").toString(),
                "--mode",
                "agent"));
    words.addAll(List.of(more));
    var out = new ByteArrayOutputStream();
    try (var print = new PrintStream(out, false, StandardCharsets.UTF_8)) {
      assertThat(Main.run(words, Map.of("ANTHROPIC_BASE_URL", endpoint.address()), print))
          .as(out.toString(StandardCharsets.UTF_8))
          .isEqualTo(code);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aModelWritesAndWhatWasRefusedAndUsedIsPrinted() throws IOException {
    try (var endpoint = new Endpoint(PLAN, BEYOND, WRITE, FLUSH)) {
      var said = run(endpoint, 0);

      assertThat(said)
          .contains("+  const segment = useVariant('buy');")
          .contains("diff --git a/src/lib/pryo.js b/src/lib/pryo.js")
          .contains("pass  tracking")
          .contains("refused  write_file  package.json is not in the plan.")
          .contains("claude-sonnet-4-6: 4 calls, 400 tokens in (280 of them cached), 20 out, $0.");
      var first = endpoint.asked().getFirst().body().toString();
      assertThat(first)
          .contains("src/Buy.jsx")
          .contains("Framework: react, 19.2.0")
          .contains("test1, “Now”: as the description says")
          .contains("- src/Buy.jsx (", "exports Buy; shows Add to cart")
          .contains("Pryo's client in this app is `src/lib/pryo.js`");
    }
    assertThat(folder.resolve("shop/src/Buy.jsx")).hasContent(BUTTON.strip());
  }

  @Test
  void anAppThatIsTooOldForTheClientCostsNothing() throws IOException {
    write("shop/package.json", "{\"dependencies\": {\"react\": \"17.0.1\"}}");
    try (var endpoint = new Endpoint(PLAN)) {
      assertThat(run(endpoint, 1))
          .contains("this app may run on React 17; Pryo's client needs React 18 or later.")
          .contains("0 calls");
      assertThat(endpoint.asked()).isEmpty();
    }
  }

  @Test
  void aRunThatWasStoppedGoesOnFromItsTranscript() throws IOException {
    var record = folder.resolve("run.jsonl").toString();
    try (var endpoint = new Endpoint(PLAN, Speech.ANTHROPIC.broke())) {
      assertThat(run(endpoint, 1, "--transcript", record)).contains("no money of yours left");
    }
    try (var endpoint = new Endpoint(WRITE, FLUSH)) {
      assertThat(run(endpoint, 0, "--transcript", record)).contains("3 calls");
      assertThat(endpoint.asked()).hasSize(2);
    }
  }

  @Test
  void aRunThatEndedIsRevisedAgainAndAgainForTheNewTurnsAlone() throws IOException {
    var record = folder.resolve("run.jsonl").toString();
    try (var endpoint = new Endpoint(PLAN, WRITE, FLUSH)) {
      run(endpoint, 0, "--transcript", record);
    }
    try (var endpoint = new Endpoint(words("Buy now", "Buy it now"), FLUSH)) {
      assertThat(run(endpoint, 0, "--transcript", record, "--revise", "Say “Buy it now”."))
          .contains("'Buy it now' : 'Add to cart'")
          .contains("5 calls");
      assertThat(endpoint.asked().getFirst().body().toString()).contains("Say “Buy it now”.");
    }
    try (var endpoint = new Endpoint(words("Buy it now", "Yours"), FLUSH)) {
      assertThat(run(endpoint, 0, "--transcript", record, "--revise", "Say “Yours”."))
          .contains("'Yours' : 'Add to cart'")
          .contains("7 calls");
      assertThat(endpoint.asked()).hasSize(2);
    }
  }

  private static Laid words(String old, String now) {
    return call(
        "write_file",
        Map.of(
            "path",
            "src/Buy.jsx",
            "replacements",
            List.of(Map.of("old", "'" + old + "'", "new", "'" + now + "'"))));
  }

  @Test
  void aBudgetThatIsTooSmallSpendsNothing() throws IOException {
    try (var endpoint = new Endpoint(PLAN)) {
      assertThat(run(endpoint, 1, "--budget", "0.01")).contains("could go beyond its $0.01");
      assertThat(endpoint.asked()).isEmpty();
    }
  }
}
