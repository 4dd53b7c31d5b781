package dev.pryo.iteration;

import dev.pryo.analysis.Analyses.Recorded;
import dev.pryo.analysis.Subject;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Goal;
import dev.pryo.experiment.Plan;
import dev.pryo.experiment.Segment;
import dev.pryo.experiment.Stage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// The experiment of a look, as one that another follows from.
public final class Followed {
  private static final Instant NOW = Instant.parse("2026-03-09T10:00:00Z");

  private Followed() {}

  public static Experiment experiment(Recorded recorded) {
    Subject of = recorded.look().experiment();
    return experiment(
        of.id(),
        of.key(),
        of.name(),
        "Lead with the trial",
        of.segments().stream()
            .map(segment ->
                new Segment(
                    new UUID(7, 7),
                    segment.key(),
                    segment.name(),
                    null,
                    "make 'Try it' green",
                    segment.weight(),
                    null))
            .toList(),
        of.goals(),
        of.plan());
  }

  /// One that runs.
  static Experiment experiment(
      UUID id,
      String key,
      String name,
      String description,
      List<Segment> segments,
      List<Goal> goals,
      Plan plan) {
    return new Experiment(
        id,
        1,
        new UUID(3, 3),
        key,
        name,
        description,
        null,
        null,
        null,
        segments,
        goals,
        plan,
        BigDecimal.valueOf(100),
        "00112233445566ff",
        Experiment.Mode.EDIT,
        Experiment.OnHarm.NOTIFY,
        false,
        null,
        null,
        new Stage.Active(NOW),
        false,
        NOW,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        NOW,
        NOW);
  }
}
