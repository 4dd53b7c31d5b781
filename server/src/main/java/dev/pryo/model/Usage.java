package dev.pryo.model;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What a model was asked for one experiment, and what that cost at list price.
///
/// @param model the last one that answered; null where none was asked
/// @param inputTokens all of them, those read from a cache included
@Schema(name = "ModelUsage")
public record Usage(
    @Nullable String model,
    int calls,
    long inputTokens,
    long cachedInputTokens,
    long outputTokens,
    BigDecimal costUsd) {
  /// Nothing was asked.
  public static final Usage NONE = new Usage(null, 0, 0, 0, 0, BigDecimal.ZERO);
}
