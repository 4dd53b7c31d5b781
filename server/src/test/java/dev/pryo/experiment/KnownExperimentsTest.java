package dev.pryo.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import dev.pryo.account.Account;
import dev.pryo.account.Accounts;
import dev.pryo.platform.Tenant;
import dev.pryo.project.Role;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// What is remembered of an experiment is never older than the database.
@PryoTest
class KnownExperimentsTest {
  @Autowired Experiments experiments;
  @Autowired Accounts accounts;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;
  @LocalServerPort int port;

  private Api api;
  private Account account;
  private UUID id;

  @BeforeEach
  void anExperiment() {
    api = Api.signedUp(port);
    account =
        accounts
            .find(UUID.fromString(api.get("/api/auth/me").expect(200).get("id").asString()))
            .orElseThrow();
    String project =
        api.post(
                "/api/projects",
                Map.of(
                    "name",
                    "p",
                    "repository",
                    Map.of("host", "github", "full_name", "example/shop")))
            .expect(201)
            .get("id")
            .asString();
    id =
        UUID.fromString(
            api.post(
                    "/api/experiments",
                    Map.of(
                        "project_id", project, "name", "first", "description", "d", "start", false))
                .expect(201)
                .get("id")
                .asString());
  }

  @Test
  void anUnchangedOneIsTheSameObject() {
    assertThat(read()).isSameAs(read());
  }

  @Test
  void whatAnotherServerChangesIsSeenAtOnce() {
    assertThat(read().name()).isEqualTo("first");
    rename("second"); // past everything that this server could notice
    assertThat(read().name()).isEqualTo("second");
    rename("third");
    assertThat(api.get("/api/experiments").expect(200).at("/items/0/name").asString())
        .isEqualTo("third");
    assertThat(read().name()).isEqualTo("third");
  }

  @Test
  void whatATransactionHasNotFinishedIsNotRemembered() {
    String within =
        Tenant.as(
            account.id(),
            () ->
                transactions.execute(status -> {
                  update("half");
                  String half = experiments.require(account, id, Role.VIEWER).name();
                  update("whole");
                  return half + " " + experiments.require(account, id, Role.VIEWER).name();
                }));
    assertThat(within).isEqualTo("half whole");
    assertThat(read().name()).isEqualTo("whole");
    Tenant.as(
        account.id(),
        () ->
            transactions.execute(status -> {
              update("undone");
              status.setRollbackOnly();
              return experiments.require(account, id, Role.VIEWER).name();
            }));
    assertThat(read().name()).isEqualTo("whole");
  }

  private Experiment read() {
    return Tenant.as(account.id(), () -> experiments.require(account, id, Role.VIEWER));
  }

  private void rename(String name) {
    Tenant.system(() -> transactions.execute(status -> update(name)));
  }

  private int update(String name) {
    return sql.sql("update experiment set name = :name where id = :id")
        .param("name", name)
        .param("id", id)
        .update();
  }
}
