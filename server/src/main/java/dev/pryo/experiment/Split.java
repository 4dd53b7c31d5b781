package dev.pryo.experiment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;

/// How an experiment's visitors are split: what a client needs to bucket by itself, and what ingest
/// needs to know about an experiment that an event names.
///
/// @param no its short number in the event tables
/// @param exposureBound how many of the 2³² exposure hashes take part
public record Split(
    String key,
    UUID id,
    @JsonIgnore long no,
    Status status,
    String seed,
    long exposureBound,
    List<Share> segments) {

  private static final long ALL = 1L << 32;

  /// One segment's share.
  ///
  /// @param weight its percentage as it was written
  /// @param until the upper end of its hashes, exclusive
  public record Share(String key, BigDecimal weight, long until) {}

  static Split of(
      String key,
      UUID id,
      long no,
      Status status,
      String seed,
      BigDecimal exposurePercentage,
      List<Segment> segments) {
    List<BigDecimal> weights = segments.stream().map(Segment::trafficPercentage).toList();
    boolean splits = weights.stream().anyMatch(weight -> weight.signum() > 0);
    List<Long> until = splits ? Bucketing.until(weights) : weights.stream().map(w -> 0L).toList();
    List<Share> shares = new java.util.ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      shares.add(new Share(segments.get(i).key(), weights.get(i), until.get(i)));
    }
    return new Split(
        key,
        id,
        no,
        status,
        seed,
        Bucketing.exposureBound(exposurePercentage),
        List.copyOf(shares));
  }

  /// The index of the segment that this visitor is bucketed into; empty outside the experiment.
  public OptionalInt bucket(String userId) {
    return bucket(userId, exposureBound);
  }

  /// The same if everybody took part.
  public OptionalInt bucketOfAll(String userId) {
    return bucket(userId, ALL);
  }

  private OptionalInt bucket(String userId, long bound) {
    return Bucketing.assign(seed, userId, bound, segments.stream().map(Share::until).toList());
  }

  /// The index of the segment with this key; empty if there is none.
  public OptionalInt segment(String segmentKey) {
    for (int i = 0; i < segments.size(); i++) {
      if (segments.get(i).key().equals(segmentKey)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }
}
