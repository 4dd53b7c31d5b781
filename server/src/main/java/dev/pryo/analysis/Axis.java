package dev.pryo.analysis;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;

/// Days (UTC) without holes. Longer times go in steps of several days, each named by its first.
///
/// @param step how many days a point stands for
record Axis(LocalDate first, LocalDate last, int step, int points) {
  /// Longer times are drawn in steps of several days.
  static final int MOST_POINTS = 400;

  static final Axis EMPTY = new Axis(LocalDate.EPOCH, LocalDate.EPOCH, 1, 0);

  static Axis of(LocalDate first, LocalDate last) {
    long length = ChronoUnit.DAYS.between(first, last) + 1;
    int step = Math.toIntExact(Math.ceilDiv(length, MOST_POINTS));
    return new Axis(first, last, step, Math.toIntExact(Math.ceilDiv(length, step)));
  }

  /// The point that a day belongs to.
  int place(LocalDate day) {
    return Math.toIntExact(ChronoUnit.DAYS.between(first, day) / step);
  }

  /// The last day of a point.
  LocalDate end(int point) {
    LocalDate end = first.plusDays((point + 1L) * step - 1);
    return end.isAfter(last) ? last : end;
  }

  /// The first day of each point.
  List<LocalDate> days() {
    return IntStream.range(0, points)
        .mapToObj(point -> first.plusDays((long) point * step))
        .toList();
  }

  List<String> labels() {
    return days().stream().map(LocalDate::toString).toList();
  }
}
