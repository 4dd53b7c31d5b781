package dev.pryo.bench;

import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// Runs the benchmarks, prints a table of their times with the bounds, and ends with 1 when one is
/// missed. Progress goes to the error stream.
public final class Speed {
  private static final List<Bound> BOUNDS =
      List.of(
          new Bound("report", "whole report, 4 arms x 6 goals with covariates", 1_000),
          new Bound("horizonCs", "horizon_cs", 20),
          new Bound("groupSequential", "group_sequential, 100 looks", 100_000),
          new Bound("sampleSizeCurve", "sample-size curve, 60 points", 1_000));

  private Speed() {}

  private record Bound(String benchmark, String what, double micros) {}

  public static void main(String[] args) throws RunnerException {
    PrintStream out = System.out;
    System.setOut(System.err);
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(StatsBenchmark.class.getName())
                    .shouldFailOnError(true)
                    .build())
            .run();
    out.printf("%-50s %12s %10s %12s%n", "", "mean", "±", "bound");
    boolean all = true;
    for (Bound bound : BOUNDS) {
      all &= print(out, bound, results);
    }
    System.exit(all ? 0 : 1);
  }

  private static boolean print(PrintStream out, Bound bound, Collection<RunResult> results) {
    Result<?> time =
        results.stream()
            .filter(run ->
                run.getParams().getBenchmark().endsWith("StatsBenchmark." + bound.benchmark()))
            .findFirst()
            .orElseThrow()
            .getPrimaryResult();
    boolean holds = time.getScore() < bound.micros();
    out.printf(
        Locale.ROOT,
        "%-50s %,9.2f µs %,7.2f µs %,9.0f µs%s%n",
        bound.what(),
        time.getScore(),
        time.getScoreError(),
        bound.micros(),
        holds ? "" : "  MISSED");
    return holds;
  }
}
