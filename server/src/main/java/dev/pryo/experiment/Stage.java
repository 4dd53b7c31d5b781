package dev.pryo.experiment;

import java.time.Instant;

/// Where an experiment stands. Each stage carries what is known only then; `mayBecome` holds the
/// legal moves.
public sealed interface Stage {
  /// Being described; nothing has been built.
  record Draft() implements Stage {}

  /// A job writes the variants.
  record Implementing(Instant since) implements Stage {}

  /// The pull request is open.
  record AwaitingMerge() implements Stage {}

  /// Visitors are split and counted.
  record Active(Instant since) implements Stage {}

  /// Everybody gets the control, and nobody is counted.
  record Paused(Instant activated, Instant since) implements Stage {}

  /// Over; its numbers stay.
  record Finished(Instant activated, Instant at) implements Stage {}

  /// The implementation ended without a pull request that can be merged.
  record Failed(Problem error) implements Stage {}

  /// Why an implementation failed.
  ///
  /// @param code what happened, for programs
  /// @param message the same in a sentence, with the mend
  /// @param retryable whether trying again may help
  record Problem(String code, String message, boolean retryable) {}

  /// What can be done now, as the end of a sentence for whoever tried something else.
  default String possible() {
    return switch (this) {
      case Draft d ->
          "implement it, or activate it by force if the variants are in the site already";
      case Implementing i -> "wait until it is implemented, or cancel that";
      case AwaitingMerge a -> "merge its pull request, then activate it";
      case Active a -> "pause or finish it";
      case Paused p -> "resume or finish it";
      case Finished f -> "make the next experiment from it";
      case Failed f ->
          "implement it again, or activate it by force if the variants are in the site already";
    };
  }

  default Status status() {
    return switch (this) {
      case Draft d -> Status.DRAFT;
      case Implementing i -> Status.IMPLEMENTING;
      case AwaitingMerge a -> Status.AWAITING_MERGE;
      case Active a -> Status.ACTIVE;
      case Paused p -> Status.PAUSED;
      case Finished f -> Status.FINISHED;
      case Failed f -> Status.FAILED;
    };
  }

  /// Whether an experiment may go from this stage to one of that status. An activation by force, of
  /// variants that are in the site already, may come from any stage but a running implementation. A
  /// pull request that waits goes back to implementing while it is revised.
  default boolean mayBecome(Status next) {
    return switch (this) {
      case Draft d -> next == Status.IMPLEMENTING || next == Status.ACTIVE;
      case Implementing i -> next == Status.AWAITING_MERGE || next == Status.FAILED;
      case AwaitingMerge a ->
          next == Status.ACTIVE || next == Status.FAILED || next == Status.IMPLEMENTING;
      case Active a -> next == Status.PAUSED || next == Status.FINISHED;
      case Paused p -> next == Status.ACTIVE || next == Status.FINISHED;
      case Finished f -> next == Status.ACTIVE;
      case Failed f -> next == Status.IMPLEMENTING || next == Status.ACTIVE;
    };
  }
}
