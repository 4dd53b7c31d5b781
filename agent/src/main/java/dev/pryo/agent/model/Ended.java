package dev.pryo.agent.model;

import dev.pryo.agent.Outcome;
import dev.pryo.agent.model.Budget.Spent;

/// How a run ended: what came of it, why it stopped there, and what it used.
public record Ended(Outcome outcome, Why why, Spent spent) {
  /// Why a run stopped.
  public enum Why {
    /// It is written and no check failed.
    WRITTEN(false),
    /// It is written and a check still fails after the model mended twice; the owner decides.
    CHECKS_FAILED(false),
    /// The model says that it cannot be done.
    GIVEN_UP(false),
    /// The client does not run on the app's framework: no model was asked.
    TOO_OLD(false),
    /// A further call could go beyond the budget.
    BUDGET(false),
    /// Too much was tried that is not allowed.
    REFUSALS(false),
    /// The model did the same again and again.
    LOOP(true),
    /// The model talked, or said nothing, and did nothing.
    IDLE(true),
    /// Its answers were cut off again and again.
    CUT_OFF(true),
    /// The model declined.
    DECLINED(false),
    /// The vendor cannot answer now.
    UNAVAILABLE(true),
    /// The vendor will not answer: no money, no right, a wrong address.
    UNUSABLE(false),
    /// Somebody stopped it.
    CANCELLED(true);

    private final boolean retryable;

    Why(boolean retryable) {
      this.retryable = retryable;
    }

    /// Whether the same run may do better when it is started again.
    public boolean isRetryable() {
      return retryable;
    }
  }
}
