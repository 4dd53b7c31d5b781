package dev.pryo.analysis;

import dev.pryo.analysis.Analysis.Check;
import dev.pryo.analysis.Analysis.Decision;
import dev.pryo.analysis.Analysis.EventData;
import dev.pryo.analysis.Analysis.Fact;
import dev.pryo.analysis.Analysis.Progress;
import dev.pryo.analysis.Analysis.RawData;
import dev.pryo.analysis.Analysis.SegmentData;
import dev.pryo.analysis.Analysis.Verdict;
import dev.pryo.analysis.Analysis.Words;
import dev.pryo.analysis.Statistics.Comparison;
import dev.pryo.event.Totals.GoalTotal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// From counts to an analysis, without database, clock or model: statistics, checks, facts,
/// verdict, sentences, plots, each of what came before.
public final class Report {
  private static final double HOURS_A_DAY = 24;

  private Report() {}

  /// Makes the analysis of a look; the same look always gives the same.
  public static Analysis of(Look look) {
    Statistics found = GoalTests.of(look);
    List<Check> made = Checks.of(look, found);
    Statistics statistics = SplitCheck.isBroken(made) ? found.withheld() : found;
    Progress progress = progress(look);
    List<Fact> facts = FactList.of(look, statistics, made, progress);
    List<Check> checks = made.stream().map(check -> Facts.checked(facts, check)).toList();
    Judge.Judgement judgement = Judge.of(look, statistics, checks, progress, facts);
    Verdict verdict = judgement.verdict();
    return new Analysis(
        look.id(),
        look.experiment().id(),
        look.source(),
        verdict,
        judgement.recommendation(),
        new VerdictWords(look, progress).summary(verdict.sentence(), decided(statistics, verdict)),
        Stream.concat(verdict.facts().stream(), Facts.present(facts, Facts.EXPOSED).stream())
            .distinct()
            .toList(),
        Insights.of(look, statistics, checks, facts),
        Plots.of(look, statistics),
        rawData(look),
        statistics,
        checks,
        facts,
        progress,
        "pryo",
        Words.OFF,
        look.now());
  }

  /// The comparison that a decision to ship rests on.
  private static @Nullable Comparison decided(Statistics statistics, Verdict verdict) {
    return verdict.decision() != Decision.SHIP
        ? null
        : statistics.comparisons().stream()
            .filter(comparison -> verdict.facts().contains(Facts.p(comparison)))
            .findFirst()
            .orElse(null);
  }

  private static Progress progress(Look look) {
    Long planned = look.planned();
    Double fraction = planned == null ? null : Math.min(1, (double) look.exposed() / planned);
    return new Progress(look.exposed(), planned, fraction, daysLeft(look));
  }

  private static @Nullable Integer daysLeft(Look look) {
    Instant deadline = look.deadline();
    if (!look.running() || deadline == null) {
      return null;
    }
    double untilDeadline = Math.max(0, hours(look.now(), deadline) / HOURS_A_DAY);
    Long planned = look.planned();
    Instant from = look.totals().from();
    if (planned == null || from == null || look.exposed() == 0) {
      return (int) Math.ceil(untilDeadline);
    }
    double days = Math.max(1, hours(from, look.now())) / HOURS_A_DAY;
    double remaining = Math.max(0, planned - look.exposed()) * days / look.exposed();
    return (int) Math.ceil(Math.min(remaining, untilDeadline));
  }

  private static double hours(Instant from, Instant until) {
    return Duration.between(from, until).toMillis() / 3_600_000.0;
  }

  private static RawData rawData(Look look) {
    List<SegmentData> segments = new ArrayList<>();
    for (int segment = 0; segment < look.segments().size(); segment++) {
      Map<String, EventData> events = new LinkedHashMap<>();
      for (int goal = 0; goal < look.goals().size(); goal++) {
        GoalTotal total = look.total(goal, segment);
        events.putIfAbsent(
            look.goals().get(goal).event(),
            new EventData(total.converted(), total.count(), Say.finite(total.total())));
      }
      segments.add(
          new SegmentData(look.segments().get(segment).key(), look.users(segment), events));
    }
    return new RawData(
        List.copyOf(segments), look.totals().events(), look.totals().from(), look.totals().to());
  }
}
