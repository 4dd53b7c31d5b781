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
import dev.pryo.codehost.CodeHosts;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.implementation.Footprints.Kept;
import dev.pryo.implementation.Footprints.Prepared;
import dev.pryo.platform.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// What a model wrote is prepared when it is merged, so that its segments roll out by the record: a
/// model is there, and is not asked.
@ModelTest
class PreparedRollOutTest {
  @LocalServerPort int port;
  @Autowired CodeHosts hosts;
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
  void aSegmentThatAModelWroteStaysToTheByteThoughNoModelAnswersAnyMore() {
    JsonNode draft = written();
    Talk talk = kites.talk(draft, removing(draft));
    merged(draft);
    Waiting.prepared(preparations, id(draft));
    assertThat(talk.calls()).isEqualTo(3);
    assertThat(calls(draft)).as("four that wrote it, three that prepared it").isEqualTo(7);

    String now = site.read("index.html").replace("<h1>Kites</h1>", "<h1>Kites and strings</h1>");
    site.write("index.html", now);
    site.git(git -> git.commit().setAll(true).setMessage("Strings").setSign(false).call());
    Talk refusing = refusing(draft);
    over(draft);
    JsonNode rollout = rolledOut(draft, "test1");
    assertThat(rollout.get("status").asString()).as(rollout.toString()).isEqualTo("awaiting_merge");
    assertThat(refusing.calls()).isZero();
    assertThat(calls(draft)).isEqualTo(7);
    assertThat(body(rollout))
        .contains("without a language model", "by a language model, " + TestModel.NAME)
        .contains("### What the model did after the merge\n> The button says Buy now.")
        .contains("inverse")
        .doesNotContain("Lines that were changed since", "others_stay");

    api.post(path(draft) + "/merge", null).expect(200);
    assertThat(site.read("index.html"))
        .isEqualTo(
            RollOutByModelTest.LOADED.replace("<h1>Kites</h1>", "<h1>Kites and strings</h1>"));
    assertThat(site.read(KiteModel.SCRIPT)).isEqualTo(RollOutByModelTest.PLAIN);
  }

  @Test
  void whatWasPreparedFromAnEarlierWritingIsNotUsed() {
    JsonNode draft = written();
    kites.talk(draft, removing(draft));
    merged(draft);
    Waiting.prepared(preparations, id(draft));
    Kept earlier = kept(draft);
    assertThat(earlier.footprint().knows("test1")).isTrue();

    inTransaction(() -> {
      footprints.keep(experiment(draft), again(earlier));
      return true;
    });
    assertThat(kept(draft).lacks("test1")).isTrue();
    assertThat(
            inTransaction(() ->
                footprints.prepared(
                    uuid(draft),
                    earlier,
                    earlier.footprint(),
                    "test1",
                    new Prepared(true, TestModel.NAME, "Too late."))))
        .isFalse();
    assertThat(kept(draft).lacks("test1")).isTrue();

    over(draft);
    Talk talk = kites.talk(draft, removing(draft));
    assertThat(rolledOut(draft, "test1").get("status").asString()).isEqualTo("awaiting_merge");
    assertThat(talk.calls()).as("the agent does it").isEqualTo(3);
  }

  /// The same files, as if they had been written once more.
  private static Outcome.Done again(Kept earlier) {
    List<FileChange> files =
        earlier.footprint().files().stream()
            .map(left -> new FileChange(left.path(), left.base(), left.written()))
            .toList();
    return new Outcome.Done(new ChangeSet(files), List.of(), List.of(), List.of());
  }

  @Test
  void whatIsWrittenAnewWhileItIsPreparedIsPreparedAnew() {
    JsonNode draft = written();
    Talk talk = kites.talk(draft, removing(draft)).after(TestModel.silence());
    merged(draft);
    talk.awaitSilence();
    inTransaction(() -> {
      footprints.keep(experiment(draft), again(kept(draft)));
      return true;
    });
    talk.release();
    Waiting.prepared(preparations, id(draft));
    assertThat(kept(draft).version()).isEqualTo(2);
    assertThat(kept(draft).footprint().knows("test1")).isTrue();
    assertThat(talk.calls()).as("one that was lost, and three for each writing").isEqualTo(7);
  }

  @Test
  void killedAnywhereItPaysForWhatIsMissingOnlyAndIsNotMadeTwice() {
    JsonNode draft = written();
    byte[] before = content(draft);
    kites.talk(draft, removing(draft));
    merged(draft);
    Waiting.prepared(preparations, id(draft));
    for (int kept = 6; kept >= 0; kept -= 2) {
      Talk talk = kites.talk(draft, removing(draft));
      killed(draft, kept, before);
      Waiting.prepared(preparations, id(draft));
      assertThat(talk.calls()).as("%d entries kept", kept).isEqualTo(3 - kept / 2);
      assertThat(kept(draft).footprint().knows("test1")).isTrue();
    }
    Talk never = refusing(draft);
    Tenant.system(() -> {
      preparations.begin(experiment(draft));
      preparations.run();
      return true;
    });
    Waiting.prepared(preparations, id(draft));
    assertThat(never.calls()).isZero();
    assertThat(count(draft)).isEqualTo(1);
  }

  /// A process died when so many entries of the transcript were kept, and nothing else yet.
  private void killed(JsonNode draft, int entries, byte[] content) {
    inTransaction(() -> {
      sql.sql(
              "delete from transcript where experiment_id = :id and run < 0 and position >="
                  + " :entries")
          .param("entries", entries)
          .param("id", uuid(draft))
          .update();
      sql.sql("update footprint set content = :content, prepared = '{}' where experiment_id = :id")
          .param("content", content)
          .param("id", uuid(draft))
          .update();
      UUID job =
          sql.sql(
                  """
                  update job set state = 'running', attempts = 1 where experiment_id = :id and kind = 'prepare'
                  returning id\
                  """)
              .param("id", uuid(draft))
              .query(UUID.class)
              .single();
      return sql.sql(
              """
              insert into scheduled_tasks (task_name, task_instance, execution_time, picked,
                                           consecutive_failures, version)
              values ('job', :job, now(), false, 0, 1) on conflict do nothing\
              """)
          .param("job", job.toString())
          .update();
    });
  }

  @Test
  void whatEndsInNothingIsNotTriedAgainAndTheControlNeedsNone() {
    JsonNode draft = written();
    Talk talk =
        kites.talk(draft, TestModel.calls("flush_writes", Map.of("summary", "All is as it was.")));
    merged(draft);
    Waiting.prepared(preparations, id(draft));
    int calls = talk.calls();
    Prepared came = Objects.requireNonNull(kept(draft).prepared().get("test1"));
    assertThat(came.ready()).isFalse();
    assertThat(came.words()).contains("the same again and again");
    Tenant.system(() -> {
      preparations.begin(experiment(draft));
      return true;
    });
    Waiting.prepared(preparations, id(draft));
    over(draft);
    assertThat(rolledOut(draft, "control").get("status").asString()).isEqualTo("awaiting_merge");
    assertThat(talk.calls()).isEqualTo(calls);
  }

  @Test
  void aRollOutThatIsAskedForMeanwhileWaitsForIt() {
    JsonNode draft = written();
    Talk talk = kites.talk(draft, removing(draft)).after(TestModel.silence());
    merged(draft);
    talk.awaitSilence();
    over(draft);
    api.post(path(draft) + "/rollout", Map.of("segment", "test1")).expect(202);
    Waiting.until(() ->
        inTransaction(() ->
            sql.sql("select message from job where experiment_id = :id and kind = 'rollout'")
                .param("id", uuid(draft))
                .query(String.class)
                .single()
                .contains("still writing down")));
    talk.release();
    JsonNode rollout = Waiting.rollout(api, id(draft));
    assertThat(rollout.get("status").asString()).as(rollout.toString()).isEqualTo("awaiting_merge");
    assertThat(body(rollout)).contains("without a language model");
    assertThat(talk.calls()).as("one that was lost, and three that prepared it").isEqualTo(4);
  }

  @Test
  void whatEndedForWantOfMoneyIsTriedAgainAnotherDay() {
    JsonNode draft = written();
    api.patch("/api/projects/" + kites.project(), Map.of("monthly_budget_usd", 0)).expect(200);
    Talk talk = kites.talk(draft, removing(draft));
    merged(draft);
    Waiting.prepared(preparations, id(draft));
    assertThat(talk.calls()).isZero();
    assertThat(kept(draft).lacks("test1")).isTrue();
    assertThat(api.get(path(draft)).expect(200).at("/pull_request/state").asString())
        .isEqualTo("merged");

    api.patch("/api/projects/" + kites.project(), Map.of("monthly_budget_usd", 5)).expect(200);
    lookedAfter();
    Waiting.prepared(preparations, id(draft));
    assertThat(talk.calls()).as("not at once").isZero();
    asPryo(
        "update job set updated_at = now() - interval '7 hours' where experiment_id = :id", draft);
    lookedAfter();
    Waiting.prepared(preparations, id(draft));
    assertThat(talk.calls()).isEqualTo(3);
    assertThat(kept(draft).footprint().knows("test1")).isTrue();
  }

  @Test
  void noOtherSegmentIsPreparedOnceOneIsChosen() {
    JsonNode draft = written();
    kites.talk(draft, TestModel.error(401, "authentication_error", "Who are you?", Map.of()));
    merged(draft);
    Waiting.prepared(preparations, id(draft));
    assertThat(kept(draft).lacks("test1")).as("it says nothing of the segment").isTrue();
    over(draft);
    assertThat(rolledOut(draft, "control").get("status").asString()).isEqualTo("awaiting_merge");
    Talk talk = kites.talk(draft, removing(draft));
    asPryo(
        "update job set updated_at = now() - interval '7 hours' where experiment_id = :id", draft);
    lookedAfter();
    assertThat(count(draft)).as("nothing is looked for").isEqualTo(1);
    asPryo("update job set state = 'queued' where experiment_id = :id and kind = 'prepare'", draft);
    Waiting.prepared(preparations, id(draft));
    assertThat(talk.calls()).as("one that was begun before").isZero();
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

  private JsonNode rolledOut(JsonNode draft, String segment) {
    api.post(path(draft) + "/rollout", Map.of("segment", segment)).expect(202);
    return Waiting.rollout(api, id(draft));
  }

  private static Laid[] removing(JsonNode draft) {
    return RollOutByModelTest.removing(KiteModel.key(draft));
  }

  private Talk refusing(JsonNode draft) {
    return kites.talk(
        draft, TestModel.error(400, "invalid_request_error", "Nobody answers.", Map.of()));
  }

  private int calls(JsonNode draft) {
    return api.get(path(draft) + "/status").expect(200).at("/usage/calls").asInt();
  }

  private String body(JsonNode rollout) {
    return RollOutByModelTest.body(hosts, site.folder(), rollout);
  }

  private Kept kept(JsonNode draft) {
    return footprints.of(uuid(draft)).orElseThrow();
  }

  private Experiment experiment(JsonNode draft) {
    return Tenant.system(() -> experiments.find(uuid(draft)).orElseThrow());
  }

  private byte[] content(JsonNode draft) {
    return inTransaction(() ->
        sql.sql("select content from footprint where experiment_id = :id")
            .param("id", uuid(draft))
            .query((rs, n) -> rs.getBytes(1))
            .single());
  }

  private int count(JsonNode draft) {
    return inTransaction(() ->
        sql.sql("select count(*) from job where experiment_id = :id and kind = 'prepare'")
            .param("id", uuid(draft))
            .query(Integer.class)
            .single());
  }

  private void asPryo(String update, JsonNode draft) {
    inTransaction(() -> sql.sql(update).param("id", uuid(draft)).update());
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
