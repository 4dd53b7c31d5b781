package dev.pryo.agent.model;

import dev.pryo.agent.Progress;
import dev.pryo.agent.Progress.Phase;

/// How far a run is; it only ever goes forward, but from the checks back to writing.
final class Stages {
  private final Progress progress;
  private Phase phase = Phase.PLAN;
  private double fraction;
  private boolean hasRead;

  Stages(Progress progress) {
    this.progress = progress;
  }

  Phase phase() {
    return phase;
  }

  boolean hasRead() {
    return hasRead;
  }

  void read() {
    hasRead = true;
  }

  void enter(Phase next) {
    phase = next;
    fraction =
        Math.max(
            fraction,
            switch (next) {
              case PLAN -> 0;
              case READ -> 0.2;
              case WRITE -> 0.45;
              case CHECK -> 0.8;
            });
    progress.report(
        next,
        fraction,
        switch (next) {
          case PLAN -> "The model plans";
          case READ -> "The model reads";
          case WRITE -> "The model writes";
          case CHECK -> "What was written is checked";
        });
  }

  void done(boolean passed) {
    fraction = 1;
    progress.report(Phase.CHECK, 1, passed ? "All checks passed" : "A check failed");
  }
}
