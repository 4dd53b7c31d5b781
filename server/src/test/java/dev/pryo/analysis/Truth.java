package dev.pryo.analysis;

import dev.pryo.MovedTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

/// What is true of an experiment's visitors, and their events as a site sends them, day after day,
/// over HTTP. Everybody sees the segment that Pryo gives them.
enum Truth {
  NO_EFFECT(stage -> week(stage, planned(0.2), 90, 1, 1)),
  EFFECT(stage -> week(stage, planned(0.2), 90, 1, 2)),
  HARM(stage -> week(stage, Map.of(), 90, 2, 1)),
  HARMED_GUARDRAIL(Truth::harmedGuardrail),
  IMBALANCE(Truth::imbalance),
  BOTS(Truth::bots),
  GAP_DAYS(Truth::gapDays),
  ONE_VISITOR(stage -> signUps(stage, Map.of(), day -> new int[] {0, day == 0 ? 1 : 0}, 1, 5)),
  NOBODY(stage -> signUps(stage, Map.of(), day -> new int[] {0, 0}, 1, 1)),
  NEGATIVE_VALUES(stage -> orders(stage, revenue(), i -> -10.0 + i % 3, i -> -5.0 + i % 3)),
  WHALE(stage -> orders(stage, revenue(), i -> 10.0 + i % 3, i -> i == 0 ? 20_000 : 10.0 + i % 3)),
  CAPPED_WHALE(
      stage -> orders(stage, capped(), i -> 10.0 + i % 3, i -> i == 0 ? 20_000 : 10.0 + i % 3)),
  CAPPED_REVENUE(stage -> orders(stage, capped(), i -> 20.0 + i % 9, i -> 23.0 + i % 9)),
  NOTHING_TO_DIVIDE_BY(Truth::nothingToDivideBy),
  THREE_SEGMENTS(Truth::threeSegments),
  PLANNED_END(Truth::plannedEnd),
  MAX_DAYS(stage -> few(stage, 5, 75, 5)),
  WILL_NOT_GET_THERE(stage -> few(stage, 3, 40, 28)),
  STOPPED_EARLY(Truth::stoppedEarly);

  private static final Map<String, Object> SIGNED_UP =
      Map.of("event", "sign_up", "name", "Signed up", "kind", "conversion", "role", "primary");
  private static final Map<String, Object> HELP =
      Map.of(
          "event",
          "help",
          "name",
          "Asked for help",
          "kind",
          "conversion",
          "role",
          "guardrail",
          "direction",
          "decrease",
          "margin",
          0.2);
  private static final int DAYS = 8;

  private final Function<Stage, PairsWorld> story;

  Truth(Function<Stage, PairsWorld> story) {
    this.story = story;
  }

  /// Where it comes true.
  record Stage(int port, MovedTime time) {
    PairsWorld world(int tests, List<Map<String, Object>> goals, Map<String, Object> plan) {
      time.day(0);
      return new PairsWorld(port, tests, goals, "notify", plan);
    }
  }

  /// The world at the moment at which it is looked at.
  PairsWorld world(int port, MovedTime time) {
    PairsWorld world = story.apply(new Stage(port, time));
    world.send();
    world.signInAgain();
    return world;
  }

  /// `no-effect`.
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Map<String, Object> planned(double lift) {
    return Map.of("baseline", 0.2, "mde", lift);
  }

  private static Map<String, Object> revenue() {
    return Map.of("event", "order", "name", "Revenue", "kind", "sum", "role", "primary");
  }

  private static Map<String, Object> capped() {
    Map<String, Object> goal = new HashMap<>(revenue());
    goal.put("cap_quantile", 0.99);
    return goal;
  }

  /// Eight days on which as many come to both, of whom so many of five sign up.
  private static PairsWorld week(
      Stage stage, Map<String, Object> plan, int each, int controls, int tests) {
    return signUps(stage, plan, day -> new int[] {each, each}, controls, tests);
  }

  /// @param come how many see each segment on each day
  private static PairsWorld signUps(
      Stage stage, Map<String, Object> plan, IntFunction<int[]> come, int controls, int tests) {
    PairsWorld world = stage.world(1, List.of(SIGNED_UP), plan);
    days(stage, world, DAYS, come, controls, tests);
    return world;
  }

  private static void days(
      Stage stage, PairsWorld world, int days, IntFunction<int[]> come, int controls, int tests) {
    int[] seen = new int[2];
    for (int day = 0; day < days; day++) {
      stage.time.day(day);
      int[] today = come.apply(day);
      people(world, "control", seen[0], today[0], i -> i % 5 < controls);
      people(world, "test1", seen[1], today[1], i -> i % 5 < tests);
      seen[0] += today[0];
      seen[1] += today[1];
      world.send();
    }
  }

  private static void people(
      PairsWorld world, String segment, int first, int number, IntPredicate signsUp) {
    List<String> all = world.members(segment, first + number);
    for (int i = first; i < first + number; i++) {
      world.exposed(all.get(i), segment);
      if (signsUp.test(i)) {
        world.happened(all.get(i), "sign_up", null);
      }
    }
  }

  private static PairsWorld harmedGuardrail(Stage stage) {
    PairsWorld world = stage.world(1, List.of(SIGNED_UP, HELP), Map.of());
    days(stage, world, DAYS, day -> new int[] {90, 90}, 1, 2);
    world.members("control", 144).forEach(user -> world.happened(user, "help", null));
    world.members("test1", 432).forEach(user -> world.happened(user, "help", null));
    return world;
  }

  /// From the fifth day on most of the test's people leave before their exposure is sent.
  private static PairsWorld imbalance(Stage stage) {
    return signUps(stage, Map.of(), day -> new int[] {175, day < 4 ? 175 : 60}, 1, 2);
  }

  private static PairsWorld bots(Stage stage) {
    PairsWorld world = week(stage, Map.of(), 90, 1, 2);
    for (int i = 0; i < 300; i++) {
      world.exposed("crawler" + i, "test1");
    }
    world.sendAs("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)");
    return world;
  }

  private static PairsWorld gapDays(Stage stage) {
    return signUps(
        stage,
        planned(0.2),
        day -> day == 2 || day == 3 || day == 5 ? new int[] {0, 0} : new int[] {90, 90},
        1,
        2);
  }

  private static PairsWorld orders(
      Stage stage,
      Map<String, Object> goal,
      IntToDoubleFunction controls,
      IntToDoubleFunction tests) {
    PairsWorld world = stage.world(1, List.of(goal), Map.of());
    List<String> control = world.members("control", 40 * DAYS);
    List<String> test = world.members("test1", 40 * DAYS);
    for (int i = 0; i < 40 * DAYS; i++) {
      stage.time.day(i / 40);
      world.exposed(control.get(i), "control");
      world.happened(control.get(i), "order", controls.applyAsDouble(i));
      world.exposed(test.get(i), "test1");
      world.happened(test.get(i), "order", tests.applyAsDouble(i));
      if (i % 40 == 39) {
        world.send();
      }
    }
    return world;
  }

  private static PairsWorld nothingToDivideBy(Stage stage) {
    PairsWorld world =
        stage.world(1, List.of(PairsWorld.ratio("paid", "visit", "count", "primary")), Map.of());
    for (String segment : List.of("control", "test1")) {
      for (String user : world.members(segment, 100)) {
        world.exposed(user, segment);
        world.happened(user, "paid", 5.0);
      }
    }
    return world;
  }

  /// The first test is better, the second changes nothing, and neither moves revenue or help.
  private static PairsWorld threeSegments(Stage stage) {
    Map<String, Object> revenue = new HashMap<>(revenue());
    revenue.put("role", "secondary");
    PairsWorld world = stage.world(2, List.of(SIGNED_UP, revenue, HELP), planned(0.2));
    Map<String, Integer> signUps = Map.of("control", 5, "test1", 9, "test2", 5);
    for (int day = 0; day < DAYS; day++) {
      stage.time.day(day);
      for (String segment : List.of("control", "test1", "test2")) {
        List<String> all = world.members(segment, 100 * (day + 1));
        int few = signUps.getOrDefault(segment, 0);
        people(world, segment, 100 * day, 100, i -> i % 25 < few);
        for (int i = 100 * day; i < 100 * (day + 1); i++) {
          if (i % 10 < 3) {
            world.happened(all.get(i), "order", 20.0 + i * 7 % 50);
          }
          if (i % 10 == 9) {
            world.happened(all.get(i), "help", null);
          }
        }
      }
      world.send();
    }
    return world;
  }

  /// So many came as were planned, and their windows have passed.
  private static PairsWorld plannedEnd(Stage stage) {
    Map<String, Object> goal = new HashMap<>(SIGNED_UP);
    goal.put("window_hours", 24);
    PairsWorld world = stage.world(1, List.of(goal), planned(0.5));
    days(stage, world, DAYS, day -> new int[] {50, 50}, 1, 1);
    stage.time.day(DAYS + 1);
    return world;
  }

  /// So many to each segment on so few days that the plan is not filled.
  private static PairsWorld few(Stage stage, int days, int each, int maxDays) {
    Map<String, Object> plan = new HashMap<>(planned(0.2));
    plan.put("max_days", maxDays);
    PairsWorld world = stage.world(1, List.of(SIGNED_UP), plan);
    days(stage, world, days, day -> new int[] {each, each}, 1, 1);
    stage.time.day(days);
    return world;
  }

  private static PairsWorld stoppedEarly(Stage stage) {
    PairsWorld world = week(stage, planned(0.2), 90, 1, 1);
    stage.time.day(DAYS);
    world.signInAgain();
    world.post("/finish?wait=true", null);
    return world;
  }
}
