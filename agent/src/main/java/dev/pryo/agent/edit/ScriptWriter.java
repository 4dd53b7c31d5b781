package dev.pryo.agent.edit;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Writes an experiment's strings into a script that is a module.
final class ScriptWriter {
  private final Script script;
  private final String key;
  private final TeamStyle style;

  ScriptWriter(Script script, String key, TeamStyle style) {
    this.script = script;
    this.key = key;
    this.style = style;
  }

  /// The new text. The client is awaited once, behind the imports; the segment is asked for inside
  /// the very expression that is shown.
  String write(List<Plan.StringEdit> edits) {
    var body = script.text().body();
    var splices = new Splices();
    var wait = String.join(script.text().lineEnding(), waiting(style));
    var newLine = script.text().lineEnding();
    if (script.importsEnd() > 0) {
      splices.insert(script.importsEnd(), newLine + newLine + wait);
    } else {
      splices.insert(0, wait + newLine + newLine);
    }
    for (var edit : edits) {
      var raw = body.substring(edit.literal().from(), edit.literal().to());
      splices.replace(edit.literal().from(), edit.literal().to(), conditional(edit.texts(), raw));
    }
    return splices.apply(body);
  }

  /// The statement that lets a module wait for the client and its rules, for a short time only.
  static List<String> waiting(TeamStyle style) {
    var end = style.end();
    var name = Escapes.script("pryo", style.quote());
    return Stream.of(
            "await Promise.race([",
            "\t(async () => {",
            "\t\tif (!window.pryo) {",
            "\t\t\tawait new Promise((done) => {",
            "\t\t\t\tdocument.addEventListener(" + name + ", done, { once: true })" + end,
            "\t\t\t})" + end,
            "\t\t}",
            "\t\tawait window.pryo.ready()" + end,
            "\t})(),",
            "\tnew Promise((done) => {",
            "\t\tsetTimeout(done, " + StyleSheetWriter.WAIT + ")" + end,
            "\t})" + style.comma(),
            "])" + end)
        .map(line -> line.replace("\t", style.indent()))
        .toList();
  }

  /// `(window.pryo?.variant("key") === "test1" ? "Buy now" : "Add to cart")`.
  String conditional(Map<String, String> texts, String control) {
    var asked = "window.pryo?.variant(" + text(key) + ")";
    if (texts.size() == 1) {
      var only = texts.entrySet().iterator().next();
      return "(%s === %s ? %s : %s)"
          .formatted(asked, text(only.getKey()), text(only.getValue()), control);
    }
    var pairs =
        texts.entrySet().stream().map(one -> one.getKey() + ": " + text(one.getValue())).toList();
    return "({ %s }[%s] ?? %s)".formatted(String.join(", ", pairs), asked, control);
  }

  private String text(String text) {
    return Escapes.script(text, style.quote());
  }
}
