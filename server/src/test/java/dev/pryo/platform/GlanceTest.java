package dev.pryo.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// A read without a transaction stays behind the same fence.
@PryoTest
class GlanceTest {
  @Autowired Glance glance;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;
  @LocalServerPort int port;

  private UUID owner;
  private UUID stranger;
  private UUID project;

  @BeforeEach
  void aProjectOfSomebody() {
    Api api = Api.signedUp(port);
    owner = id(api.get("/api/auth/me"), 200);
    stranger = id(Api.signedUp(port).get("/api/auth/me"), 200);
    project =
        id(
            api.post(
                "/api/projects",
                Map.of(
                    "name",
                    "p",
                    "repository",
                    Map.of("host", "github", "full_name", "example/shop"))),
            201);
  }

  private static UUID id(Api.Answer answer, int status) {
    return UUID.fromString(answer.expect(status).get("id").asString());
  }

  @Test
  void eachSeesItsOwnAndAConnectionCarriesNothingOver() {
    for (int i = 0; i < 50; i++) { // more than the pool has connections, and than plans are made
      assertThat(names()).isEmpty();
      assertThat((List<String>) Tenant.as(owner, this::names)).containsExactly("p");
      assertThat((List<String>) Tenant.as(stranger, this::names)).isEmpty();
      assertThat((List<String>) Tenant.system(this::names)).containsExactly("p");
      assertThat(outside()).isZero();
    }
  }

  private List<String> names() {
    return glance.at(
        "select name from project where id = :id and :absent::uuid is null",
        new MapSqlParameterSource("id", project).addValue("absent", null),
        (row, n) -> row.getString("name"));
  }

  /// What a query sees that forgets to say for whom it is.
  private long outside() {
    return sql.sql("select count(*) from project").query(Long.class).single();
  }

  @Test
  void withinATransactionItReadsWhatThatHasWritten() {
    List<String> seen =
        Tenant.as(
            owner,
            () ->
                transactions.execute(status -> {
                  sql.sql("update project set name = 'q' where id = :id")
                      .param("id", project)
                      .update();
                  status.setRollbackOnly();
                  return names();
                }));
    assertThat(seen).containsExactly("q");
    assertThat((List<String>) Tenant.as(owner, this::names)).containsExactly("p");
  }

  @Test
  void manyAtOnceSeeTheirOwnAlone() throws Exception {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> right = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        UUID caller = i % 3 == 0 ? owner : stranger;
        right.add(
            callers.submit(() -> Tenant.as(caller, this::names).isEmpty() != caller.equals(owner)));
      }
      for (Future<Boolean> one : right) {
        assertThat(one.get()).isTrue();
      }
    }
  }

  @Test
  void rowsComeInTheOrderOfTheQuery() {
    List<Integer> numbers =
        glance.at(
            "select n from generate_series(1, :most) n order by n % 7, n desc",
            new MapSqlParameterSource("most", 100), (row, n) -> row.getInt("n"));
    assertThat(numbers).hasSize(100).startsWith(98, 91, 84).endsWith(20, 13, 6);
  }
}
