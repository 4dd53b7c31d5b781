package dev.pryo.agent.edit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

  /// On one line.
  String line(String control, Map<String, String> variants) {
    return line(properties(control, variants));
  }

  /// One property on each line.
  List<String> lines(String control, Map<String, String> variants) {
    var lines = new ArrayList<String>();
    lines.add("<Variant");
    properties(control, variants)
        .forEach((name, value) -> lines.add(hand.style().indent() + name + "=" + value));
    lines.add("/>");
    return lines;
  }

  private Map<String, String> properties(String control, Map<String, String> variants) {
    var properties = new LinkedHashMap<String, String>();
    properties.put("experiment", Escapes.attribute(hand.key(), hand.style().jsxQuote()));
    if (!control.isEmpty()) {
      properties.put("control", control);
    }
    properties.putAll(new TreeMap<>(variants));
    return properties;
  }

  private static String line(Map<String, String> properties) {
    var line = new StringBuilder("<Variant");
    properties.forEach((name, value) -> line.append(' ').append(name).append('=').append(value));
    return line.append(" />").toString();
  }

  /// On one line where that is short enough.

  private String element(int at, String deeper, String control, Map<String, String> variants) {
    var properties = properties(control, variants);
    var line = line(properties);
    var before = at - component.text().body().lastIndexOf('\n', at - 1) - 1;
    if (before + deeper.length() + line.length() <= hand.width() && !line.contains("\n")) {
      return line;
    }
    var newLine = component.text().lineEnding();
    var indent = indent(component.text().body(), at) + deeper;
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
  ///
  /// @param deeper how much further in than that element all is
  String copies(Tag place, String deeper, String control, Map<String, String> variants) {
    return element(
        place.from(),
        deeper,
        control.isEmpty() ? "" : copy(place, deeper, control),
        Hand.mapped(variants, source -> copy(place, deeper, source)));
  }

  private String copy(Tag place, String deeper, String source) {
    if (!source.contains("\n")) {
      return "{" + source + "}";
    }
    var newLine = component.text().lineEnding();
    var step = hand.style().indent();
    var indent = indent(component.text().body(), place.from()) + deeper + step;
    var moved = Indents.moved(source, deeper + step + step);
    return "{" + newLine + indent + step + moved + newLine + indent + "}";
  }

  /// The white space at the start of a line.
  static String indent(String body, int at) {
    var from = body.lastIndexOf('\n', at - 1) + 1;
    var to = from;
    while (to < body.length() && (body.charAt(to) == ' ' || body.charAt(to) == '\t')) {
      to++;
    }
    return body.substring(from, to);
  }
}
