package dev.pryo.iteration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Everything that was tried in a project, drafts and archived experiments included, the newest
/// first. Nothing in it is proposed again.
final class Library {
  private record Change(Attempt attempt, Essence essence) {}

  private final List<Attempt> attempts;
  private final List<Change> changes = new ArrayList<>();

  Library(List<Attempt> attempts) {
    this.attempts = List.copyOf(attempts);
    for (Attempt attempt : attempts) {
      attempt.instructions().forEach(each -> changes.add(new Change(attempt, Essence.of(each))));
    }
  }

  List<Attempt> attempts() {
    return attempts;
  }

  /// The attempt at the same change.
  ///
  /// @param except an experiment that does not count; null: all count
  Optional<Attempt> same(String instructions, @Nullable UUID except) {
    Essence essence = Essence.of(instructions);
    return changes.stream()
        .filter(change -> !change.attempt().experimentId().equals(except))
        .filter(change -> change.essence().sameAs(essence))
        .map(Change::attempt)
        .findFirst();
  }
}
