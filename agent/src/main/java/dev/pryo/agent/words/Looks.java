package dev.pryo.agent.words;

import dev.pryo.agent.words.Instruction.Declaration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What words such as `green` or `bigger` mean in CSS. Each colour is a tone on which its text
/// colour has a contrast of at least 4.5 (WCAG 2.2, 1.4.3).
final class Looks {
  /// A background and the text on it.
  record Tone(String background, String text) {}

  static final Map<String, Tone> TONES =
      Map.ofEntries(
          Map.entry("green", new Tone("#15803d", "#ffffff")),
          Map.entry("dark green", new Tone("#14532d", "#ffffff")),
          Map.entry("light green", new Tone("#86efac", "#111827")),
          Map.entry("red", new Tone("#b91c1c", "#ffffff")),
          Map.entry("dark red", new Tone("#7f1d1d", "#ffffff")),
          Map.entry("blue", new Tone("#1d4ed8", "#ffffff")),
          Map.entry("dark blue", new Tone("#1e3a8a", "#ffffff")),
          Map.entry("light blue", new Tone("#93c5fd", "#111827")),
          Map.entry("orange", new Tone("#c2410c", "#ffffff")),
          Map.entry("yellow", new Tone("#facc15", "#111827")),
          Map.entry("purple", new Tone("#7e22ce", "#ffffff")),
          Map.entry("pink", new Tone("#be185d", "#ffffff")),
          Map.entry("teal", new Tone("#0f766e", "#ffffff")),
          Map.entry("brown", new Tone("#78350f", "#ffffff")),
          Map.entry("black", new Tone("#111827", "#ffffff")),
          Map.entry("white", new Tone("#ffffff", "#111827")),
          Map.entry("grey", new Tone("#4b5563", "#ffffff")),
          Map.entry("gray", new Tone("#4b5563", "#ffffff")));

  /// `zoom` scales an element by its own size, whatever that is, and what is around makes room.
  private static final Map<String, List<Declaration>> WORDS =
      Map.ofEntries(
          Map.entry("bigger", one("zoom", "1.2")),
          Map.entry("larger", one("zoom", "1.2")),
          Map.entry("much bigger", one("zoom", "1.5")),
          Map.entry("much larger", one("zoom", "1.5")),
          Map.entry("smaller", one("zoom", "0.85")),
          Map.entry("bold", one("font-weight", "700")),
          Map.entry("bolder", one("font-weight", "700")),
          Map.entry("italic", one("font-style", "italic")),
          Map.entry("underlined", one("text-decoration", "underline")),
          Map.entry("uppercase", one("text-transform", "uppercase")),
          Map.entry("rounded", one("border-radius", "0.75em")),
          Map.entry("rounder", one("border-radius", "0.75em")),
          Map.entry("square", one("border-radius", "0")),
          Map.entry("full width", one("width", "100%")),
          Map.entry("full-width", one("width", "100%")),
          Map.entry("centered", one("text-align", "center")),
          Map.entry("centred", one("text-align", "center")),
          Map.entry("hidden", one("display", "none")),
          Map.entry("invisible", one("display", "none")));

  private static final Set<String> PROPERTIES =
      Set.of(
          "background",
          "background-color",
          "color",
          "colour",
          "font-size",
          "font-weight",
          "font-style",
          "line-height",
          "letter-spacing",
          "text-align",
          "text-transform",
          "text-decoration",
          "padding",
          "margin",
          "border",
          "border-color",
          "border-radius",
          "border-width",
          "width",
          "max-width",
          "min-width",
          "height",
          "min-height",
          "max-height",
          "opacity",
          "display",
          "gap",
          "box-shadow",
          "zoom",
          "order",
          "outline");
  private static final Pattern VALUE = Pattern.compile("[#\\w\\s.,%()+*/-]{1,100}");
  private static final Pattern FUNCTION = Pattern.compile("([a-z-]+)\\(");
  private static final Set<String> FUNCTIONS =
      Set.of("rgb", "rgba", "hsl", "hsla", "oklch", "calc", "min", "max", "clamp", "var");

  private Looks() {}

  /// The declarations of `green and bigger` or `red, bold`; empty where a word is not known.
  ///
  /// @param fill whether a colour fills the element, as a button's, or is that of its text
  static Optional<List<Declaration>> of(String words, boolean fill) {
    var all = new ArrayList<Declaration>();
    for (var word : words.toLowerCase(Locale.ROOT).split("\\s*(?:,\\s*and\\s|,|\\sand\\s)\\s*")) {
      var plain = word.strip().replaceFirst("^(?:a (?:bit|little) |more )", "");
      var known = WORDS.get(plain);
      var tone = TONES.get(plain.replace('-', ' '));
      if (known != null) {
        all.addAll(known);
      } else if (tone != null) {
        all.addAll(colour(tone, fill));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(List.copyOf(all));
  }

  /// One declaration given as property and value; empty where it is not CSS of a harmless kind.
  static Optional<Declaration> declaration(String property, String value) {
    var name = property.toLowerCase(Locale.ROOT).replace("colour", "color").replace(' ', '-');
    var harmless =
        PROPERTIES.contains(name)
            && VALUE.matcher(value).matches()
            && FUNCTION
                .matcher(value.toLowerCase(Locale.ROOT))
                .results()
                .allMatch(call -> FUNCTIONS.contains(call.group(1)));
    return harmless ? Optional.of(new Declaration(name, value.strip())) : Optional.empty();
  }

  static boolean isProperty(String name) {
    return PROPERTIES.contains(name.toLowerCase(Locale.ROOT).replace(' ', '-'));
  }

  private static List<Declaration> colour(Tone tone, boolean fill) {
    return fill
        ? List.of(
            new Declaration("background-color", tone.background()),
            new Declaration("border-color", tone.background()),
            new Declaration("color", tone.text()))
        : List.of(new Declaration("color", tone.background()));
  }

  private static List<Declaration> one(String property, String value) {
    return List.of(new Declaration(property, value));
  }
}
