package dev.pryo.event;

/// Where an event comes from. Only live ones enter a real analysis. The order is that of the
/// numbers in the database.
public enum Source {
  LIVE,
  PREVIEW,
  SIMULATED
}
