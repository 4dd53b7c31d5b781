package dev.pryo.web;

import dev.pryo.experiment.Experiment.PullRequest.Checks;
import dev.pryo.implementation.Remark;

/// What checks and people say of a pull request on its host, in words and colours.
public final class OnHost {
  private OnHost() {}

  /// The class of a chip.
  public static String tone(Checks checks) {
    return switch (checks) {
      case PASSED -> "good";
      case FAILED -> "warn";
      case PENDING -> "";
    };
  }

  public static String words(Checks checks) {
    return switch (checks) {
      case PASSED -> "✓ Checks passed";
      case FAILED -> "▲ Checks failed";
      case PENDING -> "Checks run";
    };
  }

  /// What came of something that was said of it.
  public static String end(Remark remark) {
    return switch (remark.outcome()) {
      case RUNNING -> "At work: " + remark.message();
      case COMMITTED -> "✓ Another commit.";
      case IN_VAIN -> "▲ No commit: " + remark.message();
      case LEFT -> remark.message();
    };
  }
}
