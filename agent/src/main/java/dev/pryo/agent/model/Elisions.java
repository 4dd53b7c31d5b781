package dev.pryo.agent.model;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds places where a model wrote that something goes on, instead of the thing itself.
final class Elisions {
  private static final String WORDS =
      "(?:rest|remainder|remaining|existing|previous|other|same|unchanged|as before|omitted|elided"
          + "|truncated|above|below|keep|your code)";

  /// A comment that is nothing but dots, or dots and words such as “rest of the file”.
  private static final List<Pattern> FORMS =
      List.of(
          Pattern.compile(
              "^\\s*(?://|#|--|/\\*|\\{\\s*/\\*|<!--)\\s*(?:\\.{3,}|…)\\s*(?:\\*/|-->)?.{0,3}$"),
          Pattern.compile(
              "(?i)(?://|#|/\\*|<!--)\\s*(?:\\.{3,}|…).{0,80}\\b" + WORDS + "\\b.{0,80}"),
          Pattern.compile(
              "(?i)(?://|#|/\\*|<!--)\\s*.{0,40}\\b" + WORDS + "\\b.{0,80}(?:\\.{3,}|…)"),
          Pattern.compile(
              "(?i)(?://|#|/\\*|<!--)\\s*(?:the\\s+)?(?:rest|remainder|remaining)\\b.{0,60}"
                  + "\\b(?:unchanged|same|as before|omitted|here|stays?|remains?)\\b"),
          Pattern.compile(
              "(?i)^\\s*(?://|#|/\\*|<!--)?\\s*\\[?(?:unchanged|omitted|truncated)\\]?\\s*$"),
          Pattern.compile("^\\s*(?:\\.{3}|…)\\s*$"));

  private Elisions() {}

  /// The first such line that the base has not.
  static Optional<String> find(String base, List<String> added) {
    return added.stream()
        .filter(line -> FORMS.stream().anyMatch(form -> form.matcher(line).find()))
        .filter(line -> !base.contains(line.strip()))
        .map(String::strip)
        .findFirst();
  }
}
