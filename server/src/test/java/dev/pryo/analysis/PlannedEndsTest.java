package dev.pryo.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.PryoTest;
import dev.pryo.platform.Tenant;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A look long after the planned end knows what a look right at it says, for every kind of goal.
@PryoTest
class PlannedEndsTest {
  private static final double SECONDS = 1 / 86_400.0;

  /// Of each kind one that grows, then those with a window, a filter, a cap and history.
  private static final List<Map<String, Object>> GOALS =
      List.of(
          goal("signed", "conversion", "primary"),
          goal("clicked", "count", "secondary"),
          goal("paid", "sum", "secondary"),
          goal("rated", "mean", "secondary"),
          PairsWorld.ratio("ordered", "visited", "count", "secondary"),
          PairsWorld.guarding(goal("stayed", "conversion", "guardrail"), 0.1),
          goal("signed_soon", "conversion", "secondary", "window_hours", 1),
          goal("clicked_soon", "count", "secondary", "window_hours", 1),
          goal("paid_soon", "sum", "secondary", "window_hours", 2),
          goal("rated_soon", "mean", "secondary", "window_hours", 1),
          with(
              PairsWorld.ratio("ordered_soon", "visited", "count", "secondary"), "window_hours", 1),
          goal("paid_well", "sum", "secondary", "cap_quantile", 0.8),
          with(goal("paid_well_soon", "sum", "secondary", "cap_quantile", 0.8), "window_hours", 1),
          goal(
              "paid_pro",
              "sum",
              "secondary",
              "filter",
              List.of(Map.of("property", "plan", "op", "eq", "value", "pro"))),
          PairsWorld.withHistory("paid_again", "sum", "secondary"),
          with(PairsWorld.withHistory("came_again", "count", "secondary"), "window_hours", 1));

  @LocalServerPort int port;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;
  @TempDir Path folder;

  private static Map<String, Object> goal(String event, String kind, String role) {
    return Map.of("event", event, "kind", kind, "role", role);
  }

  private static Map<String, Object> goal(
      String event, String kind, String role, String more, Object value) {
    return with(goal(event, kind, role), more, value);
  }

  private static Map<String, Object> with(Map<String, Object> goal, String more, Object value) {
    Map<String, Object> all = new HashMap<>(goal);
    all.put(more, value);
    return all;
  }

  @Test
  void aLateLookSaysOfThePlannedEndWhatALookRightAtItSaid() {
    PairsWorld inTime = world();
    PairsWorld late = world();
    int planned = inTime.experiment().at("/plan/n_planned").asInt();
    for (PairsWorld world : List.of(inTime, late)) {
      come(world, "first", 6, planned, planned / 8, planned / 8 * 3);
    }
    // Beyond the plan both segments do alike, and who did nothing before catches up.
    come(late, "more", 5, 3 * planned, 3 * planned / 4, 3 * planned / 4);
    for (int i = 0; i < planned; i += 2) {
      if (i / 2 >= planned / 8) {
        did(late, "first" + i, i, 4);
      }
    }
    late.exposed("first0", "test1", 4); // a second segment
    JsonNode then = inTime.analysed(folder);
    JsonNode now = late.analysed(folder);
    assertThat(now.at("/raw_data/segments/0/users").asInt()).isEqualTo(2 * planned - 1);
    assertThat(ends(inTime)).isEmpty();
    assertThat(ends(late)).hasSize(GOALS.size());
    for (Map<String, Object> goal : GOALS) {
      String event = Objects.requireNonNull(goal.get("event")).toString();
      String test = goal.containsKey("margin") ? "/non_inferiority" : "/always_valid";
      JsonNode right = PairsWorld.of(then, event, "test1");
      JsonNode after = PairsWorld.of(now, event, "test1");
      assertThat(after.at(test + "/p_value").asDouble())
          .as(event)
          .isEqualTo(right.at(test + "/p_value").asDouble())
          .isLessThan(0.5);
      assertThat(after.at(test + "/p_value_now").asDouble())
          .as(event)
          .isGreaterThan(right.at(test + "/p_value").asDouble());
    }
    assertThat(now.at("/verdict/decision").asString()).isEqualTo("ship");
  }

  /// What was taken once is not taken again, whatever becomes of its events.
  @Test
  void thePlannedEndIsTakenOnce() {
    PairsWorld world = world();
    int planned = world.experiment().at("/plan/n_planned").asInt();
    come(world, "first", 6, planned, planned / 8, planned / 8 * 3);
    come(world, "more", 5, 20, 5, 5);
    world.analysed(folder);
    List<JsonNode> ends = ends(world);
    assertThat(ends).hasSize(GOALS.size());
    int gone =
        Objects.requireNonNull(
            Tenant.system(() ->
                transactions.execute(status ->
                    sql.sql(
                            """
                            delete from event where user_id like 'first1%' and project_no = (
                              select p.no from project p join experiment e on e.project_id = p.id
                               where e.id = :id)\
                            """)
                        .param("id", world.id())
                        .update())));
    assertThat(gone).isPositive();
    come(world, "again", 3, 60, 5, 5);
    world.analysed(folder);
    assertThat(ends(world)).isEqualTo(ends);
  }

  private PairsWorld world() {
    Map<String, Object> plan = Map.of("baseline", 0.5, "mde", 0.5);
    PairsWorld world = new PairsWorld(port, 1, GOALS, "notify", plan);
    world.startedBefore(sql, transactions, 12);
    return world;
  }

  private List<JsonNode> ends(PairsWorld world) {
    String ends =
        Tenant.system(() ->
            transactions.execute(status ->
                sql.sql(
                        """
                        select look ->> 'planned_ends' from analysis where experiment_id = :id
                         order by id desc limit 1\
                        """)
                    .param("id", world.id())
                    .query(String.class)
                    .single()));
    return JsonMapper.shared().readTree(Objects.requireNonNull(ends)).valueStream().toList();
  }

  /// People see the segments in turn, one every ten seconds from so many days ago; so many of each
  /// do what there is to do.
  private static void come(
      PairsWorld world, String name, double days, int people, int control, int test) {
    for (int i = 0; i < people; i++) {
      double at = days - i * 10 * SECONDS;
      world.before(name + i, "paid_again", 1.0 + i % 5, at + 3);
      if (i % 4 < 2) {
        world.before(name + i, "came_again", null, at + 2);
      }
      world.exposed(name + i, i % 2 == 0 ? "control" : "test1", at);
      world.before(name + i, "visited", null, at - SECONDS);
      if (i / 2 < (i % 2 == 0 ? control : test)) {
        did(world, name + i, i, at - 2 * SECONDS);
      }
    }
    world.send();
  }

  private static void did(PairsWorld world, String user, int i, double days) {
    for (Map<String, Object> goal : GOALS) {
      String event = Objects.requireNonNull(goal.get("event")).toString();
      Double value = "sum mean ratio".contains(kind(goal)) ? 1.0 + i % 7 : null;
      for (int times = 0; times <= (event.startsWith("clicked") ? i % 3 : 0); times++) {
        world.before(user, event, value, days, Map.of("plan", i % 8 < 6 ? "pro" : "free"));
      }
    }
  }

  private static String kind(Map<String, Object> goal) {
    return Objects.requireNonNull(goal.get("kind")).toString();
  }
}
