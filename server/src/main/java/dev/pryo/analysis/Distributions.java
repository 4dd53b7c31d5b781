package dev.pryo.analysis;

import dev.pryo.analysis.Series.Distribution;
import dev.pryo.analysis.Series.People;
import dev.pryo.analysis.Series.Quantile;
import dev.pryo.event.Spread;
import dev.pryo.experiment.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// How values are spread, with the people who have none in front.
final class Distributions {
  private Distributions() {}

  static Distribution of(Look look, Spread spread) {
    Goal goal = look.goals().get(spread.goal());
    List<People> segments = new ArrayList<>();
    for (int segment = 0; segment < look.segments().size(); segment++) {
      segments.add(people(look, spread, segment));
    }
    return new Distribution(
        goal.event(),
        goal.name(),
        goal.kind(),
        goal.filter(),
        Say.unit(goal.kind(), goal.denominator()),
        bins(spread),
        List.copyOf(segments));
  }

  private static People people(Look look, Spread spread, int segment) {
    Spread.Segment of = spread.segments().get(segment);
    long with = of.counts().stream().mapToLong(Long::longValue).sum();
    List<Long> counts = new ArrayList<>();
    counts.add(Math.max(0, look.total(spread.goal(), segment).mature() - with));
    counts.addAll(of.counts());
    List<Quantile> quantiles =
        IntStream.range(0, of.quantiles().size())
            .mapToObj(i -> new Quantile(Spread.QUANTILES.get(i), Say.finite(of.quantiles().get(i))))
            .toList();
    return new People(look.segments().get(segment).key(), List.copyOf(counts), quantiles);
  }

  private static List<String> bins(Spread spread) {
    List<String> bins = new ArrayList<>();
    bins.add("nothing");
    bins.add("below " + Say.value(spread.base()));
    for (int bin = 0; bin < spread.bins(); bin++) {
      bins.add("from " + Say.value(spread.base() + bin * spread.width()));
    }
    bins.add(Say.value(spread.base() + spread.bins() * spread.width()) + " and more");
    return List.copyOf(bins);
  }
}
