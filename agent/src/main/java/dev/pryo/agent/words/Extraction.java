package dev.pryo.agent.words;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a description says about segments and goals, each with the exact words it was read from.
/// What it does not say stays empty and is named in `needs`; nothing is made up.
///
/// @param needs `segments` and `goals`, as far as the words do not give them
public record Extraction(List<Segment> segments, List<Goal> goals, List<String> needs) {
  private static final int HUNDREDTHS = 10_000;

  /// @param key `control`, `test1` and so on
  /// @param quote part of the description, empty for the control, which goes without saying
  /// @param percentage of the visitors; all percentages add up to exactly 100
  public record Segment(
      String key, String name, String instructions, String quote, BigDecimal percentage) {}

  /// @param quote part of the description
  public record Goal(
      String event, String name, Kind kind, Direction direction, Role role, String quote) {}

  public enum Kind {
    CONVERSION,
    COUNT,
    SUM,
    MEAN
  }

  public enum Direction {
    INCREASE,
    DECREASE
  }

  public enum Role {
    PRIMARY,
    SECONDARY,
    GUARDRAIL
  }

  public static Extraction of(String words) {
    var versions = Versions.of(words);
    return of(segments(versions, split(versions.size() + 1)), Wishes.of(words));
  }

  /// With what is missing among these.
  static Extraction of(List<Segment> segments, List<Goal> goals) {
    var needs = new ArrayList<String>();
    if (segments.isEmpty()) {
      needs.add("segments");
    }
    if (goals.stream().noneMatch(goal -> goal.role() == Role.PRIMARY)) {
      needs.add("goals");
    }
    return new Extraction(segments, goals, List.copyOf(needs));
  }

  /// The control, and a test for each version; none without a version.
  ///
  /// @param shares of the control and of each version
  static List<Segment> segments(List<Versions.Version> versions, List<BigDecimal> shares) {
    if (versions.isEmpty()) {
      return List.of();
    }
    var all = new ArrayList<Segment>();
    all.add(new Segment("control", "Control", "", "", shares.getFirst()));
    for (var version : versions) {
      var number = all.size();
      all.add(
          new Segment(
              "test" + number,
              "Test " + number,
              version.instructions(),
              version.quote(),
              shares.get(number)));
    }
    return List.copyOf(all);
  }

  /// Even percentages with two decimals; the first ones are larger by a hundredth where that is
  /// needed to reach 100.
  static List<BigDecimal> split(int parts) {
    var shares = new ArrayList<BigDecimal>();
    for (var part = 0; part < parts; part++) {
      var more = part < HUNDREDTHS % parts ? 1 : 0;
      shares.add(BigDecimal.valueOf(HUNDREDTHS / parts + more, 2));
    }
    return List.copyOf(shares);
  }

  /// The goal that decides; empty where the words name none.
  public Optional<Goal> primary() {
    return goals.stream().filter(goal -> goal.role() == Role.PRIMARY).findFirst();
  }
}
