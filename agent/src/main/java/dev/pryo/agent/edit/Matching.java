package dev.pryo.agent.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Compares words as people do: `sign-up`, `Sign up`, `signUp` and `signup` are the same.
final class Matching {
  private static final Pattern BETWEEN =
      Pattern.compile("[^\\p{L}\\p{N}]+|(?<=\\p{Ll})(?=\\p{Lu})");

  private Matching() {}

  /// Letters and digits only, in lower case.
  static String squash(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
  }

  /// Whether a run of whole words of `text` makes up `wanted`, which is squashed.
  static boolean hasWords(String text, String wanted) {
    var words = new ArrayList<String>();
    for (var word : BETWEEN.split(text)) {
      if (!word.isEmpty()) {
        words.add(word.toLowerCase(Locale.ROOT));
      }
    }
    for (var first = 0; first < words.size(); first++) {
      if (starts(words.subList(first, words.size()), wanted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean starts(List<String> words, String wanted) {
    var run = new StringBuilder();
    for (var word : words) {
      run.append(word);
      if (run.length() >= wanted.length()) {
        return run.toString().equals(wanted);
      }
    }
    return false;
  }

  /// White space as a page shows it.
  static String collapse(String text) {
    return text.replaceAll("[ \\t\\n\\r\\f]+", " ").strip();
  }
}
