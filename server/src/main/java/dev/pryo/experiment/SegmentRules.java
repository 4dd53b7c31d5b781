package dev.pryo.experiment;

import dev.pryo.experiment.ExperimentRequest.SegmentRequest;
import dev.pryo.platform.Ids;
import dev.pryo.platform.Invalid;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which segments an experiment may have.
final class SegmentRules {
  private static final int MOST = 6;
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_TEXT = 5000;
  private static final BigDecimal TOLERANCE = new BigDecimal("0.01");
  private static final SegmentRequest NONE = new SegmentRequest(null, null, null, null, null);

  private SegmentRules() {}

  /// @param asked null where they are still to be found
  /// @param old keep their ids, by their keys
  static List<Segment> check(
      Invalid.Collector problems,
      @Nullable List<@Nullable SegmentRequest> asked,
      List<Segment> old) {
    if (asked == null) {
      return List.of();
    }
    problems.check(asked.size() >= 2, "segments", "must be at least two: the control and a test");
    problems.check(asked.size() <= MOST, "segments", "must be at most %d".formatted(MOST));
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < asked.size() && i < MOST; i++) {
      segments.add(segment(problems, asked.get(i), i, old));
    }
    checkShares(problems, asked);
    return segments;
  }

  private static Segment segment(
      Invalid.Collector problems, @Nullable SegmentRequest given, int index, List<Segment> old) {
    String field = "segments[%d]".formatted(index);
    problems.check(given != null, field, "must be a segment");
    SegmentRequest asked = given == null ? NONE : given;
    String name = ExperimentRules.text(problems, asked.name(), field + ".name", LONGEST_NAME);
    problems.check(
        index == 0 || !name.equalsIgnoreCase("control"),
        field + ".name",
        "says control, but the first segment is the control: put it first");
    BigDecimal share = asked.trafficPercentage();
    problems.check(
        share != null && ExperimentRules.isPercentage(share),
        field + ".traffic_percentage",
        "must be a number from 0 to 100 with at most 6 decimals");
    String key = index == 0 ? "control" : "test" + index;
    return new Segment(
        id(key, old),
        key,
        name,
        ExperimentRules.optionalText(
            problems, asked.description(), field + ".description", LONGEST_TEXT),
        ExperimentRules.optionalText(
            problems, asked.instructions(), field + ".instructions", LONGEST_TEXT),
        share == null ? BigDecimal.ZERO : share,
        ExperimentRules.optionalText(problems, asked.quote(), field + ".quote", LONGEST_TEXT));
  }

  private static UUID id(String key, List<Segment> old) {
    return old.stream()
        .filter(segment -> segment.key().equals(key))
        .map(Segment::id)
        .findFirst()
        .orElseGet(Ids::next);
  }

  /// Asked only where each share is a percentage: the sum of others says nothing.
  private static void checkShares(
      Invalid.Collector problems, List<@Nullable SegmentRequest> asked) {
    BigDecimal sum = BigDecimal.ZERO;
    for (SegmentRequest segment : asked) {
      BigDecimal share = segment == null ? null : segment.trafficPercentage();
      if (share == null || !ExperimentRules.isPercentage(share)) {
        return;
      }
      sum = sum.add(share);
    }
    problems.check(
        sum.subtract(ExperimentRules.HUNDRED).abs().compareTo(TOLERANCE) <= 0,
        "segments",
        "must have traffic percentages that sum to 100, not " + sum.toPlainString());
  }
}
