package dev.pryo.agent;

/// Told how far a run is.
@FunctionalInterface
public interface Progress {
  /// Nobody listens.
  Progress SILENT = (phase, fraction, message) -> {};

  /// @param fraction of the whole run, from 0 to 1, never falling
  /// @param message one sentence for people
  void report(Phase phase, double fraction, String message);

  /// The parts of a run that happen here; what comes before and after belongs to the caller.
  enum Phase {
    PLAN,
    READ,
    WRITE,
    CHECK
  }
}
