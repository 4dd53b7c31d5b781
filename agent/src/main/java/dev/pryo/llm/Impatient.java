package dev.pryo.llm;

import dev.pryo.llm.Reply.Fault;
import dev.pryo.llm.Reply.Fault.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits for an answer no longer than a person does. A call that is given up may still be answered,
/// and counts where calls are counted.
public final class Impatient implements LanguageModel {
  private final LanguageModel model;
  private final Duration most;

  public Impatient(LanguageModel model, Duration most) {
    this.model = model;
    this.most = most;
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public Reply ask(Request request) {
    var asking = new FutureTask<>(() -> model.ask(request));
    Thread.ofVirtual().name("impatient").start(asking);
    try {
      return asking.get(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      asking.cancel(true);
      return fault(Kind.TIMED_OUT, "It did not answer in time.");
    } catch (InterruptedException cancelled) {
      asking.cancel(true);
      Thread.currentThread().interrupt();
      return fault(Kind.CANCELLED, "Nobody waits for the answer any more.");
    } catch (ExecutionException thrown) {
      throw own(thrown);
    }
  }

  private static RuntimeException own(ExecutionException thrown) {
    return switch (thrown.getCause()) {
      case RuntimeException own -> own;
      case Error own -> throw own;
      case null, default -> new IllegalStateException(thrown);
    };
  }

  private static Reply fault(Kind kind, String detail) {
    return new Fault(kind, detail, Optional.empty());
  }
}
