package dev.pryo.implementation;

import dev.pryo.experiment.Builds;
import dev.pryo.job.Chore;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Sees to it that nothing stays in implementing while nobody implements it.
@Component
final class Abandoned implements Chore {
  private static final Logger LOG = LoggerFactory.getLogger(Abandoned.class);

  private final Builds builds;

  Abandoned(Builds builds) {
    this.builds = builds;
  }

  @Override
  public String name() {
    return "abandoned-implementations";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(20);
  }

  @Override
  public void run() {
    int found = builds.failAbandoned();
    if (found > 0) {
      LOG.warn("{} experiments were in implementing without a job and have failed", found);
    }
  }
}
