package dev.pryo.stats;

import static dev.pryo.stats.StatsError.INVALID_INPUT;

import java.util.ArrayList;
import java.util.List;

/// [HorizonCs] at a series of looks: the p-value that stays once reached, and the intersection of
/// the intervals so far. Crossed bounds mean that the effect is not stable.
///
/// `firstSignificant` is the index of the first look at which the running p-value is at most alpha,
/// or −1.
public record SequentialStream(List<State> states, int firstSignificant) {

  /// What is known at one moment: `n` units in both arms together.
  public record Look(double n, double diff, double se) {

    private boolean isValid() {
      return Inputs.isCount(n) && Double.isFinite(diff) && Inputs.isNonNegative(se);
    }
  }

  /// What may be said after a look.
  public record State(double p, double pRunning, Interval running) {}

  public static Result<SequentialStream> of(List<Look> looks, double planned, double alpha) {
    if (looks.isEmpty()
        || !looks.stream().allMatch(Look::isValid)
        || decreases(looks)
        || !Inputs.isPositiveCount(planned)
        || !Inputs.isInsideUnit(alpha)) {
      return Result.failed(INVALID_INPUT);
    }
    List<State> states = new ArrayList<>(looks.size());
    State state = new State(1, 1, Interval.UNBOUNDED);
    int first = -1;
    for (Look look : looks) {
      state = after(state, look, planned, alpha);
      states.add(state);
      if (first < 0 && state.pRunning <= alpha) {
        first = states.size() - 1;
      }
    }
    return Result.ok(new SequentialStream(List.copyOf(states), first));
  }

  private static boolean decreases(List<Look> looks) {
    for (int i = 1; i < looks.size(); i++) {
      if (looks.get(i).n < looks.get(i - 1).n) {
        return true;
      }
    }
    return false;
  }

  /// A look without a standard error adds nothing.
  private static State after(State before, Look look, double planned, double alpha) {
    return switch (HorizonCs.of(look.diff, look.se, look.n, planned, alpha)) {
      case Result.Ok<HorizonCs>(HorizonCs cs) ->
          new State(
              cs.p(),
              Math.min(before.pRunning, cs.p()),
              new Interval(
                  Math.max(before.running.lower(), cs.interval().lower()),
                  Math.min(before.running.upper(), cs.interval().upper())));
      case Result.Failed<HorizonCs> _ -> new State(1, before.pRunning, before.running);
    };
  }
}
