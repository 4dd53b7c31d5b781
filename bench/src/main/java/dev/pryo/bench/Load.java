package dev.pryo.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Some connections that send events for some seconds, each its next request when the last one is
/// answered.
final class Load {
  /// What came of it.
  ///
  /// @param perSecond acknowledged events
  /// @param p50 of a request, in nanoseconds, as is p99
  /// @param cpuMicros of server and database together, for an acknowledged event
  /// @param failed requests of which not every event was accepted
  record Measured(double perSecond, long p50, long p99, double cpuMicros, long failed) {}

  private static final int USERS = 100_000;

  private final Server server;
  private final int batch;
  private final int connections;
  private final int seconds;
  private final BitSet acknowledged;
  private int next;
  private int accepted;
  private long failed;
  private long[] times = new long[1 << 16];
  private int requests;

  /// @param next the number in the id of the first event
  /// @param acknowledged gets the number of each acknowledged event
  Load(Server server, int batch, int connections, int seconds, int next, BitSet acknowledged) {
    this.server = server;
    this.batch = batch;
    this.connections = connections;
    this.seconds = seconds;
    this.next = next;
    this.acknowledged = acknowledged;
  }

  Measured run() throws IOException, InterruptedException {
    List<Sender> senders = new ArrayList<>();
    try {
      for (int i = 0; i < connections; i++) {
        senders.add(server.connect());
      }
      Duration cpu = server.cpu();
      long start = System.nanoTime();
      List<Thread> threads = senders.stream().map(sender -> client(sender, start)).toList();
      for (Thread thread : threads) {
        thread.join();
      }
      double elapsed = (System.nanoTime() - start) / 1e9;
      return measured(elapsed, server.cpu().minus(cpu));
    } finally {
      for (Sender sender : senders) {
        sender.close();
      }
    }
  }

  private Thread client(Sender sender, long start) {
    long end = start + TimeUnit.SECONDS.toNanos(seconds);
    return Thread.ofPlatform()
        .start(() -> {
          while (System.nanoTime() < end) {
            int first = numbers();
            String body = body(first);
            long sent = System.nanoTime();
            boolean all = accepted(sender, body);
            note(first, all, System.nanoTime() - sent);
          }
        });
  }

  /// A connection that breaks is a failed request; the next one says whether it lasts.
  private boolean accepted(Sender sender, String body) {
    try {
      return sender.accepted(body) == batch;
    } catch (IOException e) {
      try {
        sender.connect();
        return false;
      } catch (IOException gone) {
        throw new UncheckedIOException(gone);
      }
    }
  }

  private synchronized int numbers() {
    int first = next;
    next += batch;
    return first;
  }

  private String body(int first) {
    StringBuilder body = new StringBuilder(batch * 200);
    body.append(batch == 1 ? "" : "[");
    for (int i = first; i < first + batch; i++) {
      body.append(i == first ? "" : ",")
          .append("{\"id\":\"")
          .append(Server.ID)
          .append(i)
          .append("\",\"user_id\":\"u")
          .append(i % USERS)
          .append("\",\"event\":\"purchase\",\"value\":19.9,\"experiment\":\"")
          .append(server.experimentKey())
          .append("\",\"properties\":{\"path\":\"/pricing\",\"viewport\":\"1440x900\"}}");
    }
    return body.append(batch == 1 ? "" : "]").toString();
  }

  private synchronized void note(int first, boolean all, long nanos) {
    if (!all) {
      failed++;
      return;
    }
    acknowledged.set(first, first + batch);
    accepted += batch;
    if (requests == times.length) {
      times = Arrays.copyOf(times, 2 * times.length);
    }
    times[requests++] = nanos;
  }

  private synchronized Measured measured(double elapsed, Duration cpu) {
    long[] sorted = Arrays.copyOf(times, requests);
    Arrays.sort(sorted);
    return new Measured(
        accepted / elapsed,
        quantile(sorted, 0.5),
        quantile(sorted, 0.99),
        cpu.toNanos() / 1e3 / Math.max(accepted, 1),
        failed);
  }

  private static long quantile(long[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))];
  }

  /// The number that no event has had yet.
  synchronized int nextNumber() {
    return next;
  }
}
