package dev.pryo.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// How long a look at an experiment with a conversion and a sum goal takes: one that has to count,
/// one where nothing has come since, and whether it takes longer because the project has events of
/// other experiments too. Each look is asked over HTTP, and its counts are compared with what was
/// stored. Progress goes to the error stream; a bound that is missed, or a wrong count, ends it
/// with 1.
///
/// Arguments: the program that starts Pryo, the experiment's visitors, and the other experiments'
/// events.
public final class Analysis {
  private static final Duration FIRST = Duration.ofSeconds(3);
  private static final Duration AGAIN = Duration.ofMillis(50);

  /// How much longer a look may take beside the others' events, so that noise is no growth: a
  /// quarter, and a tenth of a second.
  private static final double GROWTH = 1.25;

  private static final Duration NOISE = Duration.ofMillis(100);
  private static final int LOOKS = 3;
  private static final int REPEATED = 30;

  private static final List<Map<String, ?>> GOALS =
      List.of(
          Map.of("event", Rows.CONVERSION, "kind", "conversion", "role", "primary"),
          Map.of("event", Rows.SUM, "kind", "sum", "role", "secondary"));

  private final Server server;
  private final Rows rows;
  private final long visitors;
  private final long others;
  private long late;
  private boolean sound = true;

  private Analysis(Server server, long visitors, long others) {
    this.server = server;
    this.rows = new Rows(server);
    this.visitors = visitors;
    this.others = others;
  }

  public static void main(String[] args) throws IOException, SQLException, InterruptedException {
    boolean kept;
    try (Server server = Server.start(Path.of(args[0]), GOALS)) {
      kept = new Analysis(server, Long.parseLong(args[1]), Long.parseLong(args[2])).measure();
    }
    System.exit(kept ? 0 : 1);
  }

  private boolean measure() throws IOException, SQLException, InterruptedException {
    say("storing %,d visitors".formatted(visitors));
    rows.ofTheExperiment(visitors);
    say("looking");
    List<Duration> alone = counted();
    say("storing %,d events of other experiments".formatted(others));
    rows.ofOthers(others, done -> say("%,d of them".formatted(done)));
    say("looking");
    List<Duration> beside = counted();
    List<Duration> again = repeated();
    boolean first =
        print("first look, beside the others' events", beside.getFirst(), beside, FIRST);
    boolean repeated = print("repeated look, nothing new", median(again), again, AGAIN);
    boolean grown = growth(median(alone), median(beside));
    System.out.printf(
        Locale.ROOT,
        "check: %,d visitors, %,d of whom reached each goal, in every look: %s%n",
        visitors + late,
        visitors / Rows.ONE_IN,
        sound ? "sound" : "NOT SOUND, the numbers above count for nothing");
    return first && repeated && grown && sound;
  }

  /// Looks that have to count, because one more visitor has come before each.
  private List<Duration> counted() throws IOException, InterruptedException {
    String token = server.signIn();
    List<Duration> times = new ArrayList<>();
    for (int look = 0; look < LOOKS; look++) {
      late += rows.oneMore();
      times.add(look(token));
    }
    return times;
  }

  private List<Duration> repeated() throws IOException, InterruptedException {
    String token = server.signIn();
    List<Duration> times = new ArrayList<>();
    for (int look = 0; look < REPEATED; look++) {
      times.add(look(token));
    }
    return times;
  }

  private Duration look(String token) throws IOException, InterruptedException {
    long start = System.nanoTime();
    String answer = server.analyse(token);
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    check(Server.JSON.readTree(answer));
    return time;
  }

  private void check(JsonNode analysis) {
    sound &= analysis.at("/progress/exposed").asLong() == visitors + late;
    for (String goal : List.of(Rows.CONVERSION, Rows.SUM)) {
      long reached = 0;
      for (JsonNode segment : analysis.at("/raw_data/segments")) {
        reached += segment.at("/events/%s/users".formatted(goal)).asLong();
      }
      sound &= reached == visitors / Rows.ONE_IN;
    }
  }

  private static boolean print(String what, Duration shown, List<Duration> all, Duration bound) {
    List<Duration> sorted = all.stream().sorted().toList();
    boolean kept = shown.compareTo(bound) <= 0;
    System.out.printf(
        Locale.ROOT,
        "%-44s %9.3f s   (of %d: %.3f to %.3f; at most %.2f: %s)%n",
        what,
        seconds(shown),
        all.size(),
        seconds(sorted.getFirst()),
        seconds(sorted.getLast()),
        seconds(bound),
        kept ? "kept" : "MISSED");
    return kept;
  }

  private boolean growth(Duration alone, Duration beside) {
    double allowed = seconds(alone) * GROWTH + seconds(NOISE);
    boolean kept = seconds(beside) <= allowed;
    System.out.printf(
        Locale.ROOT,
        "%-44s %9.3f s   (median; beside %,d others' events %.3f; at most %.3f: %s)%n",
        "look without others' events",
        seconds(alone),
        others,
        seconds(beside),
        allowed,
        kept ? "does not grow" : "GROWS");
    return kept;
  }

  private static Duration median(List<Duration> times) {
    return times.stream().sorted().toList().get(times.size() / 2);
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  private static void say(String what) {
    System.err.println("  " + what + " ...");
  }
}
