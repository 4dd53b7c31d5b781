package dev.pryo.stats.simulation;

import dev.pryo.stats.Cuped;
import dev.pryo.stats.Moments;
import dev.pryo.stats.Ratio;
import dev.pryo.stats.Result;
import java.util.random.RandomGenerator;

/// A kind of data, with the truth about it: an effect e multiplies the mean by 1 + e.
sealed interface Metric {

  String name();

  /// The control's mean.
  double mean();

  /// The variance per unit under an effect, after adjustment if there is one.
  double variance(double effect);

  /// Effective events per unit of the control, (E y)²/E y².
  double effectiveEvents();

  /// Random numbers per unit, about.
  default double drawsPerUnit() {
    return 1;
  }

  /// A fresh arm; the control has effect 0.
  Arm arm(RandomGenerator random, double effect);

  /// Units of one arm as they come in.
  interface Arm {
    void add(int units);

    /// Sums n, Σx, Σx², Σy, Σy², Σxy of the values x and of a second value y.
    double[] sums();
  }

  /// The two arms to compare, or a failure while there is too little.
  default Result<Pair> pair(double[] a, double[] b) {
    return Moments.of(a[0], a[1], a[2])
        .then(control -> Moments.of(b[0], b[1], b[2]).map(test -> new Pair(control, test)));
  }

  record Pair(Moments control, Moments test) {}

  /// Normal values with mean and standard deviation 1.
  record Normal() implements Metric {
    @Override
    public String name() {
      return "normal";
    }

    @Override
    public double mean() {
      return 1;
    }

    @Override
    public double variance(double effect) {
      return 1;
    }

    @Override
    public double effectiveEvents() {
      return 0.5;
    }

    @Override
    public Arm arm(RandomGenerator random, double effect) {
      return new UnitByUnit(sums -> sums.add(1 + effect + random.nextGaussian(), 0));
    }
  }

  /// Units that convert or not.
  record Conversion(double rate) implements Metric {
    @Override
    public String name() {
      return "conversion %s %%".formatted(rate * 100);
    }

    @Override
    public double mean() {
      return rate;
    }

    @Override
    public double variance(double effect) {
      double p = rate * (1 + effect);
      return p * (1 - p);
    }

    @Override
    public double drawsPerUnit() {
      return 0;
    }

    @Override
    public double effectiveEvents() {
      return rate;
    }

    @Override
    public Arm arm(RandomGenerator random, double effect) {
      double[] sums = new double[6];
      return new Arm() {
        @Override
        public void add(int units) {
          int converted = Draws.binomial(random, units, rate * (1 + effect));
          sums[0] += units;
          sums[1] += converted;
          sums[2] += converted;
        }

        @Override
        public double[] sums() {
          return sums;
        }
      };
    }
  }

  /// Log-normal orders with σ = 1.5 by 5 % of the units; an effect brings more buyers.
  record Revenue() implements Metric {
    private static final double BUYERS = 0.05;
    private static final double SIGMA = 1.5;

    @Override
    public String name() {
      return "revenue";
    }

    @Override
    public double mean() {
      return BUYERS * Math.exp(0.5 * SIGMA * SIGMA);
    }

    @Override
    public double variance(double effect) {
      double mean = mean() * (1 + effect);
      return BUYERS * (1 + effect) * Math.exp(2 * SIGMA * SIGMA) - mean * mean;
    }

    @Override
    public double drawsPerUnit() {
      return BUYERS;
    }

    @Override
    public double effectiveEvents() {
      return BUYERS * Math.exp(-SIGMA * SIGMA);
    }

    @Override
    public Arm arm(RandomGenerator random, double effect) {
      UnitByUnit sums = new UnitByUnit(s -> s.add(Math.exp(SIGMA * random.nextGaussian()), 0));
      return new Arm() {
        @Override
        public void add(int units) {
          int buyers = Draws.binomial(random, units, BUYERS * (1 + effect));
          sums.add(buyers);
          sums.sums()[0] += units - buyers;
        }

        @Override
        public double[] sums() {
          return sums.sums();
        }
      };
    }
  }

  /// Poisson counts with mean 0.3.
  record Counts() implements Metric {
    private static final double MEAN = 0.3;

    @Override
    public String name() {
      return "counts";
    }

    @Override
    public double mean() {
      return MEAN;
    }

    @Override
    public double variance(double effect) {
      return MEAN * (1 + effect);
    }

    @Override
    public double effectiveEvents() {
      return MEAN * MEAN / (MEAN + MEAN * MEAN);
    }

    @Override
    public Arm arm(RandomGenerator random, double effect) {
      return new UnitByUnit(s -> s.add(Draws.poisson(random, MEAN * (1 + effect)), 0));
    }
  }

  /// Successes per session: 1 + Poisson(2) sessions a unit, each successful with probability 0.2.
  record Sessions() implements Metric {
    private static final double RATE = 0.2;
    private static final double SESSIONS = 3;

    @Override
    public String name() {
      return "ratio";
    }

    @Override
    public double mean() {
      return RATE;
    }

    @Override
    public double variance(double effect) {
      double p = RATE * (1 + effect);
      return p * (1 - p) / SESSIONS;
    }

    @Override
    public double effectiveEvents() {
      return RATE * SESSIONS / (1 + RATE * SESSIONS);
    }

    @Override
    public Arm arm(RandomGenerator random, double effect) {
      return new UnitByUnit(s -> {
        int sessions = 1 + Draws.poisson(random, SESSIONS - 1);
        int successes = 0;
        for (int i = 0; i < sessions; i++) {
          successes += random.nextDouble() < RATE * (1 + effect) ? 1 : 0;
        }
        s.add(successes, sessions);
      });
    }

    @Override
    public Result<Pair> pair(double[] a, double[] b) {
      return ratio(a).then(control -> ratio(b).map(test -> new Pair(control, test)));
    }

    private static Result<Moments> ratio(double[] s) {
      return Moments.of(s[0], s[1], s[2])
          .then(x ->
              Moments.of(s[0], s[3], s[4])
                  .map(y ->
                      new Ratio.Arm(s[0], x.mean(), y.mean(), x.var(), y.var(), covariance(s))))
          .then(Ratio.Arm::perUnit);
    }
  }

  /// Normal values of which a covariate, correlated 0.7, is known beforehand.
  record WithHistory() implements Metric {
    private static final double CORRELATION = 0.7;

    @Override
    public String name() {
      return "CUPED";
    }

    @Override
    public double mean() {
      return 1;
    }

    @Override
    public double variance(double effect) {
      return 1 - CORRELATION * CORRELATION;
    }

    @Override
    public double effectiveEvents() {
      return 0.5;
    }

    @Override
    public Arm arm(RandomGenerator random, double effect) {
      double own = Math.sqrt(variance(effect));
      return new UnitByUnit(s -> {
        double before = random.nextGaussian();
        s.add(1 + effect + CORRELATION * before + own * random.nextGaussian(), before);
      });
    }

    @Override
    public Result<Pair> pair(double[] a, double[] b) {
      return cuped(a)
          .then(control -> cuped(b).then(test -> Cuped.adjust(control, test)))
          .map(adjusted -> new Pair(adjusted.a(), adjusted.b()));
    }

    private static Result<Cuped.Arm> cuped(double[] s) {
      return Moments.of(s[0], s[1], s[2])
          .then(y ->
              Moments.of(s[0], s[3], s[4])
                  .map(x ->
                      new Cuped.Arm(s[0], y.mean(), y.var(), x.mean(), x.var(), covariance(s))));
    }
  }

  private static double covariance(double[] s) {
    return (s[5] - s[1] * s[3] / s[0]) / (s[0] - 1);
  }

  /// Draws each unit by itself.
  final class UnitByUnit implements Arm {

    /// Draws one unit into the sums.
    interface Draw {
      void into(UnitByUnit sums);
    }

    private final Draw draw;
    private final double[] sums = new double[6];

    UnitByUnit(Draw draw) {
      this.draw = draw;
    }

    void add(double x, double y) {
      sums[0]++;
      sums[1] += x;
      sums[2] += x * x;
      sums[3] += y;
      sums[4] += y * y;
      sums[5] += x * y;
    }

    @Override
    public void add(int units) {
      for (int i = 0; i < units; i++) {
        draw.into(this);
      }
    }

    @Override
    public double[] sums() {
      return sums;
    }
  }
}
