package dev.pryo.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import dev.pryo.World;
import dev.pryo.account.Account;
import dev.pryo.account.Accounts;
import dev.pryo.platform.Tenant;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@PryoTest
class OutcomesTest {
  private static final int PEOPLE = 200;
  private static final int MANY = 2_000;
  private static final long LITTLE = 24 << 20; // all of them are three times as much

  @LocalServerPort int port;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;
  @Autowired Outcomes outcomes;
  @Autowired Accounts accounts;

  private World world;

  @BeforeEach
  void aProject() {
    world = World.create(port);
  }

  @Test
  void withoutAFinishedExperimentTheListIsEmpty() {
    JsonNode list = list("");
    assertThat(list.get("items").size()).isZero();
    assertThat(list.get("next_cursor").isNull()).isTrue();
    assertThat(csv().text().lines()).hasSize(1);
  }

  @Test
  void everyFinishedExperimentIsThereWithDecisionLiftAndInterval() {
    finished(world.experiment(), 70);
    JsonNode outcome = list("").at("/items/0");
    JsonNode analysis =
        world.owner().get("/api/experiments/%s/analysis".formatted(world.experiment())).expect(200);
    JsonNode comparison = analysis.at("/statistics/comparisons/0");
    assertThat(outcome.get("experiment_id").asString()).isEqualTo(world.experiment());
    assertThat(outcome.get("decision").asString()).isEqualTo("ship");
    assertThat(outcome.get("goal").asString()).isEqualTo("sign_up");
    assertThat(outcome.get("segment").asString()).isEqualTo("test1");
    assertThat(outcome.get("relative_lift").asDouble()).isCloseTo(2.5, within(1e-9));
    assertThat(outcome.get("relative_lift")).isEqualTo(comparison.get("relative_lift"));
    assertThat(outcome.get("interval")).isEqualTo(comparison.at("/always_valid/interval"));
    assertThat(outcome.get("exposed").asInt()).isEqualTo(2 * PEOPLE);
    assertThat(outcome.get("sentence")).isEqualTo(analysis.at("/verdict/sentence"));
    assertThat(outcome.get("analysis_id")).isEqualTo(analysis.get("id"));
  }

  @Test
  void runningOnesAreNotInTheListAndArchivedOnesStay() {
    finished(world.experiment(), 70);
    String running = made("Running");
    activate(running);
    world.owner().delete("/api/experiments/" + world.experiment()).expect(204);
    JsonNode items = list("").get("items");
    assertThat(items.size()).isEqualTo(1);
    assertThat(items.at("/0/archived").asBoolean()).isTrue();
    assertThat(Api.signedUp(port).get(path("")).status()).isEqualTo(404);
  }

  @Test
  void pagesFollowEachOtherByCursor() {
    finished(world.experiment(), 70);
    String second = made("Second");
    finished(second, 20);
    JsonNode first = list("?limit=1");
    assertThat(first.at("/items/0/experiment_id").asString()).isEqualTo(second);
    JsonNode next = list("?limit=1&cursor=" + first.get("next_cursor").asString());
    assertThat(next.at("/items/0/experiment_id").asString()).isEqualTo(world.experiment());
    assertThat(next.get("next_cursor").isNull()).isTrue();
    for (String query : List.of("limit=0", "limit=1001", "cursor=x", "format=xlsx")) {
      JsonNode problem = world.owner().get(path("?" + query)).expect(422);
      assertThat(problem.at("/errors/0/field").asString()).isEqualTo(query.split("=")[0]);
    }
  }

  @Test
  void aSpreadsheetRunsNoNameAsAFormulaAndReadsNumbersAsNumbers() {
    for (String name :
        List.of("=HYPERLINK(\"x\")", "+1", "-1", "@SUM(A1)", "＝1+1", "Cheaper; \"now\"")) {
      String experiment = made(name);
      finished(experiment, 10); // of 20 in the control: a lift of -0.5
    }
    Api.Answer file = csv();
    assertThat(file.header("Content-Type")).startsWith("text/csv");
    assertThat(file.header("Content-Disposition")).contains("attachment", "outcomes.csv");
    assertThat(file.text())
        .contains(",\"'=HYPERLINK(\"\"x\"\")\",")
        .contains(",'+1,", ",'-1,", ",'@SUM(A1),", ",'＝1+1,", ",\"Cheaper; \"\"now\"\"\",")
        .contains(",sign_up,sign_up,test1,Start free,-0.5,");
    assertThat(file.text().lines()).hasSize(7);
  }

  @Test
  void memoryDoesNotGrowWithTheFile() throws IOException {
    finished(world.experiment(), 70);
    copy(MANY);
    String email = world.owner().get("/api/auth/me").expect(200).get("email").asString();
    Account account = accounts.byEmail(email).orElseThrow();
    List<Long> used = new ArrayList<>();
    int[] lines = new int[1];
    OutputStream counting =
        new OutputStream() {
          @Override
          public void write(int one) {}

          @Override
          public void write(byte[] line, int from, int length) {
            if (++lines[0] % 500 == 0) {
              System.gc();
              used.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            }
          }
        };
    Tenant.as(
        account.id(),
        () -> {
          outcomes.write(account, UUID.fromString(world.project()), () -> counting);
          return true;
        });
    assertThat(lines[0]).isEqualTo(MANY + 2); // the head, the first, and its copies
    assertThat(used).hasSize(4);
    assertThat(used.getLast()).isLessThan(used.getFirst() + LITTLE);
  }

  /// Many finished experiments like the first one, with an analysis each.
  private void copy(int times) {
    Map<String, Object> values =
        Map.of("from", UUID.fromString(world.experiment()), "times", times);
    Tenant.system(() ->
        transactions.execute(status -> {
          sql.sql(
                  """
                  insert into experiment (project_id, key, name, description, segments, goals, plan, seed, mode,
                         on_harm, status, activated_at, finished_at, created_at, updated_at)
                  select project_id, key || i, name || i, repeat('words ', 5000), segments, goals, plan,
                         left(md5(seed || i), 16), mode, on_harm, status, activated_at, finished_at, created_at,
                         updated_at
                    from experiment, generate_series(1, :times) i where id = :from\
                  """)
              .params(values)
              .update();
          return sql.sql(
                  """
                  insert into analysis (project_id, experiment_id, source, look, document, generated_at)
                  select a.project_id, e.id, a.source, a.look, a.document, a.generated_at
                    from analysis a join experiment e on e.project_id = a.project_id and e.id <> :from
                   where a.experiment_id = :from\
                  """)
              .param("from", values.get("from"))
              .update();
        }));
  }

  private String made(String name) {
    return world
        .owner()
        .post("/api/experiments", World.experiment(world.project(), name))
        .expect(201)
        .get("id")
        .asString();
  }

  private void activate(String experiment) {
    world
        .owner()
        .post("/api/experiments/%s/activate".formatted(experiment), Map.of("force", true))
        .expect(200);
  }

  /// Runs it with 200 people a segment, of whom 20 sign up in the control, and ends it.
  private void finished(String experiment, int signUps) {
    activate(experiment);
    List<Map<String, Object>> events = new ArrayList<>();
    for (int person = 0; person < PEOPLE; person++) {
      visit(events, experiment, "control", person, person < 20);
      visit(events, experiment, "test1", person, person < signUps);
    }
    Api.anonymous(port)
        .post("/api/events?key=" + world.writeKey(), Map.of("events", events))
        .expect(200);
    world.owner().post("/api/experiments/%s/finish".formatted(experiment), null).expect(202);
  }

  private static void visit(
      List<Map<String, Object>> events,
      String experiment,
      String segment,
      int person,
      boolean signsUp) {
    String user = "%s-%s-%d".formatted(experiment, segment, person);
    events.add(
        Map.of(
            "id",
                "s"
                    + UUID.nameUUIDFromBytes(
                        user.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
            "user_id", user,
            "event", "$exposure",
            "experiment", experiment,
            "segment", segment));
    if (signsUp) {
      events.add(Map.of("id", UUID.randomUUID().toString(), "user_id", user, "event", "sign_up"));
    }
  }

  private JsonNode list(String query) {
    return world.owner().get(path(query)).expect(200);
  }

  private Api.Answer csv() {
    Api.Answer file = world.owner().get(path("?format=csv"));
    assertThat(file.status()).isEqualTo(200);
    return file;
  }

  private String path(String query) {
    return "/api/projects/%s/outcomes%s".formatted(world.project(), query);
  }
}
