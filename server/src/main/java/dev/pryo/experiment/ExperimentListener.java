package dev.pryo.experiment;

import java.util.UUID;

/// What other packages do when an experiment's stage or settings have changed. Called after the
/// change is committed.
public interface ExperimentListener {
  void experimentChanged(UUID experiment);
}
