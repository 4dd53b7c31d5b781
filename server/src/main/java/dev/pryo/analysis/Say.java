package dev.pryo.analysis;

import dev.pryo.experiment.Goal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Numbers as people read them: 1,234 and 16.8 % and +3 %.
public final class Say {
  private static final double SMALLEST = 0.0005;

  private Say() {}

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// `1 person`, `1,234 people`.
  static String people(long number) {
    return number == 1 ? "1 person" : count(number) + " people";
  }

  /// `16.8 %`, `6 %`, `3,314 %`, `< 0.1 %`, without its sign.
  static String percent(double fraction) {
    double size = Math.abs(fraction);
    return size > 0 && size < SMALLEST ? "< 0.1 %" : tenths(size * 100) + " %";
  }

  /// `+21 %`, `−4 %`, `0 %`; next to nothing is `< +0.1 %` or `> −0.1 %`.
  static String signed(double fraction) {
    if (fraction == 0) {
      return "0 %";
    }
    if (Math.abs(fraction) < SMALLEST) {
      return fraction > 0 ? "< +0.1 %" : "> −0.1 %";
    }
    return (fraction > 0 ? "+" : "−") + percent(fraction);
  }

  /// `−4 % to +21 %`.
  public static String range(List<Double> interval) {
    return signed(interval.getFirst()) + " to " + signed(interval.getLast());
  }

  /// The interval of a fact in its own unit, ` (−4 % to +21 %)`, that of percentage points without
  /// it; empty where it has none.
  public static String interval(Analysis.Fact fact) {
    List<Double> ends = fact.interval();
    if (ends == null) {
      return "";
    }
    String range =
        fact.unit().equals("fraction")
            ? range(ends)
            : value(ends.getFirst()) + " to " + value(ends.getLast());
    return " (%s)".formatted(fact.id().startsWith("difference.") ? range.replace(" %", "") : range);
  }

  /// A goal's value, to four digits: `5.213`, `1,204`, `−0.02`.
  public static String value(double value) {
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(Math.abs(value)).round(new MathContext(4));
    if (rounded.precision() - rounded.scale() > 15 || rounded.scale() > 12) {
      return sign(value) + String.format(Locale.ROOT, "%.3e", Math.abs(value));
    }
    int decimals = Math.max(0, rounded.stripTrailingZeros().scale());
    return sign(value) + String.format(Locale.ROOT, "%,." + decimals + "f", rounded);
  }

  private static String sign(double value) {
    return value < 0 ? "−" : "";
  }

  /// What a goal's value is: `of people`, `per person`, `per “order”`.
  static String unit(Goal.Kind kind, Goal.@Nullable Denominator denominator) {
    if (denominator == null) {
      return kind == Goal.Kind.CONVERSION ? "of people" : "per person";
    }
    String by = quoted(denominator.event());
    return switch (denominator.kind()) {
      case CONVERSION -> "per person with " + by;
      case SUM -> "per unit of " + by;
      case COUNT, MEAN, RATIO -> "per " + by;
    };
  }

  /// A p-value: `0.007`, `< 0.001`.
  static String probability(double p) {
    return p < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", p);
  }

  /// The probability of something that is never certain: `97.2 %`, `> 99.9 %`.
  public static String chance(double probability) {
    return probability > 1 - SMALLEST ? "> 99.9 %" : percent(probability);
  }

  /// A name that somebody chose, set apart from the sentence around it.
  static String quoted(String name) {
    return "“" + name + "”";
  }

  /// `A`, `A and B`, `A, B and C`.
  static String list(List<String> items) {
    return items.size() < 2
        ? String.join("", items)
        : String.join(", ", items.subList(0, items.size() - 1)) + " and " + items.getLast();
  }

  static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static String tenths(double value) {
    if (value >= 1e15) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    int decimals = value < 1_000 ? 1 : 0;
    BigDecimal rounded =
        new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP).stripTrailingZeros();
    return String.format(Locale.ROOT, "%,." + Math.max(0, rounded.scale()) + "f", rounded);
  }
}
