package dev.pryo.agent.words;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The e-mail addresses of a text. A model is told that there is one, and not which.
///
/// @param found in their order
record Addresses(List<String> found) {
  private static final Pattern ADDRESS =
      Pattern.compile("(?<![^\\s@<>“”\"'()])[^\\s@<>“”\"'()]++(?:@[^\\s@<>“”\"'()]++)++");

  static Addresses in(String text) {
    return new Addresses(
        ADDRESS
            .matcher(text)
            .results()
            .map(one -> bare(one.group()))
            .filter(one -> one.indexOf('@') > 0)
            .distinct()
            .toList());
  }

  /// Without the marks that end a sentence behind it.
  private static String bare(String address) {
    int end = address.length();
    while (end > 0 && ".,;:!?".indexOf(address.charAt(end - 1)) >= 0) {
      end--;
    }
    return address.substring(0, end);
  }

  /// The text with a sign for each address.
  String hidden(String text) {
    return ADDRESS
        .matcher(text)
        .replaceAll(one -> {
          var address = bare(one.group());
          var at = found.indexOf(address);
          return Matcher.quoteReplacement(
              at < 0 ? one.group() : sign(at) + one.group().substring(address.length()));
        });
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
