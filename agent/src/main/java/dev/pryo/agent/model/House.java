package dev.pryo.agent.model;

import dev.pryo.agent.FileChange;
import dev.pryo.agent.SourceText;
import dev.pryo.agent.reading.Habits;
import dev.pryo.agent.reading.Style;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/// Compares what is added to a file with how the rest of it is written, by the counts that a team's
/// style is measured by. A file may have reasons, so it is a warning only.
final class House {
  private static final int CLEARLY = 4;

  private final Habits before;
  private final Habits after;

  private House(FileChange change) {
    this.before = Habits.of(new SourceText(change.path(), false, change.baseText()));
    this.after = Habits.of(new SourceText(change.path(), false, change.text()));
  }

  static Optional<String> departs(FileChange change) {
    var added = new SourceText(change.path(), false, String.join("\n", change.addedLines()));
    var base = new SourceText(change.path(), false, change.baseText());
    var usual = Style.indentation(List.of(base)).map("tabs"::equals);
    var own = Style.indentation(List.of(added)).map("tabs"::equals);
    if (usual.isPresent() && own.isPresent() && !usual.equals(own)) {
      return Optional.of("its indentation");
    }
    return new House(change).departs();
  }

  private Optional<String> departs() {
    if (differs(Habits::single, Habits::doubled)) {
      return Optional.of("its quotes");
    }
    return differs(Habits::semicolons, Habits::bare)
        ? Optional.of("its semicolons")
        : Optional.empty();
  }

  /// Whether the file clearly did one thing and what is added does more of the other.
  private boolean differs(ToIntFunction<Habits> one, ToIntFunction<Habits> other) {
    return departs(one, other) || departs(other, one);
  }

  private boolean departs(ToIntFunction<Habits> usual, ToIntFunction<Habits> unusual) {
    var clearly = usual.applyAsInt(before) >= CLEARLY * Math.max(1, unusual.applyAsInt(before));
    return clearly && added(unusual) > Math.max(0, added(usual));
  }

  private int added(ToIntFunction<Habits> what) {
    return what.applyAsInt(after) - what.applyAsInt(before);
  }
}
