package dev.pryo;

import dev.pryo.TestModel.Laid;
import dev.pryo.TestModel.Talk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// An experiment on the [KiteSite] that a model writes, and the good answers to it.
public record KiteModel(Api api, String project, TestModel model) {
  public static final String SCRIPT = "buy.js";

  /// A draft with a name that nobody else has.
  public JsonNode draft(String mode, String instructions, Map<String, Object> more) {
    Map<String, Object> asked = new HashMap<>();
    asked.put("project_id", project);
    asked.put("name", "Buy " + UUID.randomUUID());
    asked.put("description", "A shorter word on the button sells more.");
    asked.put("mode", mode);
    asked.put("start", false);
    asked.put(
        "segments",
        List.of(
            Map.of("name", "Control", "traffic_percentage", 50),
            Map.of("name", "Buy now", "instructions", instructions, "traffic_percentage", 50)));
    asked.put(
        "goals",
        List.of(Map.of("event", "purchase", "kind", "conversion", "name", "a click on #buy")));
    asked.putAll(more);
    return api.post("/api/experiments", asked).expect(201);
  }

  public JsonNode draft() {
    return draft("agent", "Make the button feel like a decision.", Map.of());
  }

  /// Lays out the answers for an experiment.
  public Talk talk(JsonNode experiment, Laid... answers) {
    return model.talk(key(experiment), answers);
  }

  public static String key(JsonNode experiment) {
    return experiment.get("key").asString();
  }

  /// Four answers that plan, read, write and end.
  public static Laid[] good(String key) {
    return new Laid[] {plan(key), read(), write(key), flush()};
  }

  public static Laid plan(String key) {
    return TestModel.calls("plan", planned(key));
  }

  public static Map<String, Object> planned(String key) {
    return Map.of(
        "change", List.of(Map.of("path", "index.html", "what", "Loads the script.")),
        "add", List.of(Map.of("path", SCRIPT, "what", "Changes the button.")),
        "segments", List.of(Map.of("key", "test1", "differs", "The button says Buy now.")),
        "goals", List.of(Map.of("event", "purchase", "where", "on a click on #buy")),
        "steady", "The button waits for its segment by data-pryo=" + key + ".",
        "unclear", List.of("What a decision feels like; it was read as a shorter text."));
  }

  public static Laid read() {
    return TestModel.calls(
        "read_multiple_files", Map.of("files", List.of(Map.of("path", "index.html"))));
  }

  public static Laid write(String key) {
    return TestModel.calls(
        "write_file",
        Map.of(
            "path",
            "index.html",
            "replacements",
            List.of(
                Map.of(
                    "old",
                    "    <title>Kites</title>\n",
                    "new",
                    "    <title>Kites</title>\n    <script type=\"module\" src=\"buy.js\"></script>\n"),
                Map.of(
                    "old",
                    "<button id=\"buy\"",
                    "new",
                    "<button data-pryo=\"%s\" id=\"buy\"".formatted(key)))),
        "write_file",
        script(key, "Buy now"));
  }

  /// The arguments that write the script.
  public static Map<String, Object> script(String key, String words) {
    return Map.of(
        "path",
        SCRIPT,
        "content",
        """
        const button = document.querySelector('#buy');
        button.addEventListener('click', () => window.pryo?.trackEvent('purchase'));
        await window.pryo?.ready();
        if (window.pryo?.variant('%s') === 'test1') {
          button.textContent = '%s';
        }
        """
            .formatted(key, words));
  }

  public static Laid flush() {
    return TestModel.calls(
        "flush_writes", Map.of("summary", "The button says Buy now, and a click is tracked."));
  }
}
