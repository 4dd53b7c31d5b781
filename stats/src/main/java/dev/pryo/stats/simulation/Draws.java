package dev.pryo.stats.simulation;

import java.util.random.RandomGenerator;

/// Exact draws from discrete distributions.
final class Draws {

  private Draws() {}

  /// Successes among `n` trials: by waiting times where few are expected, else by transformed
  /// rejection (Hörmann 1993, "The generation of binomial random variates", BTRS).
  static int binomial(RandomGenerator random, int n, double p) {
    if (p > 0.5) {
      return n - binomial(random, n, 1 - p);
    }
    if (n == 0 || p == 0) {
      return 0;
    }
    return n * p < 10 ? byWaiting(random, n, p) : byRejection(random, n, p);
  }

  private static int byWaiting(RandomGenerator random, int n, double p) {
    double logMiss = Math.log1p(-p);
    int successes = 0;
    double position = 0;
    while (true) {
      position += Math.floor(Math.log(1 - random.nextDouble()) / logMiss) + 1;
      if (position > n) {
        return successes;
      }
      successes++;
    }
  }

  private static int byRejection(RandomGenerator random, int n, double p) {
    double deviation = Math.sqrt(n * p * (1 - p));
    double b = 1.15 + 2.53 * deviation;
    double a = -0.0873 + 0.0248 * b + 0.01 * p;
    double c = n * p + 0.5;
    double squeeze = 0.92 - 4.2 / b;
    double alpha = (2.83 + 5.1 / b) * deviation;
    double logOdds = Math.log(p / (1 - p));
    double mode = Math.floor((n + 1) * p);
    while (true) {
      double u = random.nextDouble() - 0.5;
      double v = random.nextDouble();
      double us = 0.5 - Math.abs(u);
      double k = Math.floor((2 * a / us + b) * u + c);
      if (k < 0 || k > n) {
        continue;
      }
      if (us >= 0.07 && v <= squeeze) {
        return (int) k;
      }
      double logV = Math.log(v * alpha / (a / (us * us) + b));
      double logRatio =
          logFactorial(mode)
              + logFactorial(n - mode)
              - logFactorial(k)
              - logFactorial(n - k)
              + (k - mode) * logOdds;
      if (logV <= logRatio) {
        return (int) k;
      }
    }
  }

  private static final double[] LOG_FACTORIALS = new double[64];

  static {
    for (int k = 1; k < LOG_FACTORIALS.length; k++) {
      LOG_FACTORIALS[k] = LOG_FACTORIALS[k - 1] + Math.log(k);
    }
  }

  /// ln k! by Stirling's series where it is not tabled.
  private static double logFactorial(double k) {
    if (k < LOG_FACTORIALS.length) {
      return LOG_FACTORIALS[(int) k];
    }
    double x = k + 1;
    double series = (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / (x * x)) / (x * x)) / x;
    return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
  }

  /// A Poisson count of small mean (Knuth's products).
  static int poisson(RandomGenerator random, double mean) {
    double limit = Math.exp(-mean);
    double product = random.nextDouble();
    int count = 0;
    while (product > limit) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }
}
