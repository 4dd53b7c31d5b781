package dev.pryo.agent.edit;

import dev.pryo.agent.edit.Tag.Attribute;
import dev.pryo.agent.edit.Tag.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.parser.Parser;

/// Reads markup that is HTML with expressions in it, as Vue, Svelte, Astro and Angular have it. It
/// knows elements, attributes, texts and holes, and where each stands; what an expression means is
/// not its business.
final class MarkupReader {
  /// How a framework writes what is not HTML.
  ///
  /// @param open what begins a hole in a text
  /// @param braces attributes may be `name={expression}`, `{name}` and `{...props}`
  /// @param nested elements may stand inside holes
  /// @param blocks `@if (…) { … }` stands between elements
  record Syntax(String open, String close, boolean braces, boolean nested, boolean blocks) {}

  private static final Set<String> VOID =
      Set.of(
          "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
          "track", "wbr");
  private static final Set<String> RAW = Set.of("script", "style", "textarea");

  private final String body;
  private final Syntax syntax;
  private final int end;
  private int at;

  private MarkupReader(String body, int from, int end, Syntax syntax) {
    this.body = body;
    this.syntax = syntax;
    this.at = from;
    this.end = end;
  }

  /// All that stands in a part of a text, under a fragment without a name.
  static Tag read(String body, int from, int end, Syntax syntax) {
    var reader = new MarkupReader(body, from, end, syntax);
    var root = new Tag("", from, from, List.of());
    root.opened(from);
    reader.content(root, end);
    root.closed(end, end);
    return root;
  }

  /// Reads until the end tag of the element, or its end.
  private void content(Tag tag, int limit) {
    var text = at;
    while (at < limit) {
      if (body.startsWith("<!--", at)) {
        words(tag, text, at);
        at = after("-->", limit);
        text = at;
      } else if (body.startsWith("</", at)) {
        words(tag, text, at);
        var from = at;
        var name = name(at + 2);
        at = after(">", limit);
        if (name.equals(tag.name())) {
          tag.closed(from, at);
          return;
        }
        text = at;
      } else if (body.charAt(at) == '<' && at + 1 < limit && isNameStart(body.charAt(at + 1))) {
        words(tag, text, at);
        element(tag, limit);
        text = at;
      } else if (body.startsWith(syntax.open, at)) {
        words(tag, text, at);
        hole(tag, limit);
        text = at;
      } else if (syntax.blocks && isBlock(at)) {
        words(tag, text, at);
        var from = at;
        at = body.charAt(at) == '}' ? at + 1 : Math.min(limit, blockStart(at));
        tag.add(new Piece.Code(from, at, from, at));
        text = at;
      } else {
        at++;
      }
    }
    words(tag, text, Math.min(at, limit));
  }

  private boolean isBlock(int from) {
    return body.charAt(from) == '}'
        || (body.charAt(from) == '@'
            && from + 1 < end
            && Character.isLowerCase(body.charAt(from + 1)));
  }

  /// Behind the brace of `@if (…) {`, or the end of `@let …;`.
  private int blockStart(int from) {
    for (var to = from; to < end; to++) {
      var c = body.charAt(to);
      if (c == '(') {
        to = skip(to) - 1;
      } else if (c == '{' || c == ';' || c == '\n' || c == '<') {
        return c == '{' || c == ';' ? to + 1 : to;
      }
    }
    return end;
  }

  private void element(Tag parent, int limit) {
    var from = at;
    var name = name(at + 1);
    at += 1 + name.length();
    var nameEnd = at;
    var attributes = attributes(limit);
    var tag = new Tag(name, from, nameEnd, attributes);
    var closed = body.startsWith("/>", at);
    at = Math.min(limit, at + (closed ? 2 : 1));
    tag.opened(at);
    parent.add(tag);
    if (closed || VOID.contains(name.toLowerCase(Locale.ROOT))) {
      return;
    }
    if (RAW.contains(name)) {
      var close = body.indexOf("</" + name, at);
      var to = close < 0 ? limit : close;
      at = to;
      at = after(">", limit);
      tag.closed(to, at);
      return;
    }
    content(tag, limit);
  }

  private List<Attribute> attributes(int limit) {
    var all = new ArrayList<Attribute>();
    while (at < limit && body.charAt(at) != '>' && !body.startsWith("/>", at)) {
      if (Character.isWhitespace(body.charAt(at)) || body.charAt(at) == '/') {
        at++;
      } else if (syntax.braces && body.charAt(at) == '{') {
        var from = at;
        at = skip(at);
        var source = body.substring(from + 1, at - 1).strip();
        var spread = source.startsWith("...") || source.startsWith("@") || source.startsWith("/");
        all.add(
            new Attribute(
                spread ? "" : source,
                spread ? Kind.SPREAD : Kind.EXPRESSION,
                from,
                at,
                from,
                at,
                source));
      } else {
        all.add(attribute(limit));
      }
    }
    return all;
  }

  private Attribute attribute(int limit) {
    var from = at;
    while (at < limit
        && !Character.isWhitespace(body.charAt(at))
        && "=>".indexOf(body.charAt(at)) < 0
        && !body.startsWith("/>", at)) {
      at = body.charAt(at) == '[' || body.charAt(at) == '(' ? skip(at) : at + 1;
    }
    var name = body.substring(from, at);
    if (at >= limit || body.charAt(at) != '=') {
      return new Attribute(name, Kind.BARE, from, at, at, at, "");
    }
    at++;
    var value = at;
    var quote = body.charAt(at);
    if (quote == '"' || quote == '\'') {
      at = body.indexOf(quote, at + 1) + 1;
      at = at <= 0 ? limit : at;
      return quoted(name, from, value);
    }
    if (syntax.braces && (quote == '{' || quote == '`')) {
      at = skip(at);
      var source =
          quote == '{' ? body.substring(value + 1, at - 1).strip() : body.substring(value, at);
      return new Attribute(name, Kind.EXPRESSION, from, at, value, at, source);
    }
    while (at < limit && !Character.isWhitespace(body.charAt(at)) && body.charAt(at) != '>') {
      at++;
    }
    return new Attribute(name, Kind.LITERAL, from, at, value, at, body.substring(value, at));
  }

  private Attribute quoted(String name, int from, int value) {
    var inside = body.substring(value + 1, at - 1);
    var expression =
        name.matches("(?s)(?::|@|v-|#|\\[|\\(|\\*|on:|bind:|class:|use:).*")
            || inside.contains(syntax.open);
    return new Attribute(
        name,
        expression ? Kind.EXPRESSION : Kind.LITERAL,
        from,
        at,
        value,
        at,
        expression ? inside.strip() : Parser.unescapeEntities(inside, true));
  }

  private void hole(Tag tag, int limit) {
    var from = at;
    var inFrom = at + syntax.open.length();
    if (syntax.open.equals("{")) {
      at = Math.min(limit, skip(at));
    } else {
      at = after(syntax.close, limit);
    }
    var source = body.substring(inFrom, Math.max(inFrom, at - syntax.close.length()));
    var before = source.length() - source.stripLeading().length();
    tag.add(new Piece.Code(from, at, inFrom + before, inFrom + source.stripTrailing().length()));
    if (syntax.nested) {
      nested(tag, inFrom, at - 1);
    }
  }

  /// Elements inside an expression.
  private void nested(Tag tag, int from, int to) {
    var back = at;
    for (var here = from; here < to; here++) {
      var c = body.charAt(here);
      if (c == '"' || c == '\'' || c == '`') {
        here = string(here) - 1;
      } else if (c == '<' && isNameStart(body.charAt(here + 1)) && startsElement(here)) {
        at = here;
        element(tag, to);
        here = at - 1;
      }
    }
    at = back;
  }

  private boolean startsElement(int from) {
    return body.substring(0, from).stripTrailing().matches("(?s).*(?:=>|[(?:{&|,\\[]|\\breturn)");
  }

  /// Behind the bracket that closes the one at a position; strings and comments are skipped.
  private int skip(int from) {
    var depth = 0;
    for (var here = from; here < end; here++) {
      var c = body.charAt(here);
      if (c == '`' || ((c == '"' || c == '\'') && !isApostrophe(here))) {
        here = string(here) - 1;
      } else if ("{[(".indexOf(c) >= 0) {
        depth++;
      } else if ("}])".indexOf(c) >= 0 && --depth == 0) {
        return here + 1;
      }
    }
    return end;
  }

  /// An apostrophe inside words that an expression's own elements hold.
  private boolean isApostrophe(int here) {
    return body.charAt(here) == '\''
        && here > 0
        && Character.isLetter(body.charAt(here - 1))
        && here + 1 < end
        && Character.isLetter(body.charAt(here + 1));
  }

  private int string(int from) {
    var quote = body.charAt(from);
    for (var here = from + 1; here < end; here++) {
      var c = body.charAt(here);
      if (c == '\\') {
        here++;
      } else if (c == quote) {
        return here + 1;
      } else if (quote == '`' && c == '$' && body.startsWith("${", here)) {
        here = skip(here + 1) - 1;
      } else if (quote != '`' && c == '\n') {
        return here;
      }
    }
    return end;
  }

  private void words(Tag tag, int from, int to) {
    var raw = body.substring(from, Math.max(from, to));
    if (raw.isBlank()) {
      return;
    }
    var before = raw.length() - raw.stripLeading().length();
    tag.add(
        new Piece.Words(
            from + before,
            from + raw.stripTrailing().length(),
            Matching.collapse(Parser.unescapeEntities(raw, false)),
            false));
  }

  private int after(String what, int limit) {
    var found = body.indexOf(what, at);
    return found < 0 ? limit : Math.min(limit, found + what.length());
  }

  private String name(int from) {
    var to = from;
    while (to < end
        && !Character.isWhitespace(body.charAt(to))
        && "/>{".indexOf(body.charAt(to)) < 0) {
      to++;
    }
    return body.substring(from, to);
  }

  private static boolean isNameStart(char c) {
    return Character.isLetter(c);
  }
}
