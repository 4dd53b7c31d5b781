package dev.pryo.analysis;

import dev.pryo.analysis.Analysis.Check;
import dev.pryo.analysis.Analysis.Decision;
import dev.pryo.analysis.Analysis.Fact;
import dev.pryo.analysis.Analysis.Progress;
import dev.pryo.analysis.Analysis.Recommendation;
import dev.pryo.analysis.Analysis.Rule;
import dev.pryo.analysis.Analysis.Verdict;
import dev.pryo.analysis.Statistics.Call;
import dev.pryo.analysis.Statistics.Comparison;
import dev.pryo.analysis.Subject.Variant;
import dev.pryo.experiment.Goal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides. The rules in their order:
///
/// 1. the split is broken → invalid;
/// 2. nobody came → keep running, or inconclusive where it is finished;
/// 3. a segment without a harmed guardrail is better in a primary goal and worse in none → ship it
///    (of several the one with the largest gain, and from then on that one);
/// 4. likewise where another segment harms a guardrail, which is said;
/// 5. a guardrail is harmed → keep control;
/// 6. every test segment is worse in a primary goal and better in none → keep control;
/// 7. a primary effect was proven in both directions → inconclusive;
/// 8. the planned sample, `max_days` or the end is reached → inconclusive;
/// 9. at this rate the planned number will not come in time → keep running, with what would help;
/// 10. else → keep running.
///
/// "Better" and "worse" are always-valid and after Holm. A goal of another role never ships.
final class Judge {
  /// With so few people in a segment an interval says nothing worth reading.
  static final long FEW_PEOPLE = 25;

  /// Below this part of the plan likewise.
  private static final double EARLY = 0.05;

  private final Look look;
  private final Statistics statistics;
  private final List<Check> checks;
  private final Progress progress;
  private final Pace pace;
  private final List<Fact> facts;
  private final VerdictWords words;

  /// The verdict in both of its forms.
  record Judgement(Verdict verdict, Recommendation recommendation) {}

  private Judge(
      Look look,
      Statistics statistics,
      List<Check> checks,
      Progress progress,
      Pace pace,
      List<Fact> facts) {
    this.look = look;
    this.statistics = statistics;
    this.checks = checks;
    this.progress = progress;
    this.pace = pace;
    this.facts = facts;
    this.words = new VerdictWords(look, progress);
  }

  static Judgement of(
      Look look,
      Statistics statistics,
      List<Check> checks,
      Progress progress,
      Pace pace,
      List<Fact> facts) {
    return new Judge(look, statistics, checks, progress, pace, facts).decide();
  }

  private Judgement decide() {
    if (SplitCheck.isBroken(checks)) {
      return verdict(Decision.INVALID, Rule.SAMPLE_RATIO_ALARM, words.invalid(), splitFacts());
    }
    if (look.exposed() == 0) {
      return verdict(
          look.finished() ? Decision.INCONCLUSIVE : Decision.KEEP_RUNNING,
          Rule.NO_PEOPLE,
          words.nobody(),
          List.of(Facts.EXPOSED));
    }
    return winner()
        .map(this::ship)
        .or(this::harmed)
        .or(this::worse)
        .or(this::unstable)
        .or(this::ended)
        .orElseGet(this::goOn);
  }

  private Optional<Comparison> winner() {
    List<Comparison> better =
        look.tests().stream()
            .map(Variant::key)
            .filter(segment -> called(segment, Call.HARMED).isEmpty())
            .filter(segment -> primary(segment, Call.WORSE).isEmpty())
            .filter(segment -> primary(segment, Call.UNSTABLE).isEmpty())
            .flatMap(segment -> best(primary(segment, Call.BETTER)).stream())
            .toList();
    String before = shippedBefore();
    return better.stream()
        .filter(comparison -> comparison.segment().equals(before))
        .findFirst()
        .or(() -> best(better));
  }

  private @Nullable String shippedBefore() {
    Carried carried = look.carried();
    return carried == null ? null : carried.shipped();
  }

  /// The one with the largest gain; without a lift, that with the least p-value.
  private static Optional<Comparison> best(List<Comparison> comparisons) {
    return comparisons.stream()
        .max(
            Comparator.comparingDouble(Judge::gainOrNone)
                .thenComparing(Comparator.comparingDouble(Judge::p).reversed()));
  }

  private static double gainOrNone(Comparison comparison) {
    Double gain = comparison.gain();
    return gain == null ? Double.NEGATIVE_INFINITY : gain;
  }

  private static double p(Comparison comparison) {
    Double p = comparison.alwaysValid().pValue();
    return p == null ? 1 : p;
  }

  private Judgement ship(Comparison won) {
    List<Comparison> harms = harms();
    List<Comparison> behind = new ArrayList<>(List.of(won));
    behind.addAll(harms);
    return judgement(
        new Verdict(
            Decision.SHIP,
            won.segment(),
            words.ship(won, harms),
            Rule.PRIMARY_BETTER,
            Facts.behind(facts, behind)),
        1 - p(won));
  }

  /// The worst harm of each segment that does any.
  private List<Comparison> harms() {
    return look.tests().stream()
        .flatMap(segment ->
            called(segment.key(), Call.HARMED).stream()
                .min(Comparator.comparingDouble(Judge::gainOrNone))
                .stream())
        .toList();
  }

  private Optional<Judgement> harmed() {
    return harms().stream()
        .min(Comparator.comparingDouble(Judge::gainOrNone))
        .map(harm ->
            verdict(
                Decision.KEEP_CONTROL,
                Rule.GUARDRAIL_HARMED,
                VerdictWords.harmed(harm),
                Facts.behind(facts, List.of(harm))));
  }

  private Optional<Judgement> worse() {
    List<Comparison> worst =
        look.tests().stream()
            .filter(segment -> primary(segment.key(), Call.BETTER).isEmpty())
            .flatMap(segment ->
                primary(segment.key(), Call.WORSE).stream()
                    .min(Comparator.comparingDouble(Judge::gainOrNone))
                    .stream())
            .toList();
    if (worst.isEmpty() || worst.size() < look.tests().size()) {
      return Optional.empty();
    }
    double weakest = worst.stream().mapToDouble(Judge::p).max().orElse(1);
    return Optional.of(
        judgement(
            new Verdict(
                Decision.KEEP_CONTROL,
                null,
                words.worse(worst),
                Rule.PRIMARY_WORSE,
                Facts.behind(facts, worst)),
            1 - weakest));
  }

  private Optional<Judgement> unstable() {
    return primary().stream()
        .filter(comparison -> comparison.call() == Call.UNSTABLE)
        .findFirst()
        .map(comparison ->
            verdict(
                Decision.INCONCLUSIVE,
                Rule.EFFECT_NOT_STABLE,
                words.unstable(comparison),
                Facts.behind(facts, List.of(comparison))));
  }

  private Optional<Judgement> ended() {
    Rule rule =
        look.plannedReached()
            ? Rule.PLANNED_END
            : deadlinePassed() ? Rule.MAX_DAYS : look.finished() ? Rule.STOPPED_EARLY : null;
    return rule == null
        ? Optional.empty()
        : Optional.of(
            verdict(
                Decision.INCONCLUSIVE,
                rule,
                words.inconclusive(rule, primary()),
                Facts.open(facts, primary())));
  }

  private boolean deadlinePassed() {
    var deadline = look.deadline();
    return deadline != null && !look.now().isBefore(deadline);
  }

  private Judgement goOn() {
    Pace.Shortfall shortfall = pace.shortfall();
    if (shortfall != null) {
      return verdict(
          Decision.KEEP_RUNNING,
          Rule.WILL_NOT_GET_THERE,
          words.willNotGetThere(shortfall),
          Facts.present(
              facts,
              Facts.EXPOSED,
              Facts.PLANNED,
              Facts.EXPECTED,
              Facts.DAYS_NEEDED,
              Facts.LIFT_SHOWN,
              Facts.MAX_DAYS,
              Facts.EXPOSURE));
    }
    Optional<Comparison> leading =
        best(primary().stream().filter(c -> c.gainInterval() != null).toList());
    if (early()) {
      return verdict(Decision.KEEP_RUNNING, Rule.TOO_FEW_PEOPLE, words.tooFew(), peopleFacts());
    }
    if (leading.isEmpty()) {
      return nothingToCompare();
    }
    return verdict(
        Decision.KEEP_RUNNING,
        Rule.NOT_SETTLED,
        words.notYet(leading.get()),
        Facts.open(facts, List.of(leading.get())));
  }

  /// More people alone do not help where a goal has no number to compare.
  private Judgement nothingToCompare() {
    Optional<Comparison> first = primary().stream().filter(of -> of.note() != null).findFirst();
    List<String> ids = new ArrayList<>(peopleFacts());
    first.ifPresent(of -> ids.addAll(Facts.counted(facts, of)));
    return verdict(
        Decision.KEEP_RUNNING,
        Rule.NOT_SETTLED,
        VerdictWords.nothingToCompare(
            first.map(Comparison::note).orElse("There is no primary goal.")),
        ids.stream().distinct().toList());
  }

  private boolean early() {
    Double fraction = progress.fraction();
    boolean few = SplitCheck.weighted(look).stream().anyMatch(i -> look.users(i) < FEW_PEOPLE);
    return few || (fraction != null && fraction < EARLY);
  }

  private List<String> peopleFacts() {
    List<String> ids =
        new ArrayList<>(
            Facts.present(facts, Facts.EXPOSED, Facts.PLANNED, Facts.EACH, Facts.DAYS_LEFT));
    look.segments().forEach(segment -> ids.add(Facts.users(segment.key())));
    return List.copyOf(ids);
  }

  private List<String> splitFacts() {
    List<String> ids = new ArrayList<>();
    for (Variant segment : look.segments()) {
      ids.addAll(Facts.present(facts, Facts.share(segment.key()), Facts.weight(segment.key())));
    }
    ids.addAll(
        Facts.present(
            facts,
            Facts.SPLIT,
            "assignment_mismatch.people",
            "bots.visitors",
            "goal_without_exposure.people"));
    return List.copyOf(ids);
  }

  private List<Comparison> primary() {
    return statistics.comparisons().stream()
        .filter(comparison -> comparison.role() == Goal.Role.PRIMARY)
        .toList();
  }

  private List<Comparison> primary(String segment, Call call) {
    return called(segment, call).stream()
        .filter(comparison -> comparison.role() == Goal.Role.PRIMARY)
        .toList();
  }

  private List<Comparison> called(String segment, Call call) {
    return statistics.comparisons().stream()
        .filter(comparison -> comparison.segment().equals(segment) && comparison.call() == call)
        .toList();
  }

  private static Judgement verdict(
      Decision decision, Rule rule, String sentence, List<String> facts) {
    return judgement(new Verdict(decision, null, sentence, rule, facts), null);
  }

  private static Judgement judgement(Verdict verdict, @Nullable Double confidence) {
    return new Judgement(
        verdict,
        new Recommendation(
            verdict.segment(),
            verdict.decision(),
            confidence,
            verdict.sentence(),
            verdict.facts()));
  }
}
