package dev.pryo.event;

import java.util.List;

/// How the values of the mature visitors who have any event of a goal are spread, capped where the
/// goal has a cap. Bins are equally wide and begin at `base`; one before them and one behind take
/// whatever lies further out.
///
/// @param bins how many there are between those two
/// @param segments all of the query's, in their order
public record Spread(int goal, double base, double width, int bins, List<Segment> segments) {

  /// The quantiles that are told.
  public static final List<Double> QUANTILES = List.of(0.1, 0.25, 0.5, 0.75, 0.9, 0.99);

  /// @param counts visitors in each bin, the outer ones included
  /// @param quantiles at [#QUANTILES]; empty where there is nobody
  public record Segment(List<Long> counts, List<Double> quantiles) {}
}
