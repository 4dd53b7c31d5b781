package dev.pryo.event;

import dev.pryo.job.Chore;
import dev.pryo.project.Projects;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Deletes events once they are older than their project keeps them, and what a deleted project
/// left behind.
///
/// An event's age counts from its receipt: that is never before its own time, so that nothing goes
/// too early. It goes in small batches, each a transaction of its own, and rests after each for as
/// long as it took, so that ingest and autovacuum keep up and the space is used again.
@Component
final class Retention implements Chore {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  static final int BATCH = 5_000;

  private final Projects projects;
  private final EventStore store;
  private final InstantSource clock;

  Retention(Projects projects, EventStore store, InstantSource clock) {
    this.projects = projects;
    this.store = store;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "retention";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run() {
    Instant now = clock.instant();
    projects
        .retentions()
        .forEach((projectNo, days) -> {
          Instant oldest = now.minus(Duration.ofDays(days));
          said(
              all(() -> store.expire(projectNo, oldest, BATCH)),
              "events of project {} were older than {} days and are deleted",
              projectNo,
              days);
        });
    said(all(() -> store.sweep(BATCH)), "events of deleted projects are deleted");
  }

  private static void said(long deleted, String what, Object... about) {
    if (deleted > 0) {
      LOG.info(deleted + " " + what, about);
    }
  }

  /// Repeats a batch until one is not full, or somebody wants the thread to end; the next round
  /// goes on then.
  private static long all(IntSupplier batch) {
    long deleted = 0;
    while (true) {
      long start = System.nanoTime();
      int done = batch.getAsInt();
      deleted += done;
      if (done < BATCH || !rested(System.nanoTime() - start)) {
        return deleted;
      }
    }
  }

  private static boolean rested(long nanos) {
    try {
      Thread.sleep(Duration.ofNanos(nanos));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
