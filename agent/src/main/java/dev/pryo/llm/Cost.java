package dev.pryo.llm;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Money at list price, in US dollars.
public record Cost(BigDecimal usd) implements Comparable<Cost> {
  public static final Cost NONE = new Cost(BigDecimal.ZERO);
  private static final int DIGITS = 6;

  public static Cost of(double usd) {
    return new Cost(BigDecimal.valueOf(usd));
  }

  public Cost plus(Cost other) {
    return new Cost(usd.add(other.usd));
  }

  /// Rounded to a millionth of a dollar.
  public Cost rounded() {
    return new Cost(usd.setScale(DIGITS, RoundingMode.HALF_UP));
  }

  @Override
  public int compareTo(Cost other) {
    return usd.compareTo(other.usd);
  }
}
