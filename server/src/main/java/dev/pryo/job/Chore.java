package dev.pryo.job;

import java.time.Duration;

/// Something that Pryo looks after again and again, on one node at a time. Spring finds the chores.
public interface Chore {
  String name();

  /// How long to rest after each round.
  Duration every();

  /// One round, outside of any transaction and as Pryo itself. What it throws is logged, and the
  /// next round comes all the same.
  void run();
}
