package dev.pryo.planning;

import dev.pryo.account.Account;
import dev.pryo.event.Traffic;
import dev.pryo.experiment.Goal;
import dev.pryo.experiment.Sizing;
import dev.pryo.experiment.Sketch;
import dev.pryo.planning.PlanAnswer.BaselineSource;
import dev.pryo.planning.PlanAnswer.MdeByDays;
import dev.pryo.project.Project;
import dev.pryo.project.Projects;
import dev.pryo.project.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Plans an experiment with what the project's own traffic says.
@Component
public class Planning {
  static final List<Integer> DAYS = List.of(7, 14, 21, 28, 42, 56);

  private static final double USUAL_LIFT = 0.1;
  private static final double USUAL_RATE = 0.1;

  /// Of a value whose spread nobody knows: twice its mean, as of orders.
  private static final double USUAL_SPREAD = 2;

  /// A rate of fewer is no measurement.
  private static final long FEWEST_VISITORS = 100;

  private static final long FEWEST_CONVERTED = 5;

  private final Projects projects;
  private final Traffic traffic;

  Planning(Projects projects, Traffic traffic) {
    this.projects = projects;
    this.traffic = traffic;
  }

  /// What the sketch takes in this project.
  PlanAnswer plan(Project project, Sketch sketch) {
    return answer(sketch, traffic.of(project, sketch.goal()));
  }

  /// The traffic and the goal's value, as far as they are known.
  public Traffic.Seen seen(Account account, UUID projectId, Goal goal) {
    return traffic.of(projects.require(account, projectId, Role.VIEWER), goal);
  }

  /// Whether so many did the goal that its value is a measurement.
  public static boolean isMeasured(Traffic.Seen seen) {
    Double mean = seen.mean();
    Double variance = seen.variance();
    return seen.visitors() >= FEWEST_VISITORS
        && seen.converted() >= FEWEST_CONVERTED
        && mean != null
        && mean != 0
        && variance != null
        && variance > 0;
  }

  static PlanAnswer answer(Sketch sketch, Traffic.Seen seen) {
    Goal goal = sketch.goal();
    Double given = sketch.plan().baseline();
    Double wanted = sketch.plan().mde();
    double mde = wanted == null ? USUAL_LIFT : wanted;
    BaselineSource source =
        given != null
            ? BaselineSource.GIVEN
            : isMeasured(seen) ? BaselineSource.MEASURED : BaselineSource.DEFAULT;
    Sizing sizing = sizing(sketch, seen, given);
    OptionalLong needed = sizing.people(mde);
    Double perDay = seen.perDay();
    Integer window = goal.windowHours();
    double waiting = window == null ? 0 : window / 24.0;
    Long total = needed.isPresent() ? needed.getAsLong() : null;
    Integer days =
        total == null || perDay == null || perDay <= 0
            ? null
            : (int) Math.min(Integer.MAX_VALUE, Math.ceil(total / perDay + waiting));
    List<MdeByDays> curve = curve(sizing, perDay);
    return new PlanAnswer(
        total == null ? null : smallest(sketch, total),
        total,
        days,
        perDay,
        sizing.mean(),
        mde,
        source,
        curve,
        new Advice(sketch, sizing, source, mde, total, days, perDay).words());
  }

  private static long smallest(Sketch sketch, long total) {
    double share =
        sketch.segments().stream()
                .mapToDouble(segment -> segment.trafficPercentage().doubleValue())
                .filter(percentage -> percentage > 0)
                .min()
                .orElse(100)
            / 100;
    return (long) Math.ceil(total * share);
  }

  private static Sizing sizing(Sketch sketch, Traffic.Seen seen, @Nullable Double given) {
    Goal goal = sketch.goal();
    boolean share = goal.kind() == Goal.Kind.CONVERSION;
    boolean measured = isMeasured(seen);
    double known = measured && seen.mean() != null ? seen.mean() : share ? USUAL_RATE : 1;
    double mean = given == null ? known : given;
    double spread =
        measured && seen.variance() != null
            ? Math.sqrt(seen.variance()) / Math.abs(known)
            : USUAL_SPREAD;
    return new Sizing(
        mean,
        spread * mean * spread * mean,
        share,
        goal.direction(),
        sketch.segments().stream().map(s -> s.trafficPercentage().doubleValue()).toList(),
        sketch.plan().alpha(),
        sketch.plan().power());
  }

  private static List<MdeByDays> curve(Sizing sizing, @Nullable Double perDay) {
    List<MdeByDays> curve = new ArrayList<>();
    if (perDay != null) {
      for (int days : DAYS) {
        sizing
            .smallestLift(perDay * days)
            .ifPresent(lift -> curve.add(new MdeByDays(days, Math.ceil(lift * 1e4) / 1e4)));
      }
    }
    return List.copyOf(curve);
  }
}
