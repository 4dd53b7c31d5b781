package dev.pryo.analysis;

import dev.pryo.analysis.Subject.Variant;
import dev.pryo.event.Noticed;
import dev.pryo.event.Source;
import dev.pryo.event.Totals;
import dev.pryo.event.Totals.GoalTotal;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Goal;
import dev.pryo.experiment.Status;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What an analysis is made from: the experiment as it is frozen, its counts, the time, and what
/// earlier looks have reached. Nothing else enters it, so whoever has a look can make its analysis
/// again; it is kept with it, and a receipt is made of it.
///
/// @param id of the analysis to be made
/// @param countBots whether the project counts crawlers and headless browsers
/// @param runningSince since when the experiment has been active without a break; null where it is
///   not
/// @param noticed what was odd about the events when they came in; null: nothing
/// @param plannedEnds what was found at the planned end; null or empty before it is passed
/// @param carried p-values run on from it; null in a first look
public record Look(
    UUID id,
    Subject experiment,
    Source source,
    boolean countBots,
    Totals totals,
    Instant now,
    @Nullable Instant runningSince,
    @Nullable Noticed noticed,
    @Nullable List<PlannedEnd> plannedEnds,
    @Nullable Carried carried) {

  /// A comparison as it was when the last of the planned visitors had become mature, and just
  /// before the next did, from rows: a look that comes later sees the planned end all the same.
  ///
  /// @param goal its index
  /// @param segment the test segment's number
  /// @param at when they were mature
  /// @param totals of the goal in every segment at that time
  public record PlannedEnd(int goal, int segment, Instant at, List<GoalTotal> totals) {}

  /// A look after another. Nothing runs on from one that had another definition; and simulated
  /// events are replaced as a whole by each run, so nothing runs on from one to the next.
  ///
  /// @param previous the newest analysis of the same source
  static Look of(
      UUID id,
      Experiment experiment,
      Source source,
      boolean countBots,
      Totals totals,
      Instant now,
      @Nullable Analysis previous) {
    Look first =
        new Look(
            id,
            Subject.of(experiment),
            source,
            countBots,
            totals,
            now,
            null,
            Noticed.NOTHING,
            List.of(),
            null);
    boolean runsOn =
        previous != null
            && !first.simulated()
            && previous.source() == source
            && previous.statistics().definition().equals(first.definition());
    return runsOn && previous != null ? first.after(previous) : first;
  }

  private Look after(Analysis previous) {
    return new Look(
        id,
        experiment,
        source,
        countBots,
        totals,
        now,
        runningSince,
        noticed,
        plannedEnds,
        Carried.from(previous));
  }

  Look runningSince(@Nullable Instant since) {
    return new Look(
        id, experiment, source, countBots, totals, now, since, noticed, plannedEnds, carried);
  }

  Look noticed(Noticed what) {
    return new Look(
        id, experiment, source, countBots, totals, now, runningSince, what, plannedEnds, carried);
  }

  Look plannedEnds(List<PlannedEnd> ends) {
    return new Look(
        id,
        experiment,
        source,
        countBots,
        totals,
        now,
        runningSince,
        noticed,
        List.copyOf(ends),
        carried);
  }

  /// The same experiment as it was counted otherwise, at another time: of the planned ends it knows
  /// those that had been passed.
  ///
  /// @param runsOn what its p-values run on from
  Look with(Totals counted, Instant time, @Nullable Carried runsOn) {
    return new Look(
        id,
        experiment,
        source,
        countBots,
        counted,
        time,
        runningSince,
        noticed,
        plannedEnds == null
            ? null
            : plannedEnds.stream().filter(end -> !end.at().isAfter(time)).toList(),
        runsOn);
  }

  /// The planned end of a goal in a test segment, if a look has passed it.
  Optional<PlannedEnd> plannedEnd(int goal, int segment) {
    return plannedEnds == null
        ? Optional.empty()
        : plannedEnds.stream()
            .filter(end -> end.goal() == goal && end.segment() == segment)
            .findFirst();
  }

  /// This look with what was counted at a planned end in the place of the goal's totals.
  Look at(PlannedEnd end) {
    List<GoalTotal> goals = new ArrayList<>(end.totals());
    totals.goals().stream().filter(total -> total.goal() != end.goal()).forEach(goals::add);
    return new Look(
        id,
        experiment,
        source,
        countBots,
        totals.with(goals),
        end.at(),
        runningSince,
        noticed,
        plannedEnds,
        carried);
  }

  boolean simulated() {
    return source == Source.SIMULATED;
  }

  List<Variant> segments() {
    return experiment.segments();
  }

  List<Goal> goals() {
    return experiment.goals();
  }

  Variant control() {
    return segments().getFirst();
  }

  List<Variant> tests() {
    return segments().subList(1, segments().size());
  }

  long users(int segment) {
    return segment < totals.users().size() ? totals.users().get(segment) : 0;
  }

  /// What was odd when events came in.
  Noticed odd() {
    return noticed == null ? Noticed.NOTHING : noticed;
  }

  /// Visitors of all segments.
  long exposed() {
    return totals.users().stream().mapToLong(Long::longValue).sum();
  }

  /// The goal in the segment; all zero where nothing was counted.
  GoalTotal total(int goal, int segment) {
    return totals.goals().stream()
        .filter(total -> total.goal() == goal && total.segment() == segment)
        .findFirst()
        .orElseGet(() ->
            new GoalTotal(
                goal,
                segment,
                goals().get(goal).windowHours() == null ? users(segment) : 0,
                0,
                0,
                0,
                0,
                0,
                null));
  }

  /// The share of visitors that each segment really gets.
  List<Double> shares() {
    List<Double> shares = new ArrayList<>();
    long from = 0;
    for (Variant segment : segments()) {
      shares.add((segment.until() - from) / (double) (1L << 32));
      from = segment.until();
    }
    return List.copyOf(shares);
  }

  @Nullable Long planned() {
    return experiment.plan().nPlanned();
  }

  /// How many of the planned visitors belong to the control and one test segment.
  long plannedPair(int segment) {
    Long planned = planned();
    List<Double> shares = shares();
    return planned == null
        ? Long.MAX_VALUE
        : Math.max(2, Math.round(planned * (shares.getFirst() + shares.get(segment))));
  }

  /// Whether everybody who was planned for has come, and for windowed goals is mature.
  boolean plannedReached() {
    Long planned = planned();
    return planned != null && counted() >= planned;
  }

  /// Visitors who count in every primary goal.
  private long counted() {
    long least = exposed();
    for (int goal = 0; goal < goals().size(); goal++) {
      if (goals().get(goal).role() == Goal.Role.PRIMARY) {
        long mature = 0;
        for (int segment = 0; segment < segments().size(); segment++) {
          mature += total(goal, segment).mature();
        }
        least = Math.min(least, mature);
      }
    }
    return least;
  }

  /// When the longest time that was planned is over, windows included; null before the start and
  /// for simulated events, which belong to no time.
  @Nullable Instant deadline() {
    Instant activated = experiment.activatedAt();
    if (simulated() || activated == null) {
      return null;
    }
    return activated.plus(Duration.ofDays(experiment.plan().maxDays())).plus(longestWindow());
  }

  /// Of the goals that decide; nothing where none has one.
  Duration longestWindow() {
    return goals().stream()
        .filter(goal -> goal.role() == Goal.Role.PRIMARY)
        .map(Goal::windowHours)
        .map(hours -> Duration.ofHours(hours == null ? 0 : hours))
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  boolean running() {
    return !simulated() && experiment.status() == Status.ACTIVE;
  }

  boolean finished() {
    return !simulated() && experiment.status() == Status.FINISHED;
  }

  /// A fingerprint of what is frozen at the start: goals, segments, plan.
  String definition() {
    String goals =
        goals().stream()
            .map(goal ->
                String.join(
                    "\u0001",
                    goal.event(),
                    goal.kind().name(),
                    String.valueOf(goal.denominator()),
                    String.valueOf(goal.useHistory()),
                    goal.role().name(),
                    goal.direction().name(),
                    String.valueOf(goal.margin()),
                    String.valueOf(goal.windowHours()),
                    String.valueOf(goal.filter()),
                    String.valueOf(goal.capQuantile())))
            .collect(Collectors.joining("\u0002"));
    String segments =
        segments().stream()
            .map(segment -> segment.key() + plain(segment.weight()))
            .collect(Collectors.joining("\u0002"));
    String text =
        String.join(
            "\u0003",
            goals,
            segments,
            String.valueOf(experiment.plan().alpha()),
            String.valueOf(planned()),
            experiment.seed());
    return HexFormat.of().formatHex(sha256(text), 0, 8);
  }

  private static String plain(BigDecimal number) {
    return "=" + number.stripTrailingZeros().toPlainString();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
