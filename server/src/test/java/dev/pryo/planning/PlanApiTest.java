package dev.pryo.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import dev.pryo.World;
import dev.pryo.platform.Tenant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@PryoTest
class PlanApiTest {
  private static final Map<String, Object> SIGN_UP =
      Map.of("event", "sign_up", "kind", "conversion", "role", "primary");

  @LocalServerPort int port;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;

  @Test
  void withoutTrafficItSaysHowManyAndThatTheTimeIsNotKnown() {
    World world = World.create(port);
    JsonNode plan = plan(world, Map.of("goals", List.of(SIGN_UP), "baseline", 0.04, "mde", 0.1));
    assertThat(plan.get("n_total").asLong()).isBetween(80_000L, 100_000L);
    assertThat(plan.get("n_per_segment").asLong())
        .isEqualTo((plan.get("n_total").asLong() + 1) / 2);
    assertThat(plan.get("days").isNull()).isTrue();
    assertThat(plan.get("daily_users").isNull()).isTrue();
    assertThat(plan.get("baseline_source").asString()).isEqualTo("given");
    assertThat(plan.get("mde_by_days").size()).isZero();
    assertThat(plan.get("advice").asString())
        .contains("nothing is known of the site's traffic yet. Let the tag run for a few days");
    JsonNode guess = plan(world, Map.of("goals", List.of(SIGN_UP)));
    assertThat(guess.get("baseline_source").asString()).isEqualTo("default");
    assertThat(guess.get("baseline").asDouble()).isEqualTo(0.1);
    assertThat(guess.get("mde").asDouble()).isEqualTo(0.1);
    assertThat(guess.get("advice").asString())
        .endsWith("so 10 % of people is assumed: give the baseline where you know it.");
  }

  @Test
  void trafficAndBaselineAreMeasuredAndThePlanIsTheStoredOne() {
    World world = World.create(port);
    fill(world, 1_000, 10, 5); // 100 a day, every fifth signs up
    JsonNode plan = plan(world, Map.of("goals", List.of(SIGN_UP), "mde", 0.5));
    assertThat(plan.get("daily_users").asDouble()).isCloseTo(100, within(2.0));
    assertThat(plan.get("baseline_source").asString()).isEqualTo("measured");
    assertThat(plan.get("baseline").asDouble()).isEqualTo(0.2);
    long needed = plan.get("n_total").asLong();
    assertThat(plan.get("days").asInt())
        .isEqualTo((int) Math.ceil(needed / plan.get("daily_users").asDouble()));
    assertThat(plan.get("advice").asString())
        .isEqualTo(
            "It can succeed: %,d people are needed, which takes about %d days at 100 visitors a day."
                .formatted(needed, plan.get("days").asInt()));
    Map<String, Object> experiment = new HashMap<>(World.experiment(world.project(), "Planned"));
    experiment.put("plan", Map.of("baseline", 0.2, "mde", 0.5));
    JsonNode stored = world.owner().post("/api/experiments", experiment).expect(201);
    assertThat(stored.at("/plan/n_planned").asLong()).isEqualTo(needed);
    assertThat(stored.at("/plan/days").asInt())
        .isBetween(plan.get("days").asInt() - 1, plan.get("days").asInt() + 1);
    assertThat(stored.get("plan_note").isNull()).isTrue();
  }

  /// They are measured when the plan is made, and for the last time at the start.
  @Test
  void aStoredPlanHasItsDaysFromTheTrafficOrSaysWhyNot() {
    World world = World.create(port);
    Map<String, Object> asked = new HashMap<>(World.experiment(world.project(), "Planned"));
    asked.put("plan", Map.of("baseline", 0.2, "mde", 0.5));
    asked.put("exposure_percentage", 50);
    JsonNode made = world.owner().post("/api/experiments", asked).expect(201);
    assertThat(made.at("/plan/days").isNull()).isTrue();
    assertThat(made.get("plan_note").asString())
        .isEqualTo(
            "How many days that takes is not known: nothing is known of the site's traffic yet.");
    fill(world, 1_000, 10, 5); // 100 a day, of whom 50 take part
    String path = "/api/experiments/" + made.get("id").asString();
    int days = (int) Math.ceil(made.at("/plan/n_planned").asLong() / 50.0);
    JsonNode patched = world.owner().patch(path, Map.of("name", "Again")).expect(200);
    assertThat(patched.at("/plan/days").asInt()).isBetween(days - 1, days + 1);
    fill(world, 1_000, 10, 5); // the same people once more
    JsonNode active = world.owner().post(path + "/activate", Map.of("force", true)).expect(200);
    assertThat(active.at("/plan/days").asInt()).isBetween(days - 1, days + 1);
    assertThat(active.get("plan_note").isNull()).isTrue();
    gone(world);
    JsonNode renamed = world.owner().patch(path, Map.of("name", "Once more")).expect(200);
    assertThat(renamed.get("plan")).isEqualTo(active.get("plan"));
    world.owner().post(path + "/pause", null).expect(200);
    assertThat(world.owner().post(path + "/resume", null).expect(200).get("plan"))
        .isEqualTo(active.get("plan"));
  }

  @Test
  void theStartMeasuresOnceMore() {
    World world = World.create(port);
    Map<String, Object> asked = new HashMap<>(World.experiment(world.project(), "Planned"));
    asked.put("plan", Map.of("baseline", 0.2, "mde", 0.5));
    JsonNode made = world.owner().post("/api/experiments", asked).expect(201);
    fill(world, 1_000, 10, 5);
    int days = (int) Math.ceil(made.at("/plan/n_planned").asLong() / 100.0);
    JsonNode active =
        world
            .owner()
            .post(
                "/api/experiments/%s/activate".formatted(made.get("id").asString()),
                Map.of("force", true))
            .expect(200);
    assertThat(active.at("/plan/days").asInt()).isBetween(days - 1, days + 1);
  }

  @Test
  void aStoredPlanWithoutANumberSaysWhatIsMissing() {
    World world = World.create(port);
    Map<String, Object> asked = new HashMap<>(World.experiment(world.project(), "Planned"));
    JsonNode none = world.owner().post("/api/experiments", asked).expect(201);
    assertThat(none.get("plan_note").asString())
        .isEqualTo("No number is planned: give plan.baseline and plan.mde.");
    asked.put("goals", List.of(Map.of("event", "paid", "kind", "sum", "role", "primary")));
    asked.put("plan", Map.of("baseline", 20, "mde", 0.5));
    JsonNode sum = world.owner().post("/api/experiments", asked).expect(201);
    assertThat(sum.get("plan_note").asString())
        .isEqualTo(
            "No number is planned: what a sum needs depends on how its values spread. Ask for a"
                + " plan of the project, which measures that.");
  }

  @Test
  void theCurveFallsAndAgreesWithTheSizes() {
    World world = World.create(port);
    fill(world, 1_000, 10, 5);
    JsonNode curve = plan(world, Map.of("goals", List.of(SIGN_UP))).get("mde_by_days");
    assertThat(curve.size()).isEqualTo(6);
    double before = Double.POSITIVE_INFINITY;
    for (JsonNode point : curve) {
      double mde = point.get("mde").asDouble();
      assertThat(mde).isLessThan(before);
      before = mde;
      JsonNode there = plan(world, Map.of("goals", List.of(SIGN_UP), "mde", mde));
      assertThat(there.get("days").asInt()).isLessThanOrEqualTo(point.get("days").asInt());
    }
  }

  @Test
  void aPlanThatCannotSucceedSaysSoAndWhatWould() {
    World world = World.create(port);
    fill(world, 1_000, 10, 5);
    JsonNode plan = plan(world, Map.of("goals", List.of(SIGN_UP), "mde", 0.05));
    assertThat(plan.get("days").asInt()).isGreaterThan(28);
    assertThat(plan.get("advice").asString())
        .startsWith("It cannot succeed in 28 days: ")
        .contains("In that time only a change of ")
        .contains("take an earlier step of the funnel as the goal");
    JsonNode none = plan(world, Map.of("goals", List.of(SIGN_UP), "mde", 4.5));
    assertThat(none.get("n_total").isNull()).isTrue();
    assertThat(none.get("advice").asString())
        .startsWith("It cannot succeed: no number of people shows a change of 450 %,");
  }

  @Test
  void valuesAreMeasuredWithTheirSpread() {
    World world = World.create(port);
    fill(world, 1_000, 10, 5);
    Map<String, Object> revenue = Map.of("event", "sign_up", "kind", "sum", "role", "primary");
    JsonNode plan = plan(world, Map.of("goals", List.of(revenue), "mde", 0.5));
    assertThat(plan.get("baseline").asDouble()).isCloseTo(2.0, within(1e-9));
    assertThat(plan.get("baseline_source").asString()).isEqualTo("measured");
    // a fifth pays 10 each: the relative spread is that of the share
    JsonNode share = plan(world, Map.of("goals", List.of(SIGN_UP), "mde", 0.5));
    assertThat(plan.get("n_total").asLong())
        .isBetween(share.get("n_total").asLong() * 7 / 10, share.get("n_total").asLong() * 13 / 10);
  }

  /// Half of the sign-ups are of another plan, and one in twenty of the others pays a hundred times
  /// as much.
  @Test
  void aFilterAndACapLeaveOutWhatTheyWillLeaveOutOfTheAnalysis() {
    World world = World.create(port);
    fill(world, 1_000, 10, 5);
    Tenant.system(() ->
        transactions.execute(status ->
            sql.sql(
                    """
                    update event e
                       set properties = jsonb_build_object('plan', case user_key % 10 when 0 then 'pro' else 'free' end),
                           value = case user_key % 200 when 0 then 1000 else 10 end
                      from project p
                     where p.id = :project::uuid and e.project_no = p.no and value is not null\
                    """)
                .param("project", world.project())
                .update()));
    Map<String, Object> pro = Map.of("property", "plan", "op", "eq", "value", "pro");
    Map<String, Object> signedUp = new HashMap<>(SIGN_UP);
    signedUp.put("filter", List.of(pro));
    assertThat(plan(world, Map.of("goals", List.of(signedUp))).get("baseline").asDouble())
        .isEqualTo(0.1);
    signedUp.put("kind", "sum");
    assertThat(plan(world, Map.of("goals", List.of(signedUp))).get("baseline").asDouble())
        .isEqualTo((95 * 10 + 5 * 1_000) / 1_000.0);
    signedUp.put("cap_quantile", 0.9);
    assertThat(plan(world, Map.of("goals", List.of(signedUp))).get("baseline").asDouble())
        .isEqualTo(1.0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                     | goals
          {"goals": [{"event": "", "kind": "conversion"}]}                       | goals[0].event
          {"goals": [{"event": "a", "kind": "conversion"}], "baseline": 2}       | baseline
          {"goals": [{"event": "a", "kind": "conversion"}], "mde": 0}            | mde
          {"goals": [{"event": "a", "kind": "conversion"}], "power": 1}          | power
          {"goals": [{"event": "a", "kind": "conversion"}], "max_days": 0}       | max_days
          {"goals": [{"event": "a"}], "segments": [{"traffic_percentage": 100}]} | segments
          """)
  void whatIsWrongIsNamed(String body, String field) {
    World world = World.create(port);
    JsonNode answer =
        world
            .owner()
            .post(
                "/api/projects/%s/plan".formatted(world.project()),
                JsonMapper.shared().readTree(body))
            .expect(422);
    assertThat(answer.at("/errors/0/field").asString()).isEqualTo(field);
  }

  @Test
  void nobodyPlansForAProjectOfOthers() {
    World world = World.create(port);
    Api.signedUp(port)
        .post("/api/projects/%s/plan".formatted(world.project()), Map.of("goals", List.of(SIGN_UP)))
        .expect(404);
  }

  private static JsonNode plan(World world, Map<String, Object> question) {
    return world
        .owner()
        .post("/api/projects/%s/plan".formatted(world.project()), question)
        .expect(200);
  }

  private void gone(World world) {
    Tenant.system(() ->
        transactions.execute(status ->
            sql.sql(
                    "delete from event where project_no = (select no from project where id = :project::uuid)")
                .param("project", world.project())
                .update()));
  }

  /// So many visitors evenly over the last days, each with a visit; every so many-th signs up too.
  private void fill(World world, int visitors, int days, int every) {
    String key = world.writeKey();
    Api.anonymous(port)
        .post(
            "/api/events?key=" + key,
            List.of(
                Map.of(
                    "id", UUID.randomUUID(), "user_id", "x", "event", "sign_up", "preview", true)))
        .expect(200); // the name gets its number
    Tenant.system(() ->
        transactions.execute(status ->
            sql.sql(
                    """
                    insert into event (project_no, event_key, user_key, user_id, name_no, at, received_at, value)
                    select p.no, gen_random_uuid(), i, 'u' || i, n.no, t, t, n.value
                      from project p, generate_series(1, :visitors) i,
                           lateral (select now() - make_interval(secs => 86400.0 * :days * (i - 1) / :visitors + 1) as t) at,
                           lateral (select 0 as no, null::float8 as value
                                    union all
                                    select e.no, 10 from event_name e where e.project_no = p.no and e.name = 'sign_up'
                                       and i % :every = 0) n
                     where p.id = :project::uuid\
                    """)
                .param("visitors", visitors)
                .param("days", days)
                .param("every", every)
                .param("project", world.project())
                .update()));
  }
}
