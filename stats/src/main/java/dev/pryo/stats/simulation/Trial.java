package dev.pryo.stats.simulation;

import dev.pryo.stats.Interval;
import dev.pryo.stats.Moments;
import dev.pryo.stats.ReportedRelative;
import dev.pryo.stats.Result;
import dev.pryo.stats.RobustSe;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/// Many experiments of one kind, each looked at along a schedule.
///
/// `shareB` is the share of units that go to B.
record Trial(Metric metric, double shareB, double effect, int planned) {

  String describe() {
    return "%s, B's share %s, %d planned".formatted(metric.name(), shareB, planned);
  }

  /// How often something happened at any look: a claim of an effect, a miss of the true difference
  /// or of the true uplift; and how many units were seen when stopped at the first claim or the
  /// plan.
  record Outcome(double claimed, double missedDiff, double missedUplift, double meanUnits) {}

  /// `beyond` looks on to ten times the plan; `coverage` checks intervals too.
  Outcome run(int replicates, long seed, boolean beyond, boolean coverage) {
    Schedule schedule = Schedule.of(planned, beyond);
    LongAdder claims = new LongAdder();
    LongAdder diffs = new LongAdder();
    LongAdder uplifts = new LongAdder();
    LongAdder units = new LongAdder();
    IntStream.range(0, replicates)
        .parallel()
        .forEach(i -> {
          Replicate one = new Replicate(seed * 1_000_003 + i);
          one.run(schedule, coverage);
          claims.add(one.claimed ? 1 : 0);
          diffs.add(one.missedDiff ? 1 : 0);
          uplifts.add(one.missedUplift ? 1 : 0);
          units.add(one.stoppedAt);
        });
    double n = replicates;
    return new Outcome(claims.sum() / n, diffs.sum() / n, uplifts.sum() / n, units.sum() / n);
  }

  private final class Replicate {

    private final SplittableRandom random;
    private boolean claimed;
    private boolean missedDiff;
    private boolean missedUplift;
    private long stoppedAt = planned;

    Replicate(long seed) {
      this.random = new SplittableRandom(seed);
    }

    void run(Schedule schedule, boolean coverage) {
      Metric.Arm a = metric.arm(random, 0);
      Metric.Arm b = metric.arm(random, effect);
      int seen = 0;
      for (int look = 0; look < schedule.units().length; look++) {
        int block = schedule.units()[look] - seen;
        seen = schedule.units()[look];
        int toB = Draws.binomial(random, block, shareB);
        a.add(block - toB);
        b.add(toB);
        look(a, b, schedule.crit()[look], coverage);
        if (claimed && stoppedAt == planned && look < schedule.untilPlan()) {
          stoppedAt = seen;
        }
        if (coverage ? missedDiff && missedUplift : claimed) {
          return;
        }
      }
    }

    private void look(Metric.Arm a, Metric.Arm b, double crit, boolean coverage) {
      if (crit == Double.POSITIVE_INFINITY
          || !(metric.pair(a.sums(), b.sums()) instanceof Result.Ok<Metric.Pair>(var pair))
          || !(RobustSe.of(pair.control(), pair.test()) instanceof Result.Ok<RobustSe>(var se))) {
        return;
      }
      claimed |= Math.abs(se.diff()) > crit * se.se();
      if (coverage) {
        missedDiff |= Math.abs(se.diff() - metric.mean() * effect) > crit * se.se();
        missedUplift =
            missedUplift || !mayHold(pair, crit) && !reported(pair, crit).contains(effect);
      }
    }

    /// A quick yes: the set with the arms' own variances, part of the reported one, holds the
    /// effect.
    private boolean mayHold(Metric.Pair pair, double crit) {
      Moments control = pair.control();
      Moments test = pair.test();
      double weight = 1 + effect * Math.signum(control.mean());
      double distance = test.mean() - weight * control.mean();
      double variance = test.var() / test.n() + weight * weight * control.var() / control.n();
      return distance * distance <= crit * crit * variance;
    }

    private Interval reported(Metric.Pair pair, double crit) {
      return switch (ReportedRelative.of(pair.control(), pair.test(), crit)) {
        case Result.Ok<ReportedRelative>(ReportedRelative reported) -> reported.interval();
        case Result.Failed<ReportedRelative> _ -> Interval.UNBOUNDED;
      };
    }
  }
}
