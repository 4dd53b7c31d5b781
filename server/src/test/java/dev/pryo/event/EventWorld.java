package dev.pryo.event;

import dev.pryo.Api;
import dev.pryo.account.Account;
import dev.pryo.account.Accounts;
import dev.pryo.codehost.RepositoryRef;
import dev.pryo.platform.Tenant;
import dev.pryo.project.Consent;
import dev.pryo.project.Project;
import dev.pryo.project.ProjectDraft;
import dev.pryo.project.Projects;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// An account of its own with a project and experiments in it, made below the API so that tests of
/// events need nothing else.
final class EventWorld {
  final Account account;
  final Api api;
  final Project project;
  private final Projects projects;
  private final JdbcClient sql;
  private final TransactionTemplate transactions;

  EventWorld(ApplicationContext server, int port) {
    this(server, port, List.of());
  }

  EventWorld(ApplicationContext server, int port, List<String> origins) {
    this.projects = server.getBean(Projects.class);
    this.sql = server.getBean(JdbcClient.class);
    this.transactions = server.getBean(TransactionTemplate.class);
    JsonNode tokens =
        Api.anonymous(port)
            .post(
                "/api/auth/signup",
                Map.of(
                    "email",
                    UUID.randomUUID() + "@example.org",
                    "password",
                    "correct horse battery"))
            .expect(201);
    this.api = Api.anonymous(port).with(tokens.get("access_token").asString());
    UUID id = UUID.fromString(tokens.at("/user/id").asString());
    this.account = server.getBean(Accounts.class).find(id).orElseThrow();
    this.project =
        Tenant.as(
            account.id(),
            () ->
                projects.create(
                    account,
                    new ProjectDraft(
                        "shop",
                        RepositoryRef.git("file:///nowhere"),
                        null,
                        origins,
                        395,
                        null,
                        Consent.GRANTED,
                        false),
                    false));
  }

  /// @param no its short number in the event tables
  record Made(UUID id, long no, String key) {}

  /// An active experiment of two halves that counts purchases.
  Made experiment(String key) {
    return experiment(key, 100);
  }

  Made experiment(String key, int exposurePercentage) {
    return system(() ->
        sql.sql(
                """
                insert into experiment (project_id, key, name, description, segments, goals, plan, seed, mode,
                       on_harm, status, activated_at, exposure_percentage, created_at, updated_at)
                values (:project, :key, :key, 'test', :segments::jsonb, :goals::jsonb, :plan::jsonb, :seed, 'edit',
                       'notify', 'active', now() - interval '30 days', :exposure, now(), now())
                returning id, no, key\
                """)
            .param("project", project.id())
            .param("key", key)
            .param("segments", SEGMENTS.formatted(UUID.randomUUID(), UUID.randomUUID()))
            .param("goals", GOALS)
            .param("plan", "{\"baseline\": 0.2, \"power\": 0.8, \"alpha\": 0.05, \"max_days\": 28}")
            .param("seed", UUID.randomUUID().toString().replace("-", "").substring(0, 16))
            .param("exposure", exposurePercentage)
            .query((rs, n) ->
                new Made(rs.getObject("id", UUID.class), rs.getLong("no"), rs.getString("key")))
            .single());
  }

  private static final String SEGMENTS =
      """
      [{"id": "%s", "key": "control", "name": "Control", "traffic_percentage": 50},
       {"id": "%s", "key": "test1", "name": "Buy now", "traffic_percentage": 50}]\
      """;

  private static final String GOALS =
      """
      [{"event": "purchase", "name": "Purchase", "kind": "conversion", "direction": "increase", "role": "primary", "use_history": false}]\
      """;

  void retain(int days) {
    system(() ->
        sql.sql("update project set retention_days = :days where id = :id")
            .param("days", days)
            .param("id", project.id())
            .update());
  }

  /// Gives the project this key behind the server's back.
  void writeKey(String key) {
    system(() ->
        sql.sql("update project set write_key = :key where id = :id")
            .param("key", key)
            .param("id", project.id())
            .update());
  }

  /// How many rows there are for the project.
  long stored() {
    return count("select count(*) from event where project_no = :project");
  }

  long count(String query) {
    return system(() -> sql.sql(query).param("project", project.no()).query(Long.class).single());
  }

  void status(Made experiment, String status) {
    system(() ->
        sql.sql(
                "update experiment set status = :status, finished_at = :now, updated_at = :now where id = :id")
            .param("status", status)
            .param("now", OffsetDateTime.ofInstant(Instant.now(), ZoneOffset.UTC))
            .param("id", experiment.id())
            .update());
  }

  private <T> T system(java.util.function.Supplier<T> work) {
    return Objects.requireNonNull(Tenant.system(() -> transactions.execute(status -> work.get())));
  }

  /// Sends a body with the project's write key.
  Api.Answer send(Object body, String... headers) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "X-Pryo-Key";
    all[headers.length + 1] = project.writeKey();
    return Api.anonymousLike(api).send("POST", "/api/events", body, all);
  }
}
