package dev.pryo.experiment;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Says how long a plan takes with the traffic of the site: whenever the plan is made, and for the
/// last time when the experiment is first activated.
@Component
final class PlanDays {
  private final ObjectProvider<DailyVisitors> traffic; // which in turn knows experiments
  private final ExperimentRows rows;

  PlanDays(ObjectProvider<DailyVisitors> traffic, ExperimentRows rows) {
    this.traffic = traffic;
    this.rows = rows;
  }

  /// @param old what is there already, null where it is made anew: a frozen plan keeps its days
  Wanted measured(Wanted wanted, @Nullable Experiment old) {
    return wanted.with(
        wanted
            .plan()
            .with(
                old != null && old.activatedAt() != null
                    ? old.plan().days()
                    : days(
                        wanted.projectId(),
                        wanted.plan(),
                        wanted.goals(),
                        wanted.exposurePercentage())));
  }

  /// Within the transaction that activates it.
  void freeze(Experiment experiment) {
    if (experiment.activatedAt() == null) {
      rows.days(
          experiment.id(),
          days(
              experiment.projectId(),
              experiment.plan(),
              experiment.goals(),
              experiment.exposurePercentage()));
    }
  }

  /// Until the planned number has taken part and the window of the goal that was planned for has
  /// passed; null where the number or the traffic is not known.
  private @Nullable Integer days(
      UUID project, Plan plan, List<Goal> goals, BigDecimal exposurePercentage) {
    Long planned = plan.nPlanned();
    OptionalDouble perDay =
        planned == null ? OptionalDouble.empty() : traffic.getObject().perDay(project);
    if (planned == null || perDay.isEmpty() || !(perDay.getAsDouble() > 0)) {
      return null;
    }
    double taking = perDay.getAsDouble() * exposurePercentage.doubleValue() / 100;
    double waiting =
        goals.stream()
                .filter(goal -> goal.role() == Goal.Role.PRIMARY)
                .findFirst()
                .map(Goal::windowHours)
                .orElse(0)
            / 24.0;
    return (int) Math.min(Integer.MAX_VALUE, Math.ceil(planned / taking + waiting));
  }

  /// Why a plan has no number, or no days; null where it has both.
  static @Nullable String note(Plan plan, List<Goal> goals) {
    Goal primary =
        goals.stream().filter(goal -> goal.role() == Goal.Role.PRIMARY).findFirst().orElse(null);
    if (plan.nPlanned() == null) {
      return primary != null && primary.kind() != Goal.Kind.CONVERSION
          ? "No number is planned: what a %s needs depends on how its values spread. Ask for a plan of the project, which measures that."
              .formatted(primary.kind().name().toLowerCase(Locale.ROOT))
          : "No number is planned: give plan.baseline and plan.mde.";
    }
    return plan.days() == null
        ? "How many days that takes is not known: nothing is known of the site's traffic yet."
        : null;
  }
}
