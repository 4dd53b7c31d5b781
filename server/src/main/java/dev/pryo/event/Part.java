package dev.pryo.event;

import dev.pryo.event.Totals.GoalTotal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The visitors of an experiment who have one value of a property, counted by the rules of
/// [TotalsQuery].
///
/// @param value the property's value as text; null for the two that are none
/// @param users visitors of each segment
public record Part(Kind kind, @Nullable String value, List<Long> users, List<GoalTotal> goals) {

  public enum Kind {
    VALUE,
    /// All values that are not told apart.
    OTHER,
    /// The first exposure did not say.
    NONE
  }
}
