package dev.pryo.iteration;

import dev.pryo.analysis.Analysis.Fact;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Why the next experiment is what it is; kept with it.
///
/// @param move the kind of step from the parent
/// @param keeps what stays as it was
/// @param changes what is new
/// @param because the outcome that it follows from, in a sentence
/// @param why this step and no other
/// @param facts what the parent's analysis knew of it
/// @param analysisId the analysis that they stand in
/// @param simulated whether those numbers were made up
/// @param tried what the project had tried before, the newest first, at most 20
/// @param writtenBy `pryo`, or the model that proposed it
/// @param dropped why a model's proposal was not used, where one was asked for
public record Proposal(
    Move move,
    String keeps,
    String changes,
    String because,
    String why,
    String hypothesis,
    List<Fact> facts,
    UUID parentId,
    UUID analysisId,
    boolean simulated,
    List<Attempt> tried,
    String writtenBy,
    @Nullable String dropped) {

  /// The kinds of steps.
  public enum Move {
    /// More of what was tried.
    BOLDER,
    /// Only part of it.
    NARROWER,
    /// The same place, changed in another way.
    OTHER_CHANGE,
    /// Another place on the way to the goal.
    OTHER_ELEMENT,
    /// The same again, because its numbers could not be used.
    REPEAT
  }
}
