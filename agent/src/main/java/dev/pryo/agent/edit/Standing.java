package dev.pryo.agent.edit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// Writes `<Variant …/>`, which stands in the place of what differs.
final class Standing {
  private final Component component;
  private final Hand hand;

  Standing(Component component, Hand hand) {
    this.component = component;
    this.hand = hand;
  }

  /// A text as a property.
  String property(String text) {
    var quote = hand.style().jsxQuote();
    return text.matches("[^\"'\\\\&<>{}\\n]*")
            || (quote == '"' && text.matches("[^\"\\\\&<>{}\\n]*"))
        ? quote + text + quote
        : "{" + hand.text(text) + "}";
  }

  /// On one line where that is short enough.
  String element(int at, String control, Map<String, String> variants) {
    var properties = new LinkedHashMap<String, String>();
    var quote = hand.style().jsxQuote();
    properties.put("experiment", Escapes.attribute(hand.key(), quote));
    if (!control.isEmpty()) {
      properties.put("control", control);
    }
    properties.putAll(new TreeMap<>(variants));
    var line = new StringBuilder("<Variant");
    properties.forEach((name, value) -> line.append(' ').append(name).append('=').append(value));
    line.append(" />");
    var before = at - component.text().body().lastIndexOf('\n', at - 1) - 1;
    if (before + line.length() <= hand.width() && line.indexOf("\n") < 0) {
      return line.toString();
    }
    var newLine = component.text().lineEnding();
    var indent = indent(at);
    var lines = new StringBuilder("<Variant");
    properties.forEach((name, value) ->
        lines
            .append(newLine)
            .append(indent)
            .append(hand.style().indent())
            .append(name)
            .append('=')
            .append(value));
    return lines.append(newLine).append(indent).append("/>").toString();
  }

  /// Whole elements as properties, each with the source of the element at `place`.
  String copies(Tag place, String control, Map<String, String> variants) {
    return element(
        place.from(),
        control.isEmpty() ? "" : copy(place, control),
        Hand.mapped(variants, source -> copy(place, source)));
  }

  private String copy(Tag place, String source) {
    if (!source.contains("\n")) {
      return "{" + source + "}";
    }
    var newLine = component.text().lineEnding();
    var indent = indent(place.from()) + hand.style().indent();
    var step = hand.style().indent();
    var moved = Indents.moved(source, step + step);
    return "{" + newLine + indent + step + moved + newLine + indent + "}";
  }

  /// The white space at the start of a line.
  private String indent(int at) {
    var body = component.text().body();
    var from = body.lastIndexOf('\n', at - 1) + 1;
    var to = from;
    while (to < body.length() && (body.charAt(to) == ' ' || body.charAt(to) == '\t')) {
      to++;
    }
    return body.substring(from, to);
  }
}
