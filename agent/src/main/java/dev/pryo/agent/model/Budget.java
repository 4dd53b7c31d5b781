package dev.pryo.agent.model;

import dev.pryo.llm.Cost;
import dev.pryo.llm.Prices;
import dev.pryo.llm.Request;
import dev.pryo.llm.Usage;
import java.time.Duration;
import java.util.Optional;

/// What one run may use.
///
/// @param tokens input and output together
/// @param cost at list price; the caller makes it the least of what is left for the run, the
///   project and the month
public record Budget(int calls, long tokens, Cost cost, Duration time, int refusals) {
  public static final Budget USUAL =
      new Budget(60, 600_000, Cost.of(2), Duration.ofMinutes(15), 10);

  /// What was used so far, whenever it was paid.
  public record Spent(String model, int calls, Usage usage, Cost cost) {
    static Spent nothing(String model) {
      return new Spent(model, 0, Usage.NONE, Cost.NONE);
    }

    Spent plus(String answered, Usage more, Prices prices) {
      return new Spent(model, calls + 1, usage.plus(more), cost.plus(prices.of(answered, more)));
    }
  }

  /// Why a further call would go beyond it, counting the dearest that the call can be.
  Optional<String> refuse(Spent spent, Request next, Prices prices, Duration passed) {
    var dearest = next.dearest();
    if (spent.calls() >= calls) {
      return Optional.of("It has made its " + calls + " calls to the model.");
    }
    if (passed.compareTo(time) >= 0) {
      return Optional.of("It has taken its " + time.toMinutes() + " minutes.");
    }
    if (spent.usage().total() + dearest.total() > tokens) {
      return Optional.of(
          "A further call could go beyond its %,d tokens; %,d are used."
              .formatted(tokens, spent.usage().total()));
    }
    var after = spent.cost().plus(prices.of(spent.model(), dearest));
    return after.compareTo(cost) > 0
        ? Optional.of(
            "A further call could go beyond its $%s; $%s are spent."
                .formatted(
                    cost.usd().toPlainString(), spent.cost().rounded().usd().toPlainString()))
        : Optional.empty();
  }
}
