package dev.pryo.agent.edit;

/// Puts any text into a script, an attribute or a comment without it becoming anything else.
/// Characters that hide or turn text around are written as escapes, so that a reviewer sees them.
final class Escapes {
  private Escapes() {}

  /// A string literal.
  static String script(String text, char quote) {
    var out = new StringBuilder().append(quote);
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '/' -> out.append(out.charAt(out.length() - 1) == '<' ? "\\/" : "/");
            case '!' -> out.append(out.charAt(out.length() - 1) == '<' ? "\\x21" : "!");
            default -> {
              if (c == quote) {
                out.append('\\').append(quote);
              } else if (isHidden(c)) {
                out.append(String.format(c > 0xFFFF ? "\\u{%x}" : "\\u%04x", c));
              } else {
                out.appendCodePoint(c);
              }
            }
          }
        });
    return out.append(quote).toString();
  }

  /// An attribute's value with its quotes.
  static String attribute(String text, char quote) {
    return quote
        + text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace(String.valueOf(quote), quote == '"' ? "&quot;" : "&#39;")
        + quote;
  }

  /// Words inside a comment of a script or style sheet, on one line.
  static String comment(String text) {
    var out = new StringBuilder();
    text.codePoints().forEach(c -> out.appendCodePoint(isHidden(c) || c < ' ' ? ' ' : c));
    return out.toString().replace("*/", "* /").replace("</", "< /").replace("<!", "< !");
  }

  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE ->
          c != 0x200D;
      default -> false;
    };
  }
}
