package dev.pryo.experiment;

import dev.pryo.agent.words.Extraction;
import dev.pryo.experiment.ExperimentRequest.GoalRequest;
import dev.pryo.experiment.ExperimentRequest.SegmentRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Takes what a request leaves out from its description, with the words that it came from. What the
/// words do not say stays left out.
final class Reading {
  private Reading() {}

  /// By rules alone.
  static ExperimentRequest complete(ExperimentRequest request) {
    return complete(request, Extraction::of);
  }

  /// @param reads makes an extraction of a description; asked only where something is left out
  static ExperimentRequest complete(ExperimentRequest request, Function<String, Extraction> reads) {
    if ((request.segments() != null && request.goals() != null) || request.description() == null) {
      return request;
    }
    Extraction found = reads.apply(request.description());
    return new ExperimentRequest(
        request.projectId(),
        request.name(),
        request.description(),
        request.hypothesis(),
        request.segments() != null ? request.segments() : segments(found),
        request.goals() != null ? request.goals() : goals(found),
        request.plan(),
        request.exposurePercentage(),
        request.previewUrl(),
        request.baseBranch(),
        request.mode(),
        request.onHarm(),
        request.activateOnMerge(),
        request.start());
  }

  private static @Nullable List<@Nullable SegmentRequest> segments(Extraction found) {
    return found.segments().isEmpty()
        ? null
        : found.segments().stream().<@Nullable SegmentRequest>map(Reading::asked).toList();
  }

  private static SegmentRequest asked(Extraction.Segment segment) {
    return new SegmentRequest(
        segment.name(), null, segment.instructions(), segment.percentage(), segment.quote());
  }

  private static @Nullable List<@Nullable GoalRequest> goals(Extraction found) {
    Set<String> seen = new HashSet<>();
    List<@Nullable GoalRequest> goals =
        found.goals().stream()
            .filter(goal -> seen.add(goal.kind() + " " + goal.event()))
            .<@Nullable GoalRequest>map(Reading::asked)
            .toList();
    return goals.isEmpty() ? null : goals;
  }

  private static GoalRequest asked(Extraction.Goal goal) {
    return new GoalRequest(
        goal.event(),
        goal.name(),
        word(goal.kind()),
        null,
        word(goal.direction()),
        word(goal.role()),
        null,
        null,
        null,
        null,
        null,
        goal.quote());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
