package dev.pryo.stats.simulation;

import dev.pryo.stats.PairPlan;
import dev.pryo.stats.Result;
import dev.pryo.stats.SampleSize;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// Runs every kind of experiment under no effect, under known effects, and at the planned effect,
/// and compares error rates, coverage, power and stopping times with their bounds.
///
/// `java -cp … dev.pryo.stats.simulation.Simulation [--replicates N] [--reduced]` prints the table,
/// its progress on the error stream, and ends with 1 when a bound fails.
public final class Simulation {

  private static final double ALPHA = Schedule.ALPHA;
  private static final double POWER = 0.8;
  private static final int LOOKS = 1_000;

  /// Planned units per unit of a fixed test, for the error rates.
  private static final double INFLATION = 1.11;

  private static final double ERROR_BOUND = 0.0536;
  private static final double POWER_BOUND = 0.79;
  private static final double STOPPING_BOUND = 0.85;

  /// From here on the bounds hold as they stand; below they are widened by their own noise.
  private static final int FULL = 20_000;

  /// Standard errors by which a bound is widened below that.
  private static final double WIDENING = 3;

  /// The absolute interval is promised from this many effective events in the smaller arm.
  private static final double PROMISED_EVENTS = 250;

  /// How much more often the absolute interval may miss with fewer.
  private static final double UNPROMISED = 3;

  /// Draws per replicate that a kind of experiment may take.
  private static final double FULL_DRAWS = 200_000;

  private static final double REDUCED_DRAWS = 10_000;

  private static final double[] RATES = {0.001, 0.01, 0.05};
  private static final List<Double> SHARES = List.of(0.5, 0.1, 0.01);

  private final int replicates;
  private final boolean reduced;
  private final PrintStream progress;

  public Simulation(int replicates, boolean reduced, PrintStream progress) {
    this.replicates = replicates;
    this.reduced = reduced;
    this.progress = progress;
  }

  /// A measured number and the bound it is held to; at most it, or at least it.
  public record Line(
      String what,
      String metric,
      String allocation,
      double effect,
      int planned,
      double measured,
      double bound,
      boolean atMost) {

    public boolean holds() {
      return atMost ? measured <= bound : measured >= bound;
    }

    String format() {
      return String.format(
          Locale.ROOT,
          "%-24s %-17s %-6s %6.0f %% %10d %8.4f %s %.4f %s",
          what,
          metric,
          allocation,
          effect * 100,
          planned,
          measured,
          atMost ? "≤" : "≥",
          bound,
          holds() ? "" : "FAILS");
    }
  }

  public static void main(String[] args) {
    int replicates = FULL;
    boolean reduced = false;
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--reduced" -> reduced = true;
        case "--replicates" -> replicates = i + 1 < args.length ? count(args[++i]) : 0;
        default -> replicates = 0;
      }
    }
    if (replicates < 1) {
      System.err.println("Usage: Simulation [--replicates N] [--reduced], N at least 1");
      System.exit(2);
    }
    List<Line> lines = new Simulation(replicates, reduced, System.err).run();
    lines.forEach(line -> System.out.println(line.format()));
    System.exit(lines.stream().allMatch(Line::holds) ? 0 : 1);
  }

  private static int count(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  public List<Line> run() {
    List<Line> lines = new ArrayList<>();
    lines.addAll(errorRates());
    lines.addAll(coverage());
    lines.addAll(power());
    return lines;
  }

  /// No effect, looks to ten times the plan: how often any is claimed.
  private List<Line> errorRates() {
    List<Line> lines = new ArrayList<>();
    for (double share : SHARES) {
      for (Kind kind : errorKinds()) {
        int planned = (int) Math.ceil(INFLATION * kind.fixed(share));
        Trial trial = new Trial(kind.metric, share, 0, planned);
        if (feasible("error rate", trial, 10)) {
          double error = trial.run(replicates, lines.size(), true, false).claimed();
          lines.add(done(line("error rate", trial, kind.effect, error, atMost(ERROR_BOUND))));
        }
      }
    }
    return lines;
  }

  /// Known effects: how often an interval misses the truth at any look.
  private List<Line> coverage() {
    List<Line> lines = new ArrayList<>();
    for (double share : SHARES) {
      for (Kind kind : coverageKinds()) {
        int planned = (int) Math.ceil(INFLATION * kind.fixed(share));
        Trial trial = new Trial(kind.metric, share, kind.effect, planned);
        if (feasible("coverage", trial, 10)) {
          Trial.Outcome outcome = trial.run(replicates, 1_000 + lines.size(), true, true);
          double events = Math.min(share, 1 - share) * planned * kind.metric.effectiveEvents();
          double bound = events >= PROMISED_EVENTS ? ERROR_BOUND : UNPROMISED * ERROR_BOUND;
          String absolute = events >= PROMISED_EVENTS ? "missed diff" : "missed diff, few events";
          lines.add(
              done(
                  line(
                      "missed uplift",
                      trial,
                      kind.effect,
                      outcome.missedUplift(),
                      atMost(ERROR_BOUND))));
          lines.add(done(line(absolute, trial, kind.effect, outcome.missedDiff(), atMost(bound))));
        }
      }
    }
    return lines;
  }

  /// The planned effect: how often it is found by the plan, and how soon.
  private List<Line> power() {
    List<Line> lines = new ArrayList<>();
    for (double share : SHARES) {
      for (Kind kind : powerKinds(share)) {
        PairPlan plan = kind.plan(share);
        double fixed = plan.fixed().total();
        Trial trial = new Trial(kind.metric, share, kind.effect, (int) plan.planned());
        if (feasible("power", trial, 1)) {
          Trial.Outcome outcome = trial.run(replicates, 2_000 + lines.size(), false, false);
          lines.add(
              done(line("power", trial, kind.effect, outcome.claimed(), atLeast(POWER_BOUND))));
          if (share == 0.5 && fixed >= 400) {
            double stopping = outcome.meanUnits() / fixed;
            Bound bound = new Bound(STOPPING_BOUND, true);
            lines.add(done(line("stopping / fixed n", trial, kind.effect, stopping, bound)));
          }
        }
      }
    }
    return lines;
  }

  /// A metric with the effect that its plan is made for.
  private record Kind(Metric metric, double effect) {

    /// A normal metric whose fixed test needs `units` at equal arms.
    static Kind sized(Metric metric, double units) {
      double quantiles = 2.801585218;
      return new Kind(metric, quantiles * Math.sqrt(4 * metric.variance(0) / units));
    }

    /// Units of a fixed test, with the larger of the two variances in both arms.
    double fixed(double shareB) {
      double variance = Math.max(metric.variance(0), metric.variance(effect));
      return value(SampleSize.ofMeans(variance, variance, question(shareB))).exactA()
          / (1 - shareB);
    }

    /// The plan that the product makes, for so many looks.
    PairPlan plan(double shareB) {
      OptionalDouble looks = OptionalDouble.of(LOOKS);
      return value(
          metric instanceof Metric.Conversion(double rate)
              ? PairPlan.ofShares(rate, question(shareB), looks)
              : PairPlan.ofMeans(
                  metric.variance(0), metric.variance(effect), question(shareB), looks));
    }

    private SampleSize.Question question(double shareB) {
      return new SampleSize.Question(
          metric.mean() * effect, ALPHA, POWER, shareB / (1 - shareB), 2, OptionalDouble.empty());
    }

    private <T> T value(Result<T> result) {
      return switch (result) {
        case Result.Ok<T>(T value) -> value;
        case Result.Failed<T>(var error) ->
            throw new IllegalStateException(metric.name() + " has no plan: " + error);
      };
    }
  }

  private List<Kind> errorKinds() {
    List<Kind> kinds = new ArrayList<>();
    for (double units : reduced ? new double[] {50} : new double[] {50, 500}) {
      kinds.add(Kind.sized(new Metric.Normal(), units));
      kinds.add(Kind.sized(new Metric.WithHistory(), units));
    }
    for (double effect : reduced ? new double[] {1} : new double[] {1, 0.3, 0.1}) {
      for (double rate : RATES) {
        kinds.add(new Kind(new Metric.Conversion(rate), effect));
      }
      kinds.add(new Kind(new Metric.Revenue(), effect));
      kinds.add(new Kind(new Metric.Sessions(), effect));
      kinds.add(new Kind(new Metric.Counts(), effect));
    }
    return kinds;
  }

  private List<Kind> coverageKinds() {
    List<Kind> kinds = new ArrayList<>();
    for (double effect : new double[] {0.2, 1}) {
      for (double rate : RATES) {
        kinds.add(new Kind(new Metric.Conversion(rate), effect));
      }
      if (effect == 1 || !reduced) {
        kinds.add(new Kind(new Metric.Revenue(), effect));
        kinds.add(new Kind(new Metric.Sessions(), effect));
        kinds.add(new Kind(new Metric.Counts(), effect));
      }
    }
    return kinds;
  }

  /// At unequal arms the normal case comes in two sizes: with few units in the smaller arm the plan
  /// must pay for the noise of the standard error.
  private List<Kind> powerKinds(double share) {
    List<Kind> kinds = new ArrayList<>();
    kinds.add(Kind.sized(new Metric.Normal(), 500));
    kinds.add(new Kind(new Metric.Conversion(0.05), 0.2));
    kinds.add(new Kind(new Metric.Conversion(0.01), 0.3));
    kinds.add(new Kind(new Metric.Counts(), 0.3));
    kinds.add(new Kind(new Metric.Revenue(), 0.5));
    if (share != 0.5) {
      kinds.add(Kind.sized(new Metric.Normal(), 5_000));
    }
    return kinds;
  }

  /// Whether the draws until so many times the plan fit the budget; says so where not.
  private boolean feasible(String what, Trial trial, double timesPlan) {
    double draws = trial.planned() * timesPlan * trial.metric().drawsPerUnit();
    boolean fits = draws <= (reduced ? REDUCED_DRAWS : FULL_DRAWS);
    if (!fits) {
      progress.println("left out for its size: " + what + " " + trial.describe());
    }
    return fits;
  }

  private record Bound(double value, boolean atMost) {}

  private Bound atMost(double value) {
    return new Bound(value + widening(value), true);
  }

  private Bound atLeast(double value) {
    return new Bound(value - widening(value), false);
  }

  private double widening(double share) {
    return replicates >= FULL ? 0 : WIDENING * Math.sqrt(share * (1 - share) / replicates);
  }

  private static Line line(String what, Trial trial, double effect, double measured, Bound bound) {
    double percent = trial.shareB() * 100;
    String allocation = String.format(Locale.ROOT, "%.0f/%.0f", 100 - percent, percent);
    return new Line(
        what,
        trial.metric().name(),
        allocation,
        effect,
        trial.planned(),
        measured,
        bound.value,
        bound.atMost);
  }

  private Line done(Line line) {
    progress.println(line.format());
    return line;
  }
}
