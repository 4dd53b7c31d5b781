package dev.pryo.agent.reading;

import dev.pryo.agent.framework.Comments;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// A file that may be short-listed: what of the brief is in its name and in its code. The code
/// itself is not kept.
///
/// @param name the stems of its own name; for a file such as `index` or `page` those of its folder
/// @param folders the stems of its folders
/// @param words for each word of the brief how well the code has it, from 0 to 1
/// @param showsText whether text stands between its tags, which a mere wrapper has not
/// @param phrases how each text of the brief stands in it
record Candidate(
    String path,
    Set<String> name,
    Set<String> folders,
    double[] words,
    boolean showsText,
    List<Phrase.Stand> phrases,
    Evidence evidence) {
  private static final Pattern ENDING = Pattern.compile("(?<=[^/])\\.[^/]*$");
  private static final Pattern MARKUP =
      Pattern.compile(".*\\.(?:[jt]sx|js|vue|svelte|astro|html?|erb|php|mdx)");
  private static final Pattern BETWEEN_TAGS =
      Pattern.compile(">\\s{0,40}\\p{L}[^<>{};=()]{0,400}\\p{L}[^<>{};=()]{0,400}(?:<|\\{[\"'{])");
  private static final Pattern USUAL =
      Pattern.compile("/(?:index|page|page-client|client|route|layout|\\+page|\\+layout)$");

  /// @param inside the path as the app names it
  static Candidate of(
      String path, String inside, String text, List<Wording.Word> words, List<Phrase> phrases) {
    var code = Comments.blank(path, text);
    var lower = code.toLowerCase(Locale.ROOT);
    var plain = USUAL.matcher(ENDING.matcher(inside).replaceFirst("")).replaceFirst("");
    var slash = plain.lastIndexOf('/');
    var stands = new ArrayList<Phrase.Stand>();
    phrases.forEach(phrase -> stands.add(phrase.in(code, lower)));
    return new Candidate(
        path,
        Wording.stems(plain.substring(slash + 1)),
        Wording.stems(slash < 0 ? "" : plain.substring(0, slash)),
        words.stream().mapToDouble(word -> holds(code, lower, word)).toArray(),
        MARKUP.matcher(path).matches() && showsText(code),
        stands,
        new Evidence());
  }

  /// Whether words stand between tags.
  static boolean showsText(String code) {
    return BETWEEN_TAGS.matcher(code).find();
  }

  private static double holds(String code, String lower, Wording.Word word) {
    if (begins(code, lower, word.stem())) {
      return 1;
    }
    return word.also().stream().anyMatch(other -> begins(code, lower, other)) ? Wording.MEANT : 0;
  }

  /// Whether a word begins so: `pricing` in `PricingList` and `the-pricing`, not in `repricing`.
  private static boolean begins(String code, String lower, String stem) {
    for (var at = lower.indexOf(stem); at >= 0; at = lower.indexOf(stem, at + 1)) {
      if (at == 0
          || !Character.isLetter(lower.charAt(at - 1))
          || (at < code.length() && Character.isUpperCase(code.charAt(at)))) {
        return true;
      }
    }
    return false;
  }
}
