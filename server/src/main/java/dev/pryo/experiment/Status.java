package dev.pryo.experiment;

/// The name of a stage, as the API and the database write it.
public enum Status {
  DRAFT,
  IMPLEMENTING,
  AWAITING_MERGE,
  ACTIVE,
  PAUSED,
  FINISHED,
  FAILED
}
