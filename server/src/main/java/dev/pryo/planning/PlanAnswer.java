package dev.pryo.planning;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How many people an experiment takes, how long that is, and what shorter or longer ones show.
///
/// @param nPerSegment of unequal segments the smallest; null where no number is enough
/// @param nTotal of all segments
/// @param days until so many have come and the goal's window has passed; null where the traffic is
///   not known
/// @param dailyUsers visitors of the whole site a day, measured in the last two weeks
/// @param baseline the goal's value that was taken
/// @param mde the lift that was taken, a fraction
/// @param mdeByDays the smallest lift that shows in so many days; empty where the traffic is not
///   known
/// @param advice whether it can succeed, and what would help where it cannot
public record PlanAnswer(
    @Nullable Long nPerSegment,
    @Nullable Long nTotal,
    @Nullable Integer days,
    @Nullable Double dailyUsers,
    double baseline,
    double mde,
    BaselineSource baselineSource,
    List<MdeByDays> mdeByDays,
    String advice) {

  /// Where the baseline comes from.
  public enum BaselineSource {
    GIVEN,
    /// From what the site's visitors did in the last two weeks.
    MEASURED,
    /// Nothing is known: a guess.
    DEFAULT
  }

  /// One point of the curve.
  public record MdeByDays(int days, double mde) {}
}
