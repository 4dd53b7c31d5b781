package dev.pryo.bench;

import dev.pryo.stats.AtLevel;
import dev.pryo.stats.BayesNormal;
import dev.pryo.stats.Comparison;
import dev.pryo.stats.Comparisons;
import dev.pryo.stats.Design;
import dev.pryo.stats.GroupSequential;
import dev.pryo.stats.Guardrail;
import dev.pryo.stats.HolmLevels;
import dev.pryo.stats.HorizonCs;
import dev.pryo.stats.HorizonPlan;
import dev.pryo.stats.NonInferiority;
import dev.pryo.stats.RegressionAdjusted;
import dev.pryo.stats.Result;
import dev.pryo.stats.SampleRatio;
import dev.pryo.stats.SampleSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What people wait for. Every answer is used, so that nothing is optimised away, and inputs are
/// drawn, so that nothing is known at compile time.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class StatsBenchmark {
  private static final double ALPHA = 0.05;
  private static final int ARMS = 4;
  private static final int GOALS = 6;
  private static final int CURVE = 60;
  private static final Design DESIGN = new Design.Matured(60_000);
  private static final NonInferiority.Margin MARGIN =
      new NonInferiority.Margin(0.1, true, NonInferiority.Direction.INCREASE);

  private final List<List<RegressionAdjusted.Arm>> goals = new ArrayList<>();
  private final double[] people = new double[ARMS];
  private final double[] weights = {25, 25, 25, 25};
  private final double[] fractions = new double[100];
  private final double diff;
  private final double se;
  private final double baseline;

  public StatsBenchmark() {
    SplittableRandom random = new SplittableRandom(11);
    for (int goal = 0; goal < GOALS; goal++) {
      List<RegressionAdjusted.Arm> arms = new ArrayList<>();
      for (int arm = 0; arm < ARMS; arm++) {
        people[arm] = 10_000 + random.nextInt(200);
        arms.add(arm(random, people[arm]));
      }
      goals.add(List.copyOf(arms));
    }
    Arrays.setAll(fractions, i -> (i + 1) / 100.0);
    diff = 0.02 + 0.001 * random.nextDouble();
    se = 0.01 + 0.001 * random.nextDouble();
    baseline = 0.05 + 0.001 * random.nextDouble();
  }

  /// A metric with two covariates from before the exposure.
  private static RegressionAdjusted.Arm arm(SplittableRandom random, double n) {
    double[][] within = {{1 + random.nextDouble(), 0.2}, {0.2, 2 + random.nextDouble()}};
    return new RegressionAdjusted.Arm(
        n,
        5 + 0.1 * random.nextDouble(),
        4 + random.nextDouble(),
        new double[] {1 + 0.01 * random.nextDouble(), 3 + 0.01 * random.nextDouble()},
        new double[] {0.8, 0.9},
        within);
  }

  /// Everything that a report of 4 arms × 6 goals says: the split, each goal adjusted, Holm over
  /// all, the intervals at its levels, a Bayesian reading of each, and one goal as a guardrail.
  @Benchmark
  public List<Object> report() {
    List<Object> said = new ArrayList<>();
    said.add(SampleRatio.sequential(people, weights));
    List<Comparison> all = new ArrayList<>();
    for (List<RegressionAdjusted.Arm> goal : goals) {
      all.addAll(value(Comparisons.ofAdjusted(goal, DESIGN, ALPHA)));
    }
    double[] p = all.stream().mapToDouble(comparison -> comparison.anytime().p()).toArray();
    HolmLevels holm = value(HolmLevels.of(ALPHA, p));
    for (int i = 0; i < all.size(); i++) {
      Comparison comparison = all.get(i);
      said.add(value(AtLevel.of(holm.levels()[i], comparison, DESIGN)));
      said.add(
          value(
              BayesNormal.of(
                  comparison.diff(), comparison.anytime().se(), BayesNormal.Prior.FLAT, 0.95)));
    }
    for (Comparison guarded : all.subList(all.size() - ARMS + 1, all.size())) {
      said.add(value(Guardrail.of(guarded, MARGIN, DESIGN, ALPHA)));
    }
    return said;
  }

  @Benchmark
  public HorizonCs horizonCs() {
    return value(HorizonCs.of(diff, se, 20_000, 60_000, ALPHA));
  }

  @Benchmark
  public GroupSequential groupSequential() {
    return value(
        GroupSequential.of(fractions, ALPHA, 2, new GroupSequential.Spending.ObrienFleming()));
  }

  /// The visitors that each of 60 lifts needs.
  @Benchmark
  public double[] sampleSizeCurve() {
    HorizonPlan plan = value(HorizonPlan.of(ALPHA, 0.8, 1));
    double[] planned = new double[CURVE];
    for (int i = 0; i < CURVE; i++) {
      SampleSize.Question question = SampleSize.Question.of(baseline * (i + 1) / 100.0, ALPHA, 0.8);
      planned[i] =
          value(SampleSize.ofShares(baseline, question).then(fixed -> plan.sized(fixed.total())))
              .planned();
    }
    return planned;
  }

  /// An error would be fast.
  private static <T> T value(Result<T> result) {
    return result.toOptional().orElseThrow();
  }
}
