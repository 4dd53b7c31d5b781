package dev.pryo.agent.words;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The e-mail addresses of a text. A model is told that there is one, and not which.
///
/// @param found in their order
record Addresses(List<String> found) {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "[^\\s@<>“”\"'()]+(?:@[^\\s@<>“”\"'()]+)*@[^\\s@<>“”\"'()]*[^\\s@<>“”\"'().,;:!?]");

  static Addresses in(String text) {
    return new Addresses(
        ADDRESS.matcher(text).results().map(MatchResult::group).distinct().toList());
  }

  /// The text with a sign for each address.
  String hidden(String text) {
    return ADDRESS.matcher(text).replaceAll(address -> sign(found.indexOf(address.group())));
  }

  /// The text with the addresses in the place of their signs.
  String shown(String text) {
    var shown = text;
    for (var i = 0; i < found.size(); i++) {
      shown = shown.replace(sign(i), found.get(i));
    }
    return shown;
  }

  private static String sign(int index) {
    return "(address " + (index + 1) + ")";
  }
}
