package dev.pryo.analysis;

import dev.pryo.experiment.Condition;
import dev.pryo.experiment.Goal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Every goal in every test segment against the control.
///
/// `alwaysValid` decides; `pValue` and `interval` are fixed-horizon readings, not for deciding
/// early. Relative quantities are fractions of the control's mean, taken without its sign.
///
/// @param method `mixture_cs` or `horizon_cs`, behind the estimator where that is no plain mean, as
///   in `ratio, mixture_cs`; `mixed` where goals differ in it
/// @param correction how `alpha` is shared between the goals that decide
/// @param comparisonsCorrected among how many comparisons it is shared: primary and secondary goals
///   × test segments
/// @param definition a fingerprint of what was frozen at the start; p-values run on only under the
///   same
/// @param notPeekSafe the fields of a comparison that may not be used to decide early: they hold
///   for a single look
public record Statistics(
    String method,
    double alpha,
    String correction,
    int comparisonsCorrected,
    String definition,
    List<String> notPeekSafe,
    List<Comparison> comparisons) {

  static final List<String> NOT_PEEK_SAFE = List.of("p_value", "interval", "bayesian");

  /// The same numbers without anything that could be taken for a result.
  Statistics withheld() {
    return new Statistics(
        method,
        alpha,
        correction,
        comparisonsCorrected,
        definition,
        notPeekSafe,
        comparisons.stream().map(Comparison::withheld).toList());
  }

  /// One goal in one test segment.
  ///
  /// @param goal the event's name
  /// @param denominator what a ratio divides by
  /// @param filter what an event must say to count, which tells goals with the same event apart
  /// @param unit what a mean is: `of people`, `per person`, or what a ratio is per
  /// @param estimator how the two values that are compared were made from the sums
  /// @param varianceReduction the share of the squared standard error that history took away; null
  ///   where it was not used, negative where it hurt
  /// @param relativeLift null where the control's mean is zero; of adjusted means where there are
  ///   any
  /// @param difference test − control, in the goal's own unit
  /// @param interval of the lift, fixed-horizon
  /// @param nonInferiority for a guardrail: the test against its margin
  /// @param significant for primary and secondary goals: after Holm, by the running always-valid
  ///   p-value; for a guardrail: harmed
  /// @param note a sentence in place of the numbers that are null
  public record Comparison(
      String goal,
      String goalName,
      Goal.Kind kind,
      Goal.@Nullable Denominator denominator,
      List<Condition> filter,
      String unit,
      Estimator estimator,
      @Nullable Double varianceReduction,
      Goal.Role role,
      Goal.Direction direction,
      @Nullable Double margin,
      String segment,
      String segmentName,
      Arm control,
      Arm test,
      @Nullable Double relativeLift,
      @Nullable Double difference,
      @Nullable List<Double> interval,
      @Nullable Double pValue,
      @Nullable String fixedMethod,
      AlwaysValid alwaysValid,
      @Nullable NonInferiority nonInferiority,
      @Nullable Bayesian bayesian,
      boolean significant,
      Call call,
      @Nullable String note) {

    public Comparison {
      filter = Objects.requireNonNullElse(filter, List.of()); // as it was kept before it was here
    }

    private Comparison withheld() {
      return new Comparison(
          goal,
          goalName,
          kind,
          denominator,
          filter,
          unit,
          estimator,
          varianceReduction,
          role,
          direction,
          margin,
          segment,
          segmentName,
          control,
          test,
          relativeLift,
          difference,
          interval,
          pValue,
          fixedMethod,
          alwaysValid,
          nonInferiority,
          bayesian,
          false,
          Call.WITHHELD,
          note);
    }

    /// The lift's always-valid interval in the direction that is wanted: positive is better.
    @Nullable List<Double> gainInterval() {
      List<Double> lift = alwaysValid.interval();
      return lift == null || direction == Goal.Direction.INCREASE
          ? lift
          : List.of(-lift.getLast(), -lift.getFirst());
    }

    /// The lift in the direction that is wanted.
    @Nullable Double gain() {
      Double lift = relativeLift;
      return lift == null || direction == Goal.Direction.INCREASE ? lift : Double.valueOf(-lift);
    }
  }

  /// One side of a comparison.
  ///
  /// @param n visitors who count
  /// @param mean of their values, or the ratio, as counted; null where there is none
  /// @param adjustedMean the mean that visitors with an average history would have; null where none
  ///   was used
  public record Arm(long n, @Nullable Double mean, @Nullable Double adjustedMean) {}

  /// From sums to a value with its variance.
  public enum Estimator {
    /// The plain mean.
    MEAN,
    /// The ratio of two means, by the delta method.
    RATIO,
    /// The mean adjusted by a regression on what the same visitors did before.
    REGRESSION_ADJUSTED;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What holds however often one looks.
  ///
  /// @param interval of the lift
  /// @param differenceInterval of the difference
  /// @param pValue the least that any look has reached
  /// @param pValueNow that of this look alone
  /// @param level at which the comparison is tested: a p-value up to it is significant, and both
  ///   intervals have it
  /// @param towards in which direction `pValue` was reached
  public record AlwaysValid(
      @Nullable List<Double> interval,
      @Nullable List<Double> differenceInterval,
      @Nullable Double pValue,
      @Nullable Double pValueNow,
      double level,
      @Nullable String method,
      @Nullable Direction towards) {}

  /// Better or worse by the goal's direction.
  public enum Direction {
    BETTER,
    WORSE
  }

  /// Whether a guardrail is worse by less than its margin, however often one looks; one-sided, at
  /// the whole alpha.
  ///
  /// @param pValue the least that any look has reached; it decides what is safe
  /// @param pValueNow that of this look alone
  public record NonInferiority(double pValue, @Nullable Double pValueNow, String method) {}

  /// A Bayesian reading, not for deciding early.
  ///
  /// @param chanceToWin that the test is better, by the goal's direction
  /// @param expectedLoss by shipping it, as a fraction of the control's mean
  /// @param interval of the lift
  public record Bayesian(double chanceToWin, double expectedLoss, List<Double> interval) {}

  /// What can be said of a comparison in a word.
  public enum Call {
    BETTER,
    WORSE,
    /// Was proven in one direction, and by now in the other.
    UNSTABLE,
    NOT_SETTLED,
    /// A guardrail that is within its limit.
    SAFE,
    /// A guardrail that is beyond its limit.
    HARMED,
    NO_DATA,
    /// The split is broken, so that nothing is said.
    WITHHELD
  }
}
