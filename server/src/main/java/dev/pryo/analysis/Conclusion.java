package dev.pryo.analysis;

import dev.pryo.analysis.Analysis.Decision;
import dev.pryo.analysis.Analysis.Verdict;
import dev.pryo.analysis.Statistics.Comparison;
import dev.pryo.experiment.Goal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// An analysis in short, for lists of many.
///
/// @param analysisId the analysis that it is taken from
/// @param exposed visitors of all segments
public record Conclusion(
    UUID analysisId, Verdict verdict, long exposed, List<Comparison> comparisons) {

  /// The one comparison that stands for the whole: that on which the verdict rests; where it rests
  /// on several, or on none, the one that did best.
  public Optional<Comparison> deciding() {
    List<Comparison> cited =
        comparisons.stream().filter(this::isCited).filter(this::isOfTheVerdict).toList();
    boolean decided =
        verdict.decision() == Decision.SHIP || verdict.decision() == Decision.KEEP_CONTROL;
    if (decided && !cited.isEmpty()) {
      return Optional.of(cited.getFirst());
    }
    List<Comparison> among =
        !cited.isEmpty()
            ? cited
            : comparisons.stream().filter(of -> of.role() == Goal.Role.PRIMARY).toList();
    return among.stream().max(Comparator.comparingDouble(Conclusion::gain));
  }

  private boolean isCited(Comparison of) {
    return verdict.facts().contains(Facts.lift(of))
        || verdict.facts().contains(Facts.difference(of))
        || verdict.facts().contains(Facts.p(of));
  }

  private boolean isOfTheVerdict(Comparison of) {
    return verdict.segment() == null || verdict.segment().equals(of.segment());
  }

  private static double gain(Comparison of) {
    Double gain = of.gain();
    return gain == null ? Double.NEGATIVE_INFINITY : gain;
  }
}
