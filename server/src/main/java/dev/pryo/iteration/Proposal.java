package dev.pryo.iteration;

import dev.pryo.analysis.Analysis.Fact;
import java.util.List;
import java.util.UUID;

/// Why the next experiment is what it is; kept with it.
///
/// @param move the kind of step from the parent
/// @param keeps what stays as it was
/// @param changes what is new
/// @param because the outcome that it follows from, in a sentence
/// @param facts what the parent's analysis knew of it
/// @param analysisId the analysis that they stand in
/// @param simulated whether those numbers were made up
public record Proposal(
    Move move,
    String keeps,
    String changes,
    String because,
    String hypothesis,
    List<Fact> facts,
    UUID parentId,
    UUID analysisId,
    boolean simulated) {

  /// The kinds of steps.
  public enum Move {
    /// More of what was tried.
    BOLDER,
    /// Only part of it.
    NARROWER,
    /// The same place, changed in another way.
    OTHER_CHANGE,
    /// The same again, because its numbers could not be used.
    REPEAT
  }
}
