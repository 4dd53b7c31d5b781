package dev.pryo.agent.edit;

import dev.pryo.agent.SourceText;

/// The rule by which tested elements wait unseen for their segment. The wait is an animation, so
/// that it ends without any script.
final class Waiting {
  static final String SELECTOR = "html:not([data-pryo-ready]) [data-pryo]";

  private Waiting() {}

  /// A style sheet with the rule at its end, or as it is where it has it.
  static String in(SourceText sheet, TeamStyle style) {
    var body = sheet.body();
    var newLine = sheet.lineEnding();
    if (body.contains("pryo-wait")) {
      return body;
    }
    var ended = body.endsWith("\n") || body.isEmpty();
    return body
        + (ended ? "" : newLine)
        + (body.isEmpty() ? "" : newLine)
        + rule(style, newLine)
        + (ended ? newLine : "");
  }

  /// A style sheet of nothing else.
  static String alone(TeamStyle style) {
    return rule(style, style.lineEnding()) + style.lineEnding();
  }

  private static String rule(TeamStyle style, String newLine) {
    var step = style.cssIndent();
    return String.join(
        newLine,
        "/* Pryo: a tested element waits unseen for its segment, "
            + StyleSheetWriter.WAIT
            + " ms at most. */",
        SELECTOR + " {",
        step + "animation: pryo-wait " + StyleSheetWriter.WAIT + "ms step-end;",
        "}",
        "",
        "@keyframes pryo-wait {",
        step + "from {",
        step + step + "visibility: hidden;",
        step + "}",
        "}");
  }
}
