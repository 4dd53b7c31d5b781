package dev.pryo.event;

import dev.pryo.event.Noticing.Kind;
import dev.pryo.event.TotalsQuery.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Adds up what was noticed on the days (UTC) on which an experiment was active.
final class NoticedSum {
  private final List<Period> active;
  private final LocalDate recent;
  private final Map<Kind, Long> own = new EnumMap<>(Kind.class);
  private final Map<Kind, Long> lately = new EnumMap<>(Kind.class);
  private long unnamed;
  private @Nullable LocalDate from;
  private @Nullable LocalDate to;

  NoticedSum(List<Period> active, LocalDate today) {
    this.active = active;
    this.recent = today.minusDays(1);
  }

  static LocalDate day(Instant time) {
    return time.atZone(ZoneOffset.UTC).toLocalDate();
  }

  /// @param isUnnamed whether the events name no experiment
  void add(boolean isUnnamed, LocalDate day, Kind kind, long number) {
    if (number == 0 || active.stream().noneMatch(period -> touches(period, day))) {
      return;
    }
    if (isUnnamed) {
      unnamed += number;
      from = from == null || day.isBefore(from) ? day : from;
      to = to == null || day.isAfter(to) ? day : to;
    } else {
      own.merge(kind, number, Long::sum);
      lately.merge(kind, day.isBefore(recent) ? 0 : number, Long::sum);
    }
  }

  private static boolean touches(Period period, LocalDate day) {
    Instant until = period.until();
    return !day.isBefore(day(period.since())) && (until == null || !day.isAfter(day(until)));
  }

  Noticed noticed() {
    return new Noticed(
        named(own),
        own.getOrDefault(Kind.CHANGED, 0L),
        own.getOrDefault(Kind.AHEAD, 0L),
        own.getOrDefault(Kind.LATE, 0L),
        own.getOrDefault(Kind.FOREIGN, 0L),
        named(lately),
        lately.getOrDefault(Kind.STALE, 0L),
        unnamed == 0 || from == null || to == null ? null : new Noticed.Unnamed(unnamed, from, to));
  }

  private static long named(Map<Kind, Long> counts) {
    return counts.getOrDefault(Kind.CURRENT, 0L)
        + counts.getOrDefault(Kind.STALE, 0L)
        + counts.getOrDefault(Kind.FOREIGN, 0L);
  }
}
