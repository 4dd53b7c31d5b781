package dev.pryo.project;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pryo.account.Account;
import dev.pryo.codehost.RepositoryRef;
import dev.pryo.platform.Glance;
import dev.pryo.platform.Keys;
import dev.pryo.platform.NotFound;
import dev.pryo.platform.Sealing;
import dev.pryo.platform.Seals;
import dev.pryo.platform.Tenant;
import java.security.SecureRandom;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The linked repositories, and who may do what with them. Every query asks for the caller's
/// membership, so that a foreign project and an absent one look the same.
@Component
public class Projects implements Sealing {
  private static final String TOKENS = "repository tokens";
  private static final Duration OLD_KEY = Duration.ofHours(24);
  private static final SecureRandom RANDOM = new SecureRandom();

  /// A page of a list, newest first.
  ///
  /// @param next where the next page starts; null on the last one
  public record Page<T>(List<T> items, @Nullable String next) {}

  private final JdbcClient sql;
  private final Glance glance;
  private final TransactionTemplate transactions;
  private final JsonMapper json;
  private final InstantSource clock;
  private final ObjectProvider<ProjectListener> listeners; // which in turn ask this class
  private final Cache<UUID, Long> numbers = Caffeine.newBuilder().maximumSize(10_000).build();
  private final Seals seals;

  Projects(
      JdbcClient sql,
      Glance glance,
      TransactionTemplate transactions,
      JsonMapper json,
      InstantSource clock,
      ObjectProvider<ProjectListener> listeners,
      Seals seals) {
    this.seals = seals;
    this.sql = sql;
    this.glance = glance;
    this.transactions = transactions;
    this.json = json;
    this.clock = clock;
    this.listeners = listeners;
  }

  /// Makes a project from checked values; the account becomes its owner.
  public Project create(Account owner, ProjectDraft draft, boolean demo) {
    UUID made =
        asSystem(() -> { // memberships are written by Pryo itself only
          UUID id = insert(owner, draft, demo);
          sql.sql(
                  """
                  insert into member (project_id, account_id, role, created_at)
                  values (:project, :account, 'owner', :now)\
                  """)
              .param("project", id)
              .param("account", owner.id())
              .param("now", now())
              .update();
          return id;
        });
    return Tenant.as(owner.id(), () -> require(owner, made, Role.OWNER));
  }

  private UUID insert(Account owner, ProjectDraft draft, boolean demo) {
    UUID tokenId = UUID.randomUUID();
    return sql.sql(
            """
            insert into project (name, host, url, full_name, default_branch, app_root, token_id, token_sealed,
                                 site_url, allowed_origins,
                                 retention_days, monthly_budget_usd, consent, count_bots, model_words, write_key,
                                 user_key_secret, demo, created_by, created_at)
            values (:name, :host, :url, :fullName, :branch, :appRoot, :tokenId, :token, :siteUrl, :origins,
                    :retention, :budget, :consent, :countBots, :modelWords, :writeKey, :secret, :demo, :owner, :now)
            returning id\
            """)
        .param("name", draft.name())
        .param("host", draft.repository().host())
        .param("url", draft.repository().url())
        .param("fullName", draft.repository().fullName())
        .param("branch", draft.repository().defaultBranch())
        .param("appRoot", draft.repository().appRoot())
        .param("tokenId", tokenId)
        .param("token", sealed(tokenId, draft.repository().token()))
        .param("siteUrl", draft.siteUrl())
        .param("origins", draft.allowedOrigins().toArray(String[]::new))
        .param("retention", draft.retentionDays())
        .param("budget", draft.monthlyBudgetUsd())
        .param("consent", draft.consent().name().toLowerCase(Locale.ROOT))
        .param("countBots", draft.countBots())
        .param("modelWords", draft.modelWords())
        .param("writeKey", freshWriteKey())
        .param("secret", Keys.random(16))
        .param("demo", demo)
        .param("owner", owner.id())
        .param("now", now())
        .query(UUID.class)
        .single();
  }

  /// The project, if the account may do this much with it.
  public Project require(Account account, UUID id, Role needed) {
    record Row(Project project, Role role) {}
    Row row =
        glance
            .at(
                """
                select p.*, m.role from project p join member m on m.project_id = p.id
                 where p.id = :id and m.account_id = :account\
                """,
                new MapSqlParameterSource("id", id).addValue("account", account.id()),
                (rs, n) -> new Row(project(rs), role(rs)))
            .stream()
            .findFirst()
            .orElseThrow(() -> new NotFound("project"));
    row.role().require(needed);
    return row.project();
  }

  /// The project's short number in the event tables, which never changes. Who may see the project
  /// has been decided before.
  public long no(UUID id) {
    Long known = numbers.getIfPresent(id);
    if (known != null) {
      return known;
    }
    long no =
        asSystem(() ->
                sql.sql("select no from project where id = :id")
                    .param("id", id)
                    .query(Long.class)
                    .optional())
            .orElseThrow(() -> new NotFound("project"));
    numbers.put(id, no);
    return no;
  }

  /// The account's role in the project, if it is a member.
  public Optional<Role> role(Account account, UUID id) {
    return transacted(() ->
        sql.sql("select role from member where project_id = :id and account_id = :account")
            .param("id", id)
            .param("account", account.id())
            .query((rs, n) -> role(rs))
            .optional());
  }

  /// The account's projects, newest first.
  public Page<Project> list(Account account, int limit, @Nullable UUID before) {
    List<Project> found =
        transacted(() ->
            sql.sql(
                    """
                    select p.* from project p join member m on m.project_id = p.id
                     where m.account_id = :account and (:before::uuid is null or p.id < :before)
                     order by p.id desc limit :limit\
                    """)
                .param("account", account.id())
                .param("before", before)
                .param("limit", limit + 1)
                .query((rs, n) -> project(rs))
                .list());
    return found.size() > limit
        ? new Page<>(found.subList(0, limit), found.get(limit - 1).id().toString())
        : new Page<>(found, null);
  }

  /// The project without asking who asks: for jobs and ingest, which act for Pryo itself.
  public Optional<Project> find(UUID id) {
    return asSystem(() ->
        sql.sql("select * from project where id = :id")
            .param("id", id)
            .query((rs, n) -> project(rs))
            .optional());
  }

  /// The project that a write key names, also by an old key that still works.
  public Optional<KeyedProject> byWriteKey(String key) {
    return asSystem(() ->
        sql.sql(
                """
                select * from project
                 where write_key = :key or (old_write_key = :key and old_write_key_until > :now)\
                """)
            .param("key", key)
            .param("now", now())
            .query((rs, n) -> new KeyedProject(project(rs), rs.getBytes("user_key_secret")))
            .optional());
  }

  /// The project with what keys its visitors' ids, for whoever was found to be allowed to see it.
  public Optional<KeyedProject> keyed(UUID id) {
    return asSystem(() ->
        sql.sql("select * from project where id = :id")
            .param("id", id)
            .query((rs, n) -> new KeyedProject(project(rs), rs.getBytes("user_key_secret")))
            .optional());
  }

  /// For how many days each project keeps its events, by its short number.
  public Map<Long, Integer> retentions() {
    return asSystem(() ->
        sql
            .sql("select no, retention_days from project order by no")
            .query((rs, n) -> Map.entry(rs.getLong("no"), rs.getInt("retention_days")))
            .list()
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /// Who may act in the project, those first who made it: whose connections serve what nobody in
  /// particular asks for.
  public List<UUID> people(UUID id) {
    return asSystem(() ->
        sql.sql(
                """
                select m.account_id from member m join project p on p.id = m.project_id
                 where m.project_id = :id and m.role in ('owner', 'editor')
                 order by (m.account_id = p.created_by) desc nulls last, m.role desc, m.created_at\
                """)
            .param("id", id)
            .query((rs, n) -> rs.getObject(1, UUID.class))
            .list());
  }

  /// The sample shop's project.
  public Optional<Project> demo() {
    return asSystem(
        () -> sql.sql("select * from project where demo").query((rs, n) -> project(rs)).optional());
  }

  /// Stores changed values.
  public Project update(Account account, UUID id, ProjectDraft draft) {
    return changing(
        id,
        () -> {
          require(account, id, Role.OWNER);
          UUID tokenId = UUID.randomUUID();
          sql.sql(
                  """
                  update project set name = :name, default_branch = :branch, app_root = :appRoot, site_url = :siteUrl,
                         token_id = :tokenId, token_sealed = :token,
                         detected = case when app_root is distinct from :appRoot then null else detected end,
                         allowed_origins = :origins, retention_days = :retention, monthly_budget_usd = :budget,
                         consent = :consent, count_bots = :countBots, model_words = :modelWords
                   where id = :id\
                  """)
              .param("name", draft.name())
              .param("branch", draft.repository().defaultBranch())
              .param("appRoot", draft.repository().appRoot())
              .param("tokenId", tokenId)
              .param("token", sealed(tokenId, draft.repository().token()))
              .param("siteUrl", draft.siteUrl())
              .param("origins", draft.allowedOrigins().toArray(String[]::new))
              .param("retention", draft.retentionDays())
              .param("budget", draft.monthlyBudgetUsd())
              .param("consent", draft.consent().name().toLowerCase(Locale.ROOT))
              .param("countBots", draft.countBots())
              .param("modelWords", draft.modelWords())
              .param("id", id)
              .update();
          return require(account, id, Role.OWNER);
        });
  }

  /// Projects whose code was not looked at yet, the newest first.
  ///
  /// @param except those that are left out
  public List<Project> undetected(Set<UUID> except, int limit) {
    return asSystem(() ->
        sql.sql(
                """
                select * from project where detected is null and not (id = any(:except))
                 order by id desc limit :limit\
                """)
            .param("except", except.toArray(UUID[]::new))
            .param("limit", limit)
            .query((rs, n) -> project(rs))
            .list());
  }

  /// Notes what was found about the code.
  public void detected(UUID id, JsonNode found, @Nullable String defaultBranch) {
    asSystem(() ->
        sql.sql(
                """
                update project set detected = :found::jsonb, default_branch = coalesce(default_branch, :branch)
                 where id = :id\
                """)
            .param("found", json.writeValueAsString(found))
            .param("branch", defaultBranch)
            .param("id", id)
            .update());
  }

  /// Moves the sample shop's site to where it is served now.
  public void moveSite(UUID id, String siteUrl) {
    asSystem(() ->
        sql.sql("update project set site_url = :url where id = :id")
            .param("url", siteUrl)
            .param("id", id)
            .update());
  }

  /// Makes a new write key; the old one works for another day, or ends at once.
  public Project rotateWriteKey(Account account, UUID id, boolean now) {
    return changing(
        id,
        () -> {
          require(account, id, Role.OWNER);
          sql.sql(
                  """
                  update project set old_write_key = case when :now then null else write_key end,
                         old_write_key_until = :until, write_key = :key where id = :id\
                  """)
              .param("now", now)
              .param("until", clock.instant().plus(OLD_KEY).atOffset(ZoneOffset.UTC))
              .param("key", freshWriteKey())
              .param("id", id)
              .update();
          return require(account, id, Role.OWNER);
        });
  }

  /// Deletes the project with everything that was ever stored for it.
  public void delete(Account account, UUID id) {
    changing(
        id,
        () -> {
          require(account, id, Role.OWNER);
          return sql.sql("delete from project where id = :id").param("id", id).update();
        });
  }

  private <T extends @Nullable Object> T changing(UUID id, java.util.function.Supplier<T> work) {
    T changed = transacted(work);
    listeners.forEach(listener -> listener.changed(id));
    return changed;
  }

  private <T extends @Nullable Object> T transacted(java.util.function.Supplier<T> work) {
    return transactions.execute(status -> work.get());
  }

  private <T extends @Nullable Object> T asSystem(java.util.function.Supplier<T> work) {
    return Tenant.system(() -> transacted(work));
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static String freshWriteKey() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return "pk_" + HexFormat.of().formatHex(bytes);
  }

  static Role role(ResultSet row) throws SQLException {
    return Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT));
  }

  private Project project(ResultSet row) throws SQLException {
    String detected = row.getString("detected");
    return new Project(
        row.getObject("id", UUID.class),
        row.getLong("no"),
        row.getString("name"),
        new RepositoryRef(
            row.getString("host"),
            row.getString("full_name"),
            row.getString("url"),
            row.getString("default_branch"),
            row.getString("app_root"),
            token(row)),
        row.getString("site_url"),
        strings(row.getArray("allowed_origins")),
        row.getInt("retention_days"),
        row.getBigDecimal("monthly_budget_usd"),
        Consent.valueOf(row.getString("consent").toUpperCase(Locale.ROOT)),
        row.getBoolean("count_bots"),
        row.getBoolean("model_words"),
        row.getString("write_key"),
        detected == null ? null : json.readTree(detected),
        row.getBoolean("demo"),
        instant(row, "created_at"));
  }

  private byte @Nullable [] sealed(UUID id, @Nullable String token) {
    return token == null ? null : seals.seal(TOKENS, id, token);
  }

  @Override
  public Sealing.Column sealed() {
    return new Sealing.Column("project", "token_id", "token_sealed", TOKENS);
  }

  private @Nullable String token(ResultSet row) throws SQLException {
    byte[] sealed = row.getBytes("token_sealed");
    return sealed == null
        ? null
        : seals.open(TOKENS, row.getObject("token_id", UUID.class), sealed);
  }

  private static List<String> strings(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
