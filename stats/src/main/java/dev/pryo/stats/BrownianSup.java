package dev.pryo.stats;

/// The largest distance from zero that Brownian motion reaches on [0, 1].
///
/// Source: both series are classical, see Siegmund 1985, "Sequential Analysis", and Feller 1971,
/// volume II, X.5: the first sums images at the two barriers, the second is its dual for low
/// barriers.
final class BrownianSup {

  private BrownianSup() {}

  /// G₂(c) = P(sup |B| ≥ c).
  static double sf(double c) {
    if (c <= 0) {
      return 1;
    }
    return c < 1 ? lowBarrier(c) : images(c);
  }

  private static double images(double c) {
    double sum = 0;
    double sign = 1;
    for (int odd = 1; odd < 40; odd += 2) {
      double term = 4 * Normal.sf(odd * c);
      sum += sign * term;
      if (term <= 1e-17 * sum) {
        break;
      }
      sign = -sign;
    }
    return sum;
  }

  private static double lowBarrier(double c) {
    double rate = Math.PI * Math.PI / (8 * c * c);
    double inside = 0;
    double sign = 1;
    for (int odd = 1; odd < 40; odd += 2) {
      inside += sign * Math.exp(-rate * odd * odd) / odd;
      sign = -sign;
    }
    return 1 - 4 / Math.PI * inside;
  }

  /// The c with G₂(c) = q for 0 < q ≤ 0.95: Newton's method on the logarithm, which is concave,
  /// from the first image alone, which lies above.
  static double isf(double q) {
    double log = Math.log(q);
    double c = Normal.isf(q / 4);
    for (int i = 0; i < 50 && c < Double.POSITIVE_INFINITY; i++) {
      double ratio = tailRatio(c);
      double miss = Normal.logSf(c) + Math.log(4 * ratio) - log;
      double step = miss * Normal.mills(c) * ratio / slopeRatio(c);
      c += step;
      if (!(Math.abs(step) > 1e-15 * c)) {
        break;
      }
    }
    return c;
  }

  /// G₂(c) / (4 Φ̄(c)).
  private static double tailRatio(double c) {
    double first = Normal.sf(c);
    double sum = 1;
    double sign = -1;
    for (int odd = 3; odd < 40; odd += 2) {
      double term = Normal.sf(odd * c) / first;
      if (!(term > 1e-18)) {
        break;
      }
      sum += sign * term;
      sign = -sign;
    }
    return sum;
  }

  /// −G₂′(c) / (4 φ(c)).
  private static double slopeRatio(double c) {
    double sum = 1;
    double sign = -1;
    for (int odd = 3; odd < 40; odd += 2) {
      double term = odd * Math.exp(-0.5 * (odd * odd - 1) * c * c);
      if (term < 1e-18) {
        break;
      }
      sum += sign * term;
      sign = -sign;
    }
    return sum;
  }
}
