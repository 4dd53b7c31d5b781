package dev.pryo.iteration;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What came of asking a model for the next experiment.
///
/// @param advice what it proposed, where that passed every check
/// @param model its name; null where there is none to ask
/// @param dropped why its proposal is not used, as the end of a sentence; null where it is, or
///   where nobody was asked
record Counsel(Optional<Advice> advice, @Nullable String model, @Nullable String dropped) {
  /// Nobody was asked.
  static final Counsel NONE = new Counsel(Optional.empty(), null, null);

  static Counsel taken(Advice advice, String model) {
    return new Counsel(Optional.of(advice), model, null);
  }

  static Counsel dropped(String model, String why) {
    return new Counsel(Optional.empty(), model, why);
  }
}
