package dev.pryo.agent.framework;

/// Blanks comments, so that what is commented out is not taken for code. The length stays.
public final class Comments {
  private Comments() {}

  /// A script without comments. Strings are told from comments within a line; that is enough where
  /// text between tags holds an apostrophe.
  public static String blankScript(String code) {
    if (!code.contains("//") && !code.contains("/*")) {
      return code;
    }
    var out = new StringBuilder(code);
    var quote = '\0';
    for (var at = 0; at < code.length(); at++) {
      var c = code.charAt(at);
      if (quote != '\0') {
        if (c == '\\') {
          at++;
        } else if (c == quote || (c == '\n' && quote != '`')) {
          quote = '\0';
        }
      } else if (c == '"' || c == '`' || (c == '\'' && !isApostrophe(code, at))) {
        quote = c;
      } else if (c == '/' && code.startsWith("//", at) && (at == 0 || code.charAt(at - 1) != ':')) {
        at = blank(out, at, end(code, "\n", at, 0));
      } else if (c == '/' && code.startsWith("/*", at)) {
        at = blank(out, at, end(code, "*/", at + 2, 2));
      }
    }
    return out.toString();
  }

  private static boolean isApostrophe(String code, int at) {
    return at > 0
        && at + 1 < code.length()
        && Character.isLetter(code.charAt(at - 1))
        && Character.isLetter(code.charAt(at + 1));
  }

  /// Markup without comments.
  public static String blankMarkup(String markup) {
    var out = new StringBuilder(markup);
    var from = markup.indexOf("<!--");
    while (from >= 0) {
      var to = markup.indexOf("-->", from + 4);
      if (to < 0) {
        break;
      }
      blank(out, from, to + 3);
      from = markup.indexOf("<!--", to + 3);
    }
    return out.toString();
  }

  /// A file of any kind without its comments.
  public static String blank(String path, String text) {
    return switch (Repository.extension(path)) {
      case "vue", "svelte", "astro" -> blankScript(blankMarkup(text));
      case "html", "htm", "erb", "php", "md" -> blankMarkup(text);
      case "js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts", "css", "scss", "less" ->
          blankScript(text);
      default -> text;
    };
  }

  private static int end(String code, String closing, int from, int more) {
    var end = code.indexOf(closing, from);
    return end < 0 ? code.length() : end + more;
  }

  private static int blank(StringBuilder out, int from, int to) {
    for (var at = from; at < to; at++) {
      if (out.charAt(at) != '\n') {
        out.setCharAt(at, ' ');
      }
    }
    return to - 1;
  }
}
