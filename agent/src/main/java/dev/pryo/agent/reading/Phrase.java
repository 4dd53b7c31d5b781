package dev.pryo.agent.reading;

import java.util.Locale;
import java.util.regex.Pattern;

/// A text as people see it, to be found as it may be written: across lines, with entities, with
/// either apostrophe.
///
/// @param hint a part of it without such choices, in lower case
record Phrase(String text, Pattern pattern, String hint) {
  private static final int FARTHEST = 80;

  /// How a text stands in a file.
  enum Stand {
    ABSENT,
    /// Inside a longer text; several words also in other letter case.
    PART,
    /// By itself: between tags or in quotes.
    WHOLE
  }

  static Phrase of(String text) {
    var written = new StringBuilder();
    var longest = "";
    for (var word : text.split("\\s+")) {
      written.append(written.isEmpty() ? "" : "(?:\\s+|&nbsp;|\\{[\"']\\s[\"']})");
      for (var c : word.toCharArray()) {
        written.append(
            switch (c) {
              case '\'', '’' -> "(?:\\\\?['’]|&(?:apos|rsquo|#0?39|#x27);)";
              case '&' -> "(?:&amp;|&)";
              case '"' -> "(?:\\\\?\"|&quot;)";
              default -> Pattern.quote(String.valueOf(c));
            });
      }
      var plain = word.replaceAll("[^\\p{L}\\p{N}].*", "");
      longest = plain.length() > longest.length() ? plain : longest;
    }
    return new Phrase(
        text,
        Pattern.compile(written.toString(), Pattern.CASE_INSENSITIVE),
        longest.toLowerCase(Locale.ROOT));
  }

  /// How it stands in a code whose letters in lower case are given too.
  Stand in(String code, String lower) {
    var found = Stand.ABSENT;
    if (!lower.contains(hint)) {
      return found;
    }
    var hits = pattern.matcher(code);
    while (hits.find()) {
      var from = hits.start();
      var to = hits.end();
      if (splitsWord(code, from) || splitsWord(code, to)) {
        continue;
      }
      var sameCase = code.startsWith(text.substring(0, 1), from);
      if (sameCase && opens(code, from) && closes(code, to)) {
        return Stand.WHOLE;
      }
      if (sameCase || text.contains(" ")) {
        found = Stand.PART;
      }
    }
    return found;
  }

  private static boolean splitsWord(String code, int at) {
    return at > 0
        && at < code.length()
        && Character.isLetterOrDigit(code.charAt(at - 1))
        && Character.isLetterOrDigit(code.charAt(at));
  }

  /// Whether a text begins here: behind a tag, a quote or the colon of a key, or a line of its own.
  private static boolean opens(String code, int at) {
    for (var back = at - 1; back >= Math.max(0, at - FARTHEST); back--) {
      var c = code.charAt(back);
      if (!Character.isWhitespace(c)) {
        return ">\"'`|}:".indexOf(c) >= 0;
      }
      if (c == '\n') {
        return true;
      }
    }
    return false;
  }

  private static boolean closes(String code, int at) {
    for (var next = at; next < Math.min(code.length(), at + FARTHEST); next++) {
      var c = code.charAt(next);
      if (c == '\n' || "<\"'`|{&".indexOf(c) >= 0) {
        return true;
      }
      if (!Character.isWhitespace(c) && ".!?…→»:".indexOf(c) < 0) {
        return false;
      }
    }
    return at == code.length();
  }
}
