package dev.pryo.implementation;

import dev.pryo.account.Account;
import dev.pryo.experiment.Experiments;
import dev.pryo.platform.Forbidden;
import dev.pryo.platform.NotFound;
import dev.pryo.platform.Tenant;
import dev.pryo.project.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// Tells browsers how far an implementation is, as server-sent events: one `status` at the start
/// and at each change, and a comment now and then so that nothing between takes the silence for an
/// end. A stream ends with the implementation, with the caller's right to see it, or with the
/// server.
@Component
final class ProgressStreams implements SmartLifecycle {
  private static final Duration LOOK = Duration.ofMillis(400);
  private static final int LOOKS_PER_HEARTBEAT = 25;
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private final Experiments experiments;
  private final Implementations implementations;
  private volatile boolean running;

  ProgressStreams(Experiments experiments, Implementations implementations) {
    this.experiments = experiments;
    this.implementations = implementations;
  }

  SseEmitter open(Account account, UUID experiment) {
    SseEmitter stream = new SseEmitter(LONGEST.toMillis());
    Thread.ofVirtual()
        .name("progress")
        .start(() -> Tenant.as(account.id(), () -> feed(stream, account, experiment)));
    return stream;
  }

  private boolean feed(SseEmitter stream, Account account, UUID experiment) {
    try {
      Implementation last = null;
      for (int look = 0; running; look++) {
        Implementation now =
            implementations.of(experiments.require(account, experiment, Role.VIEWER));
        tell(stream, now, last, look);
        if (now.settled()) {
          break;
        }
        last = now;
        Thread.sleep(LOOK);
      }
      stream.complete();
      return true;
    } catch (NotFound | Forbidden e) {
      stream.complete(); // it was taken from them meanwhile
    } catch (IOException | IllegalStateException e) {
      stream.completeWithError(e); // the reader has gone, or the time is over
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stream.complete();
    } catch (RuntimeException e) {
      stream.completeWithError(e); // the database, for one; browsers come back by themselves
    }
    return false;
  }

  private static void tell(
      SseEmitter stream, Implementation now, @Nullable Implementation last, int look)
      throws IOException {
    if (!now.equals(last)) {
      stream.send(SseEmitter.event().name("status").data(now, MediaType.APPLICATION_JSON));
    } else if (look % LOOKS_PER_HEARTBEAT == 0) {
      stream.send(SseEmitter.event().comment("still here"));
    }
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
