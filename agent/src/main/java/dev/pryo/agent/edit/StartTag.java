package dev.pryo.agent.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A start tag as it is written: where each attribute begins and ends, quotes included. Read by the
/// tokenizer rules of the HTML standard.
record StartTag(int from, int nameEnd, List<Attribute> attributes) {
  /// @param quote the quote around the value, 0 where there is none
  record Attribute(String name, int from, int to, char quote) {}

  /// @param from the position of `<`
  static StartTag at(String html, int from) {
    var at = from + 1;
    while (at < html.length() && !isSpace(html.charAt(at)) && "/>".indexOf(html.charAt(at)) < 0) {
      at++;
    }
    var nameEnd = at;
    var attributes = new ArrayList<Attribute>();
    while (at < html.length() && html.charAt(at) != '>') {
      if (isSpace(html.charAt(at)) || html.charAt(at) == '/') {
        at++;
        continue;
      }
      var attribute = attribute(html, at);
      attributes.add(attribute);
      at = attribute.to;
    }
    return new StartTag(from, nameEnd, List.copyOf(attributes));
  }

  /// Where another attribute goes.
  int end() {
    return attributes.isEmpty() ? nameEnd : attributes.getLast().to;
  }

  Optional<Attribute> attribute(String name) {
    return attributes.stream().filter(one -> one.name.equals(name)).findFirst();
  }

  private static Attribute attribute(String html, int from) {
    var at = from + 1;
    while (at < html.length() && !isSpace(html.charAt(at)) && "/>=".indexOf(html.charAt(at)) < 0) {
      at++;
    }
    var name = html.substring(from, at).toLowerCase(Locale.ROOT);
    var equals = skipSpace(html, at);
    if (equals >= html.length() || html.charAt(equals) != '=') {
      return new Attribute(name, from, at, '\0');
    }
    var value = skipSpace(html, equals + 1);
    var quote = value < html.length() ? html.charAt(value) : '>';
    if (quote == '"' || quote == '\'') {
      var end = html.indexOf(quote, value + 1);
      return new Attribute(name, from, end < 0 ? html.length() : end + 1, quote);
    }
    at = value;
    while (at < html.length() && !isSpace(html.charAt(at)) && html.charAt(at) != '>') {
      at++;
    }
    return new Attribute(name, from, at, '\0');
  }

  private static int skipSpace(String html, int from) {
    var at = from;
    while (at < html.length() && isSpace(html.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
  }
}
