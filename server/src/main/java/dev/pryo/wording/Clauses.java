package dev.pryo.wording;

import dev.pryo.analysis.Subject.Variant;
import dev.pryo.experiment.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A masked text in clauses, each with the segments and goals that it speaks of: those that it
/// names, else those of the clause before.
final class Clauses {
  /// Where a clause ends. An `and` between two numbers is no end, because they may be a range.
  private static final Pattern END =
      Pattern.compile(
          "[.;:!?](?=\\s|$)|[,–—](?=\\s)|\\)|(?<!between [^;]{1,24}) and |(?<=\\S) (?:but|while|whereas|although|though|which|yet|so that|because"
              + "|against|versus|vs|compared (?:with|to)|as opposed to|instead of|rather than)(?= )",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern SENTENCE_END = Pattern.compile("[.!?](?=\\s|$)");

  /// A clause that only names what the next one speaks of too: `Test 1` before `and Test 2 both …`.
  private static final Pattern ONLY_NAMES =
      Pattern.compile("(?i)(?:both|the|in|with|for|of|and|,|\\s|[\uE000-\uE1FF])*");

  /// What something is only held against, such as `against 888 with Control`; it does not become
  /// what the text speaks of.
  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?i)\\W*(?:against|versus|vs|compared (?:with|to)|as opposed to|instead of|rather than)\\b.*");

  private Clauses() {}

  /// @param from where it begins in the masked text
  /// @param sentence the number of its sentence
  /// @param names the segments that it names itself
  /// @param about those, or the ones that the text spoke of last
  /// @param before what the text spoke of before it
  /// @param tests the test segments that it names, or that were named last
  /// @param goals likewise; empty where none was named so far
  record Clause(
      String text,
      int from,
      int sentence,
      List<Variant> names,
      List<Variant> about,
      List<Variant> before,
      List<Variant> tests,
      List<Goal> goals) {
    int to() {
      return from + text.length();
    }
  }

  static List<Clause> of(String masked, Names names) {
    List<Clause> clauses = new ArrayList<>();
    List<Variant> spoken = List.of();
    List<Variant> tests = List.of();
    List<Goal> goals = sole(masked, names);
    int sentence = 0;
    for (int[] span : spans(masked)) {
      String text = masked.substring(span[0], span[1]);
      List<Variant> named = names.segmentsIn(text);
      List<Variant> tested = named.stream().filter(one -> !names.isControl(one)).toList();
      List<Goal> measured = names.goalsIn(text);
      goals = measured.isEmpty() ? goals : measured;
      tests = tested.isEmpty() ? tests : tested;
      List<Variant> about = named.isEmpty() ? spoken : named;
      clauses.add(new Clause(text, span[0], sentence, named, about, spoken, tests, goals));
      spoken = named.isEmpty() || REFERENCE.matcher(text).matches() ? spoken : named;
      int end = Math.min(masked.length(), span[1] + 2);
      if (SENTENCE_END.matcher(masked.substring(span[1], end)).lookingAt()) {
        sentence++;
      }
    }
    return List.copyOf(clauses);
  }

  /// A goal named anywhere is what a text is about before it is named, if no other is.
  private static List<Goal> sole(String masked, Names names) {
    List<Goal> all = names.goalsIn(masked);
    return all.stream().map(Goal::name).distinct().count() == 1 ? all : List.of();
  }

  private static List<int[]> spans(String masked) {
    List<int[]> spans = new ArrayList<>();
    Matcher end = END.matcher(masked);
    int from = 0;
    while (end.find()) {
      if (!masked.substring(from, end.start()).isBlank()
          && !ONLY_NAMES.matcher(masked.substring(from, end.start())).matches()) {
        spans.add(new int[] {from, end.start()});
        from = end.start();
      }
    }
    if (!masked.substring(from).isBlank()) {
      spans.add(new int[] {from, masked.length()});
    }
    return spans;
  }
}
