package dev.pryo.agent.words;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Splits a text into clauses, each of which says one thing.
final class Clauses {
  private static final String VERB =
      "(?:change|replace|rename|swap|switch|reword|update|say|use|write|show|make|set|add|remove"
          + "|hide|track|measure|count|turn|give|let|colou?r|put|place|move|bring)";

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
          "^(?:[\\p{So}\\s]+|(?:please|also|then|and|so|now|we(?: should| could| want to)?"
              + "|let's|lets|let us|i want to|(?:in|for) (?:this|the) (?:version|variant|segment|test)"
              + ",?)\\s+)+",
          Pattern.CASE_INSENSITIVE);

  /// Why somebody wants a thing is no part of the thing.
  private static final Pattern PURPOSE =
      Pattern.compile(
          "\\s*,?\\s+(?:so that|because|in order to|hoping|(?:to|and) see (?:if|whether))\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern BULLET =
      Pattern.compile("^[ \\t]*(?:[-*•]|\\d{1,2}[.)])[ \\t]+", Pattern.MULTILINE);

  /// Says where, or instead of what, and needs what follows.
  private static final Pattern PREFIX =
      Pattern.compile(
          "(?:on|in) (?:the |our |all |every )?[\\w ./@-]{1,60}|everywhere|instead of \uE000.",
          Pattern.CASE_INSENSITIVE);

  private Clauses() {}

  static List<String> of(String text) {
    var clauses = new ArrayList<String>();
    var before = "";
    for (var part : END.split(BULLET.matcher(text).replaceAll(""))) {
      var clause = clause(part);
      if (clause.isBlank()) {
        continue;
      }
      if (PREFIX.matcher(clause).matches()) {
        before += clause + ", ";
      } else {
        clauses.add(before + clause);
        before = "";
      }
    }
    if (!before.isEmpty()) {
      clauses.add(before.substring(0, before.length() - 2));
    }
    return List.copyOf(clauses);
  }

  private static String clause(String part) {
    var bare = START.matcher(part.strip()).replaceFirst("");
    return PURPOSE.matcher(bare).replaceFirst("").replaceFirst("[\\s.,:;!]+$", "").strip();
  }
}
