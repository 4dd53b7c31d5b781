package dev.pryo.experiment;

import org.jspecify.annotations.Nullable;

/// What was planned before the start; frozen by activation.
///
/// @param baseline the control's mean, measured or guessed
/// @param mde the smallest relative lift that is to be noticed, a fraction
/// @param nPlanned visitors of all segments together; null without a baseline and lift
/// @param days how long that takes with the site's traffic, as it was measured when the plan was
///   frozen; null where nothing is known of it
public record Plan(
    @Nullable Double baseline,
    @Nullable Double mde,
    double power,
    double alpha,
    int maxDays,
    @Nullable Long nPlanned,
    @Nullable Integer days) {

  Plan with(@Nullable Integer measured) {
    return new Plan(baseline, mde, power, alpha, maxDays, nPlanned, measured);
  }
}
