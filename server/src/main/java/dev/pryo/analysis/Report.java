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
import dev.pryo.experiment.Condition;
import dev.pryo.experiment.Goal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From counts to an analysis, without database, clock or model: statistics, checks, facts,
/// verdict, sentences, plots, each of what came before.
public final class Report {
  private Report() {}

  /// Makes the analysis of a look; the same look always gives the same.
  public static Analysis of(Look look) {
    Statistics found = GoalTests.of(look);
    List<Check> made = Checks.of(look, found);
    Statistics statistics = SplitCheck.isBroken(made) ? found.withheld() : found;
    Pace pace = Pace.of(look);
    Progress progress = progress(look, pace);
    List<Fact> facts = FactList.of(look, statistics, made, progress, pace);
    List<Check> checks = made.stream().map(check -> Facts.checked(facts, check)).toList();
    Judge.Judgement judgement = Judge.of(look, statistics, checks, progress, pace, facts);
    Verdict verdict = judgement.verdict();
    Comparison decided = decided(statistics, verdict);
    return new Analysis(
        look.id(),
        look.experiment().id(),
        look.source(),
        verdict,
        judgement.recommendation(),
        new VerdictWords(look, progress).summary(verdict.sentence(), decided),
        summaryFacts(facts, verdict, decided),
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

  private static List<String> summaryFacts(
      List<Fact> facts, Verdict verdict, @Nullable Comparison decided) {
    List<String> ids = new ArrayList<>(verdict.facts());
    if (decided != null) {
      ids.addAll(Facts.present(facts, Facts.sureness(decided)));
    }
    ids.addAll(Facts.present(facts, Facts.EXPOSED));
    return ids.stream().distinct().toList();
  }

  /// The one comparison that a decision to ship or to keep the control rests on.
  private static @Nullable Comparison decided(Statistics statistics, Verdict verdict) {
    if (verdict.decision() != Decision.SHIP && verdict.decision() != Decision.KEEP_CONTROL) {
      return null;
    }
    boolean ships = verdict.decision() == Decision.SHIP;
    List<Comparison> cited =
        statistics.comparisons().stream()
            .filter(comparison -> !ships || comparison.segment().equals(verdict.segment()))
            .filter(comparison -> verdict.facts().contains(Facts.p(comparison)))
            .toList();
    return cited.size() == 1 ? cited.getFirst() : null;
  }

  private static Progress progress(Look look, Pace pace) {
    Long planned = look.planned();
    Double fraction = planned == null ? null : Math.min(1, (double) look.exposed() / planned);
    return new Progress(look.exposed(), planned, fraction, pace.daysLeft());
  }

  /// What was counted: an event, or those of its events that a filter lets through.
  private static String counted(Goal of) {
    return of.filter().isEmpty()
        ? of.event()
        : "%s where %s".formatted(of.event(), Condition.words(of.filter()));
  }

  private static RawData rawData(Look look) {
    List<SegmentData> segments = new ArrayList<>();
    for (int segment = 0; segment < look.segments().size(); segment++) {
      Map<String, EventData> events = new LinkedHashMap<>();
      for (int goal = 0; goal < look.goals().size(); goal++) {
        GoalTotal total = look.total(goal, segment);
        events.putIfAbsent(
            counted(look.goals().get(goal)),
            new EventData(total.converted(), total.count(), Say.finite(total.total())));
      }
      segments.add(
          new SegmentData(look.segments().get(segment).key(), look.users(segment), events));
    }
    return new RawData(
        List.copyOf(segments), look.totals().events(), look.totals().from(), look.totals().to());
  }
}
