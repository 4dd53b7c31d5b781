package dev.pryo.web;

import dev.pryo.implementation.Estimates.Estimate;
import dev.pryo.model.Models;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// Who can write variants here, and what that may cost at most.
///
/// @param model the name of the model, null where none is set up
/// @param cap what one run may cost
public record Authorship(@Nullable String model, String cap) {
  static Authorship of(Models models) {
    return new Authorship(models.implementing().orElse(null), dollars(models.runBudgetUsd()));
  }

  /// `$0.42`; less than a cent is not nothing.
  public static String dollars(BigDecimal usd) {
    BigDecimal cents = usd.setScale(2, RoundingMode.HALF_UP);
    return cents.signum() == 0 && usd.signum() > 0 ? "< $0.01" : "$" + cents.toPlainString();
  }

  /// A sentence for people.
  static String words(Estimate estimate) {
    return estimate.model() == null
        ? "Nothing: rules are certain of it, and no model is asked."
        : "%s to %s: about %s tokens read and %s written by %s."
            .formatted(
                dollars(estimate.costUsd().getFirst()),
                dollars(estimate.costUsd().getLast()),
                Texts.number(estimate.inputTokens()),
                Texts.number(estimate.outputTokens()),
                estimate.model());
  }
}
