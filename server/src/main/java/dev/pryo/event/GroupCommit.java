package dev.pryo.event;

import dev.pryo.event.EventStore.Outcome;
import dev.pryo.platform.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.TransactionException;

/// Lets requests that wait at the same time share one statement and one commit. A writer takes
/// whatever waits, without a timer: a lone request is written at once, and the more come while all
/// writers write, the more the next group carries. There are a few writers, because one alone would
/// let everybody wait for the disk twice: for the group before and for its own.
final class GroupCommit implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final int GROUP = 2_000;
  static final int MOST_WAITING = 40_000;
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final Duration GLANCE = Duration.ofSeconds(1);

  /// A request's rows until they are answered; each is equal to itself only.
  private static final class Waiting {
    private final List<EventInsert.Row> rows;
    private final long since = System.nanoTime();
    private final CompletableFuture<List<Outcome>> answer = new CompletableFuture<>();

    Waiting(List<EventInsert.Row> rows) {
      this.rows = rows;
    }

    void fail(Throwable why) {
      answer.completeExceptionally(why);
    }
  }

  private final Function<List<EventInsert.Row>, List<Outcome>> write;
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>(); // bounded by `room`
  private final Semaphore room = new Semaphore(MOST_WAITING);
  private final Set<Waiting> open = ConcurrentHashMap.newKeySet();
  private final List<Thread> threads = new ArrayList<>();

  /// @param write keeps the rows and returns one outcome for each once they are durable; called by
  ///   several threads at once
  GroupCommit(int writers, Function<List<EventInsert.Row>, List<Outcome>> write) {
    this.write = write;
    for (int i = 0; i < writers; i++) {
      threads.add(Thread.ofPlatform().name("event-writer-" + i).daemon().start(this::run));
    }
    threads.add(Thread.ofVirtual().name("event-patience").start(this::endPatience));
  }

  /// Waits until the rows are durable.
  ///
  /// @throws Unavailable if too many wait already, or it takes too long; in the second case they
  ///   may be kept all the same, which a re-send then finds out
  List<Outcome> append(List<EventInsert.Row> rows) {
    if (!room.tryAcquire(rows.size())) {
      throw new Unavailable("Too many events wait to be stored: send these again in a moment.");
    }
    Waiting waiting = new Waiting(rows);
    open.add(waiting);
    queue.add(waiting);
    try {
      return waiting.answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("The server is stopping: send the events again.");
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } finally {
      open.remove(waiting);
    }
  }

  /// One look at all that wait costs less than a clock for each of them.
  private void endPatience() {
    try {
      while (true) {
        Thread.sleep(GLANCE);
        long now = System.nanoTime();
        for (Waiting waiting : open) {
          if (now - waiting.since > PATIENCE.toNanos()) {
            waiting.fail(
                new Unavailable("The events could not be stored in time: send them again."));
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private static RuntimeException failure(@Nullable Throwable cause) {
    return switch (cause) {
      case TransactionException e ->
          new Unavailable("The database does not answer just now: send the events again.");
      case RuntimeException e -> e;
      case null, default -> new IllegalStateException(cause);
    };
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        write(group(queue.take()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    for (Waiting left = queue.poll(); left != null; left = queue.poll()) {
      left.fail(new Unavailable("The server is stopping: send the events again."));
    }
  }

  private List<Waiting> group(Waiting first) {
    List<Waiting> group = new ArrayList<>(List.of(first));
    int size = first.rows.size();
    while (size < GROUP) {
      Waiting next = queue.poll();
      if (next == null) {
        break;
      }
      group.add(next);
      size += next.rows.size();
    }
    return group;
  }

  private void write(List<Waiting> group) {
    List<EventInsert.Row> rows =
        group.size() == 1
            ? group.getFirst().rows
            : group.stream().flatMap(waiting -> waiting.rows.stream()).toList();
    try {
      List<Outcome> outcomes = written(rows);
      int start = 0;
      for (Waiting waiting : group) {
        int end = start + waiting.rows.size();
        waiting.answer.complete(outcomes.subList(start, end));
        start = end;
      }
    } catch (RuntimeException e) { // the requests say it; the writer goes on
      group.forEach(waiting -> waiting.fail(e));
    } catch (Error e) {
      LOG.error("The event writer met an error", e);
      group.forEach(waiting -> waiting.fail(e));
    }
  }

  /// There is room again before anybody hears of it.
  private List<Outcome> written(List<EventInsert.Row> rows) {
    try {
      return write.apply(rows);
    } finally {
      room.release(rows.size());
    }
  }

  /// How many rows wait or are being written.
  int waiting() {
    return MOST_WAITING - room.availablePermits();
  }

  /// Stops the writers; what still waits is refused. The web server has drained its requests
  /// before.
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}
