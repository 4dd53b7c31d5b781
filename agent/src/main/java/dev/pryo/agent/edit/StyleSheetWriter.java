package dev.pryo.agent.edit;

import dev.pryo.agent.Brief;
import dev.pryo.agent.words.Instruction.Declaration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Writes the style sheet that an experiment adds. Tested elements wait unseen for their segment,
/// at most for `WAIT`; the wait is an animation, so that it ends without any script.
final class StyleSheetWriter {
  /// Milliseconds that a tested element may stay hidden.
  static final int WAIT = 300;

  private final Brief brief;
  private final TeamStyle style;
  private final List<Plan.Part> parts;
  private final List<String> places;
  private final String teamCss;
  private final List<String> lines = new ArrayList<>();

  /// @param teamCss all style sheets of the site, to see which declarations need to be stronger
  /// @param places marks of elements that make room for others
  StyleSheetWriter(
      Brief brief, TeamStyle style, List<Plan.Part> parts, List<String> places, String teamCss) {
    this.brief = brief;
    this.style = style;
    this.parts = parts;
    this.places = places;
    this.teamCss = teamCss;
  }

  String write() {
    lines.add(
        "/* Experiment " + brief.key() + " by Pryo: " + Escapes.comment(brief.name()) + " */");
    lines.add("/* The tested element waits for its segment, " + WAIT + " ms at most. */");
    var waiting =
        Stream.concat(parts.stream().map(Plan.Part::mark), places.stream())
            .map(mark -> selector(mark) + ":not([data-pryo-segment])")
            .toList();
    lines.add(String.join("," + style.lineEnding(), waiting) + " {");
    line(1, "animation: pryo-wait " + WAIT + "ms step-end;");
    lines.add("}");
    lines.add("");
    lines.add("@keyframes pryo-wait {");
    line(1, "from {");
    line(2, "visibility: hidden;");
    line(1, "}");
    lines.add("}");
    for (var segment : brief.tests()) {
      parts.forEach(part -> rule(part, segment.key()));
    }
    return String.join(style.lineEnding(), lines) + style.lineEnding();
  }

  private void rule(Plan.Part part, String segment) {
    var declarations = declarations(part, segment);
    if (declarations.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(selector(part.mark()) + "[data-pryo-segment=\"" + segment + "\"]:not(#pryo) {");
    for (var one : declarations) {
      var strong = needsForce(part, one) ? " !important" : "";
      line(1, one.property() + ": " + one.value() + strong + ";");
    }
    lines.add("}");
  }

  static List<Declaration> declarations(Plan.Part part, String segment) {
    return part.steps().getOrDefault(segment, List.of()).stream()
        .filter(Step.Style.class::isInstance)
        .flatMap(step -> ((Step.Style) step).declarations().stream())
        .toList();
  }

  /// `:not(#pryo)` makes the rule as strong as an id; a style attribute or an `!important` of the
  /// team for the same property is stronger still.
  private boolean needsForce(Plan.Part part, Declaration one) {
    var family = family(one);
    return isForced(teamCss, one)
        || part.edits().stream()
            .map(edit -> edit.element().attr("style").toLowerCase(Locale.ROOT))
            .anyMatch(inline -> inline.contains(family));
  }

  /// Whether the team uses `!important` for a property of that family.
  static boolean isForced(String teamCss, Declaration one) {
    return Pattern.compile(
            "(?i)\\b" + Pattern.quote(family(one)) + "[a-z-]*\\s*:[^;}]*!\\s*important")
        .matcher(teamCss)
        .find();
  }

  private static String family(Declaration one) {
    return one.property().replaceFirst("-.*", "");
  }

  private static String selector(String mark) {
    return "[data-pryo=\"" + mark + "\"]";
  }

  private void line(int depth, String code) {
    lines.add(style.cssIndent().repeat(depth) + code);
  }
}
