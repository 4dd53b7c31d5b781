package dev.pryo.event;

import dev.pryo.event.Totals.GoalTotal;
import java.time.LocalDate;
import java.util.List;

/// What a count at the end of one day (UTC) would have said. Who saw a second segment later still
/// counts in the first one.
///
/// @param exposed visitors of each segment who were first exposed on that day
/// @param users all of each segment so far
/// @param goals all so far; those of windowed goals once they are mature
public record DayEnd(LocalDate day, List<Long> exposed, List<Long> users, List<GoalTotal> goals) {}
