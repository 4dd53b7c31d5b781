package dev.pryo.stats.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimulationTest {

  @Test
  void error_rates_coverage_power_and_stopping_keep_their_bounds_in_2000_replicates() {
    List<Simulation.Line> lines = new Simulation(2_000, true, System.err).run();
    assertThat(lines).hasSizeGreaterThan(40).allMatch(Simulation.Line::holds);
    assertThat(lines)
        .extracting(Simulation.Line::what)
        .contains("error rate", "missed uplift", "missed diff", "power", "stopping / fixed n");
  }

  @Test
  void binomial_draws_have_the_mean_and_variance_of_the_binomial_on_both_of_their_ways() {
    for (double p : new double[] {0.002, 0.05, 0.3, 0.97}) {
      SplittableRandom random = new SplittableRandom(7);
      int n = 500;
      int draws = 40_000;
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < draws; i++) {
        double x = Draws.binomial(random, n, p) - n * p;
        sum += x;
        squares += x * x;
      }
      double variance = n * p * (1 - p);
      assertThat(Math.abs(sum / draws)).isLessThan(4 * Math.sqrt(variance / draws));
      assertThat(squares / draws / variance).isBetween(0.95, 1.05);
    }
  }
}
