package dev.pryo.stats;

/// Bayes factors of counts per arm against fixed shares, mixing over shares that are Dirichlet
/// around them (Lindon and Malek 2022, "Anytime-valid inference for multinomial count data", arXiv
/// 2011.03567).
///
/// With N = K + n and posterior means q = (K w + c) / N, Stirling's formula turns the differences
/// of ln Γ into deviances, so that no digits are lost at 10¹² counts: ln BF = N Σ w h(q/w − 1) − ½
/// Σ ln(q/w) − (k − 1)/2 · ln(N/K) + what Stirling leaves out.
final class DirichletMixture {

  private final double[] counts;
  private final double[] weights;
  private final double concentration;

  /// c − n w, which may be far smaller than c.
  private final double[] excess;

  private final double units;

  /// `weights` need not add to one.
  DirichletMixture(double[] counts, double[] weights, double concentration) {
    this.counts = counts;
    this.concentration = concentration;
    this.weights = new double[counts.length];
    this.excess = new double[counts.length];
    DoubleDouble total = DoubleDouble.ZERO;
    DoubleDouble n = DoubleDouble.ZERO;
    double largest = 0;
    for (double weight : weights) {
      largest = Math.max(largest, weight);
    }
    for (int i = 0; i < counts.length; i++) {
      total = total.plus(weights[i] / largest);
      n = n.plus(counts[i]);
    }
    for (int i = 0; i < counts.length; i++) {
      DoubleDouble weight = DoubleDouble.of(weights[i]).dividedBy(largest).dividedBy(total);
      this.weights[i] = weight.value();
      this.excess[i] = DoubleDouble.of(counts[i]).minus(n.times(weight)).value();
    }
    this.units = n.value();
  }

  double units() {
    return units;
  }

  double weight(int arm) {
    return weights[arm];
  }

  /// Pearson's Σ (c − n w)² / (n w).
  double chiSquare() {
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += excess[i] / (units * weights[i]) * excess[i];
    }
    return sum;
  }

  /// ln BF against the given shares.
  double logBayesFactor() {
    double total = concentration + units;
    double deviance = 0;
    for (int i = 0; i < counts.length; i++) {
      deviance += total * weights[i] * Precise.deviance(excess[i] / (total * weights[i]));
    }
    return deviance + remainder();
  }

  /// ln BF against the observed shares c/n, its least value: −K KL(w, q) − n KL(c/n, q) takes the
  /// place of the deviance.
  double logBayesFactorAtObserved() {
    if (units == 0) {
      return 0;
    }
    double total = concentration + units;
    double divergence = 0;
    for (int i = 0; i < counts.length; i++) {
      double posterior = (concentration * weights[i] + counts[i]) / total;
      double fromPrior = -excess[i] / (total * posterior);
      double fromData = excess[i] / units * (concentration / (total * posterior));
      divergence += concentration * posterior * Precise.deviance(fromPrior);
      divergence += units * posterior * Precise.deviance(fromData);
    }
    return remainder() - divergence;
  }

  private double remainder() {
    double total = concentration + units;
    double sum =
        -0.5 * (counts.length - 1) * Math.log1p(units / concentration)
            + GammaFunctions.stirlingError(concentration)
            - GammaFunctions.stirlingError(total);
    for (int i = 0; i < counts.length; i++) {
      double prior = concentration * weights[i];
      double ratio = excess[i] / (total * weights[i]);
      double posterior = prior + counts[i];
      sum -= 0.5 * (Math.abs(ratio) < 0.5 ? Math.log1p(ratio) : logRatio(posterior, i));
      sum += GammaFunctions.stirlingError(posterior) - GammaFunctions.stirlingError(prior);
    }
    return sum;
  }

  private double logRatio(double posterior, int arm) {
    return Math.log(posterior / ((concentration + units) * weights[arm]));
  }
}
