package dev.pryo.agent.model;

import dev.pryo.llm.Cost;
import dev.pryo.llm.Prices;
import dev.pryo.llm.Request;
import dev.pryo.llm.Usage;

/// What a run will probably use, told before anything is spent.
///
/// The first call writes the beginning (instructions, tools, map) to the cache and every further
/// one reads it and adds what it was told. At least a run plans, reads, writes and ends; at most it
/// takes twice as many calls, reads all files of the short-list twice and is corrected twice.
///
/// @param low where everything goes well
/// @param high where a run still ends by itself
public record Estimate(long inputTokens, long outputTokens, Cost low, Cost high) {
  private static final int FEWEST_CALLS = 4;
  private static final int MOST_CALLS = 12;
  private static final long LEAST_OUTPUT = 1_500;
  private static final long OUTPUT_OF_A_CALL = 700;

  /// @param first the first request of the run
  /// @param shortlisted characters of all files on the short-list
  static Estimate of(String model, Request first, long shortlisted, Prices prices) {
    var begin = first.roughTokens();
    var reading = shortlisted / 4;
    var low = usage(begin, reading / 2, FEWEST_CALLS, LEAST_OUTPUT);
    var high = usage(begin, reading * 2, MOST_CALLS, MOST_CALLS * OUTPUT_OF_A_CALL);
    return new Estimate(
        (low.input() + high.input()) / 2,
        (low.output() + high.output()) / 2,
        prices.of(model, low).rounded(),
        prices.of(model, high).rounded());
  }

  private static Usage usage(long begin, long reading, int calls, long output) {
    var grown = reading + output;
    return new Usage(0, begin + grown, (calls - 1) * (begin + grown / 2), output);
  }
}
