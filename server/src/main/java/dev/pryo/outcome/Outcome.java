package dev.pryo.outcome;

import dev.pryo.analysis.Analysis.Decision;
import dev.pryo.analysis.Conclusion;
import dev.pryo.analysis.Statistics.Comparison;
import dev.pryo.experiment.Experiment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What came of one finished experiment.
///
/// @param decision null where it was finished and its analysis is still to be made
/// @param goal the event of the goal that lift and interval are of: the one that the decision rests
///   on, else the primary goal that did best
/// @param segment the key of the segment that lift and interval are of; where the decision is to
///   ship, the one to ship
/// @param relativeLift a fraction of the control's mean; null where there is none
/// @param interval of the lift, always-valid; null where it has no ends
/// @param exposed visitors of all segments
/// @param sentence the verdict in words
public record Outcome(
    UUID experimentId,
    String key,
    String name,
    @Nullable UUID parentId,
    boolean archived,
    @Nullable Instant activatedAt,
    @Nullable Instant finishedAt,
    @Nullable Decision decision,
    @Nullable String goal,
    @Nullable String goalName,
    @Nullable String segment,
    @Nullable String segmentName,
    @Nullable Double relativeLift,
    @Nullable List<Double> interval,
    @Nullable Long exposed,
    @Nullable String sentence,
    @Nullable UUID analysisId) {

  static Outcome of(Experiment of, @Nullable Conclusion conclusion) {
    Optional<Comparison> deciding = conclusion == null ? Optional.empty() : conclusion.deciding();
    Comparison shown = deciding.orElse(null);
    return new Outcome(
        of.id(),
        of.key(),
        of.name(),
        of.parentId(),
        of.archivedAt() != null,
        of.activatedAt(),
        of.finishedAt(),
        conclusion == null ? null : conclusion.verdict().decision(),
        shown == null ? null : shown.goal(),
        shown == null ? null : shown.goalName(),
        shown == null ? null : shown.segment(),
        shown == null ? null : shown.segmentName(),
        shown == null ? null : shown.relativeLift(),
        shown == null ? null : shown.alwaysValid().interval(),
        conclusion == null ? null : Long.valueOf(conclusion.exposed()),
        conclusion == null ? null : conclusion.verdict().sentence(),
        conclusion == null ? null : conclusion.analysisId());
  }
}
