package dev.pryo.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/// How many events a second a server takes, how long a request waits, and whether everything that
/// it acknowledged is there: its stored ids are compared with the acknowledged ones, and any
/// difference ends the measurement with 1. In the same run the same database is asked what it can
/// do without a server before it, since machines differ and the share of that says more than the
/// number. Progress goes to the error stream.
///
/// Arguments: the program that starts Pryo, and the seconds of each measurement.
public final class Events {
  /// One measurement.
  ///
  /// @param batch events in a request
  /// @param connections each sends its next request when the last one is answered
  /// @param limit what the database alone does at most, to compare with
  private record Scenario(int batch, int connections, Limit limit) {
    String name() {
      return "%,d event%s a request, %d connection%s"
          .formatted(batch, batch == 1 ? "" : "s", connections, connections == 1 ? "" : "s");
    }
  }

  private static final Limit ONE_CLIENT = new Limit.Inserts(1);
  private static final Limit CLIENTS = new Limit.Inserts(16);
  private static final Limit COPY_100 = new Limit.Copy(4, 100);
  private static final Limit COPY_1000 = new Limit.Copy(4, 1_000);
  private static final List<Scenario> SCENARIOS =
      List.of(
          new Scenario(1, 1, ONE_CLIENT),
          new Scenario(1, 64, CLIENTS),
          new Scenario(10, 8, CLIENTS),
          new Scenario(100, 8, COPY_100),
          new Scenario(1_000, 8, COPY_1000));
  private static final Scenario WARM_UP_SINGLE = new Scenario(1, 64, CLIENTS);
  private static final Scenario WARM_UP_BATCH = new Scenario(100, 8, COPY_100);

  private final Server server;
  private final int seconds;
  private final BitSet acknowledged = new BitSet();
  private int next;
  private long failed;

  private Events(Server server, int seconds) {
    this.server = server;
    this.seconds = seconds;
  }

  public static void main(String[] args) throws IOException, SQLException, InterruptedException {
    boolean sound;
    try (Server server = Server.start(Path.of(args[0]))) {
      sound = new Events(server, Integer.parseInt(args[1])).measure();
    }
    System.exit(sound ? 0 : 1);
  }

  private boolean measure() throws IOException, SQLException, InterruptedException {
    say("warming up");
    run(WARM_UP_SINGLE);
    run(WARM_UP_BATCH);
    List<Load.Measured> measured = new ArrayList<>();
    for (Scenario scenario : SCENARIOS) {
      say(scenario.name());
      measured.add(run(scenario));
    }
    List<Double> limits = new ArrayList<>();
    for (Limit limit : SCENARIOS.stream().map(Scenario::limit).distinct().toList()) {
      say(limit.name());
      limits.add(limit.measure(server, seconds));
    }
    print(measured, limits);
    say("comparing ids");
    return check();
  }

  private Load.Measured run(Scenario scenario) throws IOException, InterruptedException {
    Load load =
        new Load(server, scenario.batch(), scenario.connections(), seconds, next, acknowledged);
    Load.Measured measured = load.run();
    next = load.nextNumber();
    failed += measured.failed();
    return measured;
  }

  private static void print(List<Load.Measured> measured, List<Double> limits) {
    List<Limit> asked = SCENARIOS.stream().map(Scenario::limit).distinct().toList();
    System.out.printf(
        "%-46s %10s %9s %9s %12s   %s%n", "", "events/s", "p50", "p99", "CPU an event", "compared");
    for (int i = 0; i < measured.size(); i++) {
      Scenario scenario = SCENARIOS.get(i);
      Load.Measured row = measured.get(i);
      System.out.printf(
          Locale.ROOT,
          "%-46s %,10.0f %6.1f ms %6.1f ms %9.1f µs   %.2f × %s%n",
          scenario.name(),
          row.perSecond(),
          row.p50() / 1e6,
          row.p99() / 1e6,
          row.cpuMicros(),
          row.perSecond() / limits.get(asked.indexOf(scenario.limit())),
          scenario.limit().name());
    }
    for (int i = 0; i < limits.size(); i++) {
      System.out.printf(
          Locale.ROOT, "%-46s %,10.0f%n", "limit: " + asked.get(i).name(), limits.get(i));
    }
  }

  /// Whether the store has exactly what was acknowledged, each once.
  private boolean check() throws IOException, InterruptedException {
    BitSet stored = new BitSet();
    long twice = server.stored(stored);
    BitSet lost = (BitSet) acknowledged.clone();
    lost.andNot(stored);
    BitSet unasked = (BitSet) stored.clone();
    unasked.andNot(acknowledged);
    boolean sound = lost.isEmpty() && unasked.isEmpty() && twice == 0 && failed == 0;
    System.out.printf(
        Locale.ROOT,
        "check: %,d events acknowledged, %,d stored; %,d lost, %,d stored twice, %,d stored without an"
            + " acknowledgement, %,d requests failed: %s%n",
        acknowledged.cardinality(),
        stored.cardinality(),
        lost.cardinality(),
        twice,
        unasked.cardinality(),
        failed,
        sound ? "sound" : "NOT SOUND, the numbers above count for nothing");
    return sound;
  }

  private static void say(String what) {
    System.err.println("  " + what + " ...");
  }
}
