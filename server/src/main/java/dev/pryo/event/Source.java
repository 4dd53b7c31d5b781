package dev.pryo.event;

/// Where an event comes from. Only live ones enter a real analysis.
public enum Source {
  LIVE,
  PREVIEW,
  SIMULATED
}
