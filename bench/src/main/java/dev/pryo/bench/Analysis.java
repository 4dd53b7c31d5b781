package dev.pryo.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// How long a look at an experiment with a conversion and a sum goal takes, and the same day by day
/// and apart for a property: when it has to count, when nothing has come since, and whether it takes
/// longer because the project has events of other experiments too. Each is asked over HTTP, and its
/// counts are compared with what was stored. Progress goes to the error stream; a bound that is
/// missed, or a wrong count, ends it with 1.
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

  /// What is asked.
  private enum Question {
    LOOK("look"),
    SERIES("series"),
    BREAKDOWN("breakdown");

    final String word;

    Question(String word) {
      this.word = word;
    }
  }

  private boolean measure() throws IOException, SQLException, InterruptedException {
    say("storing %,d visitors".formatted(visitors));
    rows.ofTheExperiment(visitors);
    say("looking");
    Map<Question, List<Duration>> alone = counted();
    say("storing %,d events of other experiments".formatted(others));
    rows.ofOthers(others, done -> say("%,d of them".formatted(done)));
    say("looking");
    Map<Question, List<Duration>> beside = counted();
    Map<Question, List<Duration>> again = repeated();
    boolean kept = true;
    for (Question each : Question.values()) {
      List<Duration> first = of(beside, each);
      List<Duration> repeated = of(again, each);
      Duration bound = each == Question.LOOK ? FIRST : null;
      kept &= print("first %s, beside the others' events", each, first.getFirst(), first, bound);
      kept &= print("repeated %s, nothing new", each, median(repeated), repeated, AGAIN);
      kept &= growth(each, median(of(alone, each)), median(first));
    }
    System.out.printf(
        Locale.ROOT,
        "check: %,d visitors, %,d of whom reached each goal, in every answer: %s%n",
        visitors + late,
        visitors / Rows.ONE_IN,
        sound ? "sound" : "NOT SOUND, the numbers above count for nothing");
    return kept && sound;
  }

  /// Questions that make the server count, because one more visitor has come before each.
  private Map<Question, List<Duration>> counted()
      throws IOException, SQLException, InterruptedException {
    String token = server.signIn();
    Map<Question, List<Duration>> times = new EnumMap<>(Question.class);
    for (Question each : Question.values()) {
      for (int time = 0; time < LOOKS; time++) {
        late += rows.oneMore();
        times.computeIfAbsent(each, first -> new ArrayList<>()).add(ask(each, token));
      }
    }
    return times;
  }

  private Map<Question, List<Duration>> repeated() throws IOException, InterruptedException {
    String token = server.signIn();
    Map<Question, List<Duration>> times = new EnumMap<>(Question.class);
    for (Question each : Question.values()) {
      ask(each, token); // of the newest visitor
      for (int time = 0; time < REPEATED; time++) {
        times.computeIfAbsent(each, first -> new ArrayList<>()).add(ask(each, token));
      }
    }
    return times;
  }

  private static List<Duration> of(Map<Question, List<Duration>> times, Question asked) {
    return times.getOrDefault(asked, List.of());
  }

  private Duration ask(Question question, String token) throws IOException, InterruptedException {
    long start = System.nanoTime();
    String answer =
        switch (question) {
          case LOOK -> server.analyse(token);
          case SERIES -> server.series(token);
          case BREAKDOWN -> server.breakdown(Rows.PROPERTY, token);
        };
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    JsonNode read = Server.JSON.readTree(answer);
    switch (question) {
      case LOOK -> checkLook(read);
      case SERIES -> checkSeries(read);
      case BREAKDOWN -> checkBreakdown(read.get("breakdown"));
    }
    return time;
  }

  private void checkLook(JsonNode analysis) {
    checkVisitors(analysis.at("/progress/exposed").asLong());
    for (String goal : List.of(Rows.CONVERSION, Rows.SUM)) {
      long reached = 0;
      for (JsonNode segment : analysis.at("/raw_data/segments")) {
        reached += segment.at("/events/%s/users".formatted(goal)).asLong();
      }
      checkReached(reached);
    }
  }

  private void checkSeries(JsonNode series) {
    int last = series.get("days").size() - 1;
    long users = 0;
    for (JsonNode segment : series.get("segments")) {
      users += segment.get("users").get(last).asLong();
    }
    checkVisitors(users);
    double reached = 0;
    for (JsonNode values : series.at("/goals/0/values")) {
      reached += values.get("n").get(last).asLong() * newest(values.get("value"));
    }
    checkReached(Math.round(reached));
  }

  /// The last one that is there: on a day on which nobody came there is none.
  private static double newest(JsonNode values) {
    double newest = 0;
    for (JsonNode value : values) {
      newest = value.isNull() ? newest : value.asDouble();
    }
    return newest;
  }

  private void checkBreakdown(JsonNode breakdown) {
    long users = 0;
    double reached = 0;
    for (JsonNode group : breakdown.get("groups")) {
      for (JsonNode people : group.get("people")) {
        users += people.get("users").asLong();
      }
      JsonNode conversion = group.at("/comparisons/0");
      for (String arm : List.of("control", "test")) {
        reached += conversion.at("/%s/n".formatted(arm)).asLong() * mean(conversion.get(arm));
      }
    }
    checkVisitors(users);
    checkReached(Math.round(reached));
  }

  private static double mean(JsonNode arm) {
    return arm.get("mean").isNull() ? 0 : arm.get("mean").asDouble(); // nobody
  }

  private void checkVisitors(long counted) {
    sound &= counted == visitors + late;
  }

  private void checkReached(long counted) {
    sound &= counted == visitors / Rows.ONE_IN;
  }

  /// @param bound null: none
  private static boolean print(
      String what, Question question, Duration shown, List<Duration> all, @Nullable Duration bound) {
    List<Duration> sorted = all.stream().sorted().toList();
    boolean kept = bound == null || shown.compareTo(bound) <= 0;
    System.out.printf(
        Locale.ROOT,
        "%-44s %9.3f s   (of %d: %.3f to %.3f%s)%n",
        what.formatted(question.word),
        seconds(shown),
        all.size(),
        seconds(sorted.getFirst()),
        seconds(sorted.getLast()),
        bound == null
            ? ""
            : String.format(
                Locale.ROOT, "; at most %.2f: %s", seconds(bound), kept ? "kept" : "MISSED"));
    return kept;
  }

  private boolean growth(Question question, Duration alone, Duration beside) {
    double allowed = seconds(alone) * GROWTH + seconds(NOISE);
    boolean kept = seconds(beside) <= allowed;
    System.out.printf(
        Locale.ROOT,
        "%-44s %9.3f s   (median; beside %,d others' events %.3f; at most %.3f: %s)%n",
        question.word + " without others' events",
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
