package dev.pryo.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// The second fence: even a query that forgets to ask for the owner sees nothing of others.
@PryoTest
class TenantTest {
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;
  @LocalServerPort int port;

  private UUID owner;
  private UUID stranger;

  @BeforeEach
  void aProjectOfSomebody() {
    owner = account();
    stranger = account();
    Tenant.system(() ->
        transactions.execute(status -> {
          UUID project =
              sql.sql(
                      """
                      insert into project (name, host, write_key, user_key_secret, created_by, created_at)
                      values ('p', 'git', :key, '\\x00', :owner, now()) returning id\
                      """)
                  .param("key", UUID.randomUUID().toString())
                  .param("owner", owner)
                  .query(UUID.class)
                  .single();
          return sql.sql(
                  "insert into member (project_id, account_id, role, created_at) values (:p, :a, 'owner', now())")
              .param("p", project)
              .param("a", owner)
              .update();
        }));
  }

  @Test
  void withoutATenantThereAreNoRows() {
    assertThat(projects()).isZero();
    assertThat((Long) transactions.execute(status -> projects())).isZero();
  }

  @Test
  void anAccountSeesItsOwnAndPryoItselfSeesAll() {
    assertThat(seenBy(owner)).isEqualTo(1);
    assertThat(seenBy(stranger)).isZero();
    assertThat((Long) Tenant.system(() -> transactions.execute(status -> projects()))).isPositive();
  }

  @Test
  void aPooledConnectionCarriesNothingOver() {
    for (int i = 0; i < 50; i++) { // more than the pool has connections
      assertThat(seenBy(owner)).isEqualTo(1);
      assertThat((Long) transactions.execute(status -> projects())).isZero();
      assertThat(seenBy(stranger)).isZero();
    }
  }

  @Test
  void aStrangerCannotWriteThemselvesIn() {
    UUID project =
        Tenant.as(
            owner,
            () ->
                transactions.execute(
                    status -> sql.sql("select id from project").query(UUID.class).single()));
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(() ->
                Tenant.as(
                    stranger,
                    () ->
                        transactions.execute(status ->
                            sql.sql(
                                    "insert into member (project_id, account_id, role, created_at) values (:p, :a, 'owner', now())")
                                .param("p", project)
                                .param("a", stranger)
                                .update()))))
        .rootCause()
        .hasMessageContaining("row-level security");
  }

  @Test
  void everyTableWithAProjectIsFenced() {
    assertThat(
            sql.sql(
                    """
                    select distinct c.relname from pg_class c
                      join pg_attribute a on a.attrelid = c.oid and a.attname in ('project_id', 'project_no')
                     where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
                       and not (c.relrowsecurity and c.relforcerowsecurity)\
                    """)
                .query(String.class)
                .list())
        .isEmpty();
  }

  @Test
  void whoMadeAProjectAndIsInItNoLongerSeesNothingOfIt() {
    key(owner);
    assertThat(keysSeenBy(owner)).isEqualTo(1);
    Tenant.system(() ->
        transactions.execute(status ->
            sql.sql("delete from member where account_id = :a").param("a", owner).update()));
    assertThat(keysSeenBy(owner)).isZero();
  }

  private void key(UUID account) {
    Tenant.as(
        account,
        () ->
            transactions.execute(status ->
                sql.sql(
                        "insert into experiment_key (project_id, key) select project_id, 'k' from member")
                    .update()));
  }

  private long keysSeenBy(UUID account) {
    return Tenant.as(
        account,
        () ->
            transactions.execute(status ->
                sql.sql("select count(*) from experiment_key").query(Long.class).single()));
  }

  /// A table that is read whole although the planner may not, could not be read otherwise.
  @Test
  void theFenceDoesNotLookAtEveryProject() {
    for (String table : List.of("experiment where id = :x", "event where project_no = 1")) {
      String plan =
          Tenant.as(
              owner,
              () ->
                  transactions.execute(status -> {
                    sql.sql("set local enable_seqscan = off").update();
                    return String.join(
                        "\n",
                        sql.sql("explain select from " + table)
                            .param("x", owner)
                            .query(String.class)
                            .list());
                  }));
      assertThat(plan).contains("on member").doesNotContain("Seq Scan");
    }
  }

  @Test
  void theServersRoleCannotStepOverTheFence() {
    assertThat(
            sql.sql("select rolsuper or rolbypassrls from pg_roles where rolname = current_user")
                .query(Boolean.class)
                .single())
        .isFalse();
  }

  @Test
  void theEmbeddedDatabaseKeepsWhatItAcknowledges() {
    for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
      assertThat(sql.sql("show " + setting).query(String.class).single()).isEqualTo("on");
    }
  }

  private long seenBy(UUID account) {
    return Tenant.as(account, () -> transactions.execute(status -> projects()));
  }

  private long projects() {
    return sql.sql("select count(*) from project").query(Long.class).single();
  }

  private UUID account() {
    return UUID.fromString(Api.signedUp(port).get("/api/auth/me").expect(200).get("id").asString());
  }
}
