package dev.pryo.analysis;

import dev.pryo.event.Source;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What one look at an experiment's numbers says; stored, served and shown as it is.
///
/// Everything that is said rests on `facts`: verdict, reason, summary, insights and checks name the
/// ids of those they use, and say no number that is not among them. No number in it is NaN or
/// infinite: where there is none, there is null and a sentence.
///
/// @param summaryFacts the ids of the facts behind the summary
/// @param facts what was counted and computed, each under a name
/// @param writtenBy `pryo`, or the model whose words replaced some of Pryo's own
/// @param words whether a model's words are expected
public record Analysis(
    UUID id,
    UUID experimentId,
    Source source,
    Verdict verdict,
    Recommendation winnerRecommendation,
    String summary,
    List<String> summaryFacts,
    List<Insight> insights,
    List<Plot> plots,
    RawData rawData,
    Statistics statistics,
    List<Check> checks,
    List<Fact> facts,
    Progress progress,
    String writtenBy,
    Words words,
    Instant generatedAt) {

  /// Whether the events were made up.
  public boolean simulated() {
    return source == Source.SIMULATED;
  }

  /// What to do.
  public enum Decision {
    SHIP,
    KEEP_CONTROL,
    KEEP_RUNNING,
    INCONCLUSIVE,
    INVALID
  }

  /// The decision, made by code alone.
  ///
  /// @param segment the key of the segment to ship; null in every other decision
  /// @param rule the rule that decided, by its name in `Judge`
  public record Verdict(
      Decision decision,
      @Nullable String segment,
      String sentence,
      Rule rule,
      List<String> facts) {}

  /// The rules of the verdict in the order in which they are tried.
  public enum Rule {
    SAMPLE_RATIO_ALARM,
    NO_PEOPLE,
    PRIMARY_BETTER,
    GUARDRAIL_HARMED,
    PRIMARY_WORSE,
    EFFECT_NOT_STABLE,
    PLANNED_END,
    MAX_DAYS,
    STOPPED_EARLY,
    WILL_NOT_GET_THERE,
    TOO_FEW_PEOPLE,
    NOT_SETTLED
  }

  /// The verdict in the older form.
  ///
  /// @param confidence 1 − the always-valid p-value that decided; null where none did
  /// @param facts the ids of the facts behind the reason
  public record Recommendation(
      @Nullable String segment,
      Decision decision,
      @Nullable Double confidence,
      String reason,
      List<String> facts) {}

  public enum Severity {
    INFO,
    GOOD,
    WARNING,
    BAD
  }

  /// Something worth knowing, with the facts it rests on.
  public record Insight(String title, String text, Severity severity, List<String> facts) {}

  /// One number under a name.
  ///
  /// @param unit `people`, `visitors` (such as bots, who are no people), `events`, `checks`,
  ///   `days`, `hours`, `fraction`, `probability` or `value` (of a goal, in its own unit)
  /// @param text the number as it is said
  /// @param how it came about: what was counted, or from which facts it was computed, by which
  ///   method of `docs/statistics.md`
  /// @param segment whose it is; null where it is nobody's own
  /// @param measure the goal with its kind, such as `purchase.conversion`; null where it has none
  /// @param interval where it has one, always-valid
  public record Fact(
      String id,
      double value,
      String unit,
      String text,
      String how,
      @Nullable String segment,
      @Nullable String measure,
      @Nullable List<Double> interval) {}

  /// A question of health, with cause and mend in `detail` where it is not passed. One that failed
  /// replaces the verdict.
  ///
  /// @param facts the ids of the facts behind the detail
  public record Check(String id, Status status, String detail, List<String> facts) {
    /// A check whose facts are found by its id, see [Facts#checked].
    Check(String id, Status status, String detail) {
      this(id, status, detail, List.of());
    }

    public enum Status {
      PASS,
      WARN,
      FAIL
    }
  }

  /// @param exposed visitors of all segments
  /// @param fraction of the planned ones, at most 1
  /// @param daysLeft until the planned sample or `max_days`, whichever comes first, by the traffic
  ///   so far; null where the experiment is not running
  public record Progress(
      long exposed,
      @Nullable Long nPlanned,
      @Nullable Double fraction,
      @Nullable Integer daysLeft) {}

  /// The counts behind everything.
  ///
  /// @param from the first exposure
  /// @param to the newest event
  public record RawData(
      List<SegmentData> segments, long totalEvents, @Nullable Instant from, @Nullable Instant to) {}

  /// @param events of the goals, by event name; of a goal with a filter only those that it lets
  ///   through, as `purchase where device is phone`
  public record SegmentData(String segment, long users, Map<String, EventData> events) {}

  /// @param users visitors with at least one counting event
  /// @param sum of the events' values; null where it is too large for a number
  public record EventData(long users, long count, @Nullable Double sum) {}

  /// Whether a model puts the analysis into words; without it Pryo's own sentences stand.
  public enum Words {
    OFF,
    PENDING,
    /// Some or all of the sentences are a model's.
    READY,
    /// None of what a model said was kept, or none answered.
    FAILED
  }

  /// The same analysis with other words; numbers, verdict and decision stay.
  public Analysis worded(
      String summary,
      List<String> summaryFacts,
      List<Insight> insights,
      Recommendation reasoned,
      String writtenBy,
      Words words) {
    return new Analysis(
        id,
        experimentId,
        source,
        verdict,
        new Recommendation(
            winnerRecommendation.segment(),
            winnerRecommendation.decision(),
            winnerRecommendation.confidence(),
            reasoned.reason(),
            reasoned.facts()),
        summary,
        summaryFacts,
        insights,
        plots,
        rawData,
        statistics,
        checks,
        facts,
        progress,
        writtenBy,
        words,
        generatedAt);
  }
}
