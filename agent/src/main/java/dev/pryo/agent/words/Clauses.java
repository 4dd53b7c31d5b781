package dev.pryo.agent.words;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Splits a text into clauses, each of which says one thing.
final class Clauses {
  private static final String VERB =
      "(?:change|replace|rename|swap|switch|reword|update|say|use|write|show|make|set|add|remove"
          + "|hide|track|measure|count|turn|give|let|colou?r)";

  /// The end of a sentence or line, or an `and` before the next verb.
  private static final Pattern END =
      Pattern.compile(
          "\\s*(?:[.!?](?=\\s|$)|\\n|;)\\s*"
              + "|\\s*,?\\s+(?:and then|and also|and|then)\\s+(?=(?:also |please )?"
              + VERB
              + "\\b)"
              + "|\\s*[,:]\\s+(?=(?:also |please )?"
              + VERB
              + "\\b)"
              + "|(?<=[\uE100-\uEFFF])\\s*,?\\s+and\\s+(?=[^\\n]{1,60}(?:\\bto|instead of) \uE000)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern START =
      Pattern.compile(
          "^(?:[-*•]\\s+|\\d{1,2}[.)]\\s+|(?:please|also|then|and|so|now|we(?: should| could| want to)?"
              + "|let's|lets|let us|i want to|(?:in|for) (?:this|the) (?:version|variant|segment|test)"
              + ",?)\\s+)+",
          Pattern.CASE_INSENSITIVE);

  /// Why somebody wants a thing is no part of the thing.
  private static final Pattern PURPOSE =
      Pattern.compile(
          "\\s*,?\\s+(?:so that|because|in order to|hoping|(?:to|and) see (?:if|whether))\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private Clauses() {}

  static List<String> of(String text) {
    return Stream.of(END.split(text))
        .map(clause -> START.matcher(clause.strip()).replaceFirst("").strip())
        .map(clause -> PURPOSE.matcher(clause).replaceFirst(""))
        .map(clause -> clause.replaceFirst("[\\s.,:;!]+$", ""))
        .filter(clause -> !clause.isBlank())
        .toList();
  }
}
