package dev.pryo.stats;

import java.util.OptionalDouble;

/// One treatment against the control in one goal: the effect, read once as if this were the only
/// look and once for looking as often as one likes. Decisions use `anytime` alone.
///
/// `uplift` is (B − A)/|A|, absent where the control's mean is zero. `control` and `test` are the
/// moments compared: those of the metric, or after adjustment the adjusted mean and the residual
/// variance per unit; `extra` is then what adjusted means share beside it.
public record Comparison(
    Moments control,
    Moments test,
    ReportedRelative.Extra extra,
    double diff,
    OptionalDouble uplift,
    Reading fixed,
    Reading anytime) {

  /// How the reading was made, and with it whether it may be repeated.
  public enum Method {
    WELCH("welch_t", false),
    HORIZON("horizon_cs", true),
    MIXTURE("mixture_cs", true);

    private final String wireName;
    private final boolean peekSafe;

    Method(String wireName, boolean peekSafe) {
      this.wireName = wireName;
      this.peekSafe = peekSafe;
    }

    public String wireName() {
      return wireName;
    }

    /// Whether the p-value and intervals hold however often one looks.
    public boolean peekSafe() {
      return peekSafe;
    }
  }

  /// A p-value (two-sided) with the intervals that go with it: `absolute` for B − A, `relative` for
  /// the uplift, unbounded where the data do not bound it. `crit` · `se` is the reach of
  /// `absolute`, `level` the alpha of both intervals.
  public record Reading(
      Method method,
      double level,
      double p,
      double se,
      double crit,
      Interval absolute,
      Interval relative) {

    public boolean peekSafe() {
      return method.peekSafe();
    }

    /// Whether zero is excluded at the level.
    public boolean significant() {
      return p <= level;
    }
  }
}
