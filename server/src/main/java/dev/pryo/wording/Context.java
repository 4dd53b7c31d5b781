package dev.pryo.wording;

import dev.pryo.analysis.Analysis;
import dev.pryo.analysis.Analysis.Decision;
import dev.pryo.analysis.Analysis.Fact;
import dev.pryo.analysis.Apart;
import dev.pryo.analysis.Facts;
import dev.pryo.analysis.Statistics.Call;
import dev.pryo.analysis.Statistics.Comparison;
import dev.pryo.analysis.Subject.Variant;
import dev.pryo.wording.Clauses.Clause;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What a text may rest on: the analysis, and the facts that the text names.
///
/// @param apart those of them that are exploratory
record Context(
    Names names, Analysis analysis, List<Fact> named, List<Apart> apart, Purpose purpose) {
  /// What a text is for.
  enum Purpose {
    /// To say what came out.
    REPORT,
    /// To say what to try next, where some of it is said of a page or of what may come.
    PROPOSAL
  }

  private static final Pattern COMPARED = Pattern.compile("(?:lift|gain|difference|most|p)\\..*");
  private static final Set<Call> PROVEN = Set.of(Call.BETTER, Call.WORSE, Call.HARMED);

  /// Whether the fact compares a test segment with the control.
  static boolean compares(Fact fact) {
    return fact.measure() != null && COMPARED.matcher(fact.id()).matches();
  }

  /// What a report may rest on.
  static Context ofReport(Names names, Analysis analysis, List<Fact> named) {
    return new Context(names, analysis, named, List.of(), Purpose.REPORT);
  }

  Decision decision() {
    return analysis.verdict().decision();
  }

  boolean ships(List<Variant> segments) {
    String winner = analysis.verdict().segment();
    return decision() == Decision.SHIP
        && segments.stream().allMatch(segment -> segment.key().equals(winner));
  }

  /// Whether the comparison is proven in one direction.
  static boolean proven(Comparison of) {
    return of.significant() && PROVEN.contains(of.call());
  }

  /// The comparisons that a clause can be about: those whose facts are named, of its segments and
  /// goals.
  ///
  /// @param segments none: whichever are named, if they are all of one segment
  List<Comparison> comparisons(Clause clause, List<Variant> segments) {
    List<Comparison> all =
        analysis.statistics().comparisons().stream()
            .filter(this::isNamed)
            .filter(of ->
                clause.goals().isEmpty()
                    || clause.goals().stream()
                        .anyMatch(goal -> Facts.measure(goal).equals(Facts.measure(of))))
            .toList();
    if (segments.isEmpty()) {
      boolean sole = all.stream().map(Comparison::segment).distinct().count() == 1;
      return sole ? all : List.of();
    }
    return all.stream()
        .filter(of -> segments.stream().anyMatch(segment -> segment.key().equals(of.segment())))
        .toList();
  }

  private boolean isNamed(Comparison of) {
    String measure = Facts.measure(of);
    return named.stream()
        .anyMatch(fact ->
            compares(fact)
                && of.segment().equals(fact.segment())
                && measure.equals(fact.measure()));
  }

  List<Variant> tests(List<Variant> segments) {
    return segments.stream().filter(segment -> !names.isControl(segment)).toList();
  }
}
