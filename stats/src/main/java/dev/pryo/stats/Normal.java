package dev.pryo.stats;

/// The normal distribution; tails keep their relative precision down to the smallest double.
final class Normal {

  static final double SQRT_2 = Math.sqrt(2);
  static final double SQRT_2_PI = Math.sqrt(2 * Math.PI);
  private static final double SQRT_HALF_PI = Math.sqrt(Math.PI / 2);

  /// Chebyshev coefficients of (1 + 2x) e^{x²} erfc(x) in (x − 3.75) / (x + 3.75) on x ≥ 0. The
  /// form is that of Shepherd and Laframboise 1981, "Chebyshev approximation of (1+2x)exp(x²)erfc
  /// x"; these coefficients were computed anew with 60 digits.
  private static final double[] ERFCX = {
    2.355157869134803508161,
    -0.004590054580646477330853,
    -0.08424913336651791558351,
    0.05920993999819189049808,
    -0.02665866843530575227739,
    0.009074997670705265093879,
    -0.002413163540417608190943,
    0.0004907758365258086322859,
    -0.00006916973302501206367096,
    0.000004139027986073010167534,
    7.740383066198490668633e-7,
    -2.188640104923439566149e-7,
    1.076499946567091037714e-8,
    4.521959811218286897931e-9,
    -7.754400208831351106474e-10,
    -6.318088340886684494385e-11,
    2.868795010930669898142e-11,
    1.945586854577734722953e-13,
    -9.654696748433438905851e-13,
    3.252548148148739841542e-14,
    3.347811948286805387827e-14,
    -1.864562880419313101544e-15,
    -1.250795053068864708532e-15,
    7.418235256624043463048e-17,
    5.068148904796111316807e-17,
    -2.237056659435999597369e-18,
    -2.187342944303017664995e-18,
  };

  private Normal() {}

  /// e^{x²} erfc(x) for x ≥ 0.
  static double erfcx(double x) {
    double t2 = x < 1e17 ? 2 * (x - 3.75) / (x + 3.75) : 2;
    double b0 = 0;
    double b1 = 0;
    for (int k = ERFCX.length - 1; k > 0; k--) {
      double b2 = b1;
      b1 = b0;
      b0 = ERFCX[k] + t2 * b1 - b2;
    }
    return (0.5 * ERFCX[0] + 0.5 * t2 * b0 - b1) / (1 + 2 * x);
  }

  static double erfc(double x) {
    return x < 0 ? 2 - erfc(-x) : expMinusSquare(x) * erfcx(x);
  }

  /// e^{−x²}; the rounding of x² is carried into the exponent.
  private static double expMinusSquare(double x) {
    double square = x * x;
    return square > 800 ? 0 : Math.exp(-square) * (1 - Math.fma(x, x, -square));
  }

  static double density(double x) {
    return Math.exp(-0.5 * x * x) / SQRT_2_PI;
  }

  /// Φ̄(x) = P(Z ≥ x).
  static double sf(double x) {
    if (x < 0) {
      return 1 - sf(-x);
    }
    double square = 0.5 * x * x;
    if (square > 800) {
      return 0;
    }
    double rounding = 0.5 * Math.fma(x, x, -x * x);
    return 0.5 * Math.exp(-square) * (1 - rounding) * erfcx(x / SQRT_2);
  }

  static double cdf(double x) {
    return sf(-x);
  }

  /// Φ̄(x)/φ(x), the Mills ratio.
  static double mills(double x) {
    return x < 0 ? sf(x) / density(x) : SQRT_HALF_PI * erfcx(x / SQRT_2);
  }

  static double logSf(double x) {
    if (x < 0) {
      return Math.log1p(-sf(-x));
    }
    return -0.5 * x * x + Math.log(0.5 * erfcx(x / SQRT_2));
  }

  /// Φ(x) − ½ without loss near zero, for |x| up to about 2 (Abramowitz and Stegun 26.2.11).
  static double center(double x) {
    double square = x * x;
    double term = x;
    double sum = x;
    for (int k = 1; Math.abs(term) > 1e-18 * Math.abs(sum); k++) {
      term *= square / (2 * k + 1);
      sum += term;
    }
    return sum * density(x);
  }

  /// The x with Φ̄(x) = q, for 0 ≤ q < 1; a level that underflowed to 0 is never reached.
  static double isf(double q) {
    if (q == 0) {
      return Double.POSITIVE_INFINITY;
    }
    if (q > 0.25 && q < 0.75) {
      return fromCenter(0.5 - q);
    }
    return q > 0.5 ? -upperPoint(1 - q) : upperPoint(q);
  }

  /// The x with Φ(x) = p, for 0 < p < 1.
  static double ppf(double p) {
    return p > 0.25 && p < 0.75 ? fromCenter(p - 0.5) : -isf(p);
  }

  /// Newton's method on Φ(x) − ½ = offset.
  private static double fromCenter(double offset) {
    double x = offset * SQRT_2_PI;
    for (int i = 0; i < 8; i++) {
      double step = (offset - center(x)) / density(x);
      x += step;
      if (Math.abs(step) <= 1e-16 * Math.abs(x)) {
        break;
      }
    }
    return x;
  }

  /// Newton's method on ln Φ̄(x) = ln q from the approximation 26.2.23 of Abramowitz and Stegun.
  private static double upperPoint(double q) {
    double log = Math.log(q);
    double t = Math.sqrt(-2 * log);
    double x =
        t
            - (2.515517 + t * (0.802853 + t * 0.010328))
                / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
    for (int i = 0; i < 8; i++) {
      double step = (logSf(x) - log) * mills(x);
      x += step;
      if (Math.abs(step) <= 1e-16 * x) {
        break;
      }
    }
    return x;
  }
}
