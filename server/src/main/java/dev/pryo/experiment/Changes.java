package dev.pryo.experiment;

import dev.pryo.platform.Conflict;
import dev.pryo.platform.Invalid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What may still change in which stage. Names, descriptions and links always may.
final class Changes {
  private static final int LONGEST_REASON = 1000;

  private Changes() {}

  /// @throws Conflict naming the fields that may not change any more
  static void require(Experiment old, Wanted wanted) {
    List<String> changed = new ArrayList<>(wanted.changes(old));
    switch (old.stage()) {
      case Stage.Draft d -> changed.clear();
      case Stage.Failed f -> changed.clear();
      case Stage.AwaitingMerge a -> {
        changed.removeAll(List.of("plan", "exposure_percentage", "on_harm", "activate_on_merge"));
        if (wanted.fitsTheCodeOf(old)) {
          changed.removeAll(List.of("segments", "goals"));
        }
      }
      case Stage.Active a -> allowMoreExposure(old, wanted, changed);
      case Stage.Paused p -> allowMoreExposure(old, wanted, changed);
      case Stage.Implementing i -> {}
      case Stage.Finished f -> {}
    }
    if (!changed.isEmpty()) {
      throw new Conflict(
          "It is %s, so %s cannot change any more; %s."
              .formatted(old.status().spoken(), String.join(", ", changed), mend(old.stage())));
    }
  }

  private static void allowMoreExposure(Experiment old, Wanted wanted, List<String> changed) {
    if (wanted.exposurePercentage().compareTo(old.exposurePercentage()) > 0) {
      changed.remove("exposure_percentage");
    }
  }

  private static String mend(Stage stage) {
    return switch (stage) {
      case Stage.Implementing i -> "cancel the implementation first";
      case Stage.AwaitingMerge a ->
          "the code in its pull request was written for them: make another experiment";
      case Stage.Active a -> "only names, descriptions, links and a larger exposure_percentage can";
      case Stage.Paused p -> "only names, descriptions, links and a larger exposure_percentage can";
      case Stage.Finished f -> "only names, descriptions and links can";
      case Stage.Draft d -> "";
      case Stage.Failed f -> "";
    };
  }

  /// A person's reason, for an experiment whose pull request was closed.
  static String closedReason(Experiment old, @Nullable String reason) {
    if (!(old.stage() instanceof Stage.Failed failed)
        || !failed.error().code().equals(Builds.CLOSED)) {
      throw new Conflict("Its pull request is not closed, so there is no closed_reason to give.");
    }
    Invalid.Collector problems = new Invalid.Collector();
    String text = ExperimentRules.text(problems, reason, "closed_reason", LONGEST_REASON);
    problems.throwIfAny();
    return text;
  }
}
