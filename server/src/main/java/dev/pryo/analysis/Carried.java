package dev.pryo.analysis;

import dev.pryo.analysis.Statistics.AlwaysValid;
import dev.pryo.analysis.Statistics.Call;
import dev.pryo.analysis.Statistics.NonInferiority;
import dev.pryo.experiment.Condition;
import dev.pryo.experiment.Goal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the look before had reached. The next one starts from it, because p-values only fall,
/// levels only rise and directions stay; it cannot be computed again from later counts.
///
/// @param analysis whose results they are
/// @param at when that was made
/// @param shipped the segment that was to be shipped then
public record Carried(
    UUID analysis, Instant at, @Nullable String shipped, List<Reached> comparisons) {

  /// One goal in one test segment.
  public record Reached(
      String goal,
      Goal.Kind kind,
      Goal.@Nullable Denominator denominator,
      List<Condition> filter,
      String segment,
      Call call,
      AlwaysValid alwaysValid,
      @Nullable NonInferiority nonInferiority) {

    public Reached {
      filter = Objects.requireNonNullElse(filter, List.of()); // as it was kept before it was here
    }
  }

  static Carried from(Analysis before) {
    return new Carried(
        before.id(),
        before.generatedAt(),
        before.verdict().segment(),
        before.statistics().comparisons().stream()
            .map(of ->
                new Reached(
                    of.goal(),
                    of.kind(),
                    of.denominator(),
                    of.filter(),
                    of.segment(),
                    of.call(),
                    of.alwaysValid(),
                    of.nonInferiority()))
            .toList());
  }

  /// What was reached for a goal in a segment.
  public Optional<Reached> of(Goal goal, String segment) {
    return comparisons.stream()
        .filter(reached ->
            reached.goal().equals(goal.event())
                && reached.kind() == goal.kind()
                && Objects.equals(reached.denominator(), goal.denominator())
                && reached.filter().equals(goal.filter())
                && reached.segment().equals(segment))
        .findFirst();
  }
}
