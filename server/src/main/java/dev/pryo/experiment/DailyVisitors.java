package dev.pryo.experiment;

import java.util.OptionalDouble;
import java.util.UUID;

/// How many visitors come to a project's site a day, each counted once.
public interface DailyVisitors {

  /// Measured for whoever the current thread acts for; empty while too little has come to say.
  OptionalDouble perDay(UUID project);
}
