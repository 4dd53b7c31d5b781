package dev.pryo.event;

import dev.pryo.experiment.Goal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an analysis wants counted, and by which rules. They are stated here once, for every store:
///
/// - A time is the client's (`at`). It counts if it lies in one of the times in which the
///   experiment was active, their end excluded. So what is stored before the start, in a pause or
///   after the finish does not count, whenever it arrives.
/// - A visitor is exposed by an event that names the experiment and has a segment. The first one
///   that counts makes the visitor; later ones move nobody. Whoever was exposed to two segments
///   counts in neither.
/// - A goal event counts from that first exposure on, its own moment included, if it names this
///   experiment or none. With a window it counts only until that much time has passed, by the
///   calendar: a pause does not stop a window, it only hides what happens in it, from every segment
///   alike.
/// - A visitor is mature for a goal once the whole window lies before `asOf`, and only mature
///   visitors enter its sums; without a window all are. `asOf` is now while the experiment runs and
///   the end of its last active time otherwise, so that a window cut off by the end is never taken
///   for a whole one, and a mature visitor stays mature.
/// - A ratio's denominator is counted like a goal of its kind, in the goal's window. In its
///   numerator an event without a value counts 1.
/// - A goal that uses history also has what each visitor did in the same measure before: in the
///   [Goal#HISTORY] that ends, exclusive, with the first time that the visitor was exposed at all,
///   be it in a pause or flagged as a bot. When the experiment was active does not matter to it. So
///   nothing that an exposure may have caused is ever in it.
/// - A goal with a filter counts only events whose own properties pass it, in its history too. A
///   ratio's denominator is not filtered.
/// - A goal with a cap counts visitors whose value is above it as the cap: that quantile of the
///   values that are not zero, of the mature visitors of all segments together, and never below
///   zero. What they did before is not capped.
/// - A value beyond [#LARGEST] counts as infinite, and so does every sum that it enters. A square
///   or product below the doubles counts as 0, a product of a value above 1e150 as infinite.
/// - What a bot sent is as if it were not there, unless `countBots`.
/// - Simulated events are counted apart, by the same rules, whenever they are; each of their
///   visitors is mature, since a simulation tells the whole story at once. Preview events never
///   count.
///
/// @param segments how many segments the experiment has; they are numbered from 0, the control
/// @param active the times in which the experiment was active, in their order. Not asked of
///   simulated events, which belong to no time
/// @param countBots whether crawlers and headless browsers count
/// @param source live or simulated
public record TotalsQuery(
    long projectNo,
    long experimentNo,
    int segments,
    List<Goal> goals,
    List<Period> active,
    boolean countBots,
    Source source,
    Instant now) {

  /// The largest value that is added up.
  public static final double LARGEST = 1e140;

  private static final Instant FAR_AHEAD = Instant.parse("9999-01-01T00:00:00Z");

  public TotalsQuery {
    if (source == Source.PREVIEW) {
      throw new IllegalArgumentException("Preview events are never counted");
    }
  }

  /// A time in which the experiment was active.
  ///
  /// @param until null: it still is
  public record Period(Instant since, @Nullable Instant until) {

    /// What of it lies before; nothing where it begins later.
    private Period before(Instant end) {
      if (since.isAfter(end)) {
        return new Period(since, since);
      }
      return until == null || until.isAfter(end) ? new Period(since, end) : this;
    }
  }

  /// The same question about people alone, whatever they did.
  TotalsQuery people() {
    return new TotalsQuery(
        projectNo, experimentNo, segments, List.of(), active, countBots, source, now);
  }

  /// The same question as it would have been asked at a moment, of what had happened by then alone:
  /// what came later changes nothing in it, not even who saw a second segment. So a look that comes
  /// too late can be taken all the same.
  public TotalsQuery until(Instant moment) {
    Instant end = moment.plus(1, ChronoUnit.MICROS); // the moment itself is in it
    return new TotalsQuery(
        projectNo,
        experimentNo,
        segments,
        goals,
        active.stream().map(period -> period.before(end)).toList(),
        countBots,
        source,
        moment);
  }

  /// Up to when it is known what visitors did.
  public Instant asOf() {
    if (source == Source.SIMULATED) {
      return FAR_AHEAD;
    }
    Instant end = active.isEmpty() ? now : active.getLast().until();
    return end == null || end.isAfter(now) ? now : end;
  }
}
