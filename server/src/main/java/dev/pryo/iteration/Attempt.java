package dev.pryo.iteration;

import dev.pryo.analysis.Conclusion;
import dev.pryo.analysis.Statistics.Comparison;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Segment;
import dev.pryo.experiment.Stage;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One experiment of a project, as the library of what was tried knows it.
///
/// @param instructions of its test segments
/// @param ended the decision, as in `keep_control`; `pull_request_closed` and the like where it
///   failed; else where it stands
/// @param because the verdict's sentence, or what a person said when they closed its pull request
/// @param relativeLift what decided it, see [Conclusion#deciding]
public record Attempt(
    UUID experimentId,
    String name,
    List<String> instructions,
    String ended,
    @Nullable String because,
    @Nullable Double relativeLift,
    @Nullable List<Double> interval) {

  static Attempt of(Experiment of, @Nullable Conclusion conclusion) {
    boolean finished = of.stage() instanceof Stage.Finished;
    Conclusion known = finished ? conclusion : null;
    Comparison deciding = known == null ? null : known.deciding().orElse(null);
    return new Attempt(
        of.id(),
        of.name(),
        of.segments().stream()
            .skip(1)
            .map(Segment::instructions)
            .filter(Objects::nonNull)
            .filter(words -> !words.isBlank())
            .toList(),
        ended(of, known),
        known != null ? known.verdict().sentence() : of.closedReason(),
        deciding == null ? null : deciding.relativeLift(),
        deciding == null ? null : deciding.alwaysValid().interval());
  }

  private static String ended(Experiment of, @Nullable Conclusion conclusion) {
    if (conclusion != null) {
      return conclusion.verdict().decision().name().toLowerCase(Locale.ROOT);
    }
    return of.stage() instanceof Stage.Failed failed
        ? failed.error().code()
        : of.status().name().toLowerCase(Locale.ROOT);
  }
}
