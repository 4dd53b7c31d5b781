package dev.pryo.llm;

import dev.pryo.llm.Reply.Fault;
import dev.pryo.llm.Reply.Fault.Kind;
import java.time.Duration;
import java.util.Optional;

/// Asks again where a fault may pass: it waits as long as the vendor says, or else a second, four
/// and sixteen. It does not wait longer than a minute at a time: then the fault is the reply, and
/// whoever runs the job comes back later.
public final class Patient implements LanguageModel {
  private static final int TRIES = 4;
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final LanguageModel model;
  private final Pause pause;

  /// How waiting is done.
  @FunctionalInterface
  public interface Pause {
    void sleep(Duration time) throws InterruptedException;
  }

  public Patient(LanguageModel model, Pause pause) {
    this.model = model;
    this.pause = pause;
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public Reply ask(Request request) {
    var reply = model.ask(request);
    for (var tried = 1; tried < TRIES; tried++) {
      if (!(reply instanceof Fault fault) || !fault.kind().isPassing()) {
        return reply;
      }
      var wait = fault.retryAfter().orElse(Duration.ofSeconds(1L << (2 * (tried - 1))));
      if (wait.compareTo(LONGEST) > 0) {
        return reply;
      }
      try {
        pause.sleep(wait);
      } catch (InterruptedException cancelled) {
        Thread.currentThread().interrupt();
        return new Fault(Kind.CANCELLED, "The run was cancelled.", Optional.empty());
      }
      reply = model.ask(request);
    }
    return reply;
  }
}
