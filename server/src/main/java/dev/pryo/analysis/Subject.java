package dev.pryo.analysis;

import dev.pryo.experiment.Bucketing;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Goal;
import dev.pryo.experiment.Plan;
import dev.pryo.experiment.Status;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An experiment as an analysis knows it: what was frozen at its start, and where it stands.
///
/// @param seed 16 hex digits that decide who sees what
/// @param exposurePercentage of all visitors who take part
public record Subject(
    UUID id,
    String key,
    String name,
    String seed,
    List<Variant> segments,
    List<Goal> goals,
    Plan plan,
    BigDecimal exposurePercentage,
    Status status,
    @Nullable Instant activatedAt) {

  /// One segment; the first is the control.
  ///
  /// @param weight its percentage as it was written
  /// @param until the upper end of its hashes, exclusive; they go up to 2³²
  public record Variant(String key, String name, BigDecimal weight, long until) {}

  public static Subject of(Experiment experiment) {
    List<BigDecimal> weights =
        experiment.segments().stream().map(segment -> segment.trafficPercentage()).toList();
    List<Long> until = Bucketing.until(weights);
    List<Variant> segments = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      var segment = experiment.segments().get(i);
      segments.add(new Variant(segment.key(), segment.name(), weights.get(i), until.get(i)));
    }
    return new Subject(
        experiment.id(),
        experiment.key(),
        experiment.name(),
        experiment.seed(),
        List.copyOf(segments),
        experiment.goals(),
        experiment.plan(),
        experiment.exposurePercentage(),
        experiment.status(),
        experiment.activatedAt());
  }
}
