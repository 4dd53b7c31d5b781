package dev.pryo.agent.words;

import dev.pryo.agent.words.Target.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// From a noun phrase to the element it means.
final class Targets {
  static final String NOUN =
      "(?:buttons?|cta|links?|form|field|input|box|headline|heading|title|header|image|picture"
          + "|photo|logo|icon|paragraph|text|label|banner|section|copy|line)";

  private static final Pattern ARTICLE =
      Pattern.compile("^(?:the|a|an|our|this|that|your)\\s+", Pattern.CASE_INSENSITIVE);
  private static final Pattern QUOTED =
      Pattern.compile(
          "(?:("
              + NOUN
              + ") (?:(?:that says|which says|saying|with the text|with|labelled|named|called) )?)?"
              + Quotes.Q
              + "(?: ("
              + NOUN
              + "))?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SELECTOR =
      Pattern.compile(
          "(?:" + NOUN + "\\s+)?((?:[a-z][a-z0-9]*)?[#.\\[][^\\s]+(?:\\s+[a-z#.\\[>+~][^\\s]*)*)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} '’&/-]{0,79}");

  private Targets() {}

  static Optional<Target> of(String phrase, Quotes quotes) {
    var text = ARTICLE.matcher(phrase.strip()).replaceFirst("");
    var quoted = QUOTED.matcher(text);
    if (quoted.matches()) {
      var noun =
          Optional.ofNullable(quoted.group(1)).or(() -> Optional.ofNullable(quoted.group(3)));
      return Optional.of(
          new Target.Quoted(quotes.get(quoted.group(2)), noun.map(Targets::kind).orElse(Kind.ANY)));
    }
    var selector = SELECTOR.matcher(text);
    if (selector.matches()) {
      return Optional.of(new Target.Selector(quotes.restore(selector.group(1))));
    }
    var pronoun = text.matches("(?i)it|them|this|that|everything|the|a|an");
    return PLAIN.matcher(text).matches() && !pronoun ? Optional.of(words(text)) : Optional.empty();
  }

  private static Target words(String text) {
    var words = List.of(text.strip().split("\\s+"));
    var kind = kind(words.getLast());
    var named = kind == Kind.ANY ? words : words.subList(0, words.size() - 1);
    return new Target.Words(String.join(" ", named), kind);
  }

  private static Kind kind(String noun) {
    return Kind.of(noun.toLowerCase(Locale.ROOT));
  }
}
