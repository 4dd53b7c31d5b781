package dev.pryo.simulation;

import dev.pryo.account.Account;
import dev.pryo.analysis.Analyst;
import dev.pryo.event.Ingest;
import dev.pryo.event.SentEvent;
import dev.pryo.event.Source;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.experiment.Split;
import dev.pryo.experiment.Splits;
import dev.pryo.platform.Conflict;
import dev.pryo.platform.Invalid;
import dev.pryo.platform.NotFound;
import dev.pryo.project.KeyedProject;
import dev.pryo.project.Project;
import dev.pryo.project.Projects;
import dev.pryo.project.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Shows an experiment's results before there are any: made-up visitors, whose events go the way of
/// real ones, are marked, and never enter a real analysis.
@Component
public class Simulation {
  static final int USUAL_EVENTS = 120;

  private static final int MOST_EVENTS = 10_000;
  private static final int DAYS = 7;

  /// What is to be simulated; whatever is left out is chosen.
  ///
  /// @param events how many, exposures included
  /// @param seed the same seed gives the same visitors
  /// @param effect the relative lift of each segment, by its key: 0.1 is 10 % more
  public record Wish(
      @Nullable Integer events,
      @Nullable Long seed,
      @Nullable Map<String, @Nullable Double> effect) {}

  /// What was simulated.
  ///
  /// @param segments visitors of each segment, by its key
  /// @param analysisDone whether an analysis of it is there; without goals there is nothing to
  ///   analyse
  public record Simulated(
      int sent,
      List<String> eventIdsUsed,
      Map<String, Long> segments,
      boolean analysisDone,
      boolean simulated) {}

  private final Experiments experiments;
  private final Projects projects;
  private final Splits splits;
  private final Ingest ingest;
  private final Analyst analyst;
  private final InstantSource clock;

  Simulation(
      Experiments experiments,
      Projects projects,
      Splits splits,
      Ingest ingest,
      Analyst analyst,
      InstantSource clock) {
    this.experiments = experiments;
    this.projects = projects;
    this.splits = splits;
    this.ingest = ingest;
    this.analyst = analyst;
    this.clock = clock;
  }

  /// Simulates visitors and analyses them. They replace the ones of the run before; the
  /// experiment's stage stays what it is.
  public Simulated run(Account account, UUID id, Wish wish) {
    Experiment experiment = experiments.require(account, id, Role.EDITOR);
    experiment.requireNotArchived("simulated");
    if (experiment.segments().size() < 2) {
      throw new Conflict(
          "It has no segments to compare yet: give the control and at least one test first.");
    }
    int count = wish.events() == null ? USUAL_EVENTS : wish.events();
    Map<String, Double> effect = checked(experiment, count, wish.effect());
    Project project = projects.require(account, experiment.projectId(), Role.EDITOR);
    KeyedProject keyed =
        projects.byWriteKey(project.writeKey()).orElseThrow(() -> new NotFound("project"));
    Instant now = clock.instant();
    Crowd crowd =
        new Crowd(experiment, split(experiment), effect, start(project, now), now, seed(wish, now));
    List<SentEvent> events = crowd.events(count);
    ingest.replaceSimulated(keyed, experiment.no(), events);
    return new Simulated(
        events.size(),
        events.stream().map(SentEvent::id).toList(),
        crowd.visitors(),
        analysed(experiment),
        true);
  }

  private static Map<String, Double> checked(
      Experiment experiment, int count, @Nullable Map<String, @Nullable Double> effect) {
    Invalid.Collector problems = new Invalid.Collector();
    problems.check(
        count >= 1 && count <= MOST_EVENTS,
        "events",
        "must be from 1 to %,d".formatted(MOST_EVENTS));
    Map<String, Double> lifts = new java.util.HashMap<>();
    if (effect != null) {
      effect.forEach((segment, lift) -> {
        problems.check(
            experiment.segments().stream().anyMatch(known -> known.key().equals(segment)),
            "effect." + segment,
            "is no segment of this experiment: use control, test1, …");
        problems.check(
            lift != null && lift >= -1 && lift <= 100,
            "effect." + segment,
            "must be a relative lift from -1 to 100, such as 0.1 for 10 % more");
        lifts.put(segment, lift == null ? 0 : lift);
      });
    }
    problems.throwIfAny();
    return lifts;
  }

  private Split split(Experiment experiment) {
    return splits
        .find(experiment.projectId(), experiment.id().toString())
        .orElseThrow(() -> new NotFound("experiment"));
  }

  /// A week ago, or as far back as the project keeps events.
  private static Instant start(Project project, Instant now) {
    return now.minus(Duration.ofDays(Math.min(DAYS, project.retentionDays()))).plusSeconds(60);
  }

  private static long seed(Wish wish, Instant now) {
    return wish.seed() == null ? now.toEpochMilli() : wish.seed();
  }

  private boolean analysed(Experiment experiment) {
    return !experiment.goals().isEmpty()
        && analyst.run(experiment, Source.SIMULATED).source() == Source.SIMULATED;
  }
}
