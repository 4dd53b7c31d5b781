package dev.pryo.model;

import java.math.BigDecimal;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// What the operator set about language models; every key stands in `application.yml` with its
/// meaning and default.
///
/// @param prices a file with other prices than the built-in ones, empty for those
/// @param runBudgetUsd what one run may cost
/// @param monthlyBudgetUsd what all runs of a calendar month may cost together
@ConfigurationProperties("pryo.models")
public record ModelSettings(
    Vendor anthropic,
    Vendor openai,
    String prices,
    BigDecimal runBudgetUsd,
    BigDecimal monthlyBudgetUsd) {
  public ModelSettings {
    require(runBudgetUsd, "PRYO_RUN_BUDGET_USD");
    require(monthlyBudgetUsd, "PRYO_MONTHLY_BUDGET_USD");
  }

  private static void require(BigDecimal budget, String name) {
    if (budget.signum() < 0) {
      throw new IllegalArgumentException(name + " must be 0 or more dollars.");
    }
  }

  /// How one vendor, or something that speaks as it does, is reached; empty for its usual values.
  public record Vendor(String apiKey, String baseUrl, String model) {
    /// The key stays out of logs.
    @Override
    public String toString() {
      return model + " at " + baseUrl;
    }
  }
}
