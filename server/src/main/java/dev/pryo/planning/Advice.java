package dev.pryo.planning;

import dev.pryo.experiment.Goal;
import dev.pryo.experiment.Sizing;
import dev.pryo.experiment.Sketch;
import dev.pryo.planning.PlanAnswer.BaselineSource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Says in words whether a plan can succeed.
///
/// @param total people who are needed; null where no number is enough
/// @param days until they have come; null where the traffic is not known
/// @param perDay visitors a day
record Advice(
    Sketch sketch,
    Sizing sizing,
    BaselineSource source,
    double mde,
    @Nullable Long total,
    @Nullable Integer days,
    @Nullable Double perDay) {

  String words() {
    return source == BaselineSource.DEFAULT ? verdict() + " " + guess() : verdict();
  }

  private String verdict() {
    if (total == null) {
      return "It cannot succeed: no number of people shows a change of %s, which would take the share below 0 or above 100 %%. Give a smaller mde."
          .formatted(percent(mde));
    }
    if (perDay == null || perDay <= 0 || days == null) {
      return "It takes %s people. How long that is cannot be said: nothing is known of the site's traffic yet. Let the tag run for a few days, and ask again."
          .formatted(count(total));
    }
    int most = sketch.plan().maxDays();
    if (days <= most) {
      return "It can succeed: %s people are needed, which takes about %s at %s visitors a day."
          .formatted(count(total), days(days), count(Math.round(perDay)));
    }
    long coming = Math.round(perDay * most);
    OptionalDouble lift = sizing.smallestLift(coming);
    String shown =
        lift.isPresent() && lift.getAsDouble() <= 1
            ? " In that time only a change of %s or more shows."
                .formatted(percent(lift.getAsDouble()))
            : "";
    return "It cannot succeed in %s: %s people are needed and about %s come.%s Test something bolder, take an earlier step of the funnel as the goal, use fewer segments, or plan for %s."
        .formatted(days(most), count(total), count(coming), shown, days(days));
  }

  private String guess() {
    return sketch.goal().kind() == Goal.Kind.CONVERSION
        ? "Nothing is known of “%s” yet, so %s of people is assumed: give the baseline where you know it."
            .formatted(sketch.goal().name(), percent(sizing.mean()))
        : "Nothing is known of “%s” yet, so values that spread twice as wide as their mean are assumed: ask again once some have come."
            .formatted(sketch.goal().name());
  }

  private static String days(int days) {
    return days == 1 ? "1 day" : count(days) + " days";
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String percent(double fraction) {
    return BigDecimal.valueOf(fraction * 100)
            .setScale(1, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString()
        + " %";
  }
}
