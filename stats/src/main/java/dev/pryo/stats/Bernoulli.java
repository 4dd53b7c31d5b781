package dev.pryo.stats;

/// One trial with success probability x.
final class Bernoulli {

  private Bernoulli() {}

  /// ln(1 − x + x e^s) − x s, the centered cumulant generating function: convex in s, about x (1 −
  /// x) s²/2 near zero, where no digit is lost.
  static double cumulant(double s, IncompleteBeta.Point at) {
    if (at.x() > 0.5) {
      return cumulant(-s, at.mirrored());
    }
    double x = at.x();
    if (s > 700) {
      return s * at.complement() + Math.log(x);
    }
    double growth = x * Math.expm1(s);
    return growth < 0.5
        ? x * Precise.expm1Minus(s) + Precise.log1pMinus(growth)
        : Math.log1p(growth) - x * s;
  }
}
