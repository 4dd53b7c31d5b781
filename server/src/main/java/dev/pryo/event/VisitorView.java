package dev.pryo.event;

import dev.pryo.event.Judgement.Why;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Split;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// What an experiment makes of one visitor, as the API shows it.
///
/// @param bucketing where the experiment's own arithmetic puts the visitor
/// @param counts whether the visitor is counted
/// @param segment the key of the segment that the visitor counts in
/// @param firstCountedAt the first exposure that counts
/// @param reasons why the visitor does not count
/// @param events all that concerns the experiment, the newest first
/// @param complete whether all of them were judged; who has more than 10,000 is judged by some
@Schema(name = "Visitor")
public record VisitorView(
    String userId,
    String experiment,
    Bucketing bucketing,
    boolean counts,
    @Nullable String segment,
    @Nullable Instant firstCountedAt,
    List<Reason> reasons,
    List<GoalReached> goals,
    List<VisitorEvent> events,
    boolean complete) {

  /// How much later an event may arrive than it happened without being called late.
  private static final Duration LATE = Duration.ofMinutes(10);

  /// @param segment the key of the segment; null where the visitor takes no part
  @Schema(name = "VisitorBucketing")
  public record Bucketing(boolean takesPart, @Nullable String segment) {}

  /// @param code the reason for programs, such as `two_segments`
  /// @param detail the same in a sentence
  @Schema(name = "VisitorReason")
  public record Reason(String code, String detail) {
    static @Nullable Reason of(@Nullable Why why) {
      return why == null ? null : new Reason(why.name().toLowerCase(Locale.ROOT), why.sentence());
    }
  }

  /// What the visitor did towards a goal.
  ///
  /// @param events how many events count
  /// @param mature whether the goal's window has passed, so that the visitor is in its sums
  @Schema(name = "VisitorGoal")
  public record GoalReached(
      String event, String name, long events, @Nullable Double sum, boolean mature) {}

  /// One of the visitor's events.
  ///
  /// @param why why it does not count; null where it counts
  /// @param late whether it arrived long after it happened
  @Schema(name = "VisitorEvent")
  public record VisitorEvent(RawEvent event, boolean counts, @Nullable Reason why, boolean late) {}

  static VisitorView of(
      String userId, Experiment experiment, Split split, Judgement judgement, boolean complete) {
    OptionalInt bucket = split.bucket(userId);
    Integer segment = judgement.segment();
    List<Reason> reasons = new ArrayList<>();
    for (Why why : judgement.reasons(bucket.isPresent())) {
      reasons.add(new Reason(why.name().toLowerCase(Locale.ROOT), why.sentence()));
    }
    return new VisitorView(
        userId,
        experiment.key(),
        new Bucketing(
            bucket.isPresent(), bucket.isPresent() ? key(experiment, bucket.getAsInt()) : null),
        segment != null,
        segment == null ? null : key(experiment, segment),
        judgement.first(),
        reasons,
        judgement.goals().stream().map(VisitorView::goal).toList(),
        judgement.events().reversed().stream().map(each -> event(each, experiment)).toList(),
        complete);
  }

  private static String key(Experiment experiment, int segment) {
    return experiment.segments().get(segment).key();
  }

  private static GoalReached goal(Judgement.Reached reached) {
    double sum = reached.sum();
    return new GoalReached(
        reached.goal().event(),
        reached.goal().name(),
        reached.events(),
        Double.isFinite(sum) ? sum : null,
        reached.mature());
  }

  private static VisitorEvent event(Judgement.Judged judged, Experiment experiment) {
    StoredEvent event = judged.event();
    return new VisitorEvent(
        RawEvent.of(event, experiment),
        judged.why() == null,
        Reason.of(judged.why()),
        event.at().plus(LATE).isBefore(event.receivedAt()));
  }
}
