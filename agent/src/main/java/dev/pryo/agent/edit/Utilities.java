package dev.pryo.agent.edit;

import dev.pryo.agent.edit.Edit.Clothes;
import dev.pryo.agent.words.Instruction.Declaration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Says looks in classes of Tailwind, and takes away the classes that would speak against them.
final class Utilities {
  /// Its palette, as far as words name it. Source: tailwindcss.com/docs/colors.
  private static final Map<String, String> COLOURS =
      Map.ofEntries(
          Map.entry("#15803d", "green-700"),
          Map.entry("#14532d", "green-900"),
          Map.entry("#86efac", "green-300"),
          Map.entry("#b91c1c", "red-700"),
          Map.entry("#7f1d1d", "red-900"),
          Map.entry("#1d4ed8", "blue-700"),
          Map.entry("#1e3a8a", "blue-900"),
          Map.entry("#93c5fd", "blue-300"),
          Map.entry("#c2410c", "orange-700"),
          Map.entry("#facc15", "yellow-400"),
          Map.entry("#7e22ce", "purple-700"),
          Map.entry("#be185d", "pink-700"),
          Map.entry("#0f766e", "teal-700"),
          Map.entry("#78350f", "amber-900"),
          Map.entry("#111827", "gray-900"),
          Map.entry("#4b5563", "gray-600"),
          Map.entry("#ffffff", "white"));

  /// What else has a class of its own.
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("font-weight:700", "font-bold"),
          Map.entry("font-style:italic", "italic"),
          Map.entry("text-decoration:underline", "underline"),
          Map.entry("text-transform:uppercase", "uppercase"),
          Map.entry("border-radius:0.75em", "rounded-xl"),
          Map.entry("border-radius:0", "rounded-none"),
          Map.entry("width:100%", "w-full"),
          Map.entry("text-align:center", "text-center"));

  private static final String COLOUR =
      "(?:inherit|current|transparent|black|white|[a-z]+-\\d{2,3}(?:/\\d+)?|\\[(?:#|rgb|hsl|oklch|var).*\\])";

  /// The classes that say something about a property.
  private static final Map<String, Pattern> ABOUT =
      Map.of(
          "background-color", Pattern.compile("bg-" + COLOUR),
          "border-color", Pattern.compile("border-" + COLOUR),
          "color", Pattern.compile("text-" + COLOUR),
          "font-weight",
              Pattern.compile(
                  "font-(?:thin|extralight|light|normal|medium|semibold|bold|extrabold|black)"),
          "font-style", Pattern.compile("(?:not-)?italic"),
          "text-decoration", Pattern.compile("(?:no-)?underline|overline|line-through"),
          "text-transform", Pattern.compile("uppercase|lowercase|capitalize|normal-case"),
          "border-radius", Pattern.compile("rounded(?:-(?:none|\\d?[a-z]{2}|full|\\[.*\\]))?"),
          "width", Pattern.compile("w-.*"),
          "text-align", Pattern.compile("text-(?:left|center|right|justify|start|end)"));

  /// Colours whose names only the team knows, and pictures, which lie over any colour.
  private static final Pattern UNCERTAIN =
      Pattern.compile(
          "(?:bg|text|border)-(?:primary|secondary|accent|brand|muted|foreground|background|destructive"
              + "|card|popover)\\S*|bg-(?:gradient|linear|radial|conic)-.*|bg-\\[url.*");

  private static final Pattern HOVER = Pattern.compile("hover:bg-[a-z]+-\\d{2,3}");
  private static final Pattern SHADE = Pattern.compile("([a-z]+)-(\\d)00");
  private static final Pattern BORDER = Pattern.compile("border(?:-[xytrbl])?(?:-\\d)?");

  private Utilities() {}

  /// The classes to put on and to take off; empty where a class cannot say all of it, or where it
  /// is not certain what the written ones do.
  static Optional<Clothes> of(Tag tag, List<Declaration> style) {
    var written = tag.attribute("className", "class");
    if (tag.attribute(":class", "[class]", "[ngClass]", "class:list").isPresent()
        || written.filter(one -> one.kind() != Tag.Kind.LITERAL).isPresent()) {
      return Optional.empty();
    }
    var names = List.of(written.map(Tag.Attribute::value).orElse("").strip().split("\\s+"));
    if (names.stream().anyMatch(name -> UNCERTAIN.matcher(plain(name)).matches())) {
      return Optional.empty();
    }
    var added = new LinkedHashSet<String>();
    var removed = new LinkedHashSet<String>();
    for (var one : style) {
      if (one.property().equals("border-color")
          && names.stream().noneMatch(name -> BORDER.matcher(name).matches())) {
        continue;
      }
      var utility = utility(one);
      if (utility.isEmpty()) {
        return Optional.empty();
      }
      dress(one.property(), utility.get(), names, added, removed);
    }
    var kept = new ArrayList<>(removed);
    kept.removeAll(added);
    return Optional.of(
        new Clothes(
            added.stream().filter(name -> !names.contains(name)).toList(), List.copyOf(kept)));
  }

  private static void dress(
      String property,
      String utility,
      List<String> names,
      LinkedHashSet<String> added,
      LinkedHashSet<String> removed) {
    added.add(utility);
    for (var name : names) {
      if (ABOUT.containsKey(property) && about(property).matcher(plain(name)).matches()) {
        removed.add(name);
        if (property.equals("background-color") && HOVER.matcher(name).matches()) {
          added.add("hover:" + darker(utility));
        }
      }
    }
  }

  private static Pattern about(String property) {
    return ABOUT.getOrDefault(property, Pattern.compile("(?!)"));
  }

  /// The next darker shade, for when the pointer is over it.
  private static String darker(String utility) {
    var shade = SHADE.matcher(utility);
    return shade.find() && !shade.group(2).equals("9")
        ? utility.replace(
            shade.group(), shade.group(1) + "-" + (Integer.parseInt(shade.group(2)) + 1) + "00")
        : utility;
  }

  private static Optional<String> utility(Declaration one) {
    var colour = Optional.ofNullable(COLOURS.get(one.value()));
    return switch (one.property()) {
      case "background-color" -> colour.map(name -> "bg-" + name);
      case "border-color" -> colour.map(name -> "border-" + name);
      case "color" -> colour.map(name -> "text-" + name);
      default -> Optional.ofNullable(OTHERS.get(one.property() + ":" + one.value()));
    };
  }

  /// A class without the states and widths it is for.
  private static String plain(String name) {
    return name.replaceFirst("^(?:[\\w-]+:)+", "");
  }
}
