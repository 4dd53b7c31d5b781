package dev.pryo.agent.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.Brief;
import dev.pryo.agent.Brief.Client;
import dev.pryo.agent.Brief.Consent;
import dev.pryo.agent.Brief.GoalRef;
import dev.pryo.agent.Brief.Variant;
import dev.pryo.agent.Check;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.Outcome.Ambiguous;
import dev.pryo.agent.Outcome.Done;
import dev.pryo.agent.Outcome.Unable;
import dev.pryo.agent.Progress;
import dev.pryo.agent.SourceTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A small site and an experiment on it.
record Sample(Map<String, String> files, List<String> events, String description) {
  static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8">
          <title>Blue mug</title>
          <link rel="stylesheet" href="css/site.css">
        </head>
        <body>
          <h1>Blue mug</h1>
          <button class="buy" type="button">Add to cart</button>
          <script type="module" src="js/cart.js"></script>
        </body>
      </html>
      """;

  static Sample of(String... pathsAndTexts) {
    var files = new TreeMap<String, String>();
    for (var at = 0; at < pathsAndTexts.length; at += 2) {
      files.put(pathsAndTexts[at], pathsAndTexts[at + 1]);
    }
    return new Sample(files, List.of("purchase"), "");
  }

  /// The page above with its style sheet and script.
  static Sample shop() {
    return of(
        "css/site.css", ".buy {\n  color: red;\n}\n",
        "js/cart.js", "export const total = () => 0;\n",
        "product.html", PAGE);
  }

  Sample with(String path, String text) {
    var more = new TreeMap<>(files);
    more.put(path, text);
    return new Sample(more, events, description);
  }

  Sample goals(String... goals) {
    return new Sample(files, List.of(goals), description);
  }

  Sample described(String words) {
    return new Sample(files, events, words);
  }

  Outcome run(String... instructions) {
    return EditMode.run(SourceTree.ofTexts(files), brief("buy-now", instructions), Progress.SILENT);
  }

  Brief brief(String key, String... instructions) {
    var segments = new ArrayList<Variant>();
    segments.add(new Variant("control", "Control", "", ""));
    for (var words : instructions) {
      segments.add(new Variant("test" + segments.size(), "Test " + segments.size(), "", words));
    }
    return new Brief(
        key,
        "Buy now",
        description,
        segments,
        events.stream().map(event -> new GoalRef(event, "", "")).toList(),
        new Client("http://127.0.0.1:8000", "wk_1", Consent.ASK),
        null,
        Set.of("gone"));
  }

  Done done(String... instructions) {
    return done(run(instructions));
  }

  /// The same for an experiment of another key.
  Done doneAs(String key, String... instructions) {
    return done(EditMode.run(SourceTree.ofTexts(files), brief(key, instructions), Progress.SILENT));
  }

  private static Done done(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Done.class);
    var done = (Done) outcome;
    assertThat(done.checks()).noneMatch(check -> check.status() == Check.Status.FAIL);
    assertThat(done.checks())
        .extracting(Check::id)
        .containsExactly(
            "parses",
            "scope",
            "style",
            "tracking",
            "secrets",
            "network",
            "segments_differ",
            "control_equals_base",
            "size");
    return done;
  }

  Ambiguous ambiguous(String... instructions) {
    var outcome = run(instructions);
    assertThat(outcome).isInstanceOf(Ambiguous.class);
    return (Ambiguous) outcome;
  }

  Unable unable(String... instructions) {
    var outcome = run(instructions);
    assertThat(outcome).isInstanceOf(Unable.class);
    return (Unable) outcome;
  }

  /// The diff of the app's own code: without the client file and style sheets, and without white
  /// space at the ends of lines.
  static String own(Done done) {
    return done.changes().changes().stream()
        .filter(change -> !change.path().matches(".*(?:pryo\\.[jt]s|\\.css)"))
        .map(FileChange::diff)
        .collect(Collectors.joining())
        .replaceAll("(?m)[ \\t]+$", "");
  }

  static String text(Done done, String path) {
    var content = done.changes().of(path).orElseThrow().content();
    assertThat(content).isNotNull();
    return content == null ? "" : new String(content, StandardCharsets.UTF_8);
  }
}
