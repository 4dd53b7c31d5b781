package dev.pryo.wording;

import dev.pryo.analysis.Analysis.Fact;
import dev.pryo.wording.Numbers.Bound;
import dev.pryo.wording.Numbers.Number;
import dev.pryo.wording.Numbers.Unit;
import java.util.List;
import java.util.Set;

/// Whether a number that is said is a fact, after rounding and unit.
final class Match {
  /// Rounding may be coarser than Pryo's own by this much of the value.
  private static final double COARSE = 0.05;

  private static final double HALF_PERCENT = 0.005;

  private static final Set<String> COUNTS =
      Set.of("people", "visitors", "events", "checks", "days", "hours");

  private Match() {}

  /// Whether the number is the fact's value.
  static boolean value(Number said, Fact fact) {
    boolean limit = fact.id().startsWith("most.");
    if (said.bound() != Bound.NONE) {
      boolean least = (said.bound() == Bound.LOWER) == said.sign() < 0 && isLeast(said, fact);
      return least || (limit && said.bound() == Bound.UPPER && is(said, fact, fact.value()));
    }
    return !limit && is(said, fact, fact.value());
  }

  /// `< 0.1 %`, `> −0.1 %` and `< 0.001` stand for all that is smaller.
  private static boolean isLeast(Number said, Fact fact) {
    double size = Math.abs(fact.value());
    return switch (said.unit()) {
      case PERCENT -> fact.unit().equals("fraction") && said.value() == 0.1 && size < 0.001;
      case NONE -> fact.unit().equals("probability") && said.value() == 0.001 && size <= 0.001;
      default -> false;
    };
  }

  /// Whether the number is an end of the fact's interval, and is said to be one.
  static boolean end(Number said, Fact fact) {
    List<Double> interval = fact.interval();
    if (interval == null || said.bound() == Bound.NONE) {
      return false;
    }
    double end = said.bound() == Bound.UPPER ? interval.getLast() : interval.getFirst();
    return is(said, fact, end) && end >= 0 == said.signed() >= 0;
  }

  /// Whether both numbers are the fact's interval.
  static boolean interval(Number low, Number high, Fact fact) {
    List<Double> interval = fact.interval();
    return interval != null
        && endOf(low, fact, interval.getFirst())
        && endOf(high, fact, interval.getLast());
  }

  /// An end below zero has to be said with its sign.
  private static boolean endOf(Number said, Fact fact, double end) {
    boolean shown = Math.abs(end) < 0.0005 && fact.unit().equals("fraction");
    boolean isNothing = shown && said.unit() == Unit.PERCENT && said.value() <= 0.1;
    return isNothing || (is(said, fact, end) && (shown || end < 0 == said.sign() < 0));
  }

  private static boolean is(Number said, Fact fact, double value) {
    boolean turned = said.sign() != 0 && value != 0 && said.sign() != (int) Math.signum(value);
    boolean unsigned = fact.unit().equals("value") && value < 0 && said.sign() == 0;
    if (turned || unsigned) {
      return false;
    }
    double size = Math.abs(value);
    String unit = fact.unit();
    return switch (said.unit()) {
      case PERCENT ->
          unit.equals("fraction")
              && !fact.id().startsWith("difference.")
              && rounded(said, size * 100);
      case POINTS ->
          fact.id().startsWith("difference.")
              && unit.equals("fraction")
              && rounded(said, size * 100);
      case PEOPLE -> Set.of("people", "visitors").contains(unit) && counted(said, size);
      case DAYS -> unit.equals("days") && counted(said, size);
      case HOURS -> unit.equals("hours") && counted(said, size);
      case CHECKS -> unit.equals("checks") && counted(said, size);
      case TIMES -> unit.equals("people") && counted(said, size) || factor(said, fact, value);
      case FACTOR -> factor(said, fact, value);
      case PART ->
          unit.equals("fraction")
              && !isChange(fact)
              && Math.abs(size - said.value()) <= HALF_PERCENT;
      case NONE ->
          COUNTS.contains(unit)
              ? counted(said, size)
              : unit.equals("probability")
                  ? said.decimals() >= 3 && Math.abs(size - said.value()) <= 5.001e-4
                  : unit.equals("value") && plain(said, size);
      case OTHER -> false;
    };
  }

  /// `twice` is a lift of 100 %, `half` one of −50 % or 50 %.
  private static boolean factor(Number said, Fact fact, double value) {
    double step = 0.5 * Math.pow(10, -Math.max(1, said.decimals()));
    return isChange(fact)
        && (Math.abs(1 + value - said.value()) <= step
            || (said.value() < 1 && Math.abs(Math.abs(value) - said.value()) <= HALF_PERCENT));
  }

  private static boolean isChange(Fact fact) {
    return fact.id().startsWith("lift.") || fact.id().startsWith("gain.");
  }

  private static boolean rounded(Number said, double size) {
    double off = Math.abs(size - said.value());
    double step = 0.5 * Math.pow(10, -said.decimals()) + 1e-9;
    boolean fine = off <= 0.05 + 1e-9 || off <= COARSE * size;
    return off <= step && fine && (said.value() > 0 || size == 0);
  }

  /// A whole number, or one rounded to tens, hundreds and so on.
  private static boolean counted(Number said, double size) {
    if (said.value() == size) {
      return true;
    }
    double off = Math.abs(size - said.value());
    for (double step = 10; said.value() > 0 && said.value() % step == 0; step *= 10) {
      if (off <= step / 2 && off <= COARSE * size) {
        return true;
      }
    }
    return false;
  }

  private static boolean plain(Number said, double size) {
    double off = Math.abs(size - said.value());
    double step = 0.5 * Math.pow(10, -said.decimals());
    return off <= step * (1 + 1e-9) && off <= COARSE * size
        || size == 0 && said.value() == 0
        || said.value() >= 1000 && said.decimals() == 0 && counted(said, size)
        || off <= 5e-4 * size;
  }
}
