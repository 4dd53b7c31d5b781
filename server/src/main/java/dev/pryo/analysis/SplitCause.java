package dev.pryo.analysis;

import dev.pryo.analysis.Analysis.Fact;
import dev.pryo.event.Totals.Day;
import dev.pryo.stats.SampleRatio;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Why a split is broken: what the days say, and which of the usual causes fits best. It is a guess
/// to begin with, never a proof.
///
/// @param when how the days are off, or null where there are too few to say
/// @param likeliest the cause, without its full stop
record SplitCause(@Nullable String when, String likeliest) {
  static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMMM", Locale.UK);

  /// A day's share this many standard deviations from its plan is off.
  private static final double OFF = 3;

  /// And days together that are nearer than this are right.
  private static final double RIGHT = 2;

  private static final int FEWEST_DAYS = 4;

  static SplitCause of(Look look) {
    int worst = worst(look);
    TreeMap<LocalDate, long[]> days = days(look, worst);
    List<LocalDate> off =
        days.entrySet().stream()
            .filter(day -> Math.abs(z(look, worst, day.getValue())) >= OFF)
            .map(Map.Entry::getKey)
            .toList();
    LocalDate onset = days.size() < FEWEST_DAYS ? null : onset(look, worst, days, off);
    boolean burst =
        days.size() > FEWEST_DAYS && !off.isEmpty() && off.size() <= 2 && heals(look, off);
    return new SplitCause(when(days, off, onset, burst), likeliest(look, worst, off, onset, burst));
  }

  /// On how many days the split is off, of how many.
  static List<Fact> facts(Look look) {
    int worst = worst(look);
    TreeMap<LocalDate, long[]> days = days(look, worst);
    long off = days.values().stream().filter(day -> Math.abs(z(look, worst, day)) >= OFF).count();
    return List.of(
        fact("split.days_off", off, "Days on which the worst segment's share is 3 σ off its plan"),
        fact("split.days", days.size(), "Days with people in a segment that has a weight"));
  }

  private static Fact fact(String id, long number, String how) {
    return new Fact(id, number, "days", Say.count(number), how, null, null, null);
  }

  /// The segment whose share is farthest from its plan; of two alike the later one.
  static int worst(Look look) {
    long total = people(look);
    int worst = 0;
    double farthest = -1;
    for (int segment : SplitCheck.weighted(look)) {
      double off = Math.abs((double) look.users(segment) / total - look.shares().get(segment));
      // the control is nobody's mistake
      if (off >= farthest - 1e-12) {
        worst = segment;
        farthest = off;
      }
    }
    return worst;
  }

  private static long people(Look look) {
    return Math.max(1, SplitCheck.weighted(look).stream().mapToLong(look::users).sum());
  }

  /// For each day the people of the segment and of all.
  private static TreeMap<LocalDate, long[]> days(Look look, int segment) {
    TreeMap<LocalDate, long[]> days = new TreeMap<>();
    for (Day day : look.totals().days()) {
      if (look.shares().get(day.segment()) > 0) {
        long[] counts = days.computeIfAbsent(day.day(), fresh -> new long[2]);
        counts[0] += day.segment() == segment ? day.exposed() : 0;
        counts[1] += day.exposed();
      }
    }
    return days;
  }

  private static double z(Look look, int segment, long[] counts) {
    double share = look.shares().get(segment);
    double variance = counts[1] * share * (1 - share);
    return variance > 0 ? (counts[0] - share * counts[1]) / Math.sqrt(variance) : 0;
  }

  /// The first day that is off, where all before it together are right and enough to say so.
  private static @Nullable LocalDate onset(
      Look look, int segment, TreeMap<LocalDate, long[]> days, List<LocalDate> off) {
    if (off.isEmpty()) {
      return null;
    }
    long[] before = sum(days.headMap(off.getFirst()).values().stream().toList());
    long[] after = sum(days.tailMap(off.getFirst()).values().stream().toList());
    return before[1] >= 2 * SplitCheck.ENOUGH
            && Math.abs(z(look, segment, before)) < RIGHT
            && Math.abs(z(look, segment, after)) >= OFF
        ? off.getFirst()
        : null;
  }

  private static long[] sum(List<long[]> all) {
    long[] sum = new long[2];
    all.forEach(counts -> {
      sum[0] += counts[0];
      sum[1] += counts[1];
    });
    return sum;
  }

  /// Whether the split is right without these days.
  private static boolean heals(Look look, List<LocalDate> off) {
    List<Integer> weighted = SplitCheck.weighted(look);
    Predicate<Day> kept = day -> !off.contains(day.day());
    double[] counts =
        weighted.stream()
            .mapToDouble(segment ->
                look.totals().days().stream()
                    .filter(day -> day.segment() == segment)
                    .filter(kept)
                    .mapToLong(Day::exposed)
                    .sum())
            .toArray();
    double[] weights = weighted.stream().mapToDouble(look.shares()::get).toArray();
    return SampleRatio.chiSquare(counts, weights)
        .map(test -> test.p() > 0.05)
        .toOptional()
        .orElse(false);
  }

  private static @Nullable String when(
      TreeMap<LocalDate, long[]> days,
      List<LocalDate> off,
      @Nullable LocalDate onset,
      boolean burst) {
    if (days.size() < FEWEST_DAYS || off.isEmpty()) {
      return null;
    }
    if (burst) {
      return "It is off on %s only".formatted(Say.list(off.stream().map(DATE::format).toList()));
    }
    return onset != null
        ? "It is off since " + DATE.format(onset)
        : "It is off on %d of %d days".formatted(off.size(), days.size());
  }

  private static String likeliest(
      Look look, int worst, List<LocalDate> off, @Nullable LocalDate onset, boolean burst) {
    String name = look.segments().get(worst).name();
    double expected = look.shares().get(worst) * people(look);
    double gap = Math.abs(look.users(worst) - expected) / 2;
    String cause = "Likeliest cause: ";
    if (look.totals().mismatches() >= gap) {
      return cause
          + "the site's own code chooses the segment: %s saw another than Pryo gives them"
              .formatted(Say.people(look.totals().mismatches()));
    }
    if (burst) {
      List<String> dates = new ArrayList<>(off.stream().map(DATE::format).toList());
      return cause + "a burst on %s, as crawlers or a load test make it".formatted(Say.list(dates));
    }
    if (onset != null) {
      return cause
          + "something changed on %s: see what was released that day".formatted(DATE.format(onset));
    }
    if (!look.countBots() && look.totals().bots() >= gap) {
      return cause
          + "crawlers that see one version only: %s were recognised and left out, others are not"
              .formatted(Say.count(look.totals().bots()));
    }
    if (look.users(worst) < expected && look.totals().goalWithoutExposure() >= gap) {
      return cause
          + "the exposure of %s is sent too late: %s did a goal without having been counted"
              .formatted(name, Say.people(look.totals().goalWithoutExposure()));
    }
    return cause
        + "one version leaves the page before its exposure is sent, or sends it later than the"
        + " others";
  }
}
