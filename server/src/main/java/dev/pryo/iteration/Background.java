package dev.pryo.iteration;

import dev.pryo.analysis.Analysis;
import dev.pryo.analysis.Analysis.Fact;
import dev.pryo.analysis.Apart;
import dev.pryo.analysis.Statistics.Comparison;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Goal;
import dev.pryo.experiment.Segment;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What a next experiment is chosen by.
///
/// @param parent the one that it follows from
/// @param analysis the parent's newest
/// @param apart what was different among some of its people, which nothing rests on
record Background(Experiment parent, Analysis analysis, Library library, List<Apart> apart) {

  /// All that may be cited, what is exploratory last.
  List<Fact> facts() {
    return Stream.concat(analysis.facts().stream(), apart.stream().map(Apart::fact)).toList();
  }

  /// The version to go on from: the winner, or the one that did best so far.
  Segment base() {
    String winner = analysis.verdict().segment();
    String best =
        winner != null
            ? winner
            : analysis.statistics().comparisons().stream()
                .filter(comparison -> comparison.role() == Goal.Role.PRIMARY)
                .filter(comparison -> gain(comparison) > Double.NEGATIVE_INFINITY)
                .max(Comparator.comparingDouble(Background::gain))
                .map(Comparison::segment)
                .orElse("");
    return parent.segments().stream()
        .skip(1)
        .filter(segment -> segment.key().equals(best))
        .findFirst()
        .orElse(parent.segments().get(1));
  }

  private static double gain(Comparison comparison) {
    Double lift = comparison.relativeLift();
    if (lift == null) {
      return Double.NEGATIVE_INFINITY;
    }
    return comparison.direction() == Goal.Direction.INCREASE ? lift : -lift;
  }

  /// Whether the idea was not tried yet. To repeat the parent is an idea of its own.
  boolean isNew(Idea idea) {
    boolean repeats = idea.move() == Proposal.Move.REPEAT;
    return library.same(idea.instructions(), repeats ? parent.id() : null).isEmpty();
  }
}
