package dev.pryo.implementation;

import java.text.Normalizer;
import java.util.regex.Pattern;

/// Other people's words as they may stand in a pull request: on one line, capped, and without
/// anything that a code host would act on or follow.
final class Plain {
  private static final Pattern COMMENT = Pattern.compile("<!--.*?(-->|$)", Pattern.DOTALL);
  private static final Pattern IMAGE_OR_LINK =
      Pattern.compile("!?\\[([^\\]\\[]*)\\](\\([^)]*\\)|\\[[^\\]]*\\])");
  private static final Pattern ADDRESS =
      Pattern.compile("(?i)\\b(?:[a-z][a-z0-9+.-]{1,20}://|www\\.)\\S+|\\bmailto:\\S+");
  private static final Pattern CLOSING =
      Pattern.compile(
          "(?i)\\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)\\b:?\\s*(?=(?:[\\w.-]+/[\\w.-]+)?#?\\d|gh-\\d|\\(?address left out)");
  private static final Pattern REFERENCE = Pattern.compile("(?i)#(?=\\w)|\\bGH-(?=\\d)");
  private static final Pattern MENTION = Pattern.compile("@(?=[\\w-])");
  private static final Pattern TRAILER = Pattern.compile("(?i)\\b([a-z]+(?:-[a-z]+)*-by):");
  private static final Pattern TAG = Pattern.compile("</?[a-zA-Z!?][^>]*>?");
  private static final Pattern INVISIBLE =
      Pattern.compile("[\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}\u115F\u1160\u3164]");
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}\\p{Cntrl}]+");
  private static final Pattern COMMAND = Pattern.compile("^[/>#*+\\-=\\s]+");

  private Plain() {}

  /// @param longest the cap, in characters
  static String text(String words, int longest) {
    String text =
        INVISIBLE.matcher(Normalizer.normalize(words, Normalizer.Form.NFC)).replaceAll("");
    text = COMMENT.matcher(text).replaceAll(" ");
    text = IMAGE_OR_LINK.matcher(text).replaceAll("$1");
    text = ADDRESS.matcher(text).replaceAll("(address left out)");
    text = TAG.matcher(text).replaceAll(" ");
    text = CLOSING.matcher(text).replaceAll("");
    text = REFERENCE.matcher(text).replaceAll("");
    text = MENTION.matcher(text).replaceAll("");
    text = TRAILER.matcher(text).replaceAll("$1");
    text = text.replace('`', '\'').replace('|', '/').replace('<', '‹').replace('>', '›');
    text = SPACE.matcher(text).replaceAll(" ").strip();
    return capped(COMMAND.matcher(text).replaceAll(""), longest);
  }

  /// The words on one line, capped, without characters that are not seen: for pages and logs of
  /// Pryo's own, which act on nothing.
  static String line(String words, int longest) {
    String seen =
        INVISIBLE.matcher(Normalizer.normalize(words, Normalizer.Form.NFC)).replaceAll("");
    return capped(SPACE.matcher(seen).replaceAll(" ").strip(), longest);
  }

  private static String capped(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
    return text.substring(0, end).strip() + "…";
  }
}
