package dev.pryo.implementation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.KiteModel;
import dev.pryo.KiteSite;
import dev.pryo.ModelTest;
import dev.pryo.TestModel;
import dev.pryo.TestModel.Laid;
import dev.pryo.TestModel.Talk;
import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.edit.ClientCode;
import dev.pryo.agent.rollout.RollOut;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.implementation.Footprints.Kept;
import dev.pryo.implementation.Footprints.Prepared;
import dev.pryo.platform.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// When the preparation of what a model wrote is begun, how often, and for how much.
@ModelTest
class PreparationsTest {
  private static final String CLIENT =
      "// Pryo's browser client, version 0: it does nothing here.\n";

  @LocalServerPort int port;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;
  @Autowired Experiments experiments;
  @Autowired Footprints footprints;
  @Autowired Preparations preparations;
  private final KiteSite site = KiteSite.made();
  private Api api;
  private KiteModel kites;

  @BeforeEach
  void aProject() {
    api = Api.signedUp(port);
    kites = new KiteModel(api, site.link(api), TestModel.Shared.MODEL);
  }

  @Test
  void whatFailsFourTimesIsLeftToTheRollOut() {
    JsonNode draft = written();
    mayCost(0);
    Talk talk = kites.talk(draft, removing(draft));
    merged(draft);
    for (int tries = 1; tries <= 4; tries++) {
      assertThat(count(draft)).isEqualTo(tries);
      hoursLater(draft);
    }
    assertThat(count(draft)).isEqualTo(4);
    mayCost(5);
    hoursLater(draft);
    assertThat(count(draft)).isEqualTo(4);
    assertThat(talk.calls()).isZero();
    over(draft);
    assertThat(rolledOut(draft).get("status").asString()).isEqualTo("awaiting_merge");
    assertThat(talk.calls()).isEqualTo(3);
  }

  @Test
  void noMoreThanThreeAreBegunAtATime() {
    JsonNode draft = written();
    Talk talk = kites.talk(draft, removing(draft));
    List<UUID> hanging = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        hanging.add(hanging(kites.draft()));
      }
      merged(draft);
      lookedAfter();
      assertThat(count(draft)).as("whoever would begin it").isZero();
    } finally {
      hanging.forEach(job -> asPryo("update job set state = 'done' where id = :id", job));
    }
    Waiting.until(() -> {
      lookedAfter();
      return count(draft) == 1;
    });
    Waiting.prepared(preparations, id(draft));
    assertThat(talk.calls()).isEqualTo(3);
  }

  /// Another experiment's, by a process of which nobody will hear for a day.
  private UUID hanging(JsonNode other) {
    return inTransaction(() -> {
      UUID job =
          sql.sql(
                  """
                  insert into job (project_id, experiment_id, kind, state, phase, progress, message,
                                   created_at, updated_at)
                  select project_id, id, 'prepare', 'running', 'write', 0, 'It hangs.', now(), now()
                    from experiment where id = :id returning id\
                  """)
              .param("id", uuid(other))
              .query(UUID.class)
              .single();
      sql.sql(
              """
              insert into scheduled_tasks (task_name, task_instance, execution_time, picked,
                                           consecutive_failures, version)
              values ('job', :job, now() + interval '1 day', false, 0, 1)\
              """)
          .param("job", job.toString())
          .update();
      return job;
    });
  }

  @Test
  void noneIsBegunBesideARollOut() throws InterruptedException {
    JsonNode draft = written();
    mayCost(0);
    merged(draft);
    Waiting.prepared(preparations, id(draft));
    assertThat(count(draft)).isEqualTo(1);
    Experiment before = experiment(draft);

    Thread late =
        inTransaction(() -> {
          asPryo(
              """
              update experiment set rollout = '{"segment": "control", "status": "implementing"}'
               where id = :id\
              """,
              uuid(draft));
          Thread begins = Thread.startVirtualThread(() -> begun(before));
          Waiting.until(() -> !begins.isAlive() || isWaitedFor());
          return begins;
        });
    late.join();
    assertThat(count(draft)).as("of both the roll-out was first").isEqualTo(1);
    begun(before);
    assertThat(count(draft)).isEqualTo(1);

    asPryo(
        "update experiment set rollout = jsonb_set(rollout, '{status}', '\"failed\"') where id = :id",
        uuid(draft));
    begun(before);
    assertThat(count(draft)).as("one that failed is none").isEqualTo(2);
    Waiting.prepared(preparations, id(draft));
  }

  private void begun(Experiment experiment) {
    Tenant.system(() -> {
      preparations.begin(experiment);
      return true;
    });
  }

  /// Whether somebody waits for what this transaction holds.
  private boolean isWaitedFor() {
    return sql.sql(
            """
            select exists (select from pg_stat_activity
                            where pg_backend_pid() = any (pg_blocking_pids(pid)))\
            """)
        .query(Boolean.class)
        .single();
  }

  @Test
  void whereThereIsNothingToTakeOutNoModelIsAsked() {
    assertThat(ClientCode.isClient(CLIENT)).isTrue();
    JsonNode draft = written();
    byte[] client = CLIENT.getBytes(StandardCharsets.UTF_8);
    inTransaction(() -> {
      footprints.keep(
          experiment(draft),
          new Outcome.Done(
              new ChangeSet(List.of(new FileChange("pryo.js", null, client))),
              List.of(),
              List.of(),
              List.of()));
      return true;
    });
    Talk talk = kites.talk(draft, removing(draft));
    merged(draft);
    Waiting.prepared(preparations, id(draft));
    assertThat(talk.calls()).isZero();
    assertThat(kept(draft).footprint().knows("test1")).isTrue();

    assertThat(kept(draft).prepared().get("test1")).isEqualTo(new Prepared(true, "", ""));
    RollOut.Result.Done done =
        new RollOut.Result.Done(
            new ChangeSet(List.of()), List.of(), List.of(), List.of(), List.of(), false);
    assertThat(
            new RollOutText(
                    experiment(draft),
                    "test1",
                    "Buy now",
                    done,
                    "Ada",
                    kept(draft).prepared().get("test1"),
                    null)
                .body())
        .contains("without a language model")
        .doesNotContain("by a language model", "What the model did");
  }

  /// One run may cost $2; the first answer here costs more.
  @Test
  void aBudgetEndsOneSegmentAndNoOtherAndItGoesOnAnotherDay() {
    JsonNode draft = written();
    asPryo(
        """
        update experiment set segments = segments || jsonb_build_array(jsonb_set(
          jsonb_set(segments -> 1, '{key}', '"test2"'), '{id}', to_jsonb(gen_random_uuid()))) where id = :id\
        """,
        uuid(draft));
    Laid[] answers = removing(draft);
    Laid dear =
        new Laid(
            200,
            Map.of(),
            answers[0].body().replace("\"output_tokens\":500", "\"output_tokens\":150000"));
    Talk talk = kites.talk(draft, answers).after(dear);
    merged(draft);
    Waiting.prepared(preparations, id(draft));
    assertThat(talk.calls()).as("one for the first, three for the second").isEqualTo(4);
    assertThat(kept(draft).footprint().knows("test2")).isTrue();
    assertThat(kept(draft).lacks("test1")).isTrue();

    hoursLater(draft);
    assertThat(count(draft)).isEqualTo(2);
    assertThat(talk.calls()).as("nothing is asked while it may cost no more").isEqualTo(4);
    asPryo(
        "update transcript set entry = replace(entry, '150000', '500') where experiment_id = :id",
        uuid(draft));
    hoursLater(draft);
    assertThat(talk.calls()).as("the first answer is not paid again").isEqualTo(6);
    assertThat(kept(draft).footprint().knows("test1")).isTrue();
    assertThat(kept(draft).prepared()).hasSize(2);
  }

  private void mayCost(int dollars) {
    api.patch("/api/projects/" + kites.project(), Map.of("monthly_budget_usd", dollars))
        .expect(200);
  }

  /// The next look that may begin one again, and what comes of it.
  private void hoursLater(JsonNode draft) {
    Waiting.prepared(preparations, id(draft));
    asPryo(
        "update job set updated_at = now() - interval '7 hours' where experiment_id = :id",
        uuid(draft));
    lookedAfter();
    Waiting.prepared(preparations, id(draft));
  }

  private void lookedAfter() {
    Tenant.system(() -> {
      preparations.run();
      return true;
    });
  }

  private JsonNode written() {
    JsonNode draft = kites.draft();
    kites.talk(draft, KiteModel.good(KiteModel.key(draft)));
    api.post(path(draft) + "/implement", null).expect(202);
    JsonNode waiting = Waiting.settled(api, id(draft));
    assertThat(waiting.get("status").asString()).as(waiting.toString()).isEqualTo("awaiting_merge");
    return draft;
  }

  private void merged(JsonNode draft) {
    api.post(path(draft) + "/merge", null).expect(200);
  }

  private void over(JsonNode draft) {
    api.post(path(draft) + "/activate", null).expect(200);
    api.post(path(draft) + "/finish", null).expect(202);
  }

  private JsonNode rolledOut(JsonNode draft) {
    api.post(path(draft) + "/rollout", Map.of("segment", "test1")).expect(202);
    return Waiting.rollout(api, id(draft));
  }

  private static Laid[] removing(JsonNode draft) {
    return RollOutByModelTest.removing(KiteModel.key(draft));
  }

  private Kept kept(JsonNode draft) {
    return footprints.of(uuid(draft)).orElseThrow();
  }

  private Experiment experiment(JsonNode draft) {
    return Tenant.system(() -> experiments.find(uuid(draft)).orElseThrow());
  }

  private int count(JsonNode draft) {
    return inTransaction(() ->
        sql.sql("select count(*) from job where experiment_id = :id and kind = 'prepare'")
            .param("id", uuid(draft))
            .query(Integer.class)
            .single());
  }

  private void asPryo(String update, UUID id) {
    inTransaction(() -> sql.sql(update).param("id", id).update());
  }

  private <T> T inTransaction(Supplier<T> work) {
    return Tenant.system(() -> transactions.execute(status -> work.get()));
  }

  private static UUID uuid(JsonNode experiment) {
    return UUID.fromString(id(experiment));
  }

  private static String id(JsonNode experiment) {
    return experiment.get("id").asString();
  }

  private static String path(JsonNode experiment) {
    return "/api/experiments/" + id(experiment);
  }
}
