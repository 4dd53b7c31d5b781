package dev.pryo.llm;

import java.time.Duration;

/// How a vendor's endpoint, or one that speaks as it does, is reached.
///
/// @param baseUrl where it listens, as the vendor's own libraries take it
/// @param timeout for one call, from its first byte to its last
public record Vendor(String apiKey, String baseUrl, String model, Duration timeout) {
  /// An answer of 8,192 tokens takes minutes at most.
  public static final Duration TIMEOUT = Duration.ofMinutes(4);

  /// The key stays out of logs.
  @Override
  public String toString() {
    return model + " at " + baseUrl;
  }
}
