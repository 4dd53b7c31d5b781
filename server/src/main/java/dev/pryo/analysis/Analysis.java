package dev.pryo.analysis;

import dev.pryo.event.Source;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What one look at an experiment's numbers says; stored, served and shown as it is.
///
/// Everything that is said rests on `facts`: verdict and insights name the ids of those they use.
/// No number in it is NaN or infinite: where there is none, there is null and a sentence.
///
/// @param facts what was counted and computed, each under a name
/// @param writtenBy `pryo`, or the model whose words replaced Pryo's own
/// @param words whether a model's words are expected
public record Analysis(
    UUID id,
    UUID experimentId,
    Source source,
    Verdict verdict,
    Recommendation winnerRecommendation,
    String summary,
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
  public record Recommendation(
      @Nullable String segment, Decision decision, @Nullable Double confidence, String reason) {}

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
  /// @param unit `people`, `days`, `fraction`, `probability` or `value` (of a goal, in its own
  ///   unit)
  /// @param text the number as it is said
  /// @param interval where it has one, always-valid
  public record Fact(
      String id, double value, String unit, String text, @Nullable List<Double> interval) {}

  /// A question of health, with cause and mend in `detail` where it is not passed. One that failed
  /// replaces the verdict.
  public record Check(String id, Status status, String detail) {
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

  /// @param events of the goals, by event name
  public record SegmentData(String segment, long users, Map<String, EventData> events) {}

  /// @param users visitors with at least one counting event
  /// @param sum of the events' values; null where it is too large for a number
  public record EventData(long users, long count, @Nullable Double sum) {}

  public enum Words {
    OFF,
    PENDING,
    READY,
    FAILED
  }
}
