package dev.pryo.agent.edit;

import dev.pryo.agent.Brief;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Writes expressions of one experiment as the team writes its code.
///
/// @param client the path of the client file
/// @param width how long a line may be before it is broken
/// @param serverComponents components are rendered on a server unless they say otherwise
record Hand(Brief brief, TeamStyle style, ClientFile client, int width, boolean serverComponents) {
  String key() {
    return brief.key();
  }

  String text(String words) {
    return Escapes.script(words, style.quote());
  }

  /// The name that a component gives its segment: short where that name is free.
  String name(Set<String> taken) {
    return name("variant", taken);
  }

  /// A name, or where that is taken the same with the experiment's key.
  String name(String plain, Set<String> taken) {
    if (!taken.contains(plain)) {
      return plain;
    }
    var words = List.of(key().split("[^A-Za-z0-9]+"));
    var joined =
        words.stream()
            .filter(word -> !word.isEmpty())
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining());
    var name = plain + joined;
    while (taken.contains(name)) {
      name += "_";
    }
    return name;
  }

  /// `variant === 'test1' ? 'Buy now' : <control>`; the control's source is kept as it is.
  String choice(String read, Map<String, String> sources, String control, String guard) {
    var chain = new StringBuilder();
    alike(sources)
        .forEach((source, segments) ->
            chain
                .append(is(read, segments, !guard.isEmpty()))
                .append(guard.isEmpty() ? "" : " && " + guard)
                .append(" ? ")
                .append(source)
                .append(" : "));
    return chain + control;
  }

  /// The same over lines, as formatters break it.
  List<String> choiceLines(String read, Map<String, String> sources, String control, String guard) {
    var lines = new ArrayList<String>();
    alike(sources)
        .forEach((source, segments) -> {
          var test = is(read, segments, !guard.isEmpty()) + (guard.isEmpty() ? "" : " && " + guard);
          var depth = lines.size() / 2;
          lines.add(depth == 0 ? test : style.indent().repeat(depth) + ": " + test);
          lines.add(style.indent().repeat(depth + 1) + "? " + source);
        });
    lines.add(style.indent().repeat(lines.size() / 2) + ": " + control);
    return lines;
  }

  /// Segments that show the same are asked for together.
  private static Map<String, List<String>> alike(Map<String, String> sources) {
    var alike = new LinkedHashMap<String, List<String>>();
    new TreeMap<>(sources)
        .forEach((segment, source) ->
            alike.computeIfAbsent(source, _ -> new ArrayList<>()).add(segment));
    return alike;
  }

  /// `variant === 'test1'`
  String is(String read, Iterable<String> segments, boolean inside) {
    return joined(read, segments, " === ", " || ", inside);
  }

  /// `variant !== 'test1'`
  String isNot(String read, Iterable<String> segments) {
    return joined(read, segments, " !== ", " && ", false);
  }

  private String joined(
      String read, Iterable<String> segments, String operator, String between, boolean inside) {
    var parts = new ArrayList<String>();
    segments.forEach(segment -> parts.add(read + operator + text(segment)));
    var all = String.join(between, parts);
    return inside && parts.size() > 1 ? "(" + all + ")" : all;
  }

  Map<String, String> texts(Map<String, String> values) {
    return mapped(values, this::text);
  }

  static Map<String, String> mapped(Map<String, String> values, UnaryOperator<String> each) {
    var all = new TreeMap<String, String>();
    values.forEach((segment, value) -> all.put(segment, each.apply(value)));
    return all;
  }

  /// The same hand for expressions inside an attribute that has this quote around it.
  Hand within(char attributeQuote) {
    return new Hand(
        brief,
        style.withQuote(attributeQuote == '"' ? '\'' : '"'),
        client,
        width,
        serverComponents);
  }
}
