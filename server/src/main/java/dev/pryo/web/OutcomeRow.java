package dev.pryo.web;

import dev.pryo.analysis.Analysis.Decision;
import dev.pryo.outcome.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An outcome as a line of the list.
///
/// @param measured the goal and segment that lift and range are of
/// @param decision in a word or two
/// @param tone the chip's colour
public record OutcomeRow(
    Outcome outcome,
    String path,
    String measured,
    String lift,
    String range,
    String people,
    String decision,
    String tone) {

  static OutcomeRow of(Outcome of) {
    Double lift = of.relativeLift();
    List<Double> interval = of.interval();
    Long exposed = of.exposed();
    return new OutcomeRow(
        of,
        "/experiments/" + of.experimentId(),
        of.goalName() == null ? "–" : "%s, %s".formatted(of.goalName(), of.segmentName()),
        lift == null ? "–" : Texts.gain(lift),
        interval == null
            ? "–"
            : "%s to %s".formatted(Texts.gain(interval.getFirst()), Texts.gain(interval.getLast())),
        exposed == null ? "–" : Texts.number(exposed),
        words(of.decision()),
        tone(of.decision()));
  }

  /// What was decided, in a word or two.
  static String words(@Nullable Decision decision) {
    return switch (decision) {
      case SHIP -> "✓ Ship";
      case KEEP_CONTROL -> "▲ Keep the control";
      case KEEP_RUNNING -> "Ended early";
      case INCONCLUSIVE -> "Inconclusive";
      case INVALID -> "✕ Not valid";
      case null -> "Not analysed";
    };
  }

  private static String tone(@Nullable Decision decision) {
    return switch (decision) {
      case SHIP -> "good";
      case KEEP_CONTROL -> "warn";
      case INVALID -> "bad";
      case KEEP_RUNNING, INCONCLUSIVE -> "";
      case null -> "";
    };
  }
}
