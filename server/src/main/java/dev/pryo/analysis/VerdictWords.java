package dev.pryo.analysis;

import dev.pryo.analysis.Analysis.Progress;
import dev.pryo.analysis.Analysis.Rule;
import dev.pryo.analysis.Statistics.Comparison;
import dev.pryo.experiment.Goal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The verdict in one sentence that anybody can repeat.
final class VerdictWords {
  private final Look look;
  private final Progress progress;

  VerdictWords(Look look, Progress progress) {
    this.look = look;
    this.progress = progress;
  }

  String invalid() {
    return "Do not use these numbers: %s. %s."
        .formatted(SplitCheck.worstShare(look), SplitCause.of(look).likeliest());
  }

  String nobody() {
    return look.finished()
        ? "You can stop. Nobody took part, so nothing can be said."
        : "Not yet. Nobody has been counted so far.";
  }

  /// `Ship Test 1: it brings 16.8 % more “Trial started”; do not ship Test 2, which brings 14 %
  /// fewer “Compared plans” (limit 10 %).`
  ///
  /// @param harms of other segments
  String ship(Comparison won, List<Comparison> harms) {
    String ship = "Ship %s: it %s".formatted(won.segmentName(), effect(won));
    String not =
        harms.stream()
            .map(harm ->
                "%s, which %s (%s)".formatted(harm.segmentName(), effect(harm), limit(harm)))
            .collect(Collectors.joining(", nor "));
    return not.isEmpty() ? ship + "." : "%s; do not ship %s.".formatted(ship, not);
  }

  /// What a version does to a goal: `brings 16.8 % more “Trial started”`.
  static String effect(Comparison of) {
    String goal = Say.quoted(of.goalName());
    Double lift = of.relativeLift();
    if (lift == null) {
      return "moves %s from %s to %s"
          .formatted(goal, value(of, of.control()), value(of, of.test()));
    }
    if (of.kind() == Goal.Kind.CONVERSION || of.kind() == Goal.Kind.COUNT) {
      return "brings %s %s %s".formatted(Say.percent(lift), lift < 0 ? "fewer" : "more", goal);
    }
    return "%s %s by %s".formatted(lift < 0 ? "lowers" : "raises", goal, Say.percent(lift));
  }

  private static String value(Comparison of, Statistics.Arm arm) {
    double mean = Objects.requireNonNullElse(arm.mean(), 0.0);
    String value = of.kind() == Goal.Kind.CONVERSION ? Say.percent(mean) : Say.value(mean);
    return value + " " + of.unit();
  }

  /// `Stop now: Test 2 brings 14 % fewer “Compared plans” (limit 10 %).`
  static String harmed(Comparison harm) {
    return "Stop now: %s %s (%s).".formatted(harm.segmentName(), effect(harm), limit(harm));
  }

  private static String limit(Comparison harm) {
    Double margin = harm.margin();
    return margin == null ? "no loss allowed" : "limit " + Say.percent(margin);
  }

  /// `Keep Control: Test 1 brings 8 % fewer “Trial started”.`
  String worse(List<Comparison> worst) {
    List<String> each = worst.stream().map(of -> of.segmentName() + " " + effect(of)).toList();
    return "Keep %s: %s.".formatted(look.control().name(), Say.list(each));
  }

  String unstable(Comparison of) {
    return "The effect of %s on %s is not stable: it was clearly in one direction and is now clearly in the other. Keep %s, and look for what changed meanwhile."
        .formatted(of.segmentName(), Say.quoted(of.goalName()), look.control().name());
  }

  /// `You can stop. If there is a gain, it is below 6 %.`
  String inconclusive(Rule rule, List<Comparison> primary) {
    String early =
        "Keep %s, or run it again: it was stopped before it was settled, and "
            .formatted(look.control().name());
    List<List<Double>> gains =
        primary.stream().map(Comparison::gainInterval).filter(Objects::nonNull).toList();
    if (gains.isEmpty() || gains.size() < primary.size()) {
      return rule == Rule.STOPPED_EARLY
          ? early + "the numbers do not say how large a gain could be."
          : "You can stop. The numbers do not say how large a gain could be.";
    }
    List<Double> widest =
        gains.stream().max(Comparator.comparingDouble(List::getLast)).orElseThrow();
    if (rule == Rule.STOPPED_EARLY) {
      return early + "the gain could be anything from %s.".formatted(Say.range(widest));
    }
    return "You can stop. If there is a gain, it is below %s."
        .formatted(Say.percent(ceiling(widest.getLast())));
  }

  /// An upper bound is said rounded up, so that it stays one.
  static double ceiling(double bound) {
    return Math.max(0.001, Math.ceil(bound * 1000) / 1000);
  }

  /// `Not yet. The gain could still be anything from −4 % to +21 %. About 6 more days.`
  String notYet(Comparison leading) {
    String whose = look.tests().size() == 1 ? "The gain" : "The gain of " + leading.segmentName();
    List<Double> gain = Objects.requireNonNull(leading.gainInterval());
    return "Not yet. %s could still be anything from %s.%s"
        .formatted(whose, Say.range(gain), daysLeft());
  }

  /// `Not yet. There is no “visit” in Control yet, so there is nothing to divide by.`
  static String nothingToCompare(String note) {
    return "Not yet. " + note;
  }

  /// `Not yet, and it will not get there: at this rate about 9,800 of 48,720 people come in its 28
  /// days. What would help: everybody taking part instead of 20 %.`
  String willNotGetThere(Pace.Shortfall shortfall) {
    int days = look.experiment().plan().maxDays();
    return "Not yet, and it will not get there: at this rate about %s of %s come in its %s. What would help: %s."
        .formatted(
            Say.count(shortfall.expected()),
            Say.people(Objects.requireNonNull(look.planned())),
            days == 1 ? "one day" : Say.count(days) + " days",
            help(shortfall));
  }

  private String help(Pace.Shortfall shortfall) {
    if (shortfall.everybody()) {
      double share = look.experiment().exposurePercentage().doubleValue() / 100;
      return "everybody taking part instead of " + Say.percent(share);
    }
    List<String> ways = new ArrayList<>();
    Integer needed = shortfall.daysNeeded();
    if (needed != null) {
      ways.add("about %s days".formatted(Say.count(needed)));
    }
    Double lift = shortfall.lift();
    if (lift != null) {
      ways.add("a bolder version that brings a change of %s".formatted(Say.percent(lift)));
    }
    return ways.isEmpty() ? "a page that more people see" : String.join(", or ", ways);
  }

  /// `Not yet. 214 of 24,360 people per segment so far.`
  String tooFew() {
    Long planned = look.planned();
    if (planned == null) {
      return "Not yet. %s so far: too few to say anything.%s"
          .formatted(Say.people(look.exposed()), daysLeft());
    }
    if (!even()) {
      return "Not yet. %s of %s so far.%s"
          .formatted(Say.count(look.exposed()), Say.people(planned), daysLeft());
    }
    int segments = look.segments().size();
    long least = SplitCheck.weighted(look).stream().mapToLong(look::users).min().orElse(0);
    return "Not yet. %s of %s per segment so far.%s"
        .formatted(Say.count(least), Say.people(planned / segments), daysLeft());
  }

  private boolean even() {
    List<Double> shares = look.shares();
    double share = 1.0 / shares.size();
    return shares.stream().allMatch(each -> Math.abs(each - share) < 0.005);
  }

  private String daysLeft() {
    Integer days = progress.daysLeft();
    if (days == null || days == 0) {
      return "";
    }
    return days == 1 ? " About 1 more day." : " About %s more days.".formatted(Say.count(days));
  }

  /// The sentence and what stands behind it, in a short paragraph.
  String summary(String sentence, @Nullable Comparison decided) {
    StringBuilder text = new StringBuilder();
    if (look.simulated()) {
      text.append("Simulated data. ");
    }
    text.append(sentence);
    if (decided != null && decided.alwaysValid().interval() != null) {
      text.append(" ").append(truth(decided));
    }
    if (look.exposed() > 0) {
      text.append(" %s took part.".formatted(Say.people(look.exposed())));
    }
    return text.toString();
  }

  /// `The true change is very likely (95 %, however often anyone looks) between −4 % and +21 %.`
  static String truth(Comparison of) {
    List<Double> interval = Objects.requireNonNull(of.alwaysValid().interval());
    return "The true change is very likely (%s, however often anyone looks) between %s and %s."
        .formatted(
            Say.chance(1 - of.alwaysValid().level()),
            Say.signed(interval.getFirst()),
            Say.signed(interval.getLast()));
  }
}
