package dev.pryo.implementation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.KiteModel;
import dev.pryo.KiteSite;
import dev.pryo.ModelTest;
import dev.pryo.TestModel;
import dev.pryo.TestModel.Talk;
import dev.pryo.platform.Tenant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// What may be spent: in a run, by a project and in a month. A call that could go beyond it is not
/// made.
@ModelTest
class CapsTest {
  @LocalServerPort int port;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;
  private final KiteSite site = KiteSite.made();
  private Api api;
  private KiteModel kites;

  @BeforeEach
  void aProject() {
    api = Api.signedUp(port);
    kites = new KiteModel(api, site.link(api), TestModel.Shared.MODEL);
  }

  @Test
  void aProjectWithoutABudgetAsksNothing() {
    api.patch("/api/projects/" + kites.project(), Map.of("monthly_budget_usd", 0)).expect(200);
    JsonNode draft = kites.draft();
    Talk talk = kites.talk(draft, KiteModel.good(KiteModel.key(draft)));
    JsonNode failed = implemented(draft);
    assertThat(failed.at("/error/code").asString()).isEqualTo("budget");
    assertThat(failed.at("/error/retryable").asBoolean()).isTrue();
    assertThat(failed.at("/error/message").asString())
        .contains("beyond its $0 a month; $0.00 are spent. Raise monthly_budget_usd");
    assertThat(talk.calls()).isZero();
  }

  @Test
  void aProjectsBudgetEndsARunInItsMiddleWhichGoesOnWhenItIsRaised() {
    // a call can cost 0.123 for its answer and about 0.01 for what is told, and does cost 0.0201
    api.patch("/api/projects/" + kites.project(), Map.of("monthly_budget_usd", 0.16)).expect(200);
    JsonNode draft = kites.draft();
    Talk talk = kites.talk(draft, KiteModel.good(KiteModel.key(draft)));
    JsonNode failed = implemented(draft);
    assertThat(failed.at("/error/code").asString()).as(failed.toString()).isEqualTo("budget");
    int paid = talk.asked().size();
    assertThat(paid).isBetween(1, 3);

    api.patch("/api/projects/" + kites.project(), Map.of("monthly_budget_usd", 5)).expect(200);
    assertThat(implemented(draft).get("status").asString()).isEqualTo("awaiting_merge");
    assertThat(talk.calls()).as("no turn is paid twice").isEqualTo(4);
    assertThat(api.get(path(draft) + "/status").expect(200).at("/usage/cost_usd").asDouble())
        .isEqualTo(0.0804);
  }

  @Test
  void aRunHasACapOfItsOwn() {
    JsonNode draft = kites.draft();
    // 45,000 tokens of output cost 0.68 dollars: the fourth call could go beyond the run's two
    TestModel.Laid dear =
        new TestModel.Laid(
            200,
            Map.of(),
            KiteModel.plan(KiteModel.key(draft))
                .body()
                .replace("\"output_tokens\":500", "\"output_tokens\":45000"));
    Talk talk = kites.talk(draft, dear);
    JsonNode failed = implemented(draft);
    assertThat(failed.at("/error/code").asString()).isEqualTo("budget");
    assertThat(failed.at("/error/message").asString())
        .contains("beyond its $2;", "PRYO_RUN_BUDGET_USD");
    assertThat(talk.calls()).isEqualTo(3);
  }

  @Test
  void aMonthHasACapForAllProjects() {
    JsonNode draft = kites.draft();
    Talk talk = kites.talk(draft, KiteModel.good(KiteModel.key(draft)));
    UUID other = spent("now()", 999.99);
    try {
      JsonNode failed = implemented(draft);
      assertThat(failed.at("/error/message").asString())
          .contains("this Pryo beyond its $1000 a month")
          .contains("Raise PRYO_MONTHLY_BUDGET_USD");
      assertThat(talk.calls()).isZero();
    } finally {
      forget(other);
    }
    UUID before = spent("now() - interval '32 days'", 999.99);
    try {
      assertThat(implemented(draft).get("status").asString())
          .as("another month is another purse")
          .isEqualTo("awaiting_merge");
    } finally {
      forget(before);
    }
  }

  /// Somebody else's call, of a project that is gone.
  private UUID spent(String at, double usd) {
    return Tenant.system(() ->
        transactions.execute(status ->
            sql.sql(
                    "insert into model_call (purpose, model, answered, cost_usd, at) values ('implement', 'm', true, :usd, "
                        + at
                        + ") returning id")
                .param("usd", usd)
                .query(UUID.class)
                .single()));
  }

  private void forget(UUID call) {
    Tenant.system(() ->
        transactions.execute(
            status -> sql.sql("delete from model_call where id = :id").param("id", call).update()));
  }

  private JsonNode implemented(JsonNode experiment) {
    api.post(path(experiment) + "/implement", null).expect(202);
    return Waiting.settled(api, experiment.get("id").asString());
  }

  private static String path(JsonNode experiment) {
    return "/api/experiments/" + experiment.get("id").asString();
  }
}
