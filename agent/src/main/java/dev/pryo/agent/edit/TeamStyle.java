package dev.pryo.agent.edit;

import dev.pryo.agent.SourceText;
import dev.pryo.agent.reading.Habits;
import dev.pryo.agent.reading.Style;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a team writes, as it was measured by [Style]; where nothing could be measured it is two
/// spaces, double quotes, semicolons and trailing commas. What is written is checked by the counts
/// that the measure is made of.
///
/// @param indent one step, `cssIndent` that of style sheets
record TeamStyle(
    char quote,
    boolean semicolons,
    boolean trailingCommas,
    String indent,
    String cssIndent,
    String lineEnding,
    char jsxQuote) {
  private static final String DEFAULT_INDENT = "2 spaces";

  static TeamStyle of(Style measured, Optional<String> css) {
    var indent = Objects.requireNonNullElse(measured.indentation(), css.orElse(DEFAULT_INDENT));
    return new TeamStyle(
        quote(measured.quotes()),
        !Boolean.FALSE.equals(measured.semicolons()),
        !Boolean.FALSE.equals(measured.trailingCommas()),
        step(indent),
        step(css.orElse(indent)),
        "crlf".equals(measured.lineEndings()) ? "\r\n" : "\n",
        quote(measured.jsxQuotes()));
  }

  private static char quote(@Nullable String word) {
    return "single".equals(word) ? '\'' : '"';
  }

  /// From `4 spaces` or `tabs` to the characters.
  private static String step(String words) {
    return words.equals("tabs")
        ? "\t"
        : " ".repeat(Integer.parseInt(words.substring(0, words.indexOf(' '))));
  }

  TeamStyle withQuote(char other) {
    return new TeamStyle(
        other, semicolons, trailingCommas, indent, cssIndent, lineEnding, jsxQuote);
  }

  /// What a new script does otherwise than the team, empty where nothing.
  Optional<String> departs(SourceText script) {
    var habits = Habits.of(script);
    if (semicolons ? habits.bare() > 0 : habits.semicolons() > 0) {
      return Optional.of("semicolons");
    }
    if (quote == '"' ? habits.single() > 0 : habits.doubled() > 0) {
      return Optional.of("quotes");
    }
    if (trailingCommas ? habits.notTrailing() > 0 : habits.trailing() > 0) {
      return Optional.of("trailing commas");
    }
    return habits.indentation().filter(own -> !step(own).equals(indent)).map(_ -> "indentation");
  }

  /// How many times a script does not do as the team does.
  int departures(SourceText script) {
    var habits = Habits.of(script);
    return (semicolons ? habits.bare() : habits.semicolons())
        + (quote == '"' ? habits.single() : habits.doubled())
        + (trailingCommas ? habits.notTrailing() : habits.trailing());
  }

  /// The other quote, for what stands inside a string.
  char innerQuote() {
    return quote == '"' ? '\'' : '"';
  }

  String end() {
    return semicolons ? ";" : "";
  }

  String comma() {
    return trailingCommas ? "," : "";
  }
}
