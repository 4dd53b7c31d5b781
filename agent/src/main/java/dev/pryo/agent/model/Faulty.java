package dev.pryo.agent.model;

import dev.pryo.agent.Outcome;
import dev.pryo.agent.model.Budget.Spent;
import dev.pryo.agent.model.Ended.Why;
import dev.pryo.llm.Reply.Fault;
import java.util.Optional;

/// What a vendor's fault means for a run.
final class Faulty {
  private Faulty() {}

  static Optional<Ended> end(Fault fault, Spent spent) {
    return Optional.of(
        switch (fault.kind()) {
          case RATE_LIMITED, OVERLOADED, BROKEN, TIMED_OUT, UNREACHABLE, UNREADABLE ->
              ended(Why.UNAVAILABLE, "The model does not answer now: ", again(fault), fault, spent);
          case OUT_OF_MONEY ->
              ended(
                  Why.UNUSABLE,
                  "The model's vendor has no money of yours left: ",
                  "Add money there, or raise the limit.",
                  fault,
                  spent);
          case UNAUTHORIZED ->
              ended(
                  Why.UNUSABLE,
                  "The model's vendor does not take the key: ",
                  "Check the API key and what it may use.",
                  fault,
                  spent);
          case TOO_LONG ->
              ended(
                  Why.BUDGET,
                  "The conversation is longer than the model can read: ",
                  "Make the experiment smaller.",
                  fault,
                  spent);
          case REJECTED ->
              ended(
                  Why.UNUSABLE,
                  "The model's vendor does not take the request: ",
                  "Check the model's name and the base address.",
                  fault,
                  spent);
          case CANCELLED -> ended(Why.CANCELLED, "", "Start it again when you like.", fault, spent);
        });
  }

  private static String again(Fault fault) {
    return fault
            .retryAfter()
            .map(wait -> "Start it again in " + Math.max(1, wait.toMinutes()) + " minutes;")
            .orElse("Start it again later;")
        + " what it has done is kept.";
  }

  private static Ended ended(Why why, String words, String instead, Fault fault, Spent spent) {
    return new Ended(new Outcome.Unable(words + fault.detail(), instead), why, spent);
  }
}
