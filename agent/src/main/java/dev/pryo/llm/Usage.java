package dev.pryo.llm;

/// Tokens, as the vendors count them, each in one kind only.
///
/// @param fresh input that was neither read from the cache nor written to it
/// @param cacheWrite input that was read for the first time and kept
/// @param cacheRead input that lay in a prefix seen before
public record Usage(long fresh, long cacheWrite, long cacheRead, long output) {
  public static final Usage NONE = new Usage(0, 0, 0, 0);

  public Usage plus(Usage other) {
    return new Usage(
        fresh + other.fresh,
        cacheWrite + other.cacheWrite,
        cacheRead + other.cacheRead,
        output + other.output);
  }

  /// All input.
  public long input() {
    return fresh + cacheWrite + cacheRead;
  }

  public long total() {
    return input() + output;
  }
}
