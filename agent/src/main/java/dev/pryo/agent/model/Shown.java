package dev.pryo.agent.model;

import java.util.regex.Pattern;

/// Text of a repository as a model sees it.
final class Shown {
  /// Characters that are not seen, or that turn the direction of what follows: somebody may have
  /// hidden words behind them.
  private static final Pattern HIDDEN =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\x{E0000}-\\x{E0FFF}&&[^\\t\\n\\r\\x{200D}\\x{FE0F}]]");

  private Shown() {}

  /// With hidden characters written out, such as `\\u{202e}`.
  static String plain(String text) {
    return HIDDEN
        .matcher(text)
        .replaceAll(hit -> "\\\\u{" + Integer.toHexString(hit.group().codePointAt(0)) + "}");
  }
}
