package dev.pryo.agent.reading;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a brief says, taken apart: texts in quotes, words that may name a file or an element, names
/// in capitals, and whether it is about the looks or the order of things.
///
/// @param quotes texts in quotes, those of today and those to come alike
/// @param words what else is said, each once
/// @param names words written in capitals inside a sentence: they may be visible text
record Wording(
    List<String> quotes, List<Word> words, List<String> names, boolean looks, boolean order) {
  /// How much a file is worth that has another word for the same thing.
  static final double MEANT = 0.4;

  static final Pattern QUOTED =
      Pattern.compile(
          "\"([^\"]{2,200})\"|“([^”]{2,200})”|(?<![\\p{L}\\d])['‘]([^\"]{2,200}?)['’](?![\\p{L}\\d])");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\d]+(?:-[\\p{L}\\d]+)*");

  /// One or several words in capitals, not at the start of a sentence.
  private static final Pattern CAPITALS =
      Pattern.compile("(?<=[\\p{L}\\d,] )(\\p{Lu}[\\p{L}\\d]+(?: \\p{Lu}[\\p{L}\\d]+)*)");

  private static final Pattern LOOKS =
      Pattern.compile(
          "(?i)\\b(?:green|blue|red|orange|yellow|purple|pink|black|white|gr[ae]y|colou?rs?|big(?:ger)?|large[r]?|small(?:er)?|bold"
              + "|outlined?|rounded|full-?width|secondary|background|style|dark|bright(?:er)?|font|shadow|border)\\b");
  private static final Pattern ORDER =
      Pattern.compile(
          "(?i)\\b(?:above|below|before|after|under|beneath|first|last|top|order|swap|move|reorder|stack|next to)\\b");
  private static final Set<String> SILENT =
      Set.of(
          ("a an and are as at be but by can do does each every everybody for from get give gives goes has have"
                  + " if in instead into is it its let like make makes more no not of off on one only or our out over"
                  + " page pages please put puts read reads replace rename say says section sections see set should show shows"
                  + " shown so test tests text that the their them then there these they this those to turn turns up us use"
                  + " used users user visitors visitor want we when where which while who with without you your"
                  + " change changes changed move moves moved add adds new site website app before after above below"
                  + " under first last directly also line word words label called two three four all version"
                  + " experiment button's via just still than through must will would try onto green blue red"
                  + " orange yellow purple pink bigger larger smaller big small large bold colour color shorter longer")
              .split(" "));

  /// What people of the trade call the same thing.
  private static final Map<String, List<String>> ALSO =
      Map.ofEntries(
          Map.entry("navigation", List.of("nav", "navbar", "menu")),
          Map.entry("menu", List.of("nav", "navbar", "navigation")),
          Map.entry("header", List.of("navbar", "topbar", "nav")),
          Map.entry("login", List.of("signin", "auth")),
          Map.entry("signin", List.of("login", "auth")),
          Map.entry("register", List.of("signup", "join")),
          Map.entry("registration", List.of("register", "signup")),
          Map.entry("signup", List.of("register", "join")),
          Map.entry("heading", List.of("title", "h1", "headline")),
          Map.entry("headline", List.of("title", "h1", "heading", "hero")),
          Map.entry("testimonial", List.of("review", "quote")),
          Map.entry("review", List.of("testimonial")),
          Map.entry("banner", List.of("hero", "cta")),
          Map.entry("plan", List.of("pricing")),
          Map.entry("price", List.of("pricing")),
          Map.entry("basket", List.of("cart")),
          Map.entry("cart", List.of("basket")),
          Map.entry("picture", List.of("image", "img", "photo")),
          Map.entry("home", List.of("landing", "index")),
          Map.entry("landing", List.of("home")),
          Map.entry("intro", List.of("introduction")),
          Map.entry("link", List.of("href")),
          Map.entry("faq", List.of("question", "accordion")));

  /// A word that may name a file or an element.
  ///
  /// @param also other words for the same thing
  record Word(String stem, List<String> also) {
    /// How well a set of stems has this word: 1 for the word itself, less for another one.
    double in(Set<String> stems) {
      return stems.contains(stem) ? 1 : also.stream().anyMatch(stems::contains) ? MEANT : 0;
    }
  }

  static Wording of(String brief, String hint) {
    var quotes = new ArrayList<String>();
    var rest =
        QUOTED
            .matcher(brief)
            .replaceAll(hit -> {
              Stream.of(1, 2, 3)
                  .map(hit::group)
                  .filter(one -> one != null)
                  .map(String::strip)
                  .forEach(quotes::add);
              return " ";
            });
    var words = new LinkedHashSet<String>();
    var names = new LinkedHashSet<String>();
    var said = new ArrayList<String>();
    for (var clause : (rest + " . " + hint).split("(?<=[.:;!?])\\s")) {
      CAPITALS
          .matcher(clause)
          .results()
          .map(hit -> hit.group(1))
          .filter(name -> name.length() > 2)
          .forEach(names::add);
      WORD.matcher(clause).results().forEach(hit -> said.add(hit.group().toLowerCase(Locale.ROOT)));
    }
    for (var at = 0; at < said.size(); at++) {
      var word = said.get(at);
      if (at + 1 < said.size()) {
        joined(word, said.get(at + 1)).ifPresent(words::add);
      }
      for (var part : word.split("-")) {
        add(words, part);
      }
      if (word.contains("-")) {
        add(words, word.replace("-", ""));
        initials(word).ifPresent(words::add);
      }
    }
    return new Wording(
        List.copyOf(quotes),
        words.stream().map(word -> new Word(word, ALSO.getOrDefault(word, List.of()))).toList(),
        List.copyOf(names),
        LOOKS.matcher(rest).find(),
        ORDER.matcher(rest).find());
  }

  private static void add(Set<String> words, String word) {
    if (word.length() > 1 && !SILENT.contains(word)) {
      words.add(stem(word));
    }
  }

  /// `sign up` and `log in` are one word where they name something.
  private static Optional<String> joined(String one, String other) {
    return Set.of("up", "in", "out").contains(other) && Set.of("sign", "log", "check").contains(one)
        ? Optional.of(one + other)
        : Optional.empty();
  }

  /// `call-to-action` is a `cta`.
  private static Optional<String> initials(String word) {
    var parts = word.split("-");
    return parts.length < 3
        ? Optional.empty()
        : Optional.of(
            Stream.of(parts).map(part -> part.substring(0, 1)).reduce("", String::concat));
  }

  /// A word without its plural.
  static String stem(String word) {
    if (word.length() > 4 && word.endsWith("ies")) {
      return word.substring(0, word.length() - 3) + "y";
    }
    return word.length() > 3 && word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us")
        ? word.substring(0, word.length() - 1)
        : word;
  }

  /// The stems in a path or an identifier: `PricingList.jsx` has `pricing` and `list`.
  static Set<String> stems(String name) {
    var parts = new LinkedHashSet<String>();
    for (var part : name.replaceAll("(\\p{Ll}|\\d)(\\p{Lu})", "$1 $2").split("[^\\p{L}\\d]+")) {
      if (!part.isEmpty()) {
        parts.add(stem(part.toLowerCase(Locale.ROOT)));
      }
    }
    return parts;
  }
}
