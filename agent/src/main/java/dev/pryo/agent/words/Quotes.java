package dev.pryo.agent.words;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A text whose quoted parts are put aside, so that rules see `change Q to Q`. Each quoted part is
/// replaced by two characters of Unicode's private use area, a marker and its number.
record Quotes(String text, List<String> quoted, List<String> originals) {
  /// Matches one quoted part, as one group.
  static final String Q = "(\uE000[\uE100-\uEFFF])";

  private static final char MARKER = '\uE000';
  private static final char FIRST = '\uE100';
  private static final int MOST = 0xEFF;
  private static final String OPENERS = "\"'`“”„‘‚’«»";
  private static final Pattern FILE =
      Pattern.compile("[\\w@./+\\[\\]-]+\\.(?:html?|[mc]?[jt]sx?|css|vue|svelte|astro|json)");

  static Quotes of(String words) {
    var text = new StringBuilder();
    var quoted = new ArrayList<String>();
    var originals = new ArrayList<String>();
    var at = 0;
    while (at < words.length()) {
      var c = words.charAt(at);
      var end = opens(words, at) && quoted.size() < MOST ? closing(words, at) : -1;
      if (end < 0) {
        text.append(Character.getType(c) == Character.PRIVATE_USE ? ' ' : c);
        at++;
        continue;
      }
      var inside = words.substring(at + 1, end);
      if (FILE.matcher(inside).matches() && text.toString().matches("(?is).*\\b(?:in|of|on) ")) {
        text.append(inside);
      } else {
        text.append(MARKER).append((char) (FIRST + quoted.size()));
        quoted.add(inside);
        originals.add(words.substring(at, end + 1));
      }
      at = end + 1;
    }
    return new Quotes(text.toString(), List.copyOf(quoted), List.copyOf(originals));
  }

  /// What a placeholder stands for.
  String get(String placeholder) {
    return quoted.get(placeholder.charAt(1) - FIRST);
  }

  /// Part of `text` with the quoted parts put back as they were written.
  String restore(String part) {
    var out = new StringBuilder();
    for (var at = 0; at < part.length(); at++) {
      if (part.charAt(at) == MARKER && at + 1 < part.length()) {
        out.append(originals.get(part.charAt(++at) - FIRST));
      } else {
        out.append(part.charAt(at));
      }
    }
    return out.toString();
  }

  /// An apostrophe inside a word opens nothing.
  private static boolean opens(String words, int at) {
    return OPENERS.indexOf(words.charAt(at)) >= 0
        && (at == 0 || !Character.isLetterOrDigit(words.charAt(at - 1)))
        && at + 1 < words.length()
        && !Character.isWhitespace(words.charAt(at + 1));
  }

  private static int closing(String words, int open) {
    var closers =
        switch (words.charAt(open)) {
          case '“', '”' -> "”“";
          case '„' -> "“”";
          case '‘', '’' -> "’";
          case '‚' -> "‘’";
          case '«' -> "»";
          case '»' -> "«";
          default -> String.valueOf(words.charAt(open));
        };
    for (var at = open + 2; at < words.length() && words.charAt(at) != '\n'; at++) {
      var insideWord = at + 1 < words.length() && Character.isLetterOrDigit(words.charAt(at + 1));
      if (closers.indexOf(words.charAt(at)) >= 0 && !insideWord) {
        return at;
      }
    }
    return -1;
  }
}
