package dev.pryo.experiment;

import java.util.Locale;

/// The name of a stage, as the API and the database write it.
public enum Status {
  DRAFT,
  IMPLEMENTING,
  AWAITING_MERGE,
  ACTIVE,
  PAUSED,
  FINISHED,
  FAILED;

  /// As the API and the database write it.
  public String written() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// As a sentence says it.
  String spoken() {
    return switch (this) {
      case DRAFT -> "a draft";
      case IMPLEMENTING -> "being implemented";
      case AWAITING_MERGE -> "waiting for its merge";
      case ACTIVE, PAUSED, FINISHED, FAILED -> written();
    };
  }
}
