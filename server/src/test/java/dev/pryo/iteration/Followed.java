package dev.pryo.iteration;

import dev.pryo.analysis.Analyses.Recorded;
import dev.pryo.analysis.Subject;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Segment;
import dev.pryo.experiment.Stage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/// The experiment of a look, as one that another follows from.
public final class Followed {
  private static final Instant NOW = Instant.parse("2026-03-09T10:00:00Z");

  private Followed() {}

  public static Experiment experiment(Recorded recorded) {
    Subject of = recorded.look().experiment();
    return new Experiment(
        of.id(),
        1,
        new UUID(3, 3),
        of.key(),
        of.name(),
        "Lead with the trial",
        null,
        null,
        null,
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
        of.plan(),
        BigDecimal.valueOf(100),
        of.seed(),
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
