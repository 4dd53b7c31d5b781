package dev.pryo.wording;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a sentence may look like: plain words of a bounded length, without links, markup or code.
final class Form {
  private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9 .,;:!?'’“”\"()%+−–—=<>-]");
  private static final Pattern HIDDEN =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]");
  private static final Pattern LINK =
      Pattern.compile("(?i)[a-z0-9]\\.[a-z]|\\bwww\\b|\\bhttps?\\b|\\bmailto\\b|\\bdot com\\b");
  private static final Pattern TAG = Pattern.compile("[<>](?! ?[+−-]?\\d)|--|==|=>");

  private Form() {}

  /// Why it is not shown; empty if it may be.
  ///
  /// @param masked the text with names as single characters
  static Optional<String> refuse(String text, String masked, int shortest, int longest) {
    int length = text.strip().length();
    if (length < shortest || length > longest) {
      return Optional.of("it has %d characters, not %d to %d".formatted(length, shortest, longest));
    }
    if (HIDDEN.matcher(text).find()) {
      return Optional.of("it has several lines, or a character that nobody sees");
    }
    String bare = masked.replaceAll("[\uE000-\uE2FF]", "");
    Matcher foreign = FOREIGN.matcher(bare);
    if (foreign.find()) {
      return Optional.of("it has a character that plain words have not: " + foreign.group());
    }
    if (LINK.matcher(bare).find()) {
      return Optional.of("it has a link, or what could be taken for one");
    }
    return TAG.matcher(bare).find() ? Optional.of("it has markup") : Optional.empty();
  }
}
