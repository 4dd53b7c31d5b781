package dev.pryo.analysis;

import dev.pryo.analysis.Analysis.Check;
import dev.pryo.analysis.Analysis.Check.Status;
import dev.pryo.stats.SampleRatio;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Whether people came to the segments in the planned shares. If not, nothing else means anything.
final class SplitCheck {
  /// Below this many expected people in any segment the split raises no alarm.
  static final long ENOUGH = 50;

  private final Look look;

  private SplitCheck(Look look) {
    this.look = look;
  }

  static Check check(Look look) {
    return new SplitCheck(look).check();
  }

  /// Whether the check that withholds every verdict raises the alarm.
  static boolean isBroken(List<Check> checks) {
    return checks.stream()
        .anyMatch(check -> check.id().equals("sample_ratio") && check.status() == Status.FAIL);
  }

  /// The p-value of the split; null where too few have come to ask.
  static @Nullable Double p(Look look) {
    List<Integer> weighted = weighted(look);
    List<Double> shares = look.shares();
    double[] counts = weighted.stream().mapToDouble(look::users).toArray();
    double[] weights = weighted.stream().mapToDouble(shares::get).toArray();
    double total = IntStream.range(0, counts.length).mapToDouble(i -> counts[i]).sum();
    for (double weight : weights) {
      if (weight * total < ENOUGH) {
        return null;
      }
    }
    return SampleRatio.sequential(counts, weights)
        .map(SampleRatio.Sequential::p)
        .toOptional()
        .orElse(null);
  }

  static List<Integer> weighted(Look look) {
    List<Double> shares = look.shares();
    return IntStream.range(0, shares.size()).filter(i -> shares.get(i) > 0).boxed().toList();
  }

  /// The segment whose share of the people is farthest from its plan, in words: `Test 1 got 51.9 %
  /// of people instead of 50 %`.
  static String worstShare(Look look) {
    List<Double> shares = look.shares();
    long total = Math.max(1, weighted(look).stream().mapToLong(look::users).sum());
    int worst = SplitCause.worst(look);
    return "%s got %s of people instead of %s"
        .formatted(
            look.segments().get(worst).name(),
            Say.percent((double) look.users(worst) / total),
            Say.percent(shares.get(worst)));
  }

  private Check check() {
    Double p = p(look);
    String stray = stray();
    if (p == null) {
      return new Check(
          "sample_ratio",
          stray.isEmpty() ? Status.PASS : Status.WARN,
          "Too few people to ask whether the split is as planned." + stray);
    }
    if (p > SampleRatio.ALARM) {
      return new Check(
          "sample_ratio",
          stray.isEmpty() ? Status.PASS : Status.WARN,
          "Split as planned: %s (p %s).".formatted(splits(), Say.probability(p)) + stray);
    }
    SplitCause cause = SplitCause.of(look);
    return new Check(
        "sample_ratio",
        Status.FAIL,
        "%s (%s; such a split comes about by chance less than once in a thousand experiments). "
                .formatted(worstShare(look), splits())
            + (cause.when() == null ? "" : cause.when() + ". ")
            + cause.likeliest()
            + ". Usual causes in order: a version redirects or fails before its exposure is sent;"
            + " exposures of one version are sent later; crawlers that see one version only;"
            + " weights changed by hand in the site's code. Open each preview link with the network"
            + " panel and see whether $exposure is sent at once, then start again with a new"
            + " experiment."
            + stray);
  }

  private String splits() {
    return IntStream.range(0, look.segments().size())
        .mapToObj(i -> Say.count(look.users(i)))
        .reduce((a, b) -> a + " / " + b)
        .orElse("");
  }

  private String stray() {
    List<Double> shares = look.shares();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < shares.size(); i++) {
      if (shares.get(i) == 0 && look.users(i) > 0) {
        names.add(look.segments().get(i).name() + ": " + Say.people(look.users(i)));
      }
    }
    return names.isEmpty()
        ? ""
        : " %s, although nobody should see it: look for code that sets the segment by itself."
            .formatted(Say.list(names));
  }
}
