package dev.pryo.experiment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Who sees which segment: the same answer, to the bit, as in the browser client.
///
/// A hash is a whole number from 0 to 2³² − 1. Percentages are turned into whole numbers up to 2³²
/// here, exactly and once, so that nobody else does arithmetic on them:
///
/// - a visitor is in the experiment if `exposureHash < exposureBound`;
/// - the segment is the first one with `hash < until`.
///
/// The two hashes differ in their text, so raising the exposure only adds visitors and moves
/// nobody.
public final class Bucketing {
  private static final BigDecimal ALL = BigDecimal.valueOf(1L << 32);
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final Pattern UNPAIRED_SURROGATE = Pattern.compile("\\p{Cs}");

  private Bucketing() {}

  /// The upper ends of the segments, each exclusive: `ceil((w₀ + … + wᵢ) · 2³² / 100)`, at most
  /// 2³². From the last segment with a weight above 0 on it is 2³², so that weights which sum to
  /// 99.99 leave nobody without a segment.
  ///
  /// @param weights percentages as they were written, at least one of them above 0
  /// @throws IllegalArgumentException if a weight is negative or none is above 0
  public static List<Long> until(List<BigDecimal> weights) {
    int last = lastAboveZero(weights);
    List<Long> until = new ArrayList<>();
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < weights.size(); i++) {
      sum = sum.add(weights.get(i));
      until.add(i >= last ? ALL.longValueExact() : bound(sum));
    }
    return List.copyOf(until);
  }

  private static int lastAboveZero(List<BigDecimal> weights) {
    int last = -1;
    for (int i = 0; i < weights.size(); i++) {
      if (weights.get(i).signum() < 0) {
        throw new IllegalArgumentException("weight " + i + " is negative: " + weights.get(i));
      }
      if (weights.get(i).signum() > 0) {
        last = i;
      }
    }
    if (last < 0) {
      throw new IllegalArgumentException("no weight is above 0");
    }
    return last;
  }

  /// How many of the 2³² exposure hashes are in the experiment: `ceil(percentage · 2³² / 100)`.
  ///
  /// @param percentage from 0 to 100
  /// @throws IllegalArgumentException outside 0 to 100
  public static long exposureBound(BigDecimal percentage) {
    if (percentage.signum() < 0 || percentage.compareTo(HUNDRED) > 0) {
      throw new IllegalArgumentException("not a percentage from 0 to 100: " + percentage);
    }
    return bound(percentage);
  }

  private static long bound(BigDecimal percentage) {
    BigDecimal exact = percentage.multiply(ALL).divide(HUNDRED, 0, RoundingMode.CEILING);
    return exact.min(ALL).longValueExact();
  }

  /// The index of the segment that a visitor sees, or empty for a visitor outside the experiment.
  /// An empty id is nobody's and is always outside.
  ///
  /// @param seed of the experiment, 16 hex digits
  /// @param exposureBound from [#exposureBound]
  /// @param until from [#until]
  public static OptionalInt assign(
      String seed, String userId, long exposureBound, List<Long> until) {
    if (userId.isEmpty() || exposureHash(seed, userId) >= exposureBound) {
      return OptionalInt.empty();
    }
    return segment(hash(seed, userId), until);
  }

  /// The first segment whose end lies above the hash; empty if the ends do not reach 2³².
  static OptionalInt segment(long hash, List<Long> until) {
    for (int i = 0; i < until.size(); i++) {
      if (hash < until.get(i)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /// Chooses the segment; from 0 to 2³² − 1.
  public static long hash(String seed, String userId) {
    return murmur3(utf8(seed + ":" + userId));
  }

  /// Chooses whether a visitor takes part at all; from 0 to 2³² − 1.
  public static long exposureHash(String seed, String userId) {
    return murmur3(utf8(seed + ":exposure:" + userId));
  }

  /// The text with each unpaired surrogate as U+FFFD, which is how a browser encodes it. Ids are
  /// hashed and stored in this form; nothing else about them is changed.
  public static String wellFormed(String text) {
    return UNPAIRED_SURROGATE.matcher(text).replaceAll("\uFFFD");
  }

  private static byte[] utf8(String text) {
    return wellFormed(text).getBytes(UTF_8);
  }

  /// MurmurHash3, x86, 32 bits, hash seed 0 (Austin Appleby, public domain), as an unsigned number.
  static long murmur3(byte[] bytes) {
    int h = 0;
    int whole = bytes.length & ~3;
    for (int i = 0; i < whole; i += 4) {
      h = Integer.rotateLeft(h ^ scramble(word(bytes, i, 4)), 13) * 5 + 0xe6546b64;
    }
    h ^= scramble(word(bytes, whole, bytes.length - whole));
    return Integer.toUnsignedLong(avalanche(h ^ bytes.length));
  }

  /// Up to four bytes as a little-endian word; no bytes are 0, which [#scramble] leaves alone.
  private static int word(byte[] bytes, int start, int length) {
    int word = 0;
    for (int i = 0; i < length; i++) {
      word |= (bytes[start + i] & 0xff) << (8 * i);
    }
    return word;
  }

  private static int scramble(int k) {
    return Integer.rotateLeft(k * 0xcc9e2d51, 15) * 0x1b873593;
  }

  private static int avalanche(int h) {
    h = (h ^ (h >>> 16)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    return h ^ (h >>> 16);
  }
}
